//! What the constructor takes.

use super::ratelimit::Mode;
use super::{Client, Version, VersionCheck, origin};
use crate::error::{Kind, error, with_cause};
use crate::params::suggest::nearest;
use crate::params::{Arguments, Options, argument, check, closed, options};
use js_sys::{Array, Object, Reflect};
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
    /// The address of a server.
    BaseUrl: "BaseUrl" = "string | URL" => crate::params::Kind::Object;
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
        ratelimit_pacefactor: f64 => "",
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
    }
}

impl Client {
    /// Makes a client out of the options that a caller passed.
    pub fn new(method: &'static str, options: JsValue) -> Result<Self, JsValue> {
        let mut given = Arguments::default();
        collect(method, &options, &mut given)?;
        let allow_http = given.take_flag("allow_http");
        let base = Reflect::get(&options, &"api_base_url".into()).unwrap_or_default();
        let origin = origin(method, &base, allow_http)?;
        let text = |name: &str, given: &mut Arguments| {
            given.take_text(name).filter(|text| !text.is_empty())
        };
        let access_token = text("access_token", &mut given);
        if access_token
            .as_ref()
            .is_some_and(|token| !token.bytes().all(|byte| byte.is_ascii_graphic()))
        {
            return Err(error(
                Kind::IllegalArgument,
                &[method, ": `access_token` has characters that no token has"].concat(),
            ));
        }
        let version = given.take_text("mastodon_version");
        let function =
            |name: &str, given: &mut Arguments| given.take_js(name).map(JsCast::unchecked_into);
        let number = |name: &str, given: &mut Arguments| {
            given
                .take_text(name)
                .and_then(|_| Reflect::get(&options, &name.into()).ok()?.as_f64())
        };
        Ok(Self {
            origin,
            access_token: access_token.into(),
            client_id: text("client_id", &mut given).into(),
            client_secret: text("client_secret", &mut given).into(),
            lang: text("lang", &mut given).into(),
            feature_set: match given.take_text("feature_set").as_deref() {
                Some("fedibird") => FeatureSetKind::Fedibird,
                Some("pleroma") => FeatureSetKind::Pleroma,
                _ => FeatureSetKind::Mainline,
            },
            web_socket: given.take_js("web_socket"),
            allow_http,
            fetch: function("fetch", &mut given),
            on_ratelimit: function("on_ratelimit", &mut given),
            user_agent: text("user_agent", &mut given).or_else(default_user_agent),
            debug_requests: given.take_flag("debug_requests"),
            request_timeout: given
                .take_js("request_timeout")
                .and_then(|seconds| seconds.as_f64())
                .unwrap_or(300.0),
            ratelimit_mode: match given.take_text("ratelimit_method").as_deref() {
                Some("throw") => Mode::Throw,
                Some("pace") => Mode::Pace,
                _ => Mode::Wait,
            },
            pace_factor: number("ratelimit_pacefactor", &mut given)
                .filter(|factor| *factor > 0.0)
                .unwrap_or(1.1),
            version_check: match given.take_text("version_check_mode").as_deref() {
                Some("created") => VersionCheck::Created,
                Some("changed") => VersionCheck::Changed,
                _ => VersionCheck::None,
            },
            given_version: version.is_some(),
            version: version.map(|version| Version::parse(&version)).into(),
            ratelimit: None.into(),
            last_request: 0.0.into(),
            server_time_skew: None.into(),
            running: Vec::new().into(),
            ended: false.into(),
        })
    }
}

/// Reads the options. A name that is nearly one of ours is a typing error; others belong to the
/// application that was spread into the object.
fn collect(method: &str, options: &JsValue, out: &mut Arguments) -> Result<(), JsValue> {
    if !options.is_object() || Array::is_array(options) {
        return Err(error(
            Kind::IllegalArgument,
            &[method, ": expected an object with `api_base_url`"].concat(),
        ));
    }
    let table = MastodonOptions::TABLE;
    for key in Object::keys(options.unchecked_ref::<Object>())
        .iter()
        .filter_map(|key| key.as_string())
    {
        let Some(param) = table.iter().find(|param| param.name == key) else {
            if let Some(name) = nearest(&key, table.iter().map(|param| param.name)) {
                let message = [
                    method,
                    ": unknown option `",
                    &key,
                    "`; did you mean `",
                    name,
                    "`?",
                ]
                .concat();
                return Err(error(Kind::IllegalArgument, &message));
            }
            continue;
        };
        let value = Reflect::get(options, &key.into()).map_err(|cause| {
            with_cause(
                Kind::IllegalArgument,
                &[
                    method,
                    ": `",
                    param.name,
                    "` could not be read: an accessor of it threw",
                ]
                .concat(),
                &cause,
            )
        })?;
        if !value.is_undefined() && !value.is_null() && param.name != "api_base_url" {
            out.push(
                param.name,
                param.wire,
                check(method, &[param.name], &param.kind, &value)?,
            );
        }
    }
    Ok(())
}

/// `mastodon-wasm/0.1.0` where the runtime is a server's. Browsers have one of their own; setting
/// the header there makes a request that not every server's CORS headers allow.
fn default_user_agent() -> Option<String> {
    let global = js_sys::global();
    let has = |path: &[&str]| {
        let mut value = JsValue::from(global.clone());
        path.iter().all(|key| {
            value = Reflect::get(&value, &(*key).into()).unwrap_or_default();
            value.is_truthy()
        })
    };
    let agent = Reflect::get(&global, &"navigator".into())
        .and_then(|navigator| Reflect::get(&navigator, &"userAgent".into()));
    let worker = agent
        .ok()
        .and_then(|agent| agent.as_string())
        .is_some_and(|agent| agent == "Cloudflare-Workers");
    let server = worker
        || ((has(&["process", "versions", "node"])
            || has(&["Deno", "version"])
            || has(&["Bun", "version"]))
            && !has(&["document"]));
    server.then(|| concat!("mastodon-wasm/", env!("CARGO_PKG_VERSION")).to_owned())
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
