//! What a client knows about its token and its application, apart from the credentials.

use super::call::Arguments;
use crate::js;
use crate::text;
use js_sys::Promise;
use std::cell::{Cell, RefCell};

/// A part of the client's state.
#[derive(Debug, Default)]
pub struct Session {
    /// The scopes that the application was registered with, if the options gave them.
    pub application_scopes: Option<String>,
    /// The redirect URI of the login: some servers want it in every token request.
    pub redirect_uri: RefCell<Option<String>>,
    /// The account of the login, among the logins in the client's storage.
    pub account: RefCell<Option<String>>,
    /// When the token expires, in milliseconds since 1970.
    pub expires_at: Cell<Option<f64>>,
    /// The refresh in progress: all calls whose token has expired wait for it.
    pub renewal: RefCell<Option<Promise>>,
}

impl Session {
    /// Reads the client's options.
    pub fn new(options: &mut Arguments) -> Self {
        let scopes = match options.text("scopes") {
            Some(scopes) => scopes,
            None => text::join(&options.texts("scopes"), " "),
        };
        let lifetime = options.take_number("expires_in");
        Self {
            application_scopes: (!scopes.is_empty()).then_some(scopes),
            expires_at: Cell::new(lifetime.map(|seconds| js::now() + seconds * 1000.0)),
            ..Self::default()
        }
    }

    /// Seconds until the token expires; `None` if that is not known or it has expired.
    pub fn expires_in(&self) -> Option<f64> {
        let left = ((self.expires_at.get()? - js::now()) / 1000.0).ceil();
        (left > 0.0).then_some(left)
    }
}
