//! Web Push messages of the instance: the recipients, the keys, and the payload.

use serde::Serialize;
use serde_json::{Value, json};

use crate::clock;
use crate::id::Id;
use crate::store::{self, NotificationKind, Store};

/// The contact address of the instance.
pub const EMAIL: &str = "mina@example.org";

/// The public key of the instance: browsers subscribe with it, and push services verify signatures with it.
pub const VAPID_KEY: &str =
    "BLzAGpNPlYz1HjAWJ78JPsRe5NIlOnkewd6bsjJABjQTy395tkpFDea2FGFNNtNtPfVXWOE6HBjNeohCp5Djp_M=";
/// The private key. It need not be secret here: every sandbox has the same one.
pub const VAPID_PRIVATE_KEY: &str = "Z0kwPLZf4VzpfKdUMkXTH8OnC3ji45-PQxhxoYRI8Qc";

/// How long the signature of a message is valid.
const SIGNED_FOR_S: i64 = 24 * 60 * 60;

/// A message for a push service.
#[derive(Clone, Debug, Serialize)]
pub struct Push {
    /// The URL of the subscription at the push service.
    pub endpoint: String,
    /// The public key of the subscription, for the encryption.
    pub p256dh: String,
    /// The shared secret of the subscription, also for the encryption.
    pub auth: String,
    /// Whether the encryption is that of RFC 8291, or of the earlier draft.
    pub standard: bool,
    /// The public key of the instance.
    pub server_key: &'static str,
    /// The private key, which signs the request (RFC 8292).
    pub private_key: &'static str,
    /// The contact for the push service.
    pub subject: String,
    /// When the signature expires, in seconds since 1970.
    pub expires: i64,
    /// The content of the message.
    pub payload: Value,
}

impl Store {
    /// The messages for a notification.
    pub fn pushes_of(&self, notification: Id) -> Vec<Push> {
        let Some(row) = self.notifications.get(&notification) else {
            return Vec::new();
        };
        let now = self.clock.now();
        let wanted = self.push.iter().filter(|(token, subscription)| {
            let token = self.tokens.get(*token);
            let own =
                token.is_some_and(|token| token.account == Some(row.to) && token.is_good(now));
            let alert = subscription.alerts.get(row.kind.as_str());
            let from = match subscription.policy.as_str() {
                "followed" => self.follows.has(row.to, row.from),
                "follower" => self.follows.has(row.from, row.to),
                "none" => false,
                _ => true,
            };
            own && from && alert == Some(&Value::Bool(true))
        });
        wanted
            .map(|(token, subscription)| Push {
                endpoint: subscription.endpoint.clone(),
                p256dh: subscription.p256dh.clone(),
                auth: subscription.auth.clone(),
                standard: subscription.standard,
                server_key: VAPID_KEY,
                private_key: VAPID_PRIVATE_KEY,
                subject: format!("mailto:{EMAIL}"),
                expires: clock::after(now, SIGNED_FOR_S).as_second(),
                payload: self.push_payload(row, token),
            })
            .collect()
    }

    fn push_payload(&self, row: &store::Notification, token: &str) -> Value {
        let from = self.accounts.get(&row.from);
        let name = from.map_or("", |from| {
            if from.display_name.is_empty() {
                &from.username
            } else {
                &from.display_name
            }
        });
        let title = match row.kind {
            NotificationKind::Mention => format!("You were mentioned by {name}"),
            NotificationKind::Status => format!("{name} just posted"),
            NotificationKind::Reblog => format!("{name} boosted your post"),
            NotificationKind::Favourite => format!("{name} favorited your post"),
            NotificationKind::Follow => format!("{name} is now following you"),
            NotificationKind::FollowRequest => format!("{name} has requested to follow you"),
            NotificationKind::Poll => format!("A poll by {name} has ended"),
            NotificationKind::Update => format!("{name} edited a post"),
            NotificationKind::Quote => format!("{name} quoted your post"),
            NotificationKind::QuotedUpdate => format!("{name} edited a post you have quoted"),
            NotificationKind::SignUp => format!("{name} signed up"),
            NotificationKind::Report => format!("{name} submitted a report"),
        };
        let status = row.status.and_then(|id| self.statuses.get(&id));
        let body = status.map(|status| {
            let warned = !status.spoiler_text.is_empty();
            if warned {
                status.spoiler_text.as_str()
            } else {
                status.text.as_str()
            }
        });
        let body = body.or_else(|| from.map(|from| from.note.as_str()));
        let icon = from.map(|from| self.url(&from.avatar));
        json!({
            "access_token": token,
            "preferred_locale": "en",
            "notification_id": row.id.0,
            "notification_type": row.kind.as_str(),
            "icon": icon,
            "title": title,
            "body": body.unwrap_or_default(),
        })
    }
}
