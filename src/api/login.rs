//! The two-call login of a page, and the logins that it keeps: `Mastodon.startLogin` and its kin.

use crate::api::declare::methods;
use crate::client::{BaseUrl, Fetch, LoginStorage, Mastodon};
use crate::endpoint::local;
use crate::login::finish::{finish_login, restore, saved_logins};
use crate::login::start::start_login;
use crate::params::{Seconds, options};
use crate::scopes::OAuthScopes;
use wasm_bindgen::prelude::*;

options! {
    /// Options of `Mastodon.startLogin`.
    bare StartLoginOptions {
        /// The server, as users type it: `mastodon.social`, `@me@mastodon.social`, or a link to a profile
        /// there.
        api_base_url: Required<BaseUrl> => "",
        /// The name of the application that the server shows to the user.
        client_name: Required<String> => "",
        /// The page that calls `finishLogin`, on this page's own origin and always the same; a fragment
        /// is left out. Default: this page without query and fragment.
        redirect_uri: String => "",
        /// The scopes to request: only those that you need. Default: `["read", "write", "follow", "push"]`.
        scopes: OAuthScopes => "",
        /// The application's web site. Servers link to it from statuses that the application posted.
        website: String => "",
        /// The page to open after the login, on this page's own origin. Not used with `popup`.
        return_to: String => "",
        /// Where to store application and login: anything with `getItem`, `setItem` and `removeItem`, or
        /// with `get`, `set` (or `put`) and `delete`. Default: `localStorage`.
        storage: LoginStorage => "",
        /// Opens the server's page in a popup and resolves to the client. Call it directly in the
        /// handler of a click: browsers block other popups. Default: `false`.
        popup: bool => "",
        /// Makes a user who is logged in there choose an account again. Default: `false`.
        force_login: bool => "",
        /// The language of the server's page (ISO 639-1).
        lang: String => "",
        /// Allows http to a server that is not this machine. Default: `false`.
        allow_http: bool => "",
        /// Used instead of the platform's `fetch`.
        fetch: Fetch => "",
        /// Ends the call: it rejects with the signal's reason.
        signal: web_sys::AbortSignal => "",
        /// Seconds that the whole call may take, at most 3600. Then it rejects with `MastodonReadTimeout`.
        timeout: Seconds => "",
    }
    /// Options of `Mastodon.finishLogin`, beside those of the client that comes out.
    bare FinishLoginOptions {
        /// Where `startLogin` stored the application, and where the login is stored. Default: `localStorage`.
        storage: LoginStorage => "",
        /// Ends the call: it rejects with the signal's reason.
        signal: web_sys::AbortSignal => "",
        /// Seconds that the whole call may take, at most 3600. Then it rejects with `MastodonReadTimeout`.
        timeout: Seconds => "",
    }
    /// Options of `Mastodon.restore`, beside those of the client that comes out.
    bare RestoreOptions {
        /// Where the logins are stored. Default: `localStorage`.
        storage: LoginStorage => "",
        /// The account to restore, as in `savedLogins` (`mina@mastodon.social`). Default: the last login.
        account: String => "",
    }
    /// Options of `Mastodon.savedLogins`.
    bare SavedLoginsOptions {
        /// Where the logins are stored. Default: `localStorage`.
        storage: LoginStorage => "",
    }
}

/// A stored login, without its secrets.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "npm", derive(tsify::Tsify), allow(dead_code))]
#[cfg_attr(feature = "typed", derive(serde::Deserialize, serde::Serialize))]
pub struct SavedLogin {
    /// The user's name on the server; only the server if the token may not read the account.
    pub account: String,
    /// The server.
    pub api_base_url: String,
    /// The display name. Absent if the token may not read the account.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub display_name: Option<String>,
    /// URL of the avatar. Absent if the token may not read the account.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub avatar: Option<String>,
}

#[cfg(feature = "npm")]
#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r"/** Options of a client whose server and credentials are known already. */
export type ClientOptions = Omit<MastodonOptions, 'api_base_url' | 'client_id' | 'client_secret' | 'access_token' | 'refresh_token' | 'expires_in' | 'storage'>;

/** Where logins are kept: the Web's `localStorage`, or any key-value store, such as a `Map` or Workers KV. */
export type LoginStorage =
  | {
      getItem(key: string): Promise<string | null> | string | null;
      setItem(key: string, value: string): unknown;
      removeItem(key: string): unknown;
    }
  | LoginStore<{ set(key: string, value: string): unknown }>
  | LoginStore<{ put(key: string, value: string): unknown }>;

/** What a key-value store needs beside the method that writes. */
export type LoginStore<Writes> = Writes & {
  get(key: string): Promise<string | null | undefined> | string | null | undefined;
  delete(key: string): unknown;
};
";

methods! {
    /// Opens the user's server, where the user authorizes the application: the first half of a login,
    /// for a button. The server redirects to `redirect_uri`, where `finishLogin` does the second half.
    /// With `popup`, this happens in a popup, and the call resolves to the client; the page at
    /// `redirect_uri` calls `finishLogin` as usual, which closes the popup.
    ///
    /// Finds the server from what users type (by WebFinger if the handle's domain is not the server's),
    /// registers the application there once (again if the server no longer knows it), and protects the
    /// login with `state` and PKCE.
    ///
    /// Rejects with `MastodonIllegalArgumentError` if the address is invalid, with `MastodonNetworkError`
    /// if there is no response, with `MastodonAPIError` if the server does not have Mastodon's API, and
    /// with `MastodonLoginError` if the login fails; its `reason` has the cause (`LoginFailure`).
    static start_login as startLogin(; StartLoginOptions) -> Option<Mastodon>
        where [
            "(options: StartLoginOptions): Promise<Mastodon | undefined>",
            "(options: StartLoginOptions & { popup: true }): Promise<Mastodon>",
            "(options: StartLoginOptions & { popup?: false | null }): Promise<void>",
        ]
        = local() => run(start_login);

    /// The second half of a login, for the page that the user returns to: call it whenever that page
    /// starts. Resolves to null if there is no login to finish, else to a client, whose `scopes` are
    /// those that the server granted.
    ///
    /// Removes `code` and `state` from the URL, and opens `return_to` if it was passed to `startLogin`.
    /// Stores the login for `restore`.
    ///
    /// A wrong option is rejected before the response is used: correct it, and call again.
    ///
    /// Rejects with a `MastodonLoginError` if the login failed; its `reason` has the cause (`LoginFailure`).
    /// A login can be finished only once, even if it failed. A response that no login waits for is
    /// removed from the URL; if another login is stored, the call then resolves to null, so that
    /// `(await Mastodon.finishLogin()) ?? (await Mastodon.restore())` gives the client of that one.
    static finish_login as finishLogin(; FinishLoginOptions) -> Option<Mastodon>
        where ["(options?: (FinishLoginOptions & ClientOptions) | null): Promise<Mastodon | null>"]
        = local().allow_unknown() => run(finish_login);

    /// The client of an earlier login, or null if there is none. No request is sent: whether the server
    /// still accepts the token is known after the first call.
    static restore as restore(; RestoreOptions) -> Option<Mastodon>
        where ["(options?: (RestoreOptions & ClientOptions) | null): Promise<Mastodon | null>"]
        = local().allow_unknown() => run(restore);

    /// The stored logins, without secrets. The first is the one that `restore` uses by default.
    static saved_logins as savedLogins(; SavedLoginsOptions) -> Vec<SavedLogin> =
        local() => run(saved_logins);
}
