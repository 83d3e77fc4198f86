//! What kinds of event there are, and what each carries.

use super::channel::Source;

/// How a payload is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// JSON inside the string.
    Json,
    /// An id, which stays the string it is: parsed, its last digits would be lost.
    Id,
    /// Nothing.
    Absent,
}

/// What an event means for the record of what was delivered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Something new in a numbering.
    New(Source),
    /// A status was edited.
    Edit,
    /// A status is gone.
    Delete,
    /// Nothing that could be missed over REST.
    Other,
}

/// An event that Mastodon documents.
#[derive(Debug)]
pub struct Known {
    /// Its name on the wire.
    pub name: &'static str,
    /// How its payload is written.
    pub form: Form,
    /// What it means.
    pub kind: Kind,
}

const fn known(name: &'static str, form: Form, kind: Kind) -> Known {
    Known { name, form, kind }
}

/// A new status.
pub const UPDATE: Known = known("update", Form::Json, Kind::New(Source::Statuses));
/// A new notification.
pub const NOTIFICATION: Known = known("notification", Form::Json, Kind::New(Source::Notifications));
/// A conversation that has a new status.
pub const CONVERSATION: Known = known("conversation", Form::Json, Kind::New(Source::Conversations));
/// An edited status.
pub const STATUS_UPDATE: Known = known("status.update", Form::Json, Kind::Edit);
/// A status that is gone.
pub const DELETE: Known = known("delete", Form::Id, Kind::Delete);

/// Every documented event, the frequent ones first.
static KNOWN: [Known; 10] = [
    UPDATE,
    STATUS_UPDATE,
    DELETE,
    NOTIFICATION,
    CONVERSATION,
    known("announcement", Form::Json, Kind::Other),
    known("announcement.reaction", Form::Json, Kind::Other),
    known("announcement.delete", Form::Id, Kind::Other),
    known("filters_changed", Form::Absent, Kind::Other),
    known("notifications_merged", Form::Absent, Kind::Other),
];

/// The documented event of this name.
pub fn find(name: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| known.name == name)
}

/// The id in a payload that is one, digit for digit: bare, or in quotes where a server wrote JSON.
pub fn bare_id(payload: &str) -> &str {
    let id = payload.trim();
    id.strip_prefix('"')
        .and_then(|id| id.strip_suffix('"'))
        .unwrap_or(id)
}

/// The payload of a frame whose payload is a number: the platform has rounded what it parsed, the
/// frame has all the digits.
pub fn number_in_frame(frame: &str) -> Option<&str> {
    let (_, rest) = frame.split_once("\"payload\"")?;
    let rest = rest.trim_start().strip_prefix(':')?.trim_start();
    let end = rest
        .find(|character: char| !character.is_ascii_digit())
        .unwrap_or(rest.len());
    rest.get(..end).filter(|digits| !digits.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_documented_event_is_read_as_it_is_written() {
        let form = |name| find(name).map(|known| known.form);
        for name in ["update", "status.update", "notification", "conversation"] {
            assert_eq!(form(name), Some(Form::Json), "{name}");
        }
        for name in ["announcement", "announcement.reaction"] {
            assert_eq!(form(name), Some(Form::Json), "{name}");
        }
        for name in ["delete", "announcement.delete"] {
            assert_eq!(form(name), Some(Form::Id), "{name}");
        }
        for name in ["filters_changed", "notifications_merged"] {
            assert_eq!(form(name), Some(Form::Absent), "{name}");
        }
        assert!(find("encrypted_message").is_none());
        assert!(find("status_update").is_none());
    }

    #[test]
    fn ids_keep_every_digit() {
        assert_eq!(bare_id("113999999999999999"), "113999999999999999");
        assert_eq!(
            bare_id("\"01JD4ZV5C7Q9M3J4K5T6W7X8Y9\""),
            "01JD4ZV5C7Q9M3J4K5T6W7X8Y9"
        );
        assert_eq!(bare_id(" 5\n"), "5");
        assert_eq!(bare_id("\""), "\"");
    }

    #[test]
    fn a_number_is_read_from_the_frame() {
        let frame = r#"{"event":"delete","payload": 113999999999999999,"stream":["user"]}"#;
        assert_eq!(number_in_frame(frame), Some("113999999999999999"));
        assert_eq!(
            number_in_frame(r#"{"event":"delete","payload":7}"#),
            Some("7")
        );
        assert_eq!(number_in_frame(r#"{"event":"delete","payload":"7"}"#), None);
        assert_eq!(number_in_frame(r#"{"payload":"#), None);
        assert_eq!(number_in_frame("{}"), None);
    }
}
