//! What an application needs beside requests: versions, clocks, counting, decoding.

mod blurhash;

use crate::api::declare::methods;
use crate::client::{Auth, Call, Client, Mastodon, Version, arg, get, head, promise};
use crate::error::{Kind, error, illegal, refused, with_cause};
use crate::http;
use crate::page::hide;
use crate::params::{
    Arguments, Given, RequestOptions, Size, Text, check, check_options, closed, options,
};
use blurhash::{Blurhash, Gamma, Maths};
use js_sys::{Date, Float32Array, Math, Promise, Reflect, Uint8ClampedArray};
use std::rc::Rc;
use tsify::Ts;
use wasm_bindgen::prelude::*;

/// The version of Mastodon whose API this package covers.
const SUPPORTED_VERSION: &str = "4.6.0";

/// The longest side of a decoded blurhash: more is a mistake, and memory that may not be there.
const LONGEST_SIDE: u32 = 4096;

#[wasm_bindgen(module = "/src/api/utility/status_length.js")]
extern "C" {
    #[wasm_bindgen(js_name = statusLength)]
    fn status_length(text: &str, spoiler_text: &str) -> u32;
}

#[wasm_bindgen(module = "/src/api/utility/timeline_access.js")]
extern "C" {
    #[wasm_bindgen(js_name = isOpen)]
    fn is_open(
        instance: &JsValue,
        timeline: Option<&str>,
        local: bool,
        remote: bool,
        with_auth: bool,
    ) -> bool;
}

const MATHS: Maths = Maths {
    cos: Math::cos,
    pow: Math::pow,
};

closed! {
    /// A kind of timeline whose access servers configure.
    ConfiguredTimeline: "ConfiguredTimeline" = "public" | "hashtag" | "trending_links";
}

options! {
    /// Options of `retrieveMastodonVersion`.
    get RetrieveMastodonVersionOptions {
        /// Reject where the server does not tell its version, instead of taking it for 1.0.0.
        fail_hard: bool => "",
    }

    /// Options of `verifyMinimumVersion`.
    get VerifyMinimumVersionOptions {
        /// Ask the server only if its version is not known yet.
        cached: bool => "",
    }

    /// Options of `timelineIsAvailable`.
    get TimelineIsAvailableOptions {
        /// Which timeline; `"public"` when it is not said.
        timeline: ConfiguredTimeline => "",
        /// Only the part of it from this server.
        local: bool => "",
        /// Only the part of it from other servers.
        remote: bool => "",
        /// Whether somebody is logged in; when it is not said, whether the client has a token.
        with_auth: bool => "",
        /// Reject where the server does not tell, instead of taking the timeline for available.
        fail_hard: bool => "",
    }

    /// Options of `getStatusLength`.
    bare GetStatusLengthOptions {
        /// The content warning, which counts as well.
        spoiler_text: String => "",
    }

    /// Options of `decodeBlurhash`.
    bare DecodeBlurhashOptions {
        /// Width and height in pixels, or, with `size_per_component`, for each wave of the hash;
        /// `[16, 16]` when it is not said.
        out_size: Size => "",
        /// Whether `out_size` is multiplied by the number of waves (1 to 9 each way), so that a finer
        /// hash gives a larger picture; `true` when it is not said.
        size_per_component: bool => "",
        /// Give linear light (a `Float32Array`, 1 is white; values may lie a little outside 0 to 1)
        /// instead of bytes of sRGB. For further calculations.
        return_linear: bool => "",
    }
}

async fn version(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let fail_hard = call.arguments.take_flag("fail_hard");
    let text = match client.ask_version(&call.scope).await {
        Err(cause) if fail_hard => return Err(cause),
        Err(_) => {
            // Not where the caller ended the call.
            call.scope.run(async { Ok(()) }).await?;
            None
        }
        Ok(None) if fail_hard => {
            return Err(error(
                Kind::Version,
                &[call.request.name, ": the server does not tell its version"].concat(),
            ));
        }
        Ok(text) => text,
    };
    let text = text.unwrap_or_else(|| "1.0.0".to_owned());
    client.set_version(Version::parse(&text));
    Ok(text.into())
}

async fn is_at_least(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let wanted = call.arguments.take_text("version_str").unwrap_or_default();
    if !wanted.starts_with(|first: char| first.is_ascii_digit()) {
        let message = "`version_str` must be a version such as \"4.3.0\"";
        return Err(illegal(call.request.name, message));
    }
    let have = if call.arguments.take_flag("cached") {
        client.server_version(&call.scope).await?
    } else {
        let text = client.ask_version(&call.scope).await?;
        let version = text.map_or(Version([1, 0, 0]), |text| Version::parse(&text));
        client.set_version(version);
        version
    };
    Ok((have >= Version::parse(&wanted)).into())
}

async fn server_time(call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let (mut request, scope) = call.into_request(&client)?;
    request.auth = Auth::Nobody;
    let reply = client.exchange(&scope, &request).await?;
    let date = http::header(&reply, "date").map_or(f64::NAN, |text| http::date(&text));
    if date.is_nan() {
        let message = ": the answer has no `Date` header, or this page may not see it";
        return Err(error(Kind::Api, &[request.name, message].concat()));
    }
    Ok(Date::new(&date.into()).into())
}

async fn is_available(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let given = &mut call.arguments;
    let timeline = given.take_text("timeline");
    let (local, remote) = (given.take_flag("local"), given.take_flag("remote"));
    let with_auth = match given.get("with_auth") {
        Some(_) => given.take_flag("with_auth"),
        None => client.access_token.borrow().is_some(),
    };
    let fail_hard = given.take_flag("fail_hard");
    let (request, scope) = call.into_request(&client)?;
    let reply = client.exchange(&scope, &request).await;
    let instance = match reply.and_then(|reply| client.answer(&request, &reply)) {
        Ok(instance) => instance,
        Err(cause) if fail_hard => return Err(cause),
        Err(_) => {
            scope.run(async { Ok(()) }).await?;
            JsValue::UNDEFINED
        }
    };
    Ok(is_open(&instance, timeline.as_deref(), local, remote, with_auth).into())
}

methods! {
    /// The server's version, as it writes it: `4.5.0`, `4.4.0-beta.1+glitch`,
    /// `2.7.2 (compatible; Pleroma 2.5.0)`. The client remembers it.
    ///
    /// `GET /api/v2/instance`, `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// `"1.0.0"` where the server does not tell; with `fail_hard` that is an error.
    retrieveMastodonVersion(; RetrieveMastodonVersionOptions) -> "string" =
        get("").instead(|call, client| Box::pin(version(call, client)));

    /// Whether the server's version is at least this one, such as `"4.3.0"`.
    ///
    /// `GET /api/v2/instance`, `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// A server that does not tell counts as 1.0.0.
    verifyMinimumVersion(version_str: Text; VerifyMinimumVersionOptions) -> "boolean" =
        get("").instead(|call, client| Box::pin(is_at_least(call, client)));

    /// The time of the server's clock, to the second.
    ///
    /// `HEAD /` · public · not in Mastodon's documentation
    ///
    /// Pages do not see the header that tells it, unless they come from the server itself: the call
    /// rejects there.
    getApproxServerTime(; RequestOptions) -> "Date" =
        head("/").instead(|call, client| Box::pin(server_time(call, client)));

    /// Whether a timeline can be read, by what the server says of itself: some are for members or
    /// switched off.
    ///
    /// `GET /api/v2/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/entities/Instance/#timelines_access)
    ///
    /// `true` where the server does not tell (before 4.5.0). With neither `local` nor `remote`: whether
    /// either part can be read.
    timelineIsAvailable(; TimelineIsAvailableOptions) -> "boolean" =
        get("/api/v2/instance").instead(|call, client| Box::pin(is_available(call, client)));
}

#[wasm_bindgen]
impl Mastodon {
    /// The newest version of Mastodon whose API this package covers.
    #[wasm_bindgen(js_name = getSupportedVersion)]
    pub fn get_supported_version() -> String {
        SUPPORTED_VERSION.to_owned()
    }

    /// The language to ask answers in from now on: a code of ISO 639-1. An empty string is for the
    /// server's own choice.
    #[wasm_bindgen(js_name = setLanguage)]
    pub fn set_language(&self, lang: Ts<Text>) -> Result<(), JsValue> {
        let lang = text("setLanguage", "lang", lang)?;
        let lang = Some(lang).filter(|lang| !lang.is_empty());
        self.client().lang.replace(lang);
        Ok(())
    }

    /// Forgets what was learnt about the server, such as its version. A version that was given to the
    /// constructor stays.
    #[wasm_bindgen(js_name = clearCaches)]
    pub fn clear_caches(&self) {
        self.client().clear_caches();
    }

    /// How long a status is, as the server counts it against its limit: a link counts 23, a mention
    /// without its server, a character that is drawn as one (such as a flag) as one.
    ///
    /// The limit is in `configuration.statuses` of `instance`. Throws `MastodonIllegalArgumentError`
    /// for what is no text.
    #[wasm_bindgen(js_name = getStatusLength)]
    pub fn get_status_length(
        text: Ts<Text>,
        options: Option<Ts<GetStatusLengthOptions>>,
    ) -> Result<u32, JsValue> {
        const METHOD: &str = "getStatusLength";
        let text = self::text(METHOD, "text", text)?;
        let mut given = Arguments::default();
        check_options(METHOD, &Given::from(options), &mut given)?;
        let spoiler_text = given.take_text("spoiler_text").unwrap_or_default();
        Ok(status_length(&text, &spoiler_text))
    }

    /// Draws a blurhash. Documented, with its types, in utility.d.ts.
    #[wasm_bindgen(js_name = decodeBlurhash, skip_typescript)]
    pub fn decode_blurhash(
        &self,
        media_dict: JsValue,
        options: Option<Ts<DecodeBlurhashOptions>>,
    ) -> Promise {
        let options = Given::from(options);
        promise(async move { decode_blurhash(&media_dict, &options) })
    }
}

/// A positional string.
fn text(method: &str, name: &'static str, value: Ts<Text>) -> Result<String, JsValue> {
    let arg = arg(name, value);
    let value = check(method, name, &arg.kind, &arg.value)?;
    Ok(value.text().unwrap_or_default().to_owned())
}

fn decode_blurhash(media: &JsValue, options: &Given) -> Result<JsValue, JsValue> {
    const METHOD: &str = "decodeBlurhash";
    let mut given = Arguments::default();
    check_options(METHOD, options, &mut given)?;
    let hash = if media.is_object() {
        Reflect::get(media, &"blurhash".into()).map_err(|cause| {
            let message = [METHOD, ": `blurhash` could not be read"].concat();
            with_cause(Kind::IllegalArgument, &message, &cause)
        })?
    } else {
        media.clone()
    };
    let parsed = hash
        .as_string()
        .and_then(|text| Blurhash::parse(&text, MATHS));
    let Some(parsed) = parsed else {
        return Err(refused(METHOD, "blurhash", "a blurhash", &hash));
    };
    let out_size = given.take_text("out_size");
    let mut numbers = out_size.as_deref().unwrap_or("16,16").split(',');
    let per_wave =
        given.get("size_per_component").is_none() || given.take_flag("size_per_component");
    let mut side = |waves: usize| {
        let side = numbers.next()?.parse::<u32>().ok()?;
        let times = if per_wave { waves as u32 } else { 1 };
        Some(side.saturating_mul(times)).filter(|side| (1..=LONGEST_SIDE).contains(side))
    };
    let Some((width, height)) = side(parsed.columns).zip(side(parsed.rows)) else {
        let message = "`out_size` must be two whole numbers of pixels, 1 to 4096 in all";
        return Err(illegal(METHOD, message));
    };
    let pixels = if given.take_flag("return_linear") {
        draw_linear(&parsed, width, height)
    } else {
        draw(&parsed, width, height)
    };
    hide(&pixels, "width", &width.into());
    hide(&pixels, "height", &height.into());
    Ok(pixels)
}

// Row by row, so that a large picture is in memory once.

fn draw(hash: &Blurhash, width: u32, height: u32) -> JsValue {
    let pixels = Uint8ClampedArray::new_with_length(width * height * 4);
    let gamma = Gamma::new(MATHS);
    let mut bytes = Vec::new();
    let mut at = 0;
    hash.draw(width as usize, height as usize, MATHS, &mut |row| {
        bytes.clear();
        for [red, green, blue] in row {
            bytes.extend([gamma.byte(*red), gamma.byte(*green), gamma.byte(*blue), 255]);
        }
        pixels.set(&Uint8ClampedArray::from(bytes.as_slice()), at);
        at += width * 4;
    });
    pixels.into()
}

fn draw_linear(hash: &Blurhash, width: u32, height: u32) -> JsValue {
    let pixels = Float32Array::new_with_length(width * height * 4);
    let mut numbers = Vec::new();
    let mut at = 0;
    hash.draw(width as usize, height as usize, MATHS, &mut |row| {
        numbers.clear();
        for [red, green, blue] in row {
            numbers.extend([*red, *green, *blue, 1.0]);
        }
        pixels.set(&Float32Array::from(numbers.as_slice()), at);
        at += width * 4;
    });
    pixels.into()
}

#[wasm_bindgen(typescript_custom_section)]
const OVERLOADS: &str = include_str!("utility.d.ts");
