//! The two-call login of a page: `startLogin` sends the user to their server, `finishLogin` makes a client
//! of what they come back with, `restore` makes it again later.
//!
//! It is made of what any program could call (`createApp`, `authRequestUrl`, `logIn`); a page's part is
//! where to keep things between the calls, and what to believe of the address that the user comes back to.
//! docs/security.md says why each step is there, and what tests it.

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

/// A client of these options, which renews its token also where its login is kept.
///
/// # Errors
/// An option is wrong.
pub fn client(method: &'static str, options: &JsValue) -> Result<Rc<Client>, Error> {
    Client::new(method, options, refresh::refresh)
}
