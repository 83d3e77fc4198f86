//! Files: what a caller has, as something that a form can carry.

use js_sys::{Array, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, File, FilePropertyBag};

/// What the first bytes of a file say of its type: (bytes, where, type, ending).
const SIGNATURES: [(&[u8], usize, &str, &str); 12] = [
    (b"\x89PNG\r\n\x1a\n", 0, "image/png", "png"),
    (b"\xff\xd8\xff", 0, "image/jpeg", "jpg"),
    (b"GIF8", 0, "image/gif", "gif"),
    (b"WEBP", 8, "image/webp", "webp"),
    (b"ftypavif", 4, "image/avif", "avif"),
    (b"ftyphei", 4, "image/heic", "heic"),
    (b"ftypqt", 4, "video/quicktime", "mov"),
    (b"ftyp", 4, "video/mp4", "mp4"),
    (b"\x1aE\xdf\xa3", 0, "video/webm", "webm"),
    (b"OggS", 0, "audio/ogg", "ogg"),
    (b"ID3", 0, "audio/mpeg", "mp3"),
    (b"fLaC", 0, "audio/flac", "flac"),
];

/// The type and the usual ending of a file that starts with these bytes.
pub fn sniff(start: &[u8]) -> Option<(&'static str, &'static str)> {
    let found = SIGNATURES
        .iter()
        .find(|(bytes, at, ..)| start.get(*at..).is_some_and(|rest| rest.starts_with(bytes)));
    found.map(|(_, _, kind, ending)| (*kind, *ending))
}

/// A `File` with a name and a type: those given, else those it has, else what its bytes say. Servers
/// refuse an upload without a file name.
pub fn to_file(value: &JsValue, name: Option<&str>, kind: Option<&str>) -> Result<File, JsValue> {
    let own = |key: &str| {
        Reflect::get(value, &key.into())
            .ok()
            .and_then(|text| text.as_string())
            .filter(|text| !text.is_empty())
    };
    let complete =
        name.is_none() && kind.is_none() && own("name").is_some() && own("type").is_some();
    if let Some(file) = value.dyn_ref::<File>().filter(|_| complete) {
        return Ok(file.clone());
    }
    // A copy: a view's buffer may belong to somebody else by the time it is read.
    let parts = Array::of1(value);
    let is_blob = value.is_instance_of::<Blob>();
    let mut start = [0; 16];
    if !is_blob {
        let whole = bytes(value);
        let head = whole.subarray(0, 16.min(whole.length()));
        if let Some(start) = start.get_mut(..head.length() as usize) {
            head.copy_to(start);
        }
    }
    let sniffed = sniff(&start);
    let own_kind = own("type").filter(|_| is_blob);
    let kind = kind
        .or(own_kind.as_deref())
        .or(sniffed.map(|(kind, _)| kind))
        .unwrap_or("application/octet-stream");
    let own_name = own("name").filter(|_| is_blob);
    let ending = sniffed
        .map(|(_, ending)| ending)
        .or_else(|| kind.split_once('/').map(|(_, ending)| ending))
        .unwrap_or("bin");
    let made_up = ["file.", ending].concat();
    let bag = FilePropertyBag::new();
    bag.set_type(kind);
    File::new_with_blob_sequence_and_options(
        &parts,
        name.or(own_name.as_deref()).unwrap_or(&made_up),
        &bag,
    )
}

fn bytes(value: &JsValue) -> Uint8Array {
    if let Some(buffer) = value.dyn_ref::<js_sys::ArrayBuffer>() {
        return Uint8Array::new(buffer);
    }
    let number = |key: &str| {
        Reflect::get(value, &key.into())
            .ok()
            .and_then(|n| n.as_f64())
            .unwrap_or(0.0) as u32
    };
    let buffer = Reflect::get(value, &"buffer".into()).unwrap_or_default();
    Uint8Array::new_with_byte_offset_and_length(&buffer, number("byteOffset"), number("byteLength"))
}

#[cfg(test)]
mod tests {
    use super::sniff;

    #[test]
    fn first_bytes_tell_the_type() {
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n...."), Some(("image/png", "png")));
        assert_eq!(sniff(b"\xff\xd8\xff\xe0"), Some(("image/jpeg", "jpg")));
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Some(("image/webp", "webp")));
        assert_eq!(sniff(b"\0\0\0\x18ftypmp42"), Some(("video/mp4", "mp4")));
        assert_eq!(
            sniff(b"\0\0\0\x14ftypqt  "),
            Some(("video/quicktime", "mov"))
        );
        assert_eq!(sniff(b""), None);
        assert_eq!(sniff(b"hello world, this"), None);
    }
}
