//! The options of a client.

// What a server gave is not refused; its TypeScript is that of what callers pass.
use crate::params::table::{Parameters, rows, table_of};
use crate::params::{Kind, Seconds, argument, closed, options};
use crate::scopes::KnownScopes as OAuthScopes;

closed! {
    /// What to do about rate limits: wait until they are reset, reject, or spread requests out.
    RatelimitMethod: "RatelimitMethod" = Wait "wait" | Throw "throw" | Pace "pace";
    /// Compare the server's version with the one that first had a method, the one that last changed
    /// it, or not at all.
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
    /// Where logins are kept: the type stands with the login.
    LoginStorage: "LoginStorage" => Kind::Object;
    /// The address of a server.
    BaseUrl: "BaseUrl" = "string | URL" => Kind::Anything;
    /// An id that may come as a number: some servers count their applications.
    ClientId: "ClientId" = "string | number" => Kind::Anything;
}

options! {
    /// What a client is made of.
    bare MastodonOptions {
        /// The server: `https://mastodon.social`, or `mastodon.social`. Only https, unless it is this
        /// machine or `allow_http` is `true`.
        api_base_url: Required<BaseUrl> => "",
        /// The application's id, from `createApp`. Needed to log in.
        client_id: ClientId => "",
        /// The application's secret, from `createApp`. Needed to log in; keep it out of public pages.
        client_secret: String => "",
        /// The token to act with, where there is one already.
        access_token: String => "",
        /// The token to get a new access token with, where tokens expire.
        refresh_token: String => "",
        /// Seconds until the token expires, from `persistableLoginCredentials`.
        expires_in: Seconds => "",
        /// The scopes of the application, as returned by `createApp`. `createAccount` requests them.
        scopes: OAuthScopes => "",
        /// What to do about rate limits. Default: `"wait"`.
        ratelimit_method: RatelimitMethod => "",
        /// How much faster than evenly `"pace"` lets requests go. Default: 1.1.
        ratelimit_pacefactor: Factor => "",
        /// Called with the rate limit after every response that has one.
        on_ratelimit: RatelimitCallback => "",
        /// Seconds that one request may take, and that a call waits for rate limits at most. Default: 300.
        request_timeout: Seconds => "",
        /// Bytes that a response may have. Default: 67108864 (64 MiB).
        max_response_size: Factor => "",
        /// The server's version, if you know it: saves a request.
        mastodon_version: String => "",
        /// Whether to refuse methods that the server is too old for. Default: `"none"`.
        version_check_mode: VersionCheckMode => "",
        /// The dialect of the API. Default: `"mainline"`.
        feature_set: FeatureSet => "",
        /// Sent as `User-Agent`. Default: `mastodon-wasm` with its version in servers and workers; in browsers the
        /// browser's own, since some servers' CORS headers allow no other.
        user_agent: String => "",
        /// The preferred language (ISO 639-1), sent with every request.
        lang: String => "",
        /// Writes every request's verb and path to `console.debug`, never a secret. Default: `false`.
        debug_requests: bool => "",
        /// Allows http to a server that is not this machine. The token can be read on the way. Default: `false`.
        allow_http: bool => "",
        /// Used instead of the platform's `fetch`.
        fetch: Fetch => "",
        /// Used instead of the platform's `WebSocket`.
        web_socket: WebSocketClass => "",
        /// Where `logOut` forgets the login. `finishLogin` and `restore` set it.
        storage: LoginStorage => "",
    }
}

static TABLE: &str = table_of!(MastodonOptions);

thread_local! {
    /// What the constructor's options are checked along.
    pub(super) static PARAMETERS: Parameters = Parameters::new(rows(TABLE));
}
