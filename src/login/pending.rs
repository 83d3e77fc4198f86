//! A pending login: what `finishLogin` needs from `startLogin`. It is stored only in the tab, and removed
//! when it is first read.

use super::saved::is_origin;
use super::storage::Storage;
use crate::error::Error;
use crate::js;
use js_sys::Object;
use wasm_bindgen::prelude::*;

/// One login per tab: the last one that was started.
const KEY: &str = "mastodon-wasm:login";

macro_rules! pending {
    ($($(#[doc = $doc:literal])* $field:ident,)*) => {
        /// A pending login, as it is stored: an object.
        #[derive(Clone, Debug)]
        pub struct Pending(JsValue);

        impl Pending {
            /// The names of its text fields. An object that lacks one of them is ignored.
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
    /// The key of the application in the storage.
    app_key,
    /// The redirect URI, where the user returns to.
    redirect_uri,
    /// Where the user goes next; empty to stay on that page.
    return_to,
    /// The requested scopes.
    scopes,
    /// The `state` that the response must have.
    state,
    /// The code verifier that is sent with the code.
    code_verifier,
}

impl Pending {
    /// Creates a login from these text fields, `allow_http` and `issuer_promised`.
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

    /// Whether http is allowed for the server.
    pub fn allow_http(&self) -> bool {
        js::flag_of(&self.0, "allow_http")
    }

    /// Whether the server's metadata announces an `iss` parameter.
    pub fn issuer_promised(&self) -> bool {
        js::flag_of(&self.0, "issuer_promised")
    }

    /// Stores the login until the user returns.
    pub async fn keep(&self, tab: &Storage) -> Result<(), Error> {
        tab.save(KEY, &self.0).await
    }

    /// The pending login, if any.
    pub async fn load(tab: &Storage) -> Result<Option<Self>, Error> {
        let kept = tab.load(KEY).await?;
        // Only fields that this package writes: any code of the page may have changed the storage.
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

    /// Removes the login.
    pub async fn remove(tab: &Storage) -> Result<(), Error> {
        tab.remove(KEY).await
    }
}
