//! Push notifications: <https://docs.joinmastodon.org/methods/push/>

use crate::api::declare::methods;
use crate::client::call::Call;
use crate::endpoint::{delete, get, local, post, put};
use crate::entities::{PushKeyPair, PushNotification, PushPolicy, WebPushSubscription};
use crate::error::Error;
use crate::js;
use crate::params::{
    Argument, Kind, NoOptions, RequestOptions, Text, WriteOptions, argument, options,
};
use js_sys::Object;
use wasm_bindgen::prelude::*;

impl Argument for PushPolicy {
    const KIND: Kind = Kind::Open(Self::NAMES);
}

argument! {
    /// The keys that a push message is encrypted for: the public half of a key pair, or what `toJSON()` of
    /// the Push API's subscription gives.
    PushKeys: "PushKeys" = "PushPublicKey | { keys?: Record<string, string> }" => Kind::Anything;
    /// What decrypts a push message: the private half of a key pair, or a private key in another form.
    PushDecryptParams: "PushDecryptParams" = r"
  | PushPrivateKey
  | {
      /** A JWK; or, in base64, PKCS #8 or the 32 bytes of the key. */
      privkey: string | { kty?: string; crv?: string; x?: string; y?: string; d?: string };
      /** The shared secret: 16 bytes, base64. */
      auth: string;
    }" => Kind::Anything;
    /// What to push, in the form of Mastodon's documentation.
    PushData: "PushData" = r"{
  /** The notifications, by their types. */
  alerts?: WebPushSubscriptionAlerts | null;
  /** From whom. */
  policy?: PushPolicy | null;
}" => Kind::Object;
    /// The body of a push message.
    PushMessage: "PushMessage" = "ArrayBuffer | ArrayBufferView" => Kind::Anything;
    /// A header of a push message, or null if it has none.
    PushHeader: "PushHeader" = "string | null" => Kind::Anything;
}

/// The options for the types of notification, and those of one method.
macro_rules! push_options {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        options! {
            $(#[$meta])*
            post $name {
                /// When someone follows the user.
                follow_events: bool => "data[alerts][follow]",
                /// When someone favourites a status of the user.
                favourite_events: bool => "data[alerts][favourite]",
                /// When someone boosts a status of the user.
                reblog_events: bool => "data[alerts][reblog]",
                /// When someone mentions the user.
                mention_events: bool => "data[alerts][mention]",
                /// When a poll closes that the user made or voted in.
                poll_events: bool => "data[alerts][poll]",
                /// When someone requests to follow the user.
                follow_request_events: bool => "data[alerts][follow_request]",
                /// When an account posts that the user gets notifications of.
                status_events: bool => "data[alerts][status]",
                /// When a status is edited that the user boosted.
                update_events: bool => "data[alerts][update]",
                /// When someone signs up; for moderators.
                admin_sign_up_events: bool => "data[alerts][admin.sign_up]",
                /// When a report is filed; for moderators.
                admin_report_events: bool => "data[alerts][admin.report]",
                /// When someone quotes a status of the user. Since 4.5.0 (API version 7).
                quote_events: bool => "data[alerts][quote]",
                /// When a status is edited that the user quoted. Since 4.5.0 (API version 7).
                quoted_update_events: bool => "data[alerts][quoted_update]",
                /// When follows are lost because of a block or a suspension. Since 4.3.0.
                severed_relationships_events: bool => "data[alerts][severed_relationships]",
                /// When the moderators warn the user. Since 4.3.0.
                moderation_warning_events: bool => "data[alerts][moderation_warning]",
                /// When the user's annual report is ready. Since 4.3.0.
                annual_report_events: bool => "data[alerts][annual_report]",
                /// When the user is added to a collection. Since 4.6.0 (API version 10).
                added_to_collection_events: bool => "data[alerts][added_to_collection]",
                /// When a collection is updated that the user is in. Since 4.6.0 (API version 10).
                collection_update_events: bool => "data[alerts][collection_update]",
                /// From whom. Default for a new subscription: `"all"`.
                policy: PushPolicy => "data[policy]",
                /// The same in the form of Mastodon's documentation. The options above take precedence.
                data: PushData => "",
                $($own)*
            }
        }
    };
}

push_options! {
    /// Options of `pushSubscriptionSet`: what to push. Default: nothing.
    PushSubscriptionSetOptions {
        /// Use the standard's encryption (RFC 8291, `aes128gcm`) instead of the draft's (`aesgcm`). Since 4.4.0.
        standard: bool => "subscription[standard]",
    }
}
push_options! {
    /// Options of `pushSubscriptionUpdate`: what to push. Default: nothing.
    PushSubscriptionUpdateOptions {}
}

methods! {
    /// The push subscription of the client's token.
    ///
    /// `GET /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#get)
    ///
    /// `MastodonNotFoundError` if there is none.
    push_subscription as pushSubscription(; RequestOptions) -> WebPushSubscription =
        get("/api/v1/push/subscription").since([2, 4, 0], [2, 4, 0]);

    /// Updates what is pushed. Types that are left out are no longer pushed.
    ///
    /// `PUT /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#update)
    ///
    /// `MastodonNotFoundError` if there is none.
    push_subscription_update as pushSubscriptionUpdate(; PushSubscriptionUpdateOptions) -> WebPushSubscription =
        put("/api/v1/push/subscription").since([2, 4, 0], [2, 4, 0]) => prepare(with_data);

    /// Ends the subscription.
    ///
    /// `DELETE /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#delete)
    push_subscription_delete as pushSubscriptionDelete(; WriteOptions) -> Nothing =
        delete("/api/v1/push/subscription").since([2, 4, 0], [2, 4, 0]).nothing();

    /// Subscribes to push notifications, which the server encrypts for a key and sends to a URL. Replaces
    /// the token's subscription if there is one.
    ///
    /// `POST /api/v1/push/subscription` · scope `push` ·
    /// [documentation](https://docs.joinmastodon.org/methods/push/#create)
    ///
    /// In a page, URL and keys are those of `PushManager.subscribe`, with the server's key
    /// (`configuration.vapid` of `instance`): pass `endpoint` and `toJSON()` of the subscription. A service
    /// of your own creates its keys with `pushSubscriptionGenerateKeys`.
    ///
    /// @example
    /// await m.pushSubscriptionSet(subscription.endpoint, subscription.toJSON(), { mention_events: true });
    push_subscription_set as pushSubscriptionSet(endpoint: Text => "subscription[endpoint]", encrypt_params: PushKeys => "subscription[keys]"; PushSubscriptionSetOptions) -> WebPushSubscription =
        post("/api/v1/push/subscription").since([2, 4, 0], [4, 0, 0]) => prepare(with_keys);

    /// Generates a key pair for push messages: the private half to keep, the public half for
    /// `pushSubscriptionSet`. Nothing is sent.
    ///
    /// [documentation](https://docs.joinmastodon.org/methods/push/#create)
    push_subscription_generate_keys as pushSubscriptionGenerateKeys(; NoOptions) -> PushKeyPair
        where ["(): Promise<PushKeyPair>"] =
        local() => run(crate::push::generate_keys);

    /// Decrypts a push message: its body, the private half of the keys, and the headers `Encryption`
    /// and `Crypto-Key` that came with it. A message in the standard's form (`aes128gcm`) has neither
    /// header: pass null or an empty string. Nothing is sent.
    ///
    /// [documentation](https://docs.joinmastodon.org/methods/push/#create)
    ///
    /// `MastodonIllegalArgumentError` for a message that cannot be decrypted with these keys.
    push_subscription_decrypt_push as pushSubscriptionDecryptPush(data: PushMessage, decrypt_params: PushDecryptParams, encryption_header: PushHeader, crypto_key_header: PushHeader; NoOptions) -> PushNotification
        where ["(data: PushMessage, decrypt_params: PushDecryptParams, encryption_header: PushHeader, crypto_key_header: PushHeader): Promise<PushNotification>"] =
        local() => run(crate::push::decrypt);
}

/// Puts `data` under the names that the single options have, without those that were given.
fn with_data(call: &mut Call) -> Result<(), Error> {
    const NAME: &str = "data";
    let data = call.take(NAME);
    if data.is_undefined() {
        return Ok(());
    }
    // A copy: the caller may change the original before it is sent.
    let copy = js::print_json(&data).and_then(|text| js::parse_json(&text));
    let data = copy.map_err(|cause| Error::unreadable(call.name(), NAME, cause))?;
    let given: Vec<&str> = call.pairs().into_iter().map(|(wire, _)| wire).collect();
    let mut add = |wire: &str, value: JsValue| {
        if !js::is_nothing(&value) && !given.contains(&wire) {
            call.request.pair(wire, value);
        }
    };
    let alerts = js::get(&data, "alerts");
    if alerts.is_object() {
        for entry in Object::entries(alerts.unchecked_ref()).iter() {
            let name = js::text_of(&entry, "0").unwrap_or_default();
            add(
                &["data[alerts][", &name, "]"].concat(),
                js::get(&entry, "1"),
            );
        }
    }
    add("data[policy]", js::get(&data, "policy"));
    Ok(())
}

/// The server needs both parts of the key. Their place differs between our keys and those of the
/// Push API.
fn with_keys(call: &mut Call) -> Result<(), Error> {
    const NAME: &str = "encrypt_params";
    let given = call.get(NAME);
    let read = || -> Result<_, JsValue> {
        let inner = js::caller_get(&given, "keys")?;
        let keys = if inner.is_object() { &inner } else { &given };
        let public = js::caller_get(keys, "p256dh")?;
        let public = if js::is_nothing(&public) {
            js::caller_get(keys, "pubkey")?
        } else {
            public
        };
        Ok((public, js::caller_get(keys, "auth")?))
    };
    let (public, auth) = read().map_err(|cause| Error::unreadable(call.name(), NAME, cause))?;
    let is_given = |part: &JsValue| part.as_string().is_some_and(|text| !text.is_empty());
    if !is_given(&public) || !is_given(&auth) {
        return Err(call.illegal(&[
            "`encrypt_params` must have `pubkey` and `auth`, or be `toJSON()` of a subscription",
        ]));
    }
    let keys = Object::new();
    js::set(&keys, "p256dh", &public);
    js::set(&keys, "auth", &auth);
    call.set(NAME, keys.into());
    with_data(call)
}
