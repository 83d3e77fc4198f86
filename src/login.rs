//! Login of a page in two calls: `startLogin` sends the user to the server, `finishLogin` creates a client
//! from the server's response. `restore` creates it again later.
//!
//! It uses public methods (`createApp`, `authRequestUrl`, `logIn`). This module adds the storage between the
//! calls, and the validation of the URL that the user returns to. docs/security.md explains each step and
//! names its test.

pub mod address;
pub mod application;
pub mod callback;
pub mod failure;
pub mod finish;
pub mod locate;
pub mod page;
pub mod pending;
pub mod popup;
pub mod refresh;
pub mod saved;
pub mod start;
pub mod storage;

use crate::client::Client;
use crate::error::Error;
use std::rc::Rc;
use wasm_bindgen::JsValue;

/// Creates a client that also stores a refreshed token in the storage of its login.
///
/// # Errors
/// An option is wrong.
pub fn client(method: &'static str, options: &JsValue) -> Result<Rc<Client>, Error> {
    Client::new(method, options, refresh::refresh)
}
