//! Events of streams: their kinds, and what the machine reads of each.

use super::entity_id::EntityId;

/// The kind of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventKind {
    /// A status is new.
    Update,
    /// A status was edited.
    StatusUpdate,
    /// A status was deleted.
    Delete,
    /// A notification is new.
    Notification,
    /// A conversation has a new status.
    Conversation,
    /// An announcement was published or changed.
    Announcement,
    /// Someone added a reaction to an announcement, or removed one.
    AnnouncementReaction,
    /// An announcement was deleted.
    AnnouncementDelete,
    /// The account's filters changed.
    FiltersChanged,
    /// Filtered notifications were accepted.
    NotificationsMerged,
    /// An event that this package does not know, with its name.
    Unknown(String),
}

/// How a payload is encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// A string of JSON.
    Json,
    /// A bare id.
    Id,
    /// There is no payload, or it is ignored.
    Absent,
}

impl EventKind {
    /// All events that Mastodon documents.
    pub const KNOWN: [Self; 10] = [
        Self::Update,
        Self::StatusUpdate,
        Self::Delete,
        Self::Notification,
        Self::Conversation,
        Self::Announcement,
        Self::AnnouncementReaction,
        Self::AnnouncementDelete,
        Self::FiltersChanged,
        Self::NotificationsMerged,
    ];

    /// The kind with this name.
    pub fn from_name(name: &str) -> Self {
        let known = Self::KNOWN.into_iter().find(|kind| kind.name() == name);
        known.unwrap_or_else(|| Self::Unknown(name.to_owned()))
    }

    /// Its name on the wire.
    pub fn name(&self) -> &str {
        match self {
            Self::Update => "update",
            Self::StatusUpdate => "status.update",
            Self::Delete => "delete",
            Self::Notification => "notification",
            Self::Conversation => "conversation",
            Self::Announcement => "announcement",
            Self::AnnouncementReaction => "announcement.reaction",
            Self::AnnouncementDelete => "announcement.delete",
            Self::FiltersChanged => "filters_changed",
            Self::NotificationsMerged => "notifications_merged",
            Self::Unknown(name) => name,
        }
    }

    /// The listener's method for this kind.
    pub fn handler(&self) -> &'static str {
        match self {
            Self::Update => "onUpdate",
            Self::StatusUpdate => "onStatusUpdate",
            Self::Delete => "onDelete",
            Self::Notification => "onNotification",
            Self::Conversation => "onConversation",
            Self::Announcement => "onAnnouncement",
            Self::AnnouncementReaction => "onAnnouncementReaction",
            Self::AnnouncementDelete => "onAnnouncementDelete",
            Self::FiltersChanged => "onFiltersChanged",
            Self::NotificationsMerged => "onNotificationsMerged",
            Self::Unknown(_) => "onUnknownEvent",
        }
    }

    /// How its payload is encoded.
    pub fn encoding(&self) -> Encoding {
        match self {
            Self::Delete | Self::AnnouncementDelete => Encoding::Id,
            Self::FiltersChanged | Self::NotificationsMerged => Encoding::Absent,
            _ => Encoding::Json,
        }
    }

    /// The list that also contains what this event brings.
    pub fn source(&self) -> Option<Source> {
        match self {
            Self::Update => Some(Source::Statuses),
            Self::Notification => Some(Source::Notifications),
            Self::Conversation => Some(Source::Conversations),
            _ => None,
        }
    }
}

/// An entity of a list, with the fields that the machine reads.
#[derive(Debug, Clone)]
pub struct Entry<P> {
    /// Its id. For a conversation, the id of its last status.
    pub id: EntityId,
    /// When it was last edited, as the server wrote it; empty if it never was. Times of the same server can
    /// be compared as text.
    pub edited_at: String,
    /// The entity.
    pub payload: P,
}

/// An event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event<P> {
    /// The kind of the event.
    pub kind: EventKind,
    /// The id of the entity, if it has one.
    pub id: Option<EntityId>,
    /// When the entity was last edited; empty if it never was.
    pub edited_at: String,
    /// The payload.
    pub payload: P,
}

impl<P> Event<P> {
    /// The event for an entry of a list.
    pub fn of_entry(kind: EventKind, entry: Entry<P>) -> Self {
        Self {
            kind,
            id: Some(entry.id),
            edited_at: entry.edited_at,
            payload: entry.payload,
        }
    }
}

/// A list of the REST API that contains the same entities as the events of a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A timeline, for `update` events.
    Statuses,
    /// `GET /api/v1/notifications`, for `notification` events.
    Notifications,
    /// `GET /api/v1/conversations`, ordered by last status, for `conversation` events.
    Conversations,
}

impl Source {
    /// The kind of event for an entry of this list.
    pub fn event(self) -> EventKind {
        match self {
            Self::Statuses => EventKind::Update,
            Self::Notifications => EventKind::Notification,
            Self::Conversations => EventKind::Conversation,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_known_name_is_found_again() {
        for kind in EventKind::KNOWN {
            assert_eq!(EventKind::from_name(kind.name()), kind);
        }
        assert_eq!(
            EventKind::from_name("brand.new").handler(),
            "onUnknownEvent"
        );
    }
}
