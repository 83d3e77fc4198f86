//! Login: a person is sent to their server and comes back with a client.
//!
//! `startLogin` finds the server, registers the application there once, makes `state` and a PKCE pair,
//! keeps them in the tab's session storage and leaves. `finishLogin`, on the page that the person
//! comes back to, takes the answer out of the address, checks it, exchanges the code and keeps the
//! login for `restore`. All of that is a page's business and stands in auth/login.js; docs/security.md
//! says why each step is there.

pub mod oauth;

use crate::client::{BaseUrl, Client, Fetch, Mastodon, MastodonOptions, promise};
use crate::params::{
    Arguments, Given, Kind, Options, Param, Unknown, argument, check_record, options,
};
use js_sys::Promise;
use oauth::OAuthScopes;
use std::rc::Rc;
use tsify::Ts;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/auth/login.js")]
extern "C" {
    fn start(steps: LoginSteps, options: &JsValue) -> Promise;
    fn finish(steps: LoginSteps, options: &JsValue) -> Promise;
    fn restore(steps: LoginSteps, options: &JsValue) -> Promise;
    fn saved(options: &JsValue) -> Promise;
    /// Forgets the login of a token.
    pub fn forget(storage: &JsValue, token: &str) -> Promise;
}

argument! {
    /// Where logins are kept.
    LoginStorage: "LoginStorage" => Kind::Object;
    /// Options of `Mastodon.finishLogin`.
    FinishLoginOptions: "FinishLoginOptions" => Kind::Object;
    /// Options of `Mastodon.restore`.
    RestoreOptions: "RestoreOptions" => Kind::Object;
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

/// What a login needs of Rust: clients.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct LoginSteps;

#[wasm_bindgen]
impl LoginSteps {
    /// A client, made for a method.
    #[allow(clippy::unused_self)]
    #[wasm_bindgen(skip_typescript)]
    pub fn client(&self, method: &str, options: JsValue) -> Result<Mastodon, JsValue> {
        Client::new(method, options).map(|client| Mastodon::of(Rc::new(client)))
    }
}

/// Calls what login.js has for a method, if its options are right.
fn with_options(
    method: &str,
    table: &'static [Param],
    unknown: Unknown,
    value: JsValue,
    login: impl FnOnce(LoginSteps, &JsValue) -> Promise,
) -> Promise {
    let given = Given { table, value };
    match check_record(
        method,
        "options",
        &given,
        unknown,
        &mut Arguments::default(),
    ) {
        Ok(()) => login(LoginSteps, &given.value),
        Err(error) => Promise::reject(&error),
    }
}

#[wasm_bindgen]
impl Mastodon {
    /// The same as `new Mastodon(options)`, as a promise, and the module is loaded first where that was
    /// not done yet.
    #[wasm_bindgen(unchecked_return_type = "Promise<Mastodon>")]
    pub fn connect(options: Ts<MastodonOptions>) -> Promise {
        let client = LoginSteps.client("connect", options.into());
        promise(async move { client.map(Into::into) })
    }

    // Its declarations stand in auth/types.d.ts: what it resolves to depends on `popup`.
    #[allow(missing_docs)]
    #[wasm_bindgen(js_name = startLogin, skip_typescript)]
    pub fn start_login(options: Ts<StartLoginOptions>) -> Promise {
        let table = StartLoginOptions::TABLE;
        with_options("startLogin", table, Unknown::Refuse, options.into(), start)
    }

    /// The second half of a login, for the page that the person comes back to: call it whenever that
    /// page starts. Resolves to null where there is nothing to finish, else to a client that is ready.
    ///
    /// Takes the answer out of the address, and goes to `return_to` where `startLogin` was given one.
    /// The login is kept in the storage for `restore`.
    ///
    /// Rejects where the login failed; `reason` of the error says how (`LoginFailure`). Whatever
    /// happened, a login can be finished once.
    #[wasm_bindgen(js_name = finishLogin, unchecked_return_type = "Promise<Mastodon | null>")]
    pub fn finish_login(options: Option<Ts<FinishLoginOptions>>) -> Promise {
        let options = options.map_or(JsValue::UNDEFINED, Into::into);
        with_options("finishLogin", LOOSE, Unknown::Pass, options, finish)
    }

    /// The client of an earlier login, or null where there is none. Nothing is sent: whether the server
    /// still takes the token shows with the first call.
    #[wasm_bindgen(unchecked_return_type = "Promise<Mastodon | null>")]
    pub fn restore(options: Option<Ts<RestoreOptions>>) -> Promise {
        let options = options.map_or(JsValue::UNDEFINED, Into::into);
        with_options("restore", LOOSE, Unknown::Pass, options, restore)
    }

    /// Who is logged in, without secrets: the one that `restore` takes by itself comes first.
    #[wasm_bindgen(js_name = savedLogins, unchecked_return_type = "Promise<SavedLogin[]>")]
    pub fn saved_logins(options: Option<Ts<SavedLoginsOptions>>) -> Promise {
        let options = options.map_or(JsValue::UNDEFINED, Into::into);
        let saved = |_, options: &JsValue| saved(options);
        let table = SavedLoginsOptions::TABLE;
        with_options("savedLogins", table, Unknown::Refuse, options, saved)
    }
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("auth/types.d.ts");
