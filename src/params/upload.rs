//! Files: converts a caller's value for a form.

use crate::js;
use crate::text;
use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = File)]
    type NewFile;
    #[wasm_bindgen(constructor, js_class = "File", catch)]
    fn new(parts: &Array, name: &str, options: &JsValue) -> Result<NewFile, JsValue>;
}

/// How the first bytes of a file show its type: position, bytes, type, and usual extension. The first match
/// counts.
const SIGNATURES: [(usize, &[u8], &str, &str); 12] = [
    (0, b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (0, b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (0, b"GIF8", "image/gif", "gif"),
    (8, b"WEBP", "image/webp", "webp"),
    (4, b"ftypavif", "image/avif", "avif"),
    (4, b"ftyphei", "image/heic", "heic"),
    (4, b"ftypqt", "video/quicktime", "mov"),
    (4, b"ftyp", "video/mp4", "mp4"),
    (0, b"\x1aE\xdf\xa3", "video/webm", "webm"),
    (0, b"OggS", "audio/ogg", "ogg"),
    (0, b"ID3", "audio/mpeg", "mp3"),
    (0, b"fLaC", "audio/flac", "flac"),
];

/// The number of bytes that the signatures need.
const HEAD: u32 = 16;

/// The type and the usual extension, detected from the first bytes of a file.
fn sniff(head: &[u8]) -> Option<(&'static str, &'static str)> {
    let found = SIGNATURES.iter().find(|(at, signature, ..)| {
        head.get(*at..)
            .is_some_and(|rest| rest.starts_with(signature))
    })?;
    Some((found.2, found.3))
}

/// The extension for a type: `svg` for `image/svg+xml`.
fn ending(kind: &str) -> &str {
    let subtype = text::cut(kind, b'/').map_or(kind, |(_, subtype)| subtype);
    text::before(text::before(subtype, b'+').0, b';').0
}

/// Creates a `File` with a name and a type: the given ones, those of the value, or those detected from its
/// bytes. Servers reject an upload without a file name. The bytes are copied, because the caller may
/// overwrite them before they are sent.
///
/// # Errors
/// The buffer was detached.
pub fn to_file(
    value: &JsValue,
    name: Option<String>,
    kind: Option<String>,
) -> Result<JsValue, JsValue> {
    let blob = value.dyn_ref::<Blob>();
    let found = if blob.is_some() {
        None
    } else {
        let head = js::caller_bytes(value)?.map(|bytes| bytes.subarray(0, HEAD).to_vec());
        head.as_deref().and_then(sniff)
    };
    let kind = kind
        .or_else(|| blob.map(Blob::type_).filter(|own| !own.is_empty()))
        .or_else(|| found.map(|(kind, _)| kind.to_owned()))
        .unwrap_or_else(|| "application/octet-stream".to_owned());
    let own_name = || {
        value
            .dyn_ref::<File>()
            .map(File::name)
            .filter(|own| !own.is_empty())
    };
    let name = name.or_else(own_name).unwrap_or_else(|| {
        let end = found.map_or_else(|| ending(&kind), |(_, end)| end);
        ["file.", end].concat()
    });
    let options = js::object(&[("type", kind.into())]);
    NewFile::new(&Array::of1(value), &name, &options).map(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_tell_the_type() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), Some(("image/png", "png")));
        assert_eq!(
            sniff(b"RIFF\x01\x02\x03\x04WEBPVP8 "),
            Some(("image/webp", "webp"))
        );
        assert_eq!(sniff(b"\0\0\0\x1cftypmp42"), Some(("video/mp4", "mp4")));
        assert_eq!(
            sniff(b"\0\0\0\x1cftypqt  "),
            Some(("video/quicktime", "mov"))
        );
        assert_eq!(sniff(b"hello"), None);
        assert_eq!(sniff(b""), None);
    }

    #[test]
    fn types_tell_the_ending() {
        assert_eq!(ending("image/svg+xml"), "svg");
        assert_eq!(ending("text/plain; charset=utf-8"), "plain");
        assert_eq!(ending("nonsense"), "nonsense");
    }
}
