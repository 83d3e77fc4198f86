//! Reads messages of a socket, and entities. The type of every field is checked before use: whatever a server
//! sends, nothing here throws.

use super::entity_id::EntityId;
use super::event::{Encoding, Entry, Event, EventKind, Source};
use super::stream_key::StreamKey;
use crate::js::{self, Name, Names};
use js_sys::Array;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// A message from the server.
#[derive(Debug)]
pub enum Frame {
    /// An event.
    Event {
        /// The stream, from the label, if there is one.
        key: Option<Rc<StreamKey>>,
        /// The event.
        event: Event<JsValue>,
    },
    /// An event whose payload is not JSON.
    Malformed {
        /// The stream, from the label, if there is one.
        key: Option<Rc<StreamKey>>,
        /// The kind of the event.
        kind: EventKind,
    },
    /// The server rejected something.
    Rejected {
        /// The status.
        status: u16,
        /// The server's message.
        error: String,
    },
    /// An unknown message. It shows that the server is alive.
    Other,
}

thread_local! {
    /// The events that Mastodon documents, by name, for lookups without copying strings.
    static KINDS: Names = Names::of(EventKind::KNOWN.iter().map(EventKind::name));
}

/// Labels that were read before, as JavaScript strings: comparing them copies no text.
#[derive(Debug, Default)]
pub struct Labels(RefCell<Vec<(JsValue, JsValue, Rc<StreamKey>)>>);

/// How many labels are remembered, and the maximum length of one.
const LABELS: usize = 64;
const LONGEST_LABEL: usize = 1024;

impl Labels {
    /// The stream that a message's label names; `None` if it has no label.
    fn key(&self, label: &JsValue) -> Option<Rc<StreamKey>> {
        let (name, param) = if Array::is_array(label) {
            let label: &Array = label.unchecked_ref();
            (label.get(0), label.get(1))
        } else {
            (label.clone(), JsValue::UNDEFINED)
        };
        let known = self
            .0
            .borrow()
            .iter()
            .find(|(own, other, _)| *own == name && *other == param)
            .map(|(.., key)| key.clone());
        if known.is_some() {
            return known;
        }
        let (text, id) = (name.as_string()?, js::id_text(&param));
        if text.len() + id.as_ref().map_or(0, String::len) > LONGEST_LABEL {
            // Too long for any stream, so it is not remembered either.
            return Some(Rc::new(StreamKey::new("", "")));
        }
        let key = Rc::new(StreamKey::from_label(&text, id.as_deref()));
        let mut labels = self.0.borrow_mut();
        if labels.len() >= LABELS {
            labels.clear();
        }
        labels.push((name, param, key.clone()));
        Some(key)
    }

    /// Parses a message.
    pub fn read(&self, text: &JsValue) -> Frame {
        let envelope = if text.is_string() {
            js::parse_json(text).unwrap_or_default()
        } else {
            JsValue::UNDEFINED
        };
        if !envelope.is_object() {
            return Frame::Other;
        }
        let name = js::get(&envelope, Name::Event);
        if name.is_string() {
            return self.event(text, &envelope, &name);
        }
        match js::text_of(&envelope, Name::Error) {
            Some(error) => {
                let status = js::number_of(&envelope, Name::Status)
                    .filter(|status| (400.0..600.0).contains(status));
                Frame::Rejected {
                    status: status.unwrap_or(400.0) as u16,
                    error,
                }
            }
            None => Frame::Other,
        }
    }

    fn event(&self, text: &JsValue, envelope: &JsValue, name: &JsValue) -> Frame {
        let key = self.key(&js::get(envelope, Name::Stream));
        let known = KINDS
            .with(|kinds| kinds.place(name))
            .and_then(|at| EventKind::KNOWN.get(at).cloned());
        let kind =
            known.unwrap_or_else(|| EventKind::Unknown(name.as_string().unwrap_or_default()));
        let payload = js::get(envelope, Name::Payload);
        let payload = match kind.encoding() {
            Encoding::Absent => JsValue::UNDEFINED,
            Encoding::Id => bare_id(&payload, text),
            Encoding::Json if payload.is_string() => match js::parse_json(&payload) {
                // The payload of an unknown event may be a bare id, which would lose its last digits.
                Ok(value) if matches!(kind, EventKind::Unknown(_)) && value.as_f64().is_some() => {
                    payload
                }
                Ok(value) => value,
                Err(_) if matches!(kind, EventKind::Unknown(_)) => payload,
                // The engine's error is not used: it would quote the payload.
                Err(_) => return Frame::Malformed { key, kind },
            },
            Encoding::Json => payload,
        };
        let is_entity =
            matches!(kind.encoding(), Encoding::Json) && !matches!(kind, EventKind::Unknown(_));
        if is_entity && !payload.is_object() {
            return Frame::Malformed { key, kind };
        }
        let (id, edited_at) = match kind {
            EventKind::Delete => (
                payload.as_string().as_deref().and_then(EntityId::new),
                String::new(),
            ),
            EventKind::Update | EventKind::StatusUpdate | EventKind::Notification => {
                identity(&payload)
            }
            EventKind::Conversation => identity(&last_status(&payload)),
            _ => (None, String::new()),
        };
        Frame::Event {
            key,
            event: Event {
                kind,
                id,
                edited_at,
                payload,
            },
        }
    }
}

fn last_status(conversation: &JsValue) -> JsValue {
    if conversation.is_object() {
        js::get(conversation, Name::LastStatus)
    } else {
        JsValue::UNDEFINED
    }
}

/// The id of an entity and when it was last edited, if it has these.
fn identity(entity: &JsValue) -> (Option<EntityId>, String) {
    if !entity.is_object() {
        return (None, String::new());
    }
    let id = js::id_text(&js::get(entity, Name::Id));
    (
        id.as_deref().and_then(EntityId::new),
        js::text_of(entity, Name::EditedAt)
            .filter(|time| time.len() <= LONGEST_LABEL)
            .unwrap_or_default(),
    )
}

/// Reads an entity of a list.
pub fn entry(source: Source, payload: JsValue) -> Option<Entry<JsValue>> {
    let (id, edited_at) = match source {
        Source::Conversations => identity(&last_status(&payload)),
        Source::Statuses | Source::Notifications => identity(&payload),
    };
    Some(Entry {
        id: id?,
        edited_at,
        payload,
    })
}

/// An id with all its digits, even if the server wrote it as a JSON number, which parsing would round.
fn bare_id(payload: &JsValue, frame: &JsValue) -> JsValue {
    if payload.as_f64().is_some() {
        let frame = frame.as_string().unwrap_or_default();
        return number_behind(&frame, "\"payload\"")
            .unwrap_or_else(|| js::primitive_text(payload))
            .into();
    }
    match payload.as_string() {
        Some(text) => crate::text::unquote(text.trim_ascii()).into(),
        None => payload.clone(),
    }
}

/// The digits of a property's number in JSON. A string may have the same text as the name.
pub(crate) fn number_behind(json: &str, name: &str) -> Option<String> {
    let mut rest = json;
    loop {
        let at = rest
            .as_bytes()
            .windows(name.len())
            .position(|own| own == name.as_bytes())?;
        rest = rest.get(at + name.len()..)?;
        let Some(value) = rest.trim_ascii_start().strip_prefix(':') else {
            continue;
        };
        let digits: String = value
            .trim_ascii_start()
            .bytes()
            .take_while(u8::is_ascii_digit)
            .map(char::from)
            .collect();
        return (!digits.is_empty()).then_some(digits);
    }
}

#[cfg(test)]
mod tests {
    use super::number_behind;

    #[test]
    fn digits_are_read_as_they_were_written() {
        let read = |json: &str| number_behind(json, "\"payload\"");
        assert_eq!(
            read(r#"{"event":"delete","payload":113999999999999997}"#).as_deref(),
            Some("113999999999999997")
        );
        assert_eq!(read(r#"{"payload" : 5 ,"x":1}"#).as_deref(), Some("5"));
        let named = r#"{"stream":["hashtag","payload"],"payload":5}"#;
        assert_eq!(read(named).as_deref(), Some("5"));
        for other in ["", r#"{"payload":"5"}"#, r#"{"payload""#, r#"{"payload":}"#] {
            assert_eq!(read(other), None, "{other}");
        }
    }
}
