//! A login between its two calls: what the second needs of the first. It is kept in the tab alone, and
//! taken when it is first seen.

use super::saved::is_origin;
use super::storage::Storage;
use crate::error::Error;
use crate::js;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// One login for each tab: the last that was begun counts.
const KEY: &str = "mastodon-wasm:login";

macro_rules! pending {
    ($($(#[doc = $doc:literal])* $field:ident,)*) => {
        /// A login that was begun: an object, as it is kept.
        #[derive(Clone, Debug)]
        pub struct Pending(JsValue);

        impl Pending {
            /// The names of its texts; what has not all of them is none of ours.
            const TEXTS: &[&str] = &[$(stringify!($field),)*];

            $(
                $(#[doc = $doc])*
                pub fn $field(&self) -> String {
                    self.text(stringify!($field))
                }
            )*
        }
    };
}
pending! {
    /// The origin of the server.
    api_base_url,
    /// The application's id.
    client_id,
    /// The application's secret.
    client_secret,
    /// Where the application is kept.
    app_key,
    /// Where the user comes back to.
    redirect_uri,
    /// Where they go then; empty where they stay.
    return_to,
    /// What was asked for.
    scopes,
    /// What the response must have.
    state,
    /// What the code is exchanged with.
    code_verifier,
}

impl Pending {
    /// A login of these texts, `allow_http` and `issuer_promised`.
    pub fn new(fields: &[(&str, JsValue)]) -> Self {
        Self(js::object(fields).into())
    }

    #[inline(never)]
    fn text(&self, name: &str) -> String {
        js::text_of(&self.0, name).unwrap_or_default()
    }

    /// The object.
    pub fn as_js(&self) -> &JsValue {
        &self.0
    }

    /// Whether the server may be asked by http.
    pub fn allow_http(&self) -> bool {
        js::flag_of(&self.0, "allow_http")
    }

    /// Whether the server promised to name itself in its response.
    pub fn issuer_promised(&self) -> bool {
        js::flag_of(&self.0, "issuer_promised")
    }

    /// Keeps it until the user comes back.
    pub async fn keep(&self, tab: &Storage) -> Result<(), Error> {
        tab.save(KEY, &self.0).await
    }

    /// The one that waits.
    pub async fn load(tab: &Storage) -> Result<Option<Self>, Error> {
        let kept = tab.load(KEY).await?;
        // Nothing but what we wrote: anybody on the page may have written to the storage.
        let login = Object::new();
        for name in Self::TEXTS {
            let text = js::get(&kept, *name);
            if !text.is_string() {
                return Ok(None);
            }
            js::set(&login, *name, &text);
        }
        for name in ["allow_http", "issuer_promised"] {
            js::set(&login, name, &js::flag_of(&kept, name).into());
        }
        let login = Self(login.into());
        let usable = is_origin(&login.api_base_url(), login.allow_http());
        Ok(usable.then_some(login))
    }

    /// Removes it.
    pub async fn remove(tab: &Storage) -> Result<(), Error> {
        tab.remove(KEY).await
    }
}
