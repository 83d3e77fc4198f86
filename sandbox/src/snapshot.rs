//! The state of an instance as bytes, to restore it later or in another process. It has the data with files
//! and tokens, the time, and the switches. It does not have sockets, faults, limits and the log.

use std::fmt;
use std::io::Cursor;

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::behaviour::Behaviour;
use crate::host::Random;

/// A snapshot starts with this and a line with the version.
const MARK: &[u8] = b"mastodon-wasm-sandbox ";
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The state that is kept.
#[derive(Debug, Serialize, Deserialize)]
pub struct Kept<Store> {
    pub now: Timestamp,
    pub request_ids: Random,
    pub behaviour: Behaviour,
    pub store: Store,
}

/// Why a snapshot cannot be restored.
#[derive(Debug, PartialEq, Eq)]
pub enum NoSnapshot {
    /// The bytes are not a snapshot.
    Other,
    /// It was made by another version.
    Version(String),
    /// It is damaged, or from a development version.
    Broken(String),
}

impl fmt::Display for NoSnapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other => f.write_str("this is no snapshot of a sandbox"),
            Self::Version(version) => write!(
                f,
                "this snapshot was made by version {version}, and this is {VERSION}: make a new one"
            ),
            Self::Broken(why) => write!(f, "this snapshot cannot be read: {why}"),
        }
    }
}

pub fn write<Store: Serialize>(kept: &Kept<Store>) -> Vec<u8> {
    let mut bytes = [MARK, VERSION.as_bytes(), b"\n"].concat();
    ciborium::into_writer(kept, &mut bytes)
        .expect("memory can be written, and tables always be told");
    bytes
}

pub fn read<Store: DeserializeOwned>(bytes: &[u8]) -> Result<Kept<Store>, NoSnapshot> {
    let rest = bytes.strip_prefix(MARK).ok_or(NoSnapshot::Other)?;
    let end = rest
        .iter()
        .position(|byte| *byte == b'\n')
        .ok_or(NoSnapshot::Other)?;
    let (version, content) = rest.split_at(end);
    if version != VERSION.as_bytes() {
        let version = version.escape_ascii().to_string();
        return Err(NoSnapshot::Version(version));
    }
    let content = content.get(1..).unwrap_or_default();
    ciborium::from_reader(Cursor::new(content))
        .map_err(|error| NoSnapshot::Broken(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed::sample;
    use crate::store::{Draft, Posting, Store};

    fn kept(store: &Store) -> Kept<&Store> {
        Kept {
            now: Timestamp::UNIX_EPOCH,
            request_ids: Random::seeded(1),
            behaviour: Behaviour::default(),
            store,
        }
    }

    #[test]
    fn what_is_read_is_what_was_written() {
        let mut store = sample();
        let account = store.accounts.keys().next().copied().unwrap_or_default();
        let posting = Posting::in_language(None);
        store.add_file("/a", "image/gif", vec![1, 2, 3]);
        store.publish(Draft {
            account,
            text: "#new".to_owned(),
            spoiler_text: String::new(),
            sensitive: false,
            visibility: posting.privacy,
            language: None,
            in_reply_to: None,
            media: Vec::new(),
            poll: None,
            quote: None,
            quote_policy: posting.quote_policy,
            app: None,
        });
        let bytes = write(&kept(&store));
        let back: Kept<Store> = read(&bytes).unwrap();
        assert_eq!(write(&kept(&back.store)), bytes);
        assert_eq!(back.store.file("/a"), store.file("/a"));
        assert_eq!(
            back.store.follows.count_from(account),
            store.follows.count_from(account)
        );
    }

    #[test]
    fn what_is_no_snapshot_is_told_apart() {
        let refused = |bytes: &[u8]| read::<Store>(bytes).unwrap_err();
        assert_eq!(refused(b"{}"), NoSnapshot::Other);
        assert_eq!(
            refused(b"mastodon-wasm-sandbox 0.0.1\n..").to_string(),
            format!(
                "this snapshot was made by version 0.0.1, and this is {VERSION}: make a new one"
            )
        );
        let mut bytes = write(&kept(&sample()));
        bytes.truncate(bytes.len() / 2);
        assert!(matches!(refused(&bytes), NoSnapshot::Broken(_)));
    }
}
