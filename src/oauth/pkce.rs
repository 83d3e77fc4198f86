//! PKCE (RFC 7636): a secret that stays here, and its digest, which is sent to the server. Only who knows the
//! secret can exchange the code.

use crate::base64;
use crate::client::scope::Scope;
use crate::error::{Class, Error};
use crate::js;
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;

/// Whether a text can be a code verifier (RFC 7636, 4.1).
pub fn is_verifier(text: &str) -> bool {
    matches!(text.len(), 43..=128)
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// 256 random bits, in characters that need no escaping: a `state`, or a code verifier.
pub fn random() -> Result<String, Error> {
    let crypto = js::global("crypto");
    let mut bytes = [0; 32];
    if !crypto.is_object() {
        return Err(unavailable());
    }
    match crypto
        .unchecked_ref::<web_sys::Crypto>()
        .get_random_values_with_u8_array(&mut bytes)
    {
        Ok(_) => Ok(base64::encode(&bytes)),
        Err(_) => Err(unavailable()),
    }
}

/// The S256 challenge of a code verifier.
pub async fn challenge(scope: &Scope, verifier: &str) -> Result<String, Error> {
    let subtle = js::get(&js::global("crypto"), "subtle");
    if !subtle.is_object() {
        return Err(unavailable());
    }
    let digest = subtle
        .unchecked_ref::<web_sys::SubtleCrypto>()
        .digest_with_str_and_u8_array("SHA-256", verifier.as_bytes())
        .map_err(|_| unavailable())?;
    let digest = scope.run(digest).await?;
    Ok(base64::encode(&Uint8Array::new(&digest).to_vec()))
}

fn unavailable() -> Error {
    Error::new(
        Class::Mastodon,
        &["PKCE needs WebCrypto, which browsers offer only over https and on localhost"],
    )
}

#[cfg(test)]
mod tests {
    use super::is_verifier;
    use crate::base64;

    #[test]
    fn verifiers_are_as_rfc_7636_has_them() {
        assert!(is_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(is_verifier(&"~".repeat(128)));
        for text in [
            "",
            "short",
            &"a".repeat(42),
            &"a".repeat(129),
            &"ä".repeat(43),
            &"+".repeat(43),
        ] {
            assert!(!is_verifier(text), "{text}");
        }
    }

    #[test]
    fn challenges_and_random_texts_are_base64url() {
        // The example of RFC 7636, appendix B.
        let digest = [
            19, 211, 30, 150, 26, 26, 216, 236, 47, 22, 177, 12, 76, 152, 46, 8, 118, 168, 120,
            173, 109, 241, 68, 86, 110, 225, 137, 74, 203, 112, 249, 195,
        ];
        let text = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert_eq!(base64::encode(&digest), text);
        assert!(is_verifier(&base64::encode(&[255; 32])));
    }
}
