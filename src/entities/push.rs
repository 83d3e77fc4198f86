//! Web Push.

use super::declare::{entity, open_enum, typescript};
use super::{NotificationType, NumberOrString};

/// Both halves of a key pair for push messages.
pub type PushKeyPair = (PushPrivateKey, PushPublicKey);

typescript! {
    PUSH_KEY_PAIR = r"
/** Both halves of a key pair for push messages. */
export type PushKeyPair = [private_key: PushPrivateKey, public_key: PushPublicKey];
"
}

open_enum! {
    /// From which accounts notifications are pushed.
    pub enum PushPolicy {
        /// Everyone.
        All = "all",
        /// Accounts that you follow.
        Followed = "followed",
        /// Accounts that follow you.
        Follower = "follower",
        /// Nobody.
        None = "none",
    }
}

entity! {
    /// A push subscription: which notifications are pushed, and where to.
    ///
    /// See <https://docs.joinmastodon.org/entities/WebPushSubscription/>
    pub struct WebPushSubscription {
        /// Identifies the subscription: a number, unlike all other ids; a string on GoToSocial.
        id: NumberOrString,
        /// URL that the server sends push messages to.
        endpoint: String,
        /// Whether messages follow the Web Push standards (RFC 8030 and others), not their drafts. Absent
        /// before 4.4.0.
        standard?: bool,
        /// The server's public key, in base64url.
        server_key: String,
        /// Which notifications are pushed.
        alerts: WebPushSubscriptionAlerts,
        /// From which accounts notifications are pushed. Absent on older servers.
        policy?: PushPolicy,
    }

    /// Which notifications are pushed. Types that were not requested may be absent, `null` or `false`.
    ///
    /// See <https://docs.joinmastodon.org/entities/WebPushSubscription/#alerts>
    pub struct WebPushSubscriptionAlerts {
        /// Someone follows you.
        follow?: Option<bool>,
        /// Someone favourited a status of yours.
        favourite?: Option<bool>,
        /// Someone boosted a status of yours.
        reblog?: Option<bool>,
        /// Someone mentioned you.
        mention?: Option<bool>,
        /// A poll that you made or voted in has closed. Absent before 2.8.0.
        poll?: Option<bool>,
        /// Someone requested to follow you.
        follow_request?: Option<bool>,
        /// An account published a status, and you get notifications of its statuses. Absent before 3.1.0.
        status?: Option<bool>,
        /// A status that you boosted was edited. Absent before 3.3.0.
        update?: Option<bool>,
        /// Someone registered. Only for moderators. Absent before 3.5.0.
        #[serde(rename = "admin.sign_up")]
        admin_sign_up?: Option<bool>,
        /// There is a new report. Only for moderators. Absent before 4.0.0.
        #[serde(rename = "admin.report")]
        admin_report?: Option<bool>,
        /// Someone quoted a status of yours. Absent before 4.5.0.
        quote?: Option<bool>,
        /// A status that you quoted was edited. Absent before 4.5.0.
        quoted_update?: Option<bool>,
        /// You lost follows, because a server was blocked or an account suspended. Absent before 4.3.0.
        severed_relationships?: Option<bool>,
        /// The moderators sent you a warning. Absent before 4.3.0.
        moderation_warning?: Option<bool>,
        /// Your annual report is ready. Absent before 4.3.0.
        annual_report?: Option<bool>,
        /// Someone added you to a collection. Absent before 4.6.0.
        added_to_collection?: Option<bool>,
        /// A collection that you are in was updated. Absent before 4.6.0.
        collection_update?: Option<bool>,
    }

    /// The private half of a key pair for push messages: a JWK, and the shared secret.
    ///
    /// See <https://docs.joinmastodon.org/methods/push/#create>
    pub struct PushPrivateKey {
        /// `EC`
        kty: String,
        /// `P-256`
        crv: String,
        /// The public key's x coordinate, in base64url.
        x: String,
        /// The public key's y coordinate, in base64url.
        y: String,
        /// The private key, in base64url. Keep it secret.
        secret d: String,
        /// The shared secret of both halves: 16 bytes, in base64url.
        secret auth: String,
    }

    /// The public half of a key pair for push messages, for the server.
    ///
    /// See <https://docs.joinmastodon.org/methods/push/#create>
    pub struct PushPublicKey {
        /// The public key: 65 bytes, in base64url.
        pubkey: String,
        /// The shared secret of both halves: 16 bytes, in base64url.
        secret auth: String,
    }

    /// A push message, decrypted.
    ///
    /// See <https://docs.joinmastodon.org/entities/WebPushSubscription/>
    pub struct PushNotification {
        /// The access token of the subscription. Keep it secret.
        secret access_token: String,
        /// The language of its texts, as an ISO 639-1 code.
        preferred_locale: String,
        /// The id of the notification: a number, unlike all other ids.
        notification_id: u64,
        /// Its type.
        notification_type: NotificationType,
        /// URL of an image to show with it: the profile picture of the account.
        icon: String,
        /// What happened, in one line.
        title: String,
        /// The beginning of the status that it is about, as text, or of the account's profile if there is no
        /// status.
        body: String,
    }
}
