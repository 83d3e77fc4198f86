//! Push notifications: <https://docs.joinmastodon.org/methods/push/>

use crate::api::declare::{methods, rows};
use crate::api::endpoint::{code, delete, get, post, put};
use crate::entities::PushPolicy;
use crate::params::{Argument, Kind, Param, RequestOptions, Text, WriteOptions, argument, options};
use wasm_bindgen::prelude::*;

impl Argument for PushPolicy {
    const KIND: Kind = Kind::OneOf(&["all", "followed", "follower", "none"]);
}

argument! {
    /// The public half of a pair of keys.
    PushPublicKey: "PushPublicKey" => Kind::Record(&[
        Param { name: "pubkey", wire: "p256dh", kind: Kind::Text },
        Param { name: "auth", wire: "auth", kind: Kind::Text },
    ]);
}

options! {
    /// Options of `pushSubscriptionSet`: what to be told of. Nothing but what is said.
    post PushSubscriptionSetOptions {
        /// When somebody follows you.
        follow_events: bool => "data[alerts][follow]",
        /// When a status of yours becomes somebody's favourite.
        favourite_events: bool => "data[alerts][favourite]",
        /// When somebody boosts a status of yours.
        reblog_events: bool => "data[alerts][reblog]",
        /// When somebody mentions you.
        mention_events: bool => "data[alerts][mention]",
        /// When a poll that you made or voted in closes.
        poll_events: bool => "data[alerts][poll]",
        /// When somebody asks to follow you.
        follow_request_events: bool => "data[alerts][follow_request]",
        /// When somebody whose posts you asked to be told of writes one.
        status_events: bool => "data[alerts][status]",
        /// When a status that you boosted is changed.
        update_events: bool => "data[alerts][update]",
        /// When somebody registers; for moderators.
        admin_sign_up_events: bool => "data[alerts][admin.sign_up]",
        /// When a report comes in; for moderators.
        admin_report_events: bool => "data[alerts][admin.report]",
        /// When somebody quotes a status of yours; since 4.5.0.
        quote_events: bool => "data[alerts][quote]",
        /// When a status that you quoted is changed; since 4.5.0.
        quoted_update_events: bool => "data[alerts][quoted_update]",
        /// From whom; `"all"` for a new subscription when it is not said.
        policy: PushPolicy => "data[policy]",
        /// Encrypt as the standard says (RFC 8291, `aes128gcm`), not as its draft (`aesgcm`). Since 4.4.0.
        standard: bool => "subscription[standard]",
    }

    /// Options of `pushSubscriptionUpdate`: what to be told of. Nothing but what is said.
    post PushSubscriptionUpdateOptions {
        /// When somebody follows you.
        follow_events: bool => "data[alerts][follow]",
        /// When a status of yours becomes somebody's favourite.
        favourite_events: bool => "data[alerts][favourite]",
        /// When somebody boosts a status of yours.
        reblog_events: bool => "data[alerts][reblog]",
        /// When somebody mentions you.
        mention_events: bool => "data[alerts][mention]",
        /// When a poll that you made or voted in closes.
        poll_events: bool => "data[alerts][poll]",
        /// When somebody asks to follow you.
        follow_request_events: bool => "data[alerts][follow_request]",
        /// When somebody whose posts you asked to be told of writes one.
        status_events: bool => "data[alerts][status]",
        /// When a status that you boosted is changed.
        update_events: bool => "data[alerts][update]",
        /// When somebody registers; for moderators.
        admin_sign_up_events: bool => "data[alerts][admin.sign_up]",
        /// When a report comes in; for moderators.
        admin_report_events: bool => "data[alerts][admin.report]",
        /// When somebody quotes a status of yours; since 4.5.0.
        quote_events: bool => "data[alerts][quote]",
        /// When a status that you quoted is changed; since 4.5.0.
        quoted_update_events: bool => "data[alerts][quoted_update]",
        /// From whom; `"all"` for a new subscription when it is not said.
        policy: PushPolicy => "data[policy]",
    }
}

methods! {
    /// The push subscription of the client's token.
    ///
    /// `GET /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#get)
    ///
    /// `MastodonNotFoundError` where there is none.
    pushSubscription(; RequestOptions) -> "WebPushSubscription" =
        get("/api/v1/push/subscription").since([2, 4, 0], [2, 4, 0]);

    /// Changes what the subscription tells of. What is not given is told of no more.
    ///
    /// `PUT /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#update)
    ///
    /// `MastodonNotFoundError` where there is none.
    pushSubscriptionUpdate(; PushSubscriptionUpdateOptions) -> "WebPushSubscription" =
        put("/api/v1/push/subscription").since([2, 4, 0], [2, 4, 0]);

    /// Ends the subscription.
    ///
    /// `DELETE /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#delete)
    pushSubscriptionDelete(; WriteOptions) -> "void" =
        delete("/api/v1/push/subscription").since([2, 4, 0], [2, 4, 0]).nothing();

    /// Has notifications pushed to an address, encrypted for a key. A subscription that the token has
    /// already is replaced.
    ///
    /// `POST /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#create)
    ///
    /// In a page, address and keys are those of `PushManager.subscribe`, with the server's key
    /// (`configuration.vapid` of `instance`): pass `endpoint`, and its `getKey` of `p256dh` and `auth` in
    /// base64url. A service of your own makes its keys with `pushSubscriptionGenerateKeys`.
    pushSubscriptionSet(endpoint: Text => "subscription[endpoint]", encrypt_params: PushPublicKey => "subscription[keys]"; PushSubscriptionSetOptions) -> "WebPushSubscription" =
        post("/api/v1/push/subscription").since([2, 4, 0], [4, 0, 0]);
}

rows! {
    pushSubscriptionGenerateKeys(; &[]) = code();
    pushSubscriptionDecryptPush(
        data: Kind::Anything, decrypt_params: Kind::Anything, encryption_header: Kind::Anything, crypto_key_header: Kind::Anything;
        &[]) = code();
}

#[wasm_bindgen(typescript_custom_section)]
const KEYS: &str = include_str!("push.d.ts");
