//! A login between its two calls: what the second needs of the first. It is kept in the tab alone, and
//! taken when it is first seen.

use super::callback::Expected;
use super::saved::is_origin;
use super::storage::Storage;
use crate::error::Error;
use crate::js;
use wasm_bindgen::prelude::*;

/// One login for each tab: the last that was begun counts.
const KEY: &str = "mastodon-wasm:login";

macro_rules! pending {
    ($($(#[doc = $doc:literal])* $field:ident,)*) => {
        /// A login that was begun.
        #[derive(Clone, Debug, Default)]
        pub struct Pending {
            $($(#[doc = $doc])* pub $field: String,)*
            /// Whether the server may be asked by http.
            pub allow_http: bool,
            /// Whether the server promised to name itself in its response.
            pub issuer_promised: bool,
        }

        impl Pending {
            /// As JSON.
            pub fn to_js(&self) -> JsValue {
                js::object(&[
                    $((stringify!($field), self.$field.as_str().into()),)*
                    ("allow_http", self.allow_http.into()),
                    ("issuer_promised", self.issuer_promised.into()),
                ])
                .into()
            }

            /// None for what we did not write.
            fn of_js(value: &JsValue) -> Option<Self> {
                Some(Self {
                    $($field: js::text_of(value, stringify!($field))?,)*
                    allow_http: js::flag_of(value, "allow_http"),
                    issuer_promised: js::flag_of(value, "issuer_promised"),
                })
            }
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
    /// What a response must match.
    pub fn expected(&self) -> Expected<'_> {
        Expected {
            state: &self.state,
            issuer: &self.api_base_url,
            issuer_promised: self.issuer_promised,
        }
    }

    /// Keeps it until the user comes back.
    pub async fn keep(&self, tab: &Storage) -> Result<(), Error> {
        tab.save(KEY, &self.to_js()).await
    }

    /// The one that waits.
    pub async fn load(tab: &Storage) -> Result<Option<Self>, Error> {
        let pending = Self::of_js(&tab.load(KEY).await?);
        Ok(pending.filter(|login| is_origin(&login.api_base_url, login.allow_http)))
    }

    /// Removes it.
    pub async fn remove(tab: &Storage) -> Result<(), Error> {
        tab.remove(KEY).await
    }
}
