//! Web Push messages: their keys and their decrypted content. Mastodon sends them as `aesgcm`
//! (draft-ietf-webpush-encryption-04) or as `aes128gcm` (RFC 8291). The platform does the cryptography.

use crate::base64;
use crate::client::call::{Call, Work};
use crate::client::scope::Scope;
use crate::error::{Class, Error};
use crate::js;
use crate::text;
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/js/crypto.js")]
extern "C" {
    #[wasm_bindgen(js_name = generateKey)]
    fn generate_key() -> Promise;
    #[wasm_bindgen(js_name = importKey)]
    fn import_key(format: &str, data: &JsValue) -> Promise;
    #[wasm_bindgen(js_name = exportKey)]
    fn export_key(key: &JsValue) -> Promise;
    fn agree(key: &JsValue, theirs: &Uint8Array) -> Promise;
    fn ordinates(x: &JsValue) -> Array;
    fn open(
        auth: &Uint8Array,
        agreed: &JsValue,
        secret_info: &Uint8Array,
        salt: &Uint8Array,
        key_info: &Uint8Array,
        nonce_info: &Uint8Array,
        record: &Uint8Array,
    ) -> Promise;
}

/// The length of a salt.
const SALT: usize = 16;
/// The length of a public key: a 4, x and y.
const PUBLIC_KEY: usize = 65;
/// The length of the tag of AES-GCM.
const TAG: usize = 16;
/// The maximum length of a record, if a message of the draft does not contain it.
const DEFAULT_RECORD: usize = 4096;

/// A message, parsed as far as possible without its key.
#[derive(Debug)]
pub struct Message {
    /// Whether it uses the draft.
    pub(crate) draft: bool,
    pub(crate) salt: Vec<u8>,
    /// The sender's public key.
    pub(crate) sender: Vec<u8>,
    /// The encrypted record. A push message has only one.
    pub(crate) record: Vec<u8>,
}

impl Message {
    /// Parses a message: its body, and the headers of the draft. `None` if it is not valid.
    pub fn read(data: &[u8], encryption: &str, crypto_key: &str) -> Option<Self> {
        let salt = parameter(encryption, "salt").and_then(base64::decode);
        let sender = parameter(crypto_key, "dh").and_then(base64::decode);
        let (message, size) = if let (Some(salt), Some(sender)) = (salt, sender) {
            let size = match parameter(encryption, "rs") {
                Some(size) => size.parse().ok()?,
                None => DEFAULT_RECORD,
            };
            // A full record would be followed by another one.
            let size = size.saturating_add(TAG - 1);
            let record = data.to_vec();
            (
                Self {
                    draft: true,
                    salt,
                    sender,
                    record,
                },
                size,
            )
        } else {
            // Salt, record size and the sender's key precede the encrypted text.
            let (salt, rest) = data.split_at_checked(SALT)?;
            let (size, rest) = rest.split_first_chunk()?;
            let (length, rest) = rest.split_first()?;
            let (sender, record) = rest.split_at_checked(usize::from(*length))?;
            let message = Self {
                draft: false,
                salt: salt.to_vec(),
                sender: sender.to_vec(),
                record: record.to_vec(),
            };
            (message, u32::from_be_bytes(*size) as usize)
        };
        let length = message.record.len();
        let fits = length > TAG && length <= size;
        (fits && message.salt.len() == SALT && message.sender.len() == PUBLIC_KEY)
            .then_some(message)
    }

    /// The HKDF info for the shared secret; `own` is the receiver's public key.
    fn secret_info(&self, own: &[u8]) -> Vec<u8> {
        if self.draft {
            b"Content-Encoding: auth\0".to_vec()
        } else {
            [b"WebPush: info\0", own, &self.sender].concat()
        }
    }

    /// The HKDF infos for the key and the nonce.
    pub(crate) fn infos(&self, own: &[u8]) -> [Vec<u8>; 2] {
        let name = if self.draft { "aesgcm" } else { "aes128gcm" };
        [name, "nonce"].map(|name| {
            let mut info = ["Content-Encoding: ", name, "\0"].concat().into_bytes();
            if self.draft {
                info.extend_from_slice(b"P-256\0");
                for key in [own, &self.sender] {
                    info.extend_from_slice(&(key.len() as u16).to_be_bytes());
                    info.extend_from_slice(key);
                }
            }
            info
        })
    }

    /// The text of a decrypted record, without padding.
    pub(crate) fn text<'a>(&self, padded: &'a [u8]) -> Option<&'a [u8]> {
        if self.draft {
            let (length, rest) = padded.split_first_chunk()?;
            let (filling, text) =
                rest.split_at_checked(usize::from(u16::from_be_bytes(*length)))?;
            return filling.iter().all(|byte| *byte == 0).then_some(text);
        }
        // The text ends with a 2 in the last record, with a 1 in others. Zeros may follow.
        let end = padded.iter().rposition(|byte| *byte != 0)?;
        let (text, rest) = padded.split_at_checked(end)?;
        (rest.first() == Some(&2)).then_some(text)
    }
}

/// A parameter of a header such as `keyid=p256dh; salt="…"`.
pub(crate) fn parameter<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    text::parts(header, b';')
        .flat_map(|part| text::parts(part, b','))
        .flat_map(|part| text::parts(part, b' '))
        .filter_map(|part| text::cut(part.trim_ascii(), b'='))
        .find(|(own, _)| own.eq_ignore_ascii_case(name))
        .map(|(_, value)| text::unquote(value))
}

/// A private key, in a format that the platform imports.
#[derive(Debug, PartialEq, Eq)]
enum PrivateKey {
    /// With its public key, in base64url: x, y, d.
    Jwk([String; 3]),
    /// May be without its public key.
    Pkcs8(Vec<u8>),
}

/// The bytes that precede the number of a private key in PKCS #8.
const PKCS8: &str = "MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCA";

impl PrivateKey {
    /// Reads a key in base64: PKCS #8, or only the 32 bytes of the number.
    fn of_text(text: &str) -> Option<Self> {
        let bytes = base64::decode(text)?;
        Some(Self::Pkcs8(if bytes.len() == 32 {
            [base64::decode(PKCS8)?, bytes].concat()
        } else {
            bytes
        }))
    }
}

/// The bytes of a public key.
fn point(x: &[u8], y: &[u8]) -> Option<Vec<u8>> {
    (x.len() == 32 && y.len() == 32).then(|| [&[4], x, y].concat())
}

/// The generator: public keys are multiples of this point.
const GENERATOR: &str =
    "BGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU";

/// `pushSubscriptionGenerateKeys`: the private key as a JWK, the public key in the form that the server
/// expects.
///
/// # Errors
/// There is no WebCrypto.
pub fn generate_keys(call: Call) -> Result<Work, Error> {
    let method = call.name();
    check_platform(method)?;
    let scope = call.scope;
    Ok(Box::pin(async move {
        let pair = scope.run(generate_key()).await?;
        let (jwk, auth) = (js::get(&pair, "0"), js::get(&pair, "1"));
        let auth = JsValue::from(base64::encode(&to_bytes(&auth)));
        let [x, y] =
            ["x", "y"].map(|name| js::text_of(&jwk, name).and_then(|text| base64::decode(&text)));
        let Some(pubkey) = x.zip(y).and_then(|(x, y)| point(&x, &y)) else {
            return Err(Error::new(
                Class::Mastodon,
                &[method, ": the platform made no key"],
            ));
        };
        let private = js_sys::Object::new();
        for name in ["kty", "crv", "x", "y", "d"] {
            js::set(&private, name, &js::get(&jwk, name));
        }
        js::set(&private, "auth", &auth);
        let public = js::object(&[("pubkey", base64::encode(&pubkey).into()), ("auth", auth)]);
        Ok(js::array(&[private.into(), public.into()]).into())
    }))
}

/// Pages on http have no WebCrypto, except on this machine.
fn check_platform(method: &str) -> Result<(), Error> {
    if js::get(&js::global("crypto"), "subtle").is_object() {
        return Ok(());
    }
    let message =
        ": this needs WebCrypto, which a page has on https or on an address of this machine";
    Err(Error::new(Class::Mastodon, &[method, message]))
}

/// `pushSubscriptionDecryptPush`: decrypts a message and parses its JSON.
///
/// # Errors
/// The keys are not valid, or the message was not encrypted for them.
pub fn decrypt(call: Call) -> Result<Work, Error> {
    let method = call.name();
    let damaged = move |cause| {
        Error::illegal(
            method,
            &["this message cannot be decrypted with these keys: it is for others, or damaged"],
        )
        .with_cause(cause)
    };
    check_platform(method)?;
    let [encryption, crypto_key] =
        ["encryption_header", "crypto_key_header"].map(|name| call.text(name).unwrap_or_default());
    let params = call.get("decrypt_params");
    let data = data(&call.get("data")).map_err(damaged)?;
    let key = private_key(&params).map_err(damaged)?;
    let auth = js::caller_get(&params, "auth").map_err(damaged)?;
    let auth = auth.as_string().and_then(|auth| base64::decode(&auth));
    let message = Message::read(&data, &encryption, &crypto_key);
    let (Some(message), Some(key), Some(auth)) = (message, key, auth) else {
        return Err(damaged(JsValue::UNDEFINED));
    };
    let scope = call.scope;
    Ok(Box::pin(async move {
        match decrypted(&scope, &message, &key, &auth).await {
            Err(Error::Thrown(cause)) if !scope.is_over() => Err(damaged(cause)),
            result => result,
        }
    }))
}

async fn decrypted(
    scope: &Scope,
    message: &Message,
    key: &PrivateKey,
    auth: &[u8],
) -> Result<JsValue, Error> {
    let failed = || Error::Thrown(JsValue::UNDEFINED);
    let own = scope.run(imported(key)).await?;
    let halves = public_halves(scope, key, &own).await?;
    let agreed = scope.run(agree(&own, &view(&message.sender))).await?;
    let mut record = Err(failed());
    for half in halves {
        let [key_info, nonce_info] = message.infos(&half);
        let opened = open(
            &view(auth),
            &agreed,
            &view(&message.secret_info(&half)),
            &view(&message.salt),
            &view(&key_info),
            &view(&nonce_info),
            &view(&message.record),
        );
        record = scope.run(opened).await;
        if record.is_ok() {
            break;
        }
    }
    let record = to_bytes(&record?);
    let text = String::from_utf8_lossy(message.text(&record).ok_or_else(failed)?);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    js::parse_json(&text.into()).map_err(Error::Thrown)
}

fn imported(key: &PrivateKey) -> Promise {
    match key {
        PrivateKey::Pkcs8(bytes) => import_key("pkcs8", &view(bytes)),
        PrivateKey::Jwk([x, y, d]) => {
            let jwk = [
                ("kty", "EC"),
                ("crv", "P-256"),
                ("x", x),
                ("y", y),
                ("d", d),
            ];
            import_key(
                "jwk",
                &js::object(&jwk.map(|(name, value)| (name, value.into()))),
            )
        }
    }
}

/// The public key of a private key; if the platform cannot compute it, the two possible ones.
async fn public_halves(
    scope: &Scope,
    key: &PrivateKey,
    own: &JsValue,
) -> Result<Vec<Vec<u8>>, Error> {
    let of_text = |x: &str, y: &str| point(&base64::decode(x)?, &base64::decode(y)?);
    let known = match key {
        PrivateKey::Jwk([x, y, _]) => of_text(x, y),
        PrivateKey::Pkcs8(_) => match scope.run(export_key(own)).await {
            Ok(jwk) => js::text_of(&jwk, "x")
                .zip(js::text_of(&jwk, "y"))
                .and_then(|(x, y)| of_text(&x, &y)),
            Err(failure) if scope.is_over() => return Err(failure),
            Err(_) => None,
        },
    };
    if let Some(known) = known {
        return Ok(vec![known]);
    }
    // Firefox knows only a public key that came with the private key. ECDH with the generator gives x.
    let generator = base64::decode(GENERATOR).unwrap_or_default();
    let x = scope.run(agree(own, &view(&generator))).await?;
    let either = ordinates(&x);
    let x = to_bytes(&x);
    Ok(either
        .iter()
        .filter_map(|y| point(&x, &to_bytes(&y)))
        .collect())
}

fn private_key(params: &JsValue) -> Result<Option<PrivateKey>, JsValue> {
    let own = js::caller_get(params, "privkey")?;
    let key = if js::is_nothing(&own) {
        params.clone()
    } else {
        own
    };
    if let Some(text) = key.as_string() {
        return Ok(PrivateKey::of_text(&text));
    }
    let text = |name| js::caller_get(&key, name).map(|value| value.as_string());
    let (x, y, d) = (text("x")?, text("y")?, text("d")?);
    let Some(d) = d else {
        return Ok(None);
    };
    Ok(match x.zip(y) {
        Some((x, y)) => Some(PrivateKey::Jwk([x, y, d])),
        None => PrivateKey::of_text(&d),
    })
}

/// The bytes of a message, copied: the caller may change them during the decryption.
fn data(data: &JsValue) -> Result<Vec<u8>, JsValue> {
    let bytes = js::caller_bytes(data)?;
    Ok(bytes.map(|bytes| bytes.to_vec()).unwrap_or_default())
}

fn to_bytes(value: &JsValue) -> Vec<u8> {
    value
        .dyn_ref::<Uint8Array>()
        .map(Uint8Array::to_vec)
        .unwrap_or_default()
}

/// A copy of bytes for the platform.
fn view(bytes: &[u8]) -> Uint8Array {
    Uint8Array::from(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENDER: &str =
        "BNoRDbb84JGm8g5Z5CFxurSqsXWJ11ItfXEWYVLE85Y7CYkDjXsIEc4aqxYaQ1G8BqkXCJ6DPpDrWtdWj_mugHU";
    const SALT_TEXT: &str = "lngarbyKfMoi9Z75xYXmkg";

    fn crypto_key() -> String {
        ["keyid=p256dh; dh=", SENDER, ";p256ecdsa=BAAA"].concat()
    }

    /// A message of RFC 8291.
    fn standard(record_size: u32, record: &[u8]) -> Vec<u8> {
        let sender = base64::decode(SENDER).unwrap();
        let salt = base64::decode(SALT_TEXT).unwrap();
        [
            &salt,
            &record_size.to_be_bytes()[..],
            &[65],
            &sender,
            record,
        ]
        .concat()
    }

    #[test]
    fn the_draft_has_its_parameters_in_headers() {
        for encryption in [
            ["keyid=p256dh; salt=", SALT_TEXT].concat(),
            ["keyid=\"p256dh\";salt=\"", SALT_TEXT, "\""].concat(),
            ["Salt=", SALT_TEXT, "==,rs=100"].concat(),
            ["rs=100 salt=", SALT_TEXT].concat(),
        ] {
            let message = Message::read(&[7; 40], &encryption, &crypto_key()).expect(&encryption);
            assert!(message.draft);
            assert_eq!(base64::encode(&message.salt), SALT_TEXT);
            assert_eq!(base64::encode(&message.sender), SENDER);
            assert_eq!(message.record, [7; 40]);
        }
    }

    #[test]
    fn the_standard_has_its_parameters_in_front() {
        for headers in [
            ("", ""),
            ("salt=x", ""),
            ("", "dh=AAAA"),
            ("salt=!", "dh=!"),
        ] {
            let message = Message::read(&standard(4096, &[7; 40]), headers.0, headers.1).unwrap();
            assert!(!message.draft);
            assert_eq!(base64::encode(&message.salt), SALT_TEXT);
            assert_eq!(base64::encode(&message.sender), SENDER);
            assert_eq!(message.record, [7; 40]);
        }
    }

    #[test]
    fn a_record_fits_its_size() {
        let fits =
            |size, length| Message::read(&standard(size, &vec![7; length]), "", "").is_some();
        assert!(fits(18, 18) && fits(4096, 4096) && fits(u32::MAX, 50));
        assert!(
            !fits(17, 18) && !fits(0, 40) && !fits(4096, 4097) && !fits(4096, 16) && !fits(4096, 0)
        );
        let fits = |size: &str, length| {
            let encryption = ["salt=", SALT_TEXT, ";rs=", size].concat();
            Message::read(&vec![7; length], &encryption, &crypto_key()).is_some()
        };
        assert!(fits("100", 115) && fits("4096", 50));
        assert!(
            !fits("100", 116)
                && !fits("-1", 50)
                && !fits("many", 50)
                && !fits("99999999999999999999", 50)
        );
    }

    #[test]
    fn what_is_cut_off_is_no_message() {
        let whole = standard(4096, &[7; 17]);
        assert!(Message::read(&whole, "", "").is_some());
        for length in 0..whole.len() {
            assert!(
                Message::read(&whole[..length], "", "").is_none(),
                "{length}"
            );
        }
        let mut other = whole;
        other[20] = 33;
        assert!(Message::read(&other, "", "").is_none());
        assert!(Message::read(&[7; 40], "salt=AAAA", &crypto_key()).is_none());
        assert!(Message::read(&[7; 40], &["salt=", SALT_TEXT].concat(), "dh=AAAA").is_none());
    }

    #[test]
    fn filling_is_taken_away_and_checked() {
        let message = |draft| Message {
            draft,
            salt: vec![],
            sender: vec![],
            record: vec![],
        };
        let standard = message(false);
        for (padded, text) in [
            (&b"text\x02"[..], Some(&b"text"[..])),
            (b"text\x02\0\0\0", Some(b"text")),
            (b"te\x02xt\x02\0", Some(b"te\x02xt")),
            (b"\x02", Some(b"")),
            (b"text\x01\0", None),
            (b"text\x02\0x", None),
            (b"text", None),
            (b"\0\0", None),
            (b"", None),
        ] {
            assert_eq!(standard.text(padded), text, "{padded:?}");
        }
        let draft = message(true);
        for (padded, text) in [
            (&b"\0\0text"[..], Some(&b"text"[..])),
            (b"\0\x02\0\0text", Some(b"text")),
            (b"\0\x02\0\0", Some(b"")),
            (b"\0\x02\0xtext", None),
            (b"\0\x05\0\0\0", None),
            (b"\xff\xfftext", None),
            (b"\0", None),
        ] {
            assert_eq!(draft.text(padded), text, "{padded:?}");
        }
    }

    #[test]
    fn keys_are_derived_for_both_sides() {
        let own = [9; 65];
        let message = Message::read(&standard(4096, &[7; 40]), "", "").unwrap();
        let secret_info = message.secret_info(&own);
        assert!(
            secret_info.starts_with(b"WebPush: info\0\x09")
                && secret_info.ends_with(&message.sender)
        );
        assert_eq!(secret_info.len(), 14 + 65 + 65);
        assert_eq!(
            message.infos(&own),
            [
                &b"Content-Encoding: aes128gcm\0"[..],
                b"Content-Encoding: nonce\0"
            ]
        );

        let encryption = ["salt=", SALT_TEXT].concat();
        let message = Message::read(&[7; 40], &encryption, &crypto_key()).unwrap();
        assert_eq!(message.secret_info(&own), b"Content-Encoding: auth\0");
        let context = [&b"P-256\0\0\x41"[..], &own, b"\0\x41", &message.sender].concat();
        let wanted = [
            &b"Content-Encoding: aesgcm\0"[..],
            b"Content-Encoding: nonce\0",
        ];
        assert_eq!(
            message.infos(&own),
            wanted.map(|info| [info, &context].concat())
        );
    }

    #[test]
    fn private_keys_are_pkcs8_or_their_number() {
        let number = base64::encode(&[5; 32]);
        let Some(PrivateKey::Pkcs8(bytes)) = PrivateKey::of_text(&number) else {
            panic!("no key");
        };
        assert!(bytes.len() == 67 && bytes.ends_with(&[5; 32]));
        let whole = base64::encode(&bytes);
        assert_eq!(PrivateKey::of_text(&whole), Some(PrivateKey::Pkcs8(bytes)));
        assert_eq!(PrivateKey::of_text("no key!"), None);
    }

    #[test]
    fn a_megabyte_of_anything_takes_as_long_as_it_is() {
        for part in ["=", ";", ",", " ", "salt=", "\"", "dh=A;", "A"] {
            let text = part.repeat(1_000_000 / part.len());
            let limit = text::linear_time(&text);
            let start = std::time::Instant::now();
            let _ = Message::read(text.as_bytes(), &text, &text);
            assert!(start.elapsed() < limit, "{part}: {:?}", start.elapsed());
        }
    }
}
