//! The options of a client.

// Scopes from a server are not checked. Their TypeScript type is that of the scopes that callers request.
use crate::params::table::{Parameters, rows, table_of};
use crate::params::{Kind, Seconds, argument, closed, options};
use crate::scopes::KnownScopes as OAuthScopes;

closed! {
    /// What to do about rate limits: wait until they are reset, reject, or spread requests out.
    RatelimitMethod: "RatelimitMethod" = Wait "wait" | Throw "throw" | Pace "pace";
    /// Which version of a method the server must support: the one that first had it, the one that last
    /// changed it, or any.
    VersionCheckMode: "VersionCheckMode" = Created "created" | Changed "changed" | None "none";
    /// The dialect of the API.
    FeatureSet: "FeatureSet" = Mainline "mainline" | Fedibird "fedibird" | Pleroma "pleroma";
}

argument! {
    /// A function like the platform's `fetch`.
    Fetch: "Fetch" = "typeof fetch" => Kind::Function;
    /// A class like the platform's `WebSocket`, such as that of the package `ws`.
    WebSocketClass: "WebSocketClass" = "new (url: string, protocols?: string | string[]) => { send(data: string): void; close(code?: number): void; addEventListener(type: string, listener: object): void; removeEventListener(type: string, listener: object): void }" => Kind::Function;
    /// Called with the rate limit after every response that has one.
    RatelimitCallback: "RatelimitCallback" = "(ratelimit: RateLimit) => void" => Kind::Function;
    /// A number above 0.
    Factor: "Factor" = "number" => Kind::Factor;
    /// The storage that keeps logins; its type is declared with the login.
    LoginStorage: "LoginStorage" => Kind::Object;
    /// The address of a server.
    BaseUrl: "BaseUrl" = "string | URL" => Kind::Anything;
    /// An id, which may be a number: some servers count their applications.
    ClientId: "ClientId" = "string | number" => Kind::Anything;
}

options! {
    /// The options of a client.
    bare MastodonOptions {
        /// The server: `https://mastodon.social`, or `mastodon.social`. Must be https, unless the server is
        /// on this machine or `allow_http` is `true`.
        api_base_url: Required<BaseUrl> => "",
        /// The application's id, from `createApp`. Needed to log in.
        client_id: ClientId => "",
        /// The application's secret, from `createApp`. Needed to log in; keep it out of public pages.
        client_secret: String => "",
        /// The access token, if you have one already.
        access_token: String => "",
        /// The token to get a new access token with, if tokens expire.
        refresh_token: String => "",
        /// Seconds until the token expires, from `persistableLoginCredentials`.
        expires_in: Seconds => "",
        /// The scopes of the application, as returned by `createApp`. `createAccount` requests them.
        scopes: OAuthScopes => "",
        /// What to do about rate limits. Default: `"wait"`.
        ratelimit_method: RatelimitMethod => "",
        /// How much faster than evenly `"pace"` may send requests. Default: 1.1.
        ratelimit_pacefactor: Factor => "",
        /// Called with the rate limit after every response that has one.
        on_ratelimit: RatelimitCallback => "",
        /// Seconds that one request may take. Also the longest time that a call waits for rate limits.
        /// Default: 300.
        request_timeout: Seconds => "",
        /// The largest response, in bytes. Default: 67108864 (64 MiB).
        max_response_size: Factor => "",
        /// The server's version, if you know it. Saves a request.
        mastodon_version: String => "",
        /// Whether to reject calls of methods that the server is too old for. Default: `"none"`.
        version_check_mode: VersionCheckMode => "",
        /// The dialect of the API. Default: `"mainline"`.
        feature_set: FeatureSet => "",
        /// Sent as `User-Agent`. Default: `mastodon-wasm` with its version on servers and in workers. In
        /// browsers, the browser's own, because the CORS headers of some servers allow no other.
        user_agent: String => "",
        /// The preferred language (ISO 639-1), sent with every request.
        lang: String => "",
        /// Writes every request's verb and path to `console.debug`, never a secret. Default: `false`.
        debug_requests: bool => "",
        /// Allows http to other machines, where others on the network can read the token. Default: `false`.
        allow_http: bool => "",
        /// Used instead of the platform's `fetch`.
        fetch: Fetch => "",
        /// Used instead of the platform's `WebSocket`.
        web_socket: WebSocketClass => "",
        /// The storage from which `logOut` removes the login. `finishLogin` and `restore` set it.
        storage: LoginStorage => "",
    }
}

static TABLE: &str = table_of!(MastodonOptions);

thread_local! {
    /// The table that checks the constructor's options.
    pub(super) static PARAMETERS: Parameters = Parameters::new(rows(TABLE));
}
