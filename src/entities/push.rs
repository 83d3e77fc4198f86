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
    /// From whom notifications are pushed.
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
    /// What is pushed to an application, and where to.
    ///
    /// See <https://docs.joinmastodon.org/entities/WebPushSubscription/>
    pub struct WebPushSubscription {
        /// Identifies the subscription: a number, other than all other ids; a string on GoToSocial.
        id: NumberOrString,
        /// Where the server sends to.
        endpoint: String,
        /// Whether it follows the standard (RFC 8030 and its kin) rather than its drafts. Absent
        /// before 4.4.0.
        standard?: bool,
        /// The server's public key, in base64url.
        server_key: String,
        /// What is pushed.
        alerts: WebPushSubscriptionAlerts,
        /// From whom. Absent in older servers.
        policy?: PushPolicy,
    }

    /// Which notifications are pushed. What was never asked for may be absent, `null` or `false`.
    ///
    /// See <https://docs.joinmastodon.org/entities/WebPushSubscription/#alerts>
    pub struct WebPushSubscriptionAlerts {
        /// Somebody follows you.
        follow?: Option<bool>,
        /// A post of yours is somebody's favourite.
        favourite?: Option<bool>,
        /// Somebody boosted a post of yours.
        reblog?: Option<bool>,
        /// Somebody mentioned you.
        mention?: Option<bool>,
        /// A poll that you made or voted in has closed. Absent before 2.8.0.
        poll?: Option<bool>,
        /// Somebody requested to follow you.
        follow_request?: Option<bool>,
        /// An account whose posts you are notified of has posted. Absent before 3.1.0.
        status?: Option<bool>,
        /// A post that you boosted was changed. Absent before 3.3.0.
        update?: Option<bool>,
        /// Somebody registered; for moderators. Absent before 3.5.0.
        #[serde(rename = "admin.sign_up")]
        admin_sign_up?: Option<bool>,
        /// A report came in; for moderators. Absent before 4.0.0.
        #[serde(rename = "admin.report")]
        admin_report?: Option<bool>,
        /// Somebody quoted a post of yours. Absent before 4.5.0.
        quote?: Option<bool>,
        /// A post that you quoted was changed. Absent before 4.5.0.
        quoted_update?: Option<bool>,
        /// Follows were lost because of a block or a suspension. Absent before 4.3.0.
        severed_relationships?: Option<bool>,
        /// The moderators warned you. Absent before 4.3.0.
        moderation_warning?: Option<bool>,
        /// Your annual report is ready. Absent before 4.3.0.
        annual_report?: Option<bool>,
        /// You were added to a collection. Absent before 4.6.0.
        added_to_collection?: Option<bool>,
        /// A collection that you are in was updated. Absent before 4.6.0.
        collection_update?: Option<bool>,
    }

    /// The private half of a key pair for push messages: a JWK, and the secret that both halves share.
    ///
    /// See <https://docs.joinmastodon.org/methods/push/#create>
    pub struct PushPrivateKey {
        /// `EC`
        kty: String,
        /// `P-256`
        crv: String,
        /// The public key's coordinate x, base64url.
        x: String,
        /// The public key's coordinate y, base64url.
        y: String,
        /// The private key, base64url. Keep it secret.
        secret d: String,
        /// The secret that both halves share: 16 bytes, base64url.
        secret auth: String,
    }

    /// The public half of a key pair for push messages, for the server.
    ///
    /// See <https://docs.joinmastodon.org/methods/push/#create>
    pub struct PushPublicKey {
        /// The public key: 65 bytes, base64url.
        pubkey: String,
        /// The secret that both halves share: 16 bytes, base64url.
        secret auth: String,
    }

    /// A notification as it is pushed, decrypted.
    ///
    /// See <https://docs.joinmastodon.org/entities/WebPushSubscription/>
    pub struct PushNotification {
        /// The access token that it is for. A secret.
        secret access_token: String,
        /// The language of its texts, as ISO 639-1 code.
        preferred_locale: String,
        /// The id of the notification: a number, other than all other ids.
        notification_id: u64,
        /// Its type.
        notification_type: NotificationType,
        /// URL of a picture to show with it: the avatar of the account.
        icon: String,
        /// What happened, in a line.
        title: String,
        /// The beginning of the post that it is about, as text; else of the user's profile.
        body: String,
    }
}
