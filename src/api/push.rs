//! Push notifications: <https://docs.joinmastodon.org/methods/push/>

use crate::api::declare::methods;
use crate::client::{Call, Client, Mastodon, delete, get, post, put};
use crate::entities::PushPolicy;
use crate::error::illegal;
use crate::params::{
    Argument, Kind, Param, RequestOptions, Text, Value, WriteOptions, argument, options,
};
use js_sys::Promise;
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

#[wasm_bindgen(module = "/src/api/push.js")]
extern "C" {
    #[wasm_bindgen(js_name = generateKeys)]
    fn generate_keys() -> Promise;
    fn decrypt(
        data: &JsValue,
        keys: &JsValue,
        encryption: &JsValue,
        crypto_key: &JsValue,
    ) -> Promise;
}

/// Whether both parts of the key are there.
fn complete(call: &mut Call, _: &Client) -> Result<(), JsValue> {
    match call.arguments.get("encrypt_params") {
        Some(Value::Map(keys)) if keys.len() == 2 => Ok(()),
        _ => Err(illegal(
            call.request.name,
            "`encrypt_params` must have `pubkey` and `auth`",
        )),
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
        post("/api/v1/push/subscription").since([2, 4, 0], [4, 0, 0]).first(complete);
}

#[wasm_bindgen]
impl Mastodon {
    /// Makes a pair of keys for push messages: the private half to keep, the public half for
    /// `pushSubscriptionSet`. Nothing is sent.
    ///
    /// [documentation](https://docs.joinmastodon.org/methods/push/#create)
    #[wasm_bindgen(
        js_name = pushSubscriptionGenerateKeys,
        unchecked_return_type = "Promise<[private_key: PushPrivateKey, public_key: PushPublicKey]>"
    )]
    pub fn push_subscription_generate_keys(&self) -> Promise {
        generate_keys()
    }

    /// Decrypts a push message: its body, the private half of the keys, and the headers `Encryption`
    /// and `Crypto-Key` that came with it. A message of the standard's form (`aes128gcm`) has neither
    /// header: pass null or an empty string. Nothing is sent.
    ///
    /// [documentation](https://docs.joinmastodon.org/methods/push/#create)
    ///
    /// `MastodonIllegalArgumentError` for a message that the keys do not open.
    #[wasm_bindgen(
        js_name = pushSubscriptionDecryptPush,
        unchecked_return_type = "Promise<PushNotification>"
    )]
    pub fn push_subscription_decrypt_push(
        &self,
        #[wasm_bindgen(unchecked_param_type = "ArrayBuffer | ArrayBufferView")] data: JsValue,
        #[wasm_bindgen(unchecked_param_type = "PushDecryptParams")] decrypt_params: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | null")] encryption_header: JsValue,
        #[wasm_bindgen(unchecked_param_type = "string | null")] crypto_key_header: JsValue,
    ) -> Promise {
        decrypt(
            &data,
            &decrypt_params,
            &encryption_header,
            &crypto_key_header,
        )
    }
}

#[wasm_bindgen(typescript_custom_section)]
const KEYS: &str = include_str!("push.d.ts");
