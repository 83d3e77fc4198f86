//! The forms of ids in requests and responses. The store has Mastodon's ids. Other servers write ids in the
//! same order but in other forms, and each form can be converted back.

use axum::http::{HeaderValue, header};
use percent_encoding::percent_decode_str;
use regex::{Captures, Regex};
use serde_json::Value;
use std::sync::LazyLock;

use super::exchange::{Asked, Content, Said};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ids {
    /// Mastodon's: a decimal number.
    Snowflake,
    /// 26 letters and digits (`GoToSocial`).
    Ulid,
    /// UUID version 7 (Hollo, Mitra).
    Uuid,
    /// Base 62 (Pleroma and Akkoma).
    Flake,
}

const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const BASE62: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/// The random part of such an id. It is the same in all of ours, so an id with another one is not from here.
const ULID_REST: u128 = 0x5A11_C0DE_2B7E_1516;
const UUID_A: u128 = 0x2E8;
const UUID_B: u128 = 0x28AE_D2A6_ABF7;
const FLAKE_WORKER: u128 = 0x0242_AC11_0002;

fn digits(mut value: u128, alphabet: &[u8]) -> String {
    let base = alphabet.len() as u128;
    let mut text = Vec::new();
    while value > 0 {
        text.push(alphabet[usize::try_from(value % base).unwrap_or_default()]);
        value /= base;
    }
    text.reverse();
    String::from_utf8(text).unwrap_or_default()
}

fn value(text: &str, alphabet: &[u8]) -> Option<u128> {
    let base = alphabet.len() as u128;
    text.bytes().try_fold(0_u128, |sum, byte| {
        let digit = alphabet.iter().position(|letter| *letter == byte)?;
        sum.checked_mul(base)?.checked_add(digit as u128)
    })
}

impl Ids {
    pub fn write(self, id: u64) -> String {
        let (ms, sequence) = (u128::from(id >> 16), u128::from(id & 0xffff));
        match self {
            Self::Snowflake => id.to_string(),
            Self::Ulid => {
                let whole = ms << 80 | ULID_REST << 16 | sequence;
                format!("{:0>26}", digits(whole, CROCKFORD))
            }
            Self::Uuid => {
                let whole = ms << 80
                    | 7 << 76
                    | UUID_A << 64
                    | 0b10 << 62
                    | (UUID_B & 0x3fff_ffff_ffff) << 16
                    | sequence;
                let hex = format!("{whole:032x}");
                [
                    &hex[..8],
                    &hex[8..12],
                    &hex[12..16],
                    &hex[16..20],
                    &hex[20..],
                ]
                .join("-")
            }
            Self::Flake => digits(ms << 64 | FLAKE_WORKER << 16 | sequence, BASE62),
        }
    }

    pub fn read(self, text: &str) -> Option<u64> {
        let (whole, shift) = match self {
            Self::Snowflake => return text.parse().ok(),
            Self::Ulid => (value(text, CROCKFORD)?, 80),
            Self::Uuid => (u128::from_str_radix(&text.replace('-', ""), 16).ok()?, 80),
            Self::Flake => (value(text, BASE62)?, 64),
        };
        let ms = u64::try_from(whole >> shift)
            .ok()
            .filter(|ms| *ms < 1 << 48)?;
        let id = ms << 16 | u64::try_from(whole & 0xffff).ok()?;
        (self.write(id) == text).then_some(id)
    }

    /// Converts the ids of a response or of an event's payload.
    pub fn outward(self, content: &mut Value) {
        if self != Self::Snowflake {
            self.rename(content, "");
        }
    }

    fn rename(self, content: &mut Value, key: &str) {
        match content {
            Value::String(text) if names_id(key) => {
                if let Some(id) = number(text) {
                    *text = self.write(id);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.rename(item, key)),
            Value::Object(fields) => fields
                .iter_mut()
                .for_each(|(name, value)| self.rename(value, name)),
            _ => {}
        }
    }

    pub fn outward_link(self, said: &mut Said) {
        static CURSOR: LazyLock<Regex> = LazyLock::new(|| {
            // Cursors, and ids in the path.
            Regex::new("((?:max|min|since)_id=|/api/v[12]/[a-z_/]+/)([0-9]+)")
                .expect("an expression that is right")
        });
        let link = said
            .headers
            .get(header::LINK)
            .and_then(|link| link.to_str().ok());
        let renamed = link.map(|link| {
            CURSOR.replace_all(link, |found: &Captures<'_>| {
                let id = number(&found[2]).map(|id| self.write(id));
                format!("{}{}", &found[1], id.unwrap_or_default())
            })
        });
        if let Some(renamed) = renamed.and_then(|link| HeaderValue::from_str(&link).ok()) {
            said.headers.insert(header::LINK, renamed);
        }
    }

    /// Converts the ids in path, query and body of a request to those of the store.
    pub fn inward(self, asked: &mut Asked) {
        if self == Self::Snowflake {
            return;
        }
        let segments: Vec<String> = asked
            .path
            .split('/')
            .map(|segment| {
                let plain = percent_decode_str(segment).decode_utf8_lossy();
                match self.read(&plain) {
                    Some(id) => id.to_string(),
                    // This server has no decimal ids. A number must not be mistaken for an id of the store.
                    None if number(&plain).is_some() => "0".to_owned(),
                    None => segment.to_owned(),
                }
            })
            .collect();
        asked.path = segments.join("/");
        self.inward_pairs(&mut asked.query);
        if let Some(mut form) = asked.form() {
            self.inward_pairs(&mut form);
            asked.set_form(&form);
        } else if let Some(mut json) = asked.json() {
            self.inward_json(&mut json, "");
            asked.set_json(&json);
        }
    }

    fn inward_pairs(self, pairs: &mut Vec<(String, String)>) {
        // The server ignores a cursor that is not in the form of its ids.
        pairs.retain(|(name, value)| !is_cursor(name) || self.read(value).is_some());
        for (name, value) in pairs {
            let key = name.trim_end_matches("[]").trim_end_matches(']');
            if names_id(key.rsplit('[').next().unwrap_or(key)) {
                *value = self.read(value).unwrap_or_default().to_string();
            }
        }
    }

    fn inward_json(self, content: &mut Value, key: &str) {
        match content {
            Value::String(text) if names_id(key) => {
                if let Some(id) = self.read(text) {
                    *text = id.to_string();
                } else if number(text).is_some() {
                    "0".clone_into(text);
                }
            }
            Value::Array(items) => items
                .iter_mut()
                .for_each(|item| self.inward_json(item, key)),
            Value::Object(fields) => fields
                .iter_mut()
                .for_each(|(name, value)| self.inward_json(value, name)),
            _ => {}
        }
    }

    /// Converts a payload that is only an id, such as that of `delete`.
    pub fn bare(self, text: &str) -> String {
        number(text).map_or_else(|| text.to_owned(), |id| self.write(id))
    }
}

fn number(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

pub fn is_cursor(name: &str) -> bool {
    ["max_id", "min_id", "since_id"].contains(&name)
}

fn names_id(key: &str) -> bool {
    // `client_id` is not in the form of the other ids.
    key == "id"
        || key == "list"
        || key == "status_matches"
        || key.ends_with("_ids")
        || key.ends_with("_id") && key != "client_id"
}

/// Converts the ids in a response.
pub fn rename(ids: Ids, said: &mut Said) {
    if let Content::Json(content) = &mut said.content {
        ids.outward(content);
    }
    if ids != Ids::Snowflake {
        ids.outward_link(said);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const ALL: [Ids; 4] = [Ids::Snowflake, Ids::Ulid, Ids::Uuid, Ids::Flake];

    #[test]
    fn ids_are_read_back_and_keep_their_order() {
        let numbers = [
            1,
            7,
            65_536,
            115_599_430_123_094_065,
            115_599_430_123_094_066,
        ];
        for ids in ALL {
            let texts: Vec<String> = numbers.iter().map(|id| ids.write(*id)).collect();
            for (text, id) in texts.iter().zip(numbers) {
                assert_eq!(ids.read(text), Some(id), "{ids:?} {text}");
            }
            if matches!(ids, Ids::Ulid | Ids::Uuid) {
                assert!(texts.windows(2).all(|pair| pair[0] < pair[1]), "{texts:?}");
            }
        }
        assert_eq!(Ids::Ulid.write(115_599_430_123_094_065).len(), 26);
        assert_eq!(
            Ids::Uuid.write(115_599_430_123_094_065).as_bytes()[14],
            b'7'
        );
        assert_eq!(
            Ids::Ulid.read("01ARZ3NDEKTSV4RRFFQ69G5FAV"),
            None,
            "of another server"
        );
        assert_eq!(Ids::Uuid.read("115599430123094065"), None);
    }

    #[test]
    fn ids_are_renamed_where_they_are_ids() {
        let mut content = json!({"id": "7", "in_reply_to_id": "8", "votes": "9", "status_matches": ["10"], "poll": {"id": "11"}, "client_id": "12"});
        Ids::Ulid.outward(&mut content);
        assert_eq!(content["id"], Ids::Ulid.write(7));
        assert_eq!(content["in_reply_to_id"], Ids::Ulid.write(8));
        assert_eq!(content["votes"], "9");
        assert_eq!(content["status_matches"][0], Ids::Ulid.write(10));
        assert_eq!(content["poll"]["id"], Ids::Ulid.write(11));
        assert_eq!(content["client_id"], "12");
    }
}
