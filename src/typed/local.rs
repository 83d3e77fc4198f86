//! Methods that send no request: filters, blurhashes, push messages, polls.

use super::Mastodon;
use super::call::Function;
use super::error::Error;
use crate::api::options::{
    DecodeBlurhashOptions, MakePollOptions, MediaEditAttributes, MediaEditOptions, NewPoll,
};
use crate::entities::{
    Filter, FilterContext, FilterV2, Notification, PushNotification, PushPrivateKey, Status,
};
use crate::js;
use crate::params::Id;
use crate::value::{Record, Value};
use js_sys::{Float32Array, Uint8ClampedArray};
use serde::Serialize;
use wasm_bindgen::prelude::*;

/// Filters of either version.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(untagged)]
pub enum Filters<'a> {
    /// Filters of the first version.
    V1(&'a [Filter]),
    /// Filters of the second version.
    V2(&'a [FilterV2]),
}

/// An entity that filters can be applied to.
pub trait HasStatus: Serialize {}
impl HasStatus for Status {}
impl HasStatus for Notification {}

/// The pixels of an image.
#[derive(Clone, Debug, PartialEq)]
pub enum Pixels {
    /// Red, green, blue and alpha of each pixel, row by row, ready for `ImageData`.
    Srgb(Vec<u8>),
    /// The same in linear light, if `return_linear` is set. 1 is white.
    Linear(Vec<f32>),
}

/// A decoded blurhash.
#[derive(Clone, Debug, PartialEq)]
pub struct BlurhashPicture {
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
    /// Its pixels.
    pub pixels: Pixels,
}

impl Mastodon {
    /// The statuses, or the notifications with a status, that no filter matches. Nothing is sent.
    ///
    /// # Errors
    /// The client is closed.
    pub async fn filters_apply<T: HasStatus>(
        &self,
        objects: Vec<T>,
        filters: Filters<'_>,
        context: FilterContext,
    ) -> Result<Vec<T>, Error> {
        let list = Value::json(&objects).to_js();
        let index = const { crate::api::index_of("filtersApply") };
        let values = [
            Value::Platform(list.clone()),
            Value::json(&filters),
            context.as_str().into(),
        ];
        let answer = self
            .perform(
                index,
                &values,
                &Record::default(),
                Function::Run(crate::filters::apply_call),
            )
            .await?;
        // What is kept are the same objects, in their order.
        let (given, kept) = (js::list(&list), js::list(&answer.value));
        let mut kept = kept.iter().peekable();
        let is_kept =
            |(object, value): (T, JsValue)| kept.next_if(|next| *next == value).map(|_| object);
        Ok(objects
            .into_iter()
            .zip(given.iter())
            .filter_map(is_kept)
            .collect())
    }

    /// Decodes a blurhash: a blurred image to show while a media file is loading. Nothing is sent.
    ///
    /// # Errors
    /// The blurhash is invalid.
    pub async fn decode_blurhash(
        &self,
        blurhash: &str,
        options: &DecodeBlurhashOptions,
    ) -> Result<BlurhashPicture, Error> {
        let index = const { crate::api::index_of("decodeBlurhash") };
        let decode = Function::Run(crate::api::utility::decode_blurhash);
        let answer = self
            .perform(index, &[blurhash.into()], &options.record, decode)
            .await?;
        let side = |name| js::number_of(&answer.value, name).unwrap_or_default() as u32;
        let pixels = match answer.value.dyn_ref::<Float32Array>() {
            Some(linear) => Pixels::Linear(linear.to_vec()),
            None => Pixels::Srgb(answer.value.unchecked_ref::<Uint8ClampedArray>().to_vec()),
        };
        Ok(BlurhashPicture {
            width: side("width"),
            height: side("height"),
            pixels,
        })
    }

    /// Decrypts the body of a push message, with the private half of the keys and the headers `Encryption`
    /// and `Crypto-Key` of the message. A message in the standard's format (`aes128gcm`) has neither header.
    /// Nothing is sent.
    ///
    /// # Errors
    /// The message cannot be decrypted with these keys.
    pub async fn push_subscription_decrypt_push(
        &self,
        data: &[u8],
        private_key: &PushPrivateKey,
        encryption_header: Option<&str>,
        crypto_key_header: Option<&str>,
    ) -> Result<PushNotification, Error> {
        let index = const { crate::api::index_of("pushSubscriptionDecryptPush") };
        let values = [
            Value::Bytes(data.to_vec()),
            Value::json(private_key),
            Value::nullable(encryption_header),
            Value::nullable(crypto_key_header),
        ];
        let decrypt = Function::Run(crate::push::decrypt);
        self.perform(index, &values, &Record::default(), decrypt)
            .await?
            .read()
    }

    /// Creates an entry of `media_attributes` for `status_update`: what an edit changes in a media
    /// attachment. Nothing is sent.
    ///
    /// # Errors
    /// An option is wrong.
    pub async fn generate_media_edit_attributes(
        &self,
        id: impl Into<Id>,
        options: &MediaEditOptions,
    ) -> Result<MediaEditAttributes, Error> {
        let index = const { crate::api::index_of("generateMediaEditAttributes") };
        let make = Function::Run(crate::api::statuses::generate_media_edit_attributes);
        let answer = self
            .perform(index, &[id.into().into()], &options.record, make)
            .await?;
        let mut attributes = MediaEditAttributes::default();
        for name in ["id", "description", "focus", "thumbnail"] {
            if let Some(text) = js::text_of(&answer.value, name) {
                attributes.record.set(name, text.into());
            }
        }
        Ok(attributes)
    }

    /// Creates a poll for `status_post` with these choices. It closes after `expires_in` seconds. Nothing is
    /// sent.
    pub fn make_poll(
        &self,
        choices: impl IntoIterator<Item = impl Into<String>>,
        expires_in: u32,
        options: &MakePollOptions,
    ) -> NewPoll {
        let mut poll = NewPoll::default().options(choices).expires_in(expires_in);
        poll.record.extend(options.record.clone());
        poll
    }
}
