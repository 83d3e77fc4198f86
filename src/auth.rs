//! Login: a person is sent to their server and comes back with a client.
//!
//! `startLogin` finds the server, registers the application there once, makes `state` and a PKCE pair,
//! keeps them in the tab's session storage and leaves. `finishLogin`, on the page that the person
//! comes back to, takes the answer out of the address, checks it, exchanges the code and keeps the
//! login for `restore`. All of that is a page's business and stands in auth/login.js; docs/security.md
//! says why each step is there.

use crate::api::declare::rows;
use crate::api::endpoint::code;
use crate::client::{BaseUrl, Fetch};
use crate::params::{Kind, Options, Param, argument, options};
use wasm_bindgen::prelude::*;

argument! {
    /// What a token may do: `read`, `write`, `follow` and `push` where it is not said.
    OAuthScopes: "OAuthScopes" = "OAuthScope | readonly OAuthScope[]" => Kind::Texts;
    /// One address or several.
    RedirectUris: "RedirectUris" = "string | readonly string[]" => Kind::Texts;
    /// Where logins are kept.
    LoginStorage: "LoginStorage" => Kind::Object;
}

options! {
    /// Options of `Mastodon.startLogin`.
    get StartLoginOptions {
        /// The server, as people type it: `mastodon.social`, `@me@mastodon.social`, or a link to a
        /// profile there. Required.
        api_base_url: BaseUrl => "",
        /// What the server calls the application when it asks the person. Required.
        client_name: String => "",
        /// The page that calls `finishLogin`, on this page's own origin and always the same; a fragment
        /// is left out. This page without query and fragment when it is not said.
        redirect_uri: String => "",
        /// What to ask for; `["read", "write", "follow", "push"]` when it is not said. Ask for what you
        /// need.
        scopes: OAuthScopes => "",
        /// The application's page. Shown with what is posted through it.
        website: String => "",
        /// The page to go to after the login, on this page's own origin. A `popup` goes nowhere.
        return_to: String => "",
        /// Where to keep application and login: `localStorage` when it is not said. Anything with
        /// `getItem`, `setItem` and `removeItem`, or with `get`, `set` (or `put`) and `delete`.
        storage: LoginStorage => "",
        /// Opens the server's page in a window of its own and resolves to the client. Call it directly
        /// in the handler of a click: browsers block other windows.
        popup: bool => "",
        /// Makes a person who is logged in there choose an account anew.
        force_login: bool => "",
        /// The language of the server's page (ISO 639-1).
        lang: String => "",
        /// Allows http to a server that is not this machine.
        allow_http: bool => "",
        /// Used instead of the platform's `fetch`.
        fetch: Fetch => "",
    }
}

options! {
    /// Options of `Mastodon.savedLogins`.
    bare SavedLoginsOptions {
        /// Where the logins are kept: `localStorage` when it is not said.
        storage: LoginStorage => "",
    }
}

/// What `finishLogin` and `restore` look at. The client that comes out takes the rest.
const LOOSE: &[Param] = &[
    own("storage", Kind::Object),
    own("account", Kind::Text),
    own("signal", Kind::Signal),
    own("timeout", Kind::Seconds),
];

const fn own(name: &'static str, kind: Kind) -> Param {
    let wire = "";
    Param { name, wire, kind }
}

rows! {
    startLogin(; StartLoginOptions::TABLE) = code().of_class();
    finishLogin(; LOOSE) = code().of_class().loose();
    restore(; LOOSE) = code().of_class().loose();
    savedLogins(; SavedLoginsOptions::TABLE) = code().of_class();
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("auth/types.d.ts");
