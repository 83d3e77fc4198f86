//! Converts an event of the store into the message for one subscription.

use serde_json::{Value, json};

use super::stream::{Kind, Stream};
use crate::id::Id;
use crate::store::oauth::covers;
use crate::store::{Event, Feed, Status, Store};

/// Name and payload of a message. Some events have no payload.
pub type Message = (&'static str, Option<String>);

/// The message for this subscription, if it gets one.
pub fn message(
    store: &Store,
    stream: &Stream,
    account: Id,
    scopes: &[String],
    event: &Event,
) -> Option<Message> {
    let own = |to: Id| to == account && stream.kind == Kind::User;
    match event {
        Event::StatusCreated(id) => {
            status_message(store, stream, account, *id).map(|text| ("update", Some(text)))
        }
        Event::StatusEdited(id) => {
            status_message(store, stream, account, *id).map(|text| ("status.update", Some(text)))
        }
        Event::StatusDeleted(status) => {
            carries(store, stream, account, status).then(|| ("delete", Some(status.id.to_string())))
        }
        Event::Notified(id) => {
            let notification = store.notifications.get(id)?;
            let here = matches!(stream.kind, Kind::User | Kind::UserNotification)
                && covers(scopes, "read:notifications");
            (here && notification.to == account).then(|| {
                (
                    "notification",
                    Some(json!(store.render_notification(notification)).to_string()),
                )
            })
        }
        Event::ConversationChanged(id) => {
            let conversation = store.conversations.get(id)?;
            (stream.kind == Kind::Direct && conversation.account == account).then(|| {
                (
                    "conversation",
                    store
                        .conversation(*id)
                        .map(|conversation| json!(conversation).to_string()),
                )
            })
        }
        Event::FiltersChanged(owner) => own(*owner).then_some(("filters_changed", None)),
        Event::AnnouncementPublished(id) => (stream.kind == Kind::User).then(|| {
            (
                "announcement",
                store
                    .announcement(*id, account)
                    .map(|a| json!(a).to_string()),
            )
        }),
        Event::AnnouncementReacted(id, name) => (stream.kind == Kind::User).then(|| {
            (
                "announcement.reaction",
                Some(json!(store.announcement_reaction(*id, name)).to_string()),
            )
        }),
        Event::AnnouncementDeleted(id) => {
            (stream.kind == Kind::User).then(|| ("announcement.delete", Some(id.to_string())))
        }
        Event::NotificationsMerged(to) => {
            let here = matches!(stream.kind, Kind::User | Kind::UserNotification);
            (here && *to == account).then(|| ("notifications_merged", Some("1".to_owned())))
        }
        Event::TokenRevoked(_) => None,
    }
}

fn carries(store: &Store, stream: &Stream, account: Id, status: &Status) -> bool {
    match &stream.kind {
        Kind::User => store.feed_has(&Feed::Home(account), Some(account), status),
        Kind::Timeline { feed, .. } => store.feed_has(feed, Some(account), status),
        Kind::UserNotification | Kind::Direct => false,
    }
}

fn status_message(store: &Store, stream: &Stream, account: Id, id: Id) -> Option<String> {
    let status = store
        .statuses
        .get(&id)
        .filter(|status| carries(store, stream, account, status))?;
    let value: Value = if matches!(stream.kind, Kind::Timeline { own: false, .. }) {
        // The status is rendered the same for everyone, except for the filters of each account.
        let mut value = json!(store.render_status(status, None));
        value["filtered"] = json!(store.filter_results(account, status));
        value
    } else {
        json!(store.render_status(status, Some(account)))
    };
    Some(value.to_string())
}
