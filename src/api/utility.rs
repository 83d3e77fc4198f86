//! What an application needs beside requests: versions, clocks, counting, decoding.

use crate::api::declare::methods;
use crate::blurhash::{Gamma, Math, Picture, side};
use crate::client::Client;
use crate::client::call::{Arguments, Call, Work};
use crate::client::send::{ask_version, exchange, read};
use crate::endpoint::{get, head, local};
use crate::error::{Class, Error};
use crate::js::{self, Name};
use crate::params::{NoOptions, RequestOptions, Size, Text, argument, closed, options};
use crate::status_length::{nearly, status_length};
use crate::text;
use crate::version::Version;
use js_sys::{Array, Date, Float32Array, Function, Reflect, Uint8ClampedArray};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The version of Mastodon whose API this package covers.
const SUPPORTED: &str = "4.6.0";

closed! {
    /// A kind of timeline whose access servers configure.
    ConfiguredTimeline: "ConfiguredTimeline" = Public "public" | Hashtag "hashtag" | TrendingLinks "trending_links";
}

argument! {
    /// A media attachment, another object with a blurhash, or the hash itself.
    Blurhash: "string | { readonly blurhash?: string | null }" => crate::params::Kind::Anything;
}

options! {
    /// Options of `retrieveMastodonVersion`.
    get RetrieveMastodonVersionOptions {
        /// Reject if the server does not send its version or the request failed, instead of assuming
        /// 1.0.0. Default: `false`.
        fail_hard: bool => "",
    }

    /// Options of `verifyMinimumVersion`.
    get VerifyMinimumVersionOptions {
        /// Request the version only if it is not known yet. Default: `false`.
        cached: bool => "",
    }

    /// Options of `timelineIsAvailable`.
    get TimelineIsAvailableOptions {
        /// Which timeline. Default: `"public"`.
        timeline: ConfiguredTimeline => "",
        /// Only the part of it from this server.
        local: bool => "",
        /// Only the part of it from other servers.
        remote: bool => "",
        /// Whether the user is logged in. Default: whether the client has a token.
        with_auth: bool => "",
        /// Reject if the server does not say, instead of assuming that the timeline is available.
        /// Default: `false`.
        fail_hard: bool => "",
    }

    /// Options of `getStatusLength`.
    bare GetStatusLengthOptions {
        /// The content warning, which counts as well.
        spoiler_text: String => "",
    }

    /// Options of `decodeBlurhash`.
    bare DecodeBlurhashOptions {
        /// Width and height in pixels, or, with `size_per_component`, for each component of the hash.
        /// Default: `[16, 16]`.
        out_size: Size => "",
        /// Whether `out_size` is multiplied by the number of components (1 to 9 each way), so that a finer
        /// hash gives a larger image. Default: `true`.
        size_per_component: bool => "",
        /// Linear light (a `Float32Array`, 1 is white; values may lie a little outside 0 to 1) instead of
        /// bytes of sRGB. Default: `false`.
        return_linear: bool => "",
    }
}

methods! {
    /// The server's version, as the server sends it: `4.5.0`, `4.4.0-beta.1+glitch`,
    /// `2.7.2 (compatible; Pleroma 2.5.0)`. The client remembers it.
    ///
    /// `GET /api/v2/instance`, `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// `"1.0.0"` if the server does not send it, or if the request failed. With `fail_hard`, rejects with
    /// a `MastodonVersionError`, or with the error of the request.
    retrieve_mastodon_version as retrieveMastodonVersion(; RetrieveMastodonVersionOptions) -> String =
        local() => run(retrieve_mastodon_version);

    /// Whether the server's version is at least this one, such as `"4.3.0"`.
    ///
    /// `GET /api/v2/instance`, `GET /api/v1/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/methods/instance/#v2)
    ///
    /// Compares what the server sends, number by number; a server that does not send its version counts
    /// as 1.0.0. Rejects if the request failed (503, no network).
    verify_minimum_version as verifyMinimumVersion(version_str: Text; VerifyMinimumVersionOptions) -> bool =
        local() => run(verify_minimum_version);

    /// The server's time, to the second.
    ///
    /// `HEAD /` · public · not in Mastodon's documentation
    ///
    /// Rejects in pages of another origin, because browsers hide the `Date` header from them.
    get_approx_server_time as getApproxServerTime(; RequestOptions) -> Date =
        head("/") => run(get_approx_server_time);

    /// Whether a timeline can be read, according to the instance: some are for users only, or
    /// disabled.
    ///
    /// `GET /api/v2/instance` · public ·
    /// [documentation](https://docs.joinmastodon.org/entities/Instance/#timelines_access)
    ///
    /// `true` if the server does not say (before 4.5.0). With neither `local` nor `remote`: whether
    /// either part can be read.
    timeline_is_available as timelineIsAvailable(; TimelineIsAvailableOptions) -> bool =
        get("/api/v2/instance") => run(timeline_is_available);

    /// Draws a blurhash: the blurred preview to show while media are loading. Red, green, blue and
    /// alpha of each pixel, row by row, ready for `ImageData`.
    ///
    /// Takes a media attachment, another object with a `blurhash`, or the hash itself. Nothing is sent.
    /// `MastodonIllegalArgumentError` if there is no valid hash.
    ///
    /// @example
    /// const pixels = await m.decodeBlurhash(status.media_attachments[0]);
    /// context.putImageData(new ImageData(pixels, pixels.width), 0, 0);
    decode_blurhash as decodeBlurhash(media_dict: Blurhash; DecodeBlurhashOptions) -> Uint8ClampedArray
        where [
            "(media_dict: string | { readonly blurhash?: string | null }, options?: (Omit<DecodeBlurhashOptions, \"return_linear\"> & { return_linear?: false | null }) | null): Promise<ReturnType<typeof Uint8ClampedArray.of> & PictureSize>",
            "(media_dict: string | { readonly blurhash?: string | null }, options: DecodeBlurhashOptions & { return_linear: true }): Promise<ReturnType<typeof Float32Array.of> & PictureSize>",
        ]
        = local() => run(decode_blurhash);

    /// Sets the language to request responses in: an ISO 639-1 code. An empty string leaves it to the
    /// server.
    sync set_language as setLanguage(lang: Text; NoOptions) -> Nothing
        where ["(lang: string): void"]
        = local() => run(set_language);

    /// Clears what the client has stored about the server, such as its version. A version that was
    /// passed to the constructor stays.
    sync clear_caches as clearCaches(; NoOptions) -> Nothing
        where ["(): void"]
        = local() => run(clear_caches);

    /// The newest version of Mastodon whose API this package covers.
    static sync get_supported_version as getSupportedVersion(; NoOptions) -> String
        where ["(): string"]
        = local() => run(get_supported_version);

    /// The length of a status, as Mastodon counts it: a link counts 23, a mention counts without its
    /// server, and a character of several code points (such as a flag) counts one.
    ///
    /// The limit is in `configuration.statuses` of `instance`. Throws `MastodonIllegalArgumentError` if
    /// `text` is not a string.
    static sync get_status_length as getStatusLength(text: Text; GetStatusLengthOptions) -> u32 =
        local() => run(get_status_length);
}

#[cfg(feature = "npm")]
#[wasm_bindgen(typescript_custom_section)]
const PICTURE_SIZE: &str = "/** The size of a decoded picture. Not enumerable. */
export interface PictureSize {
  /** Its width in pixels. */
  readonly width: number;
  /** Its height in pixels. */
  readonly height: number;
}
";

#[wasm_bindgen(module = "/js/segmenter.js")]
extern "C" {
    #[wasm_bindgen(js_name = countGraphemes)]
    fn count_graphemes(text: &str) -> Option<u32>;
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "the rows' functions are of one type"
)]
fn retrieve_mastodon_version(mut call: Call) -> Result<Work, Error> {
    let hard = call.take_flag("fail_hard");
    let method = call.name();
    let scope = call.scope;
    Ok(Box::pin(async move {
        let text = match ask_version(&scope).await {
            Ok(None) if hard => {
                let message = ": the server does not send its version";
                return Err(Error::new(Class::Version, &[method, message]));
            }
            Ok(text) => {
                scope.client.set_version(text.as_deref());
                text
            }
            // Not where the caller ended the call.
            Err(failure) if hard || scope.is_over() => return Err(failure),
            Err(_) => None,
        };
        Ok(text.as_deref().unwrap_or("1.0.0").into())
    }))
}

fn verify_minimum_version(mut call: Call) -> Result<Work, Error> {
    let wanted = call.take_text("version_str").unwrap_or_default();
    if !wanted.starts_with(|c: char| c.is_ascii_digit()) {
        return Err(call.illegal(&["`version_str` must be a version such as \"4.3.0\""]));
    }
    let cached = call.take_flag("cached");
    let scope = call.scope;
    Ok(Box::pin(async move {
        let known = scope.client.known_version().filter(|_| cached);
        let have = if let Some(known) = known {
            known
        } else {
            let text = ask_version(&scope).await?;
            scope.client.set_version(text.as_deref());
            Version::numbers(text.as_deref().unwrap_or("1"))
        };
        Ok((have >= Version::numbers(&wanted)).into())
    }))
}

fn get_approx_server_time(call: Call) -> Result<Work, Error> {
    let method = call.name();
    let (scope, request) = call.build()?;
    let mut request = request.anonymous();
    Ok(Box::pin(async move {
        let reply = exchange(&scope, &mut request).await?;
        let time = reply
            .header(Name::Date)
            .map_or(f64::NAN, |date| js::parse_date(&date));
        if time.is_nan() {
            let message = ": the response has no `Date` header, or this page may not see it";
            return Err(Error::new(Class::Api, &[method, message]));
        }
        Ok(Date::new(&time.into()).into())
    }))
}

fn timeline_is_available(mut call: Call) -> Result<Work, Error> {
    let feeds = match call.take_text("timeline").as_deref() {
        Some("hashtag") => "hashtag_feeds",
        Some("trending_links") => "trending_link_feeds",
        _ => "live_feeds",
    };
    let (local, remote) = (call.take_flag("local"), call.take_flag("remote"));
    let with_auth = call.take("with_auth").as_bool();
    let hard = call.take_flag("fail_hard");
    let (scope, mut request) = call.build()?;
    Ok(Box::pin(async move {
        let reply = exchange(&scope, &mut request).await;
        let instance = match reply.and_then(|reply| read(&scope.client, &request, &reply)) {
            Ok(instance) => instance,
            Err(failure) if hard || scope.is_over() => return Err(failure),
            Err(_) => JsValue::UNDEFINED,
        };
        let mut access = instance;
        for name in ["configuration", "timelines_access", feeds] {
            access = js::get(&access, name);
        }
        let [of_local, of_remote] = ["local", "remote"].map(|part| js::text_of(&access, part));
        let with_auth = with_auth.unwrap_or_else(|| scope.client.access_token.borrow().is_some());
        let open = |part: Option<String>| is_open(part.as_deref(), with_auth);
        let either = local == remote;
        Ok(((local || either) && open(of_local) || (remote || either) && open(of_remote)).into())
    }))
}

/// Whether a part of a timeline with this access can be read. Open if the server does not say.
fn is_open(access: Option<&str>, with_auth: bool) -> bool {
    match access {
        Some("disabled") => false,
        Some("authenticated") => with_auth,
        _ => true,
    }
}

#[allow(clippy::unnecessary_wraps, reason = "as above")]
fn set_language(client: &Rc<Client>, mut arguments: Arguments) -> Result<JsValue, Error> {
    client.lang.replace(arguments.take_some_text("lang"));
    Ok(JsValue::UNDEFINED)
}

#[allow(clippy::unnecessary_wraps, reason = "as above")]
fn clear_caches(client: &Rc<Client>, _: Arguments) -> Result<JsValue, Error> {
    client.clear_caches();
    Ok(JsValue::UNDEFINED)
}

#[allow(clippy::unnecessary_wraps, reason = "as above")]
fn get_supported_version(_: Arguments) -> Result<JsValue, Error> {
    Ok(SUPPORTED.into())
}

#[allow(clippy::unnecessary_wraps, reason = "as above")]
fn get_status_length(mut arguments: Arguments) -> Result<JsValue, Error> {
    let [text, spoiler_text] =
        ["text", "spoiler_text"].map(|name| arguments.take_text(name).unwrap_or_default());
    let graphemes =
        |text: &str| count_graphemes(text).map_or_else(|| nearly(text), |count| count as usize);
    Ok((status_length(&text, &spoiler_text, graphemes) as u32).into())
}

const MATH: Math = Math {
    cos: js_sys::Math::cos,
    pow: js_sys::Math::pow,
};

pub(crate) fn decode_blurhash(mut call: Call) -> Result<Work, Error> {
    const NAME: &str = "media_dict";
    let media = call.take(NAME);
    let hash = if media.is_string() {
        media
    } else {
        js::caller_get(&media, "blurhash")
            .map_err(|cause| Error::unreadable(call.name(), NAME, cause))?
    };
    let Some(picture) = hash
        .as_string()
        .and_then(|hash| Picture::parse(&hash, MATH))
    else {
        let expected = "a blurhash, or something with one";
        return Err(Error::invalid_argument(call.name(), NAME, expected, &hash));
    };
    let size = call
        .take_text("out_size")
        .unwrap_or_else(|| "16,16".to_owned());
    let per_wave = call.take("size_per_component").as_bool() != Some(false);
    let (width, height) = text::before(&size, b',');
    let in_pixels = |text, waves| side(text, if per_wave { waves } else { 1 });
    let sides = in_pixels(width, picture.columns).zip(in_pixels(height, picture.rows));
    let Some((width, height)) = sides else {
        return Err(call.illegal(&[
            "`out_size` must be a width and a height that give 1 to 4096 pixels each",
        ]));
    };
    let pixels =
        draw(&picture, width, height, call.take_flag("return_linear")).map_err(|cause| {
            call.illegal(&["not enough memory for a picture of this size"])
                .with_cause(cause)
        })?;
    js::define_hidden(&pixels, "width", &(width as u32).into());
    js::define_hidden(&pixels, "height", &(height as u32).into());
    Ok(Box::pin(std::future::ready(Ok(pixels))))
}

/// Draws an image row by row, so that it is in memory only once.
fn draw(picture: &Picture, width: usize, height: usize, linear: bool) -> Result<JsValue, JsValue> {
    let class = if linear {
        "Float32Array"
    } else {
        "Uint8ClampedArray"
    };
    let class: Function = js::global(class).unchecked_into();
    let length = (width * height * 4) as u32;
    let pixels = Reflect::construct(&class, &Array::of1(&length.into()))?;
    let step = (width * 4) as u32;
    let mut start = 0;
    if linear {
        let all: &Float32Array = pixels.unchecked_ref();
        let mut own = vec![1.0; width * 4];
        picture.draw(width, height, MATH, &mut |row| {
            for (pixel, light) in own.chunks_exact_mut(4).zip(row) {
                for (part, light) in pixel.iter_mut().zip(light) {
                    *part = *light as f32;
                }
            }
            all.subarray(start, start + step).copy_from(&own);
            start += step;
        });
    } else {
        let all: &Uint8ClampedArray = pixels.unchecked_ref();
        let gamma = Gamma::new(MATH);
        let mut own = vec![255; width * 4];
        picture.draw(width, height, MATH, &mut |row| {
            for (pixel, light) in own.chunks_exact_mut(4).zip(row) {
                for (part, light) in pixel.iter_mut().zip(light) {
                    *part = gamma.byte(*light);
                }
            }
            all.subarray(start, start + step).copy_from(&own);
            start += step;
        });
    }
    Ok(pixels)
}

#[cfg(test)]
mod tests {
    use super::is_open;

    #[test]
    fn a_timeline_is_open_unless_the_server_says_otherwise() {
        for (access, without, with) in [
            (Some("public"), true, true),
            (Some("authenticated"), false, true),
            (Some("disabled"), false, false),
            (Some("something new"), true, true),
            (None, true, true),
        ] {
            assert_eq!(
                (is_open(access, false), is_open(access, true)),
                (without, with),
                "{access:?}"
            );
        }
    }
}
