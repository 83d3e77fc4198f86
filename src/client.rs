//! What a client is made of. The client itself is JavaScript (client.js): it moves values of the
//! platform about and waits, which WebAssembly does in ten times the bytes.

use crate::api::declare::rows;
use crate::api::endpoint::code;
use crate::params::{Options, argument, closed, options};
use wasm_bindgen::prelude::*;

closed! {
    /// What to do about rate limits: wait until they are reset, reject, or spread requests out.
    RatelimitMethod: "RatelimitMethod" = "wait" | "throw" | "pace";
    /// Compare the server's version with the one that first had a method, the one that last changed
    /// it, or not at all.
    VersionCheckMode: "VersionCheckMode" = "created" | "changed" | "none";
    /// The dialect of the API.
    FeatureSet: "FeatureSet" = "mainline" | "fedibird" | "pleroma";
}

argument! {
    /// A function like the platform's `fetch`.
    Fetch: "Fetch" = "typeof fetch" => crate::params::Kind::Function;
    /// A class like the platform's `WebSocket`.
    WebSocketClass: "WebSocketClass" = "new (url: string, protocols?: string | string[]) => WebSocket" => crate::params::Kind::Function;
    /// Called with the rate limit after every answer that tells it.
    RatelimitCallback: "RatelimitCallback" = "(ratelimit: RateLimit) => void" => crate::params::Kind::Function;
    /// A number above 0.
    Factor: "Factor" = "number" => crate::params::Kind::Seconds;
    /// The address of a server.
    BaseUrl: "BaseUrl" = "string | URL" => crate::params::Kind::Anything;
}

options! {
    /// What a client is made of.
    bare MastodonOptions {
        /// The server: `https://mastodon.social`, or `mastodon.social`. Only https, unless it is this
        /// machine or `allow_http` is `true`. Required.
        api_base_url: BaseUrl => "",
        /// The application's id, from `createApp`. Needed to log in.
        client_id: String => "",
        /// The application's secret, from `createApp`. Needed to log in; keep it out of public pages.
        client_secret: String => "",
        /// The token to act with, where there is one already.
        access_token: String => "",
        /// What to do about rate limits; `"wait"` when it is not said.
        ratelimit_method: RatelimitMethod => "",
        /// How much faster than evenly `"pace"` lets requests go; 1.1 when it is not said.
        ratelimit_pacefactor: Factor => "",
        /// Called with the rate limit after every answer that tells it.
        on_ratelimit: RatelimitCallback => "",
        /// Seconds that one request may take; 300 when it is not said.
        request_timeout: crate::params::Seconds => "",
        /// The server's version, where it is known: it is not asked for then.
        mastodon_version: String => "",
        /// Whether to refuse methods that the server is too old for; `"none"` when it is not said.
        version_check_mode: VersionCheckMode => "",
        /// The dialect of the API; `"mainline"` when it is not said.
        feature_set: FeatureSet => "",
        /// Sent as `User-Agent`. When it is not said, servers and workers send `mastodon-wasm`, and
        /// browsers what they like, since some servers' CORS headers allow no other.
        user_agent: String => "",
        /// The language to ask answers in (ISO 639-1), sent with every request.
        lang: String => "",
        /// Writes every request's verb and path to `console.debug`, never a secret.
        debug_requests: bool => "",
        /// Allows http to a server that is not this machine. The token can be read on the way.
        allow_http: bool => "",
        /// Used instead of the platform's `fetch`.
        fetch: Fetch => "",
        /// Used instead of the platform's `WebSocket`.
        web_socket: WebSocketClass => "",
        /// Where `logOut` forgets the login. `finishLogin` and `restore` set it.
        storage: crate::auth::LoginStorage => "",
    }
}

rows! {
    Mastodon(; MastodonOptions::TABLE) = code().inside().loose();
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r#"/** A rate limit, as the server last told it. */
export interface RateLimit {
  /** Requests in the whole period. */
  limit: number;
  /** Requests left in it. */
  remaining: number;
  /** When it ends. */
  reset: Date;
}
"#;

#[wasm_bindgen(typescript_custom_section)]
const CLASS: &str = include_str!("client.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const PAGES: &str = include_str!("page.d.ts");

#[wasm_bindgen(typescript_custom_section)]
const ERRORS: &str = include_str!("error.d.ts");
