//! Entities: after reading and writing, nothing is lost.

use super::Input;
use crate::entities::{
    Account, AdminAccount, Application, Conversation, FilterV2, InstanceV2, MediaAttachment,
    Nodeinfo, Notification, NotificationGroup, Poll, PushNotification, SearchV2, Status, Token,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::fmt::Debug;

/// JSON, read as an entity.
pub fn entity(data: &[u8]) {
    let mut input = Input(data);
    let choice = input.byte();
    let json = input.0;
    match choice % 15 {
        0 => check::<Status>(json),
        1 => check::<Account>(json),
        2 => check::<Notification>(json),
        3 => check::<NotificationGroup>(json),
        4 => check::<InstanceV2>(json),
        5 => check::<Token>(json),
        6 => check::<Application>(json),
        7 => check::<MediaAttachment>(json),
        8 => check::<Poll>(json),
        9 => check::<FilterV2>(json),
        10 => check::<SearchV2>(json),
        11 => check::<Conversation>(json),
        12 => check::<Nodeinfo>(json),
        13 => check::<AdminAccount>(json),
        _ => check::<PushNotification>(json),
    }
}

fn check<T: DeserializeOwned + Serialize + PartialEq + Debug>(json: &[u8]) {
    let Ok(entity) = serde_json::from_slice::<T>(json) else {
        return;
    };
    let written = serde_json::to_value(&entity).expect("an entity is JSON");
    let again: T = serde_json::from_value(written.clone()).expect("it is read again");
    assert_eq!(entity, again);
    // Serde also reads a list as a struct.
    if let Ok(Value::Object(before)) = serde_json::from_slice(json) {
        let keys: Vec<&String> = before
            .keys()
            .filter(|key| written.get(key).is_none())
            .collect();
        assert!(keys.is_empty(), "lost: {keys:?}");
        assert_eq!(
            before.len(),
            written.as_object().map_or(0, serde_json::Map::len)
        );
    }
}
