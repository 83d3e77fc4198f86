//! What the constructor takes.

use super::ratelimit::Mode;
use super::{Client, Version, VersionCheck, origin};
use crate::auth::LoginStorage;
use crate::error::{illegal, refused};
use crate::params::{Arguments, Given, Options, Unknown, argument, check_record, closed, options};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/client/runtime.js")]
extern "C" {
    #[wasm_bindgen(js_name = isServer)]
    fn is_server() -> bool;
}

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

/// Which dialect of the API to speak.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FeatureSetKind {
    /// Mastodon.
    #[default]
    Mainline,
    /// Fedibird.
    Fedibird,
    /// Pleroma and Akkoma.
    Pleroma,
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
        storage: LoginStorage => "",
    }
}

impl Client {
    /// Makes a client out of the options that a caller passed.
    pub fn new(method: &str, options: JsValue) -> Result<Self, JsValue> {
        let mut given = Arguments::default();
        if options.is_undefined() || options.is_null() {
            return Err(refused(
                method,
                "options",
                "an object with `api_base_url`",
                &options,
            ));
        }
        check_record(
            method,
            "options",
            &Given {
                table: MastodonOptions::TABLE,
                value: options,
            },
            Unknown::Pass,
            &mut given,
        )?;
        let allow_http = given.take_flag("allow_http");
        let origin = origin(
            method,
            &given.take_js("api_base_url").unwrap_or_default(),
            allow_http,
        )?;
        let mut text = |name: &str| given.take_text(name).filter(|text| !text.is_empty());
        let access_token = text("access_token");
        if access_token
            .as_ref()
            .is_some_and(|token| !token.bytes().all(|byte| byte.is_ascii_graphic()))
        {
            return Err(illegal(
                method,
                "`access_token` has characters that no token has",
            ));
        }
        let version = text("mastodon_version");
        Ok(Self {
            origin,
            access_token: access_token.into(),
            client_id: text("client_id").into(),
            client_secret: text("client_secret").into(),
            lang: text("lang").into(),
            feature_set: match text("feature_set").as_deref() {
                Some("fedibird") => FeatureSetKind::Fedibird,
                Some("pleroma") => FeatureSetKind::Pleroma,
                _ => FeatureSetKind::Mainline,
            },
            ratelimit_mode: match text("ratelimit_method").as_deref() {
                Some("throw") => Mode::Throw,
                Some("pace") => Mode::Pace,
                _ => Mode::Wait,
            },
            version_check: match text("version_check_mode").as_deref() {
                Some("created") => VersionCheck::Created,
                Some("changed") => VersionCheck::Changed,
                _ => VersionCheck::None,
            },
            user_agent: text("user_agent").or_else(default_user_agent),
            pace_factor: given
                .take_js("ratelimit_pacefactor")
                .and_then(|factor| factor.as_f64())
                .unwrap_or(1.1),
            allow_http,
            web_socket: given.take_js("web_socket"),
            storage: given.take_js("storage"),
            fetch: given.take_js("fetch").map(JsCast::unchecked_into),
            on_ratelimit: given.take_js("on_ratelimit").map(JsCast::unchecked_into),
            debug_requests: given.take_flag("debug_requests"),
            request_timeout: given
                .take_js("request_timeout")
                .and_then(|seconds| seconds.as_f64())
                .unwrap_or(300.0),
            given_version: version.is_some(),
            version: version.map(|version| Version::parse(&version)).into(),
            own_id: None.into(),
            ratelimit: None.into(),
            last_request: 0.0.into(),
            server_time_skew: None.into(),
            running: Vec::new().into(),
            ended: false.into(),
        })
    }
}

/// `mastodon-wasm/0.1.0` where the runtime is a server's. Browsers have one of their own; setting
/// the header there makes a request that not every server's CORS headers allow.
fn default_user_agent() -> Option<String> {
    is_server().then(|| concat!("mastodon-wasm/", env!("CARGO_PKG_VERSION")).to_owned())
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
