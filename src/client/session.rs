//! What a client knows of its token and its application beside their credentials.

use super::call::Arguments;
use crate::js;
use crate::text;
use js_sys::Promise;
use std::cell::{Cell, RefCell};

/// Part of a client.
#[derive(Debug, Default)]
pub struct Session {
    /// What the application was registered for, where the client was told.
    pub application_scopes: Option<String>,
    /// Where the login came back to: some servers want it with every grant.
    pub redirect_uri: RefCell<Option<String>>,
    /// Whose login it is among those that the client's storage keeps.
    pub account: RefCell<Option<String>>,
    /// When the token ends, in milliseconds since 1970.
    pub expires_at: Cell<Option<f64>>,
    /// The refresh that is under way: all calls that meet the end of the token wait for it.
    pub renewal: RefCell<Option<Promise>>,
}

impl Session {
    /// Reads the options of a client.
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

    /// Seconds that the token is still good for, where the server said so and they are not over.
    pub fn expires_in(&self) -> Option<f64> {
        let left = ((self.expires_at.get()? - js::now()) / 1000.0).ceil();
        (left > 0.0).then_some(left)
    }
}
