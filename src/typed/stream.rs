//! Streams: the events of a subscription as a `Stream`. Dropping it ends the subscription.

use super::Mastodon;
use super::call::values;
use super::error::Error;
use crate::api::options::StreamOptions;
use crate::api::perform::{RunStream, arguments_of};
use crate::api::streaming::{driver, wanted};
use crate::entities::{Announcement, Conversation, Notification, Status, StreamReaction};
use crate::error::{Class, Error as CoreError};
use crate::js::{self, Name};
use crate::streaming::iterator::StreamIterator;
use crate::streaming::stream::key_of;
use crate::value::json_of;
use crate::value::{Record, Value};
use futures_core::Stream;
use serde::de::DeserializeOwned;
use std::pin::Pin;
use std::task::{Context, Poll};
use wasm_bindgen::prelude::*;

/// An event of a stream.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Event {
    /// A new status.
    Update(Box<Status>),
    /// A status was edited.
    StatusUpdate(Box<Status>),
    /// A status was deleted. The value is its id.
    Delete(String),
    /// A new notification.
    Notification(Box<Notification>),
    /// A conversation has a new status.
    Conversation(Box<Conversation>),
    /// An announcement was published or changed.
    Announcement(Box<Announcement>),
    /// Someone reacted to an announcement.
    AnnouncementReaction(StreamReaction),
    /// An announcement was deleted. The value is its id.
    AnnouncementDelete(String),
    /// The user's filters have changed.
    FiltersChanged,
    /// Filtered notifications were accepted, and are now in the list of notifications.
    NotificationsMerged,
    /// Events may be missing here: those after the id `from` and before the id `to`, if these are known.
    Gap {
        /// The last id before the gap.
        from: Option<String>,
        /// The first id after the gap.
        to: Option<String>,
    },
    /// An event that this version of the crate does not know.
    Other {
        /// Its name.
        name: String,
        /// What the server sent with it.
        payload: serde_json::Value,
    },
}

/// The events of a stream. It reconnects automatically and fetches missed events. Dropping it closes the
/// stream. After an error of the kind [`ErrorKind::MalformedEvent`](crate::ErrorKind::MalformedEvent) it
/// continues. Any other error is its last item.
#[derive(Debug)]
pub struct EventStream {
    iterator: StreamIterator,
}

impl EventStream {
    /// The state of the connection: `"connecting"`, `"open"`, `"polling"`, `"closed"` or another.
    pub fn state(&self) -> &'static str {
        self.iterator.state_name()
    }
}

impl Stream for EventStream {
    type Item = Result<Event, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.iterator.poll_next(context).map(|next| {
            next.map(|event| match event {
                Ok(event) => read(&event),
                Err(cause) => Err(CoreError::Thrown(cause).into()),
            })
        })
    }
}

fn read(event: &JsValue) -> Result<Event, Error> {
    let name = js::text_of(event, Name::Event).unwrap_or_default();
    let payload = js::get(event, Name::Payload);
    let text = || js::id_text(&payload).unwrap_or_default();
    Ok(match name.as_str() {
        "update" => Event::Update(entity(&name, &payload)?),
        "status.update" => Event::StatusUpdate(entity(&name, &payload)?),
        "delete" => Event::Delete(text()),
        "notification" => Event::Notification(entity(&name, &payload)?),
        "conversation" => Event::Conversation(entity(&name, &payload)?),
        "announcement" => Event::Announcement(entity(&name, &payload)?),
        "announcement.reaction" => Event::AnnouncementReaction(entity(&name, &payload)?),
        "announcement.delete" => Event::AnnouncementDelete(text()),
        "filters_changed" => Event::FiltersChanged,
        "notifications_merged" => Event::NotificationsMerged,
        "gap" => Event::Gap {
            from: js::text_of(&payload, "from"),
            to: js::text_of(&payload, "to"),
        },
        _ => Event::Other {
            name,
            payload: json_of(&payload),
        },
    })
}

fn entity<T: DeserializeOwned>(name: &str, payload: &JsValue) -> Result<T, Error> {
    T::deserialize(&json_of(payload)).map_err(|cause| {
        let message = [
            "a `",
            name,
            "` of the stream cannot be read: ",
            &cause.to_string(),
        ];
        CoreError::new(Class::MalformedEvent, &message).into()
    })
}

impl Mastodon {
    /// Opens a stream.
    pub(crate) fn open_stream(
        &self,
        index: usize,
        positional: &[Value],
        options: &Record,
        run: RunStream,
    ) -> Result<EventStream, Error> {
        let values = values(positional, options);
        let (row, arguments) = arguments_of(self.core(), index, &values)?;
        let own = run(self.core(), &row, arguments, JsValue::UNDEFINED)?;
        Ok(EventStream {
            iterator: StreamIterator::new(&own),
        })
    }

    /// Opens any stream by its name, for example a fork's stream that has no method. `param` is the hashtag
    /// for `hashtag` and `hashtag:local`, the id for `list`, and `None` for others.
    ///
    /// # Errors
    /// An argument is invalid, or the client is closed.
    pub fn stream(
        &self,
        name: &str,
        param: Option<&str>,
        options: &StreamOptions,
    ) -> Result<EventStream, Error> {
        const METHOD: &str = "stream";
        let index = const { crate::api::index_of("streamOpenWebsocket") };
        let (_, mut arguments) = arguments_of(self.core(), index, &values(&[], &options.record))?;
        let param = param.map_or(JsValue::UNDEFINED, JsValue::from);
        let params = js::object(&[("tag", param.clone()), ("list", param)]);
        let key = key_of(METHOD, &name.into(), &params)?;
        let options = wanted(&mut arguments);
        let own = driver(self.core()).open(METHOD, Some(key), JsValue::UNDEFINED, options, None)?;
        Ok(EventStream {
            iterator: StreamIterator::new(&own),
        })
    }
}
