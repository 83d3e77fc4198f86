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
        /// What the server calls the application when it asks the user.
        client_name: Required<String> => "",
        /// The page that calls `finishLogin`, on this page's own origin and always the same; a fragment
        /// is left out. Default: this page without query and fragment.
        redirect_uri: String => "",
        /// The scopes to request: only those that you need. Default: `["read", "write", "follow", "push"]`.
        scopes: OAuthScopes => "",
        /// The application's page. Shown with what is posted through it.
        website: String => "",
        /// The page to go to after the login, on this page's own origin. A `popup` goes nowhere.
        return_to: String => "",
        /// Where to keep application and login: anything with `getItem`, `setItem` and `removeItem`, or
        /// with `get`, `set` (or `put`) and `delete`. Default: `localStorage`.
        storage: LoginStorage => "",
        /// Opens the server's page in a window of its own and resolves to the client. Call it directly
        /// in the handler of a click: browsers block other windows. Default: `false`.
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
        /// Whose login, as `savedLogins` has it (`mina@mastodon.social`). Default: the last one.
        account: String => "",
    }
    /// Options of `Mastodon.savedLogins`.
    bare SavedLoginsOptions {
        /// Where the logins are stored. Default: `localStorage`.
        storage: LoginStorage => "",
    }
}

/// A login that is kept, without its secrets.
#[derive(Clone, Debug)]
#[cfg_attr(feature = "npm", derive(tsify::Tsify), allow(dead_code))]
#[cfg_attr(feature = "typed", derive(serde::Deserialize, serde::Serialize))]
pub struct SavedLogin {
    /// The user's name on the server; only the server if the token may not read the account.
    pub account: String,
    /// The server.
    pub api_base_url: String,
    /// The name to show. Absent where the token may not read the account.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub display_name: Option<String>,
    /// URL of the avatar. Absent where the token may not read the account.
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
    /// Sends the user to their server to authorize the application: the first half of a login, for a
    /// button. They come back to `redirect_uri`, where `finishLogin` does the second half. With `popup`,
    /// all of it happens in a window of its own, and the call resolves to the client; the page at
    /// `redirect_uri` calls `finishLogin` as ever, which closes the window.
    ///
    /// Finds the server in what users type, by WebFinger where the handle's domain is not the server's;
    /// registers the application there once (again where the server forgot it), and protects the login
    /// with `state` and PKCE.
    ///
    /// Rejects with `MastodonIllegalArgumentError` where the address is none, with `MastodonNetworkError`
    /// where nothing responds there, with `MastodonAPIError` where what responds is no Mastodon, with
    /// `MastodonLoginError` where the login fails; its `reason` has the cause (`LoginFailure`).
    static start_login as startLogin(; StartLoginOptions) -> Option<Mastodon>
        where [
            "(options: StartLoginOptions): Promise<Mastodon | undefined>",
            "(options: StartLoginOptions & { popup: true }): Promise<Mastodon>",
            "(options: StartLoginOptions & { popup?: false | null }): Promise<void>",
        ]
        = local() => run(start_login);

    /// The second half of a login, for the page that the user comes back to: call it whenever that page
    /// starts. Resolves to null where there is nothing to finish, else to a client that is ready, whose
    /// `scopes` are what the server granted.
    ///
    /// Removes `code` and `state` from the URL, and goes to `return_to` where `startLogin` was given one.
    /// The login is kept in the storage for `restore`.
    ///
    /// Rejects with a `MastodonLoginError` where the login failed; its `reason` has the cause (`LoginFailure`).
    /// Whatever happened, a login can be finished once. A response that no login waits for is removed
    /// from the URL; where a login is saved, the call resolves to null, so that
    /// `(await Mastodon.finishLogin()) ?? (await Mastodon.restore())` gives its client.
    static finish_login as finishLogin(; FinishLoginOptions) -> Option<Mastodon>
        where ["(options?: (FinishLoginOptions & ClientOptions) | null): Promise<Mastodon | null>"]
        = local().allow_unknown() => run(finish_login);

    /// The client of an earlier login, or null where there is none. Nothing is sent: whether the server
    /// still accepts the token shows with the first call.
    static restore as restore(; RestoreOptions) -> Option<Mastodon>
        where ["(options?: (RestoreOptions & ClientOptions) | null): Promise<Mastodon | null>"]
        = local().allow_unknown() => run(restore);

    /// Who is logged in, without secrets: the one that `restore` takes by itself comes first.
    static saved_logins as savedLogins(; SavedLoginsOptions) -> Vec<SavedLogin> =
        local() => run(saved_logins);
}
