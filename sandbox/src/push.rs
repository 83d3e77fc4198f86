//! Messages of Web Push that the instance sends: to whom, signed with which key, and what they say.

use serde::Serialize;
use serde_json::{Value, json};

use crate::clock;
use crate::id::Id;
use crate::store::{self, NotificationKind, Store};

/// Whom to write to about the instance.
pub const EMAIL: &str = "mina@example.org";

/// The key that push messages are signed with: what a browser subscribes with, and a push service knows.
pub const VAPID_KEY: &str =
    "BLzAGpNPlYz1HjAWJ78JPsRe5NIlOnkewd6bsjJABjQTy395tkpFDea2FGFNNtNtPfVXWOE6HBjNeohCp5Djp_M=";
/// The other half of it, which is no secret here: every sandbox has it.
pub const VAPID_PRIVATE_KEY: &str = "Z0kwPLZf4VzpfKdUMkXTH8OnC3ji45-PQxhxoYRI8Qc";

/// How long the signature of a message is good.
const SIGNED_FOR_S: i64 = 24 * 60 * 60;

/// A message on its way to a push service.
#[derive(Clone, Debug, Serialize)]
pub struct Push {
    /// Where it goes.
    pub endpoint: String,
    /// The key that it is encrypted for.
    pub p256dh: String,
    /// The secret that it is encrypted with, beside.
    pub auth: String,
    /// Whether as RFC 8291 has it, or as the draft before.
    pub standard: bool,
    /// The key of the instance.
    pub server_key: &'static str,
    /// Its private half: the request is signed with it (RFC 8292).
    pub private_key: &'static str,
    /// Whom the push service may write to.
    pub subject: String,
    /// Until when the signature is good, in seconds since 1970.
    pub expires: i64,
    /// What it says.
    pub payload: Value,
}

impl Store {
    /// The messages that tell of a notification.
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
