//! The fields that a server does not have, or sends as `null`.

use serde_json::{Map, Value};

/// Entities, recognized by the fields that only they have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entity {
    Account,
    Status,
    Poll,
    Notification,
    MediaAttachment,
    InstanceV2,
    InstanceV1,
    Relationship,
}

impl Entity {
    fn of(fields: &Map<String, Value>) -> Option<Self> {
        let has = |names: &[&str]| names.iter().all(|name| fields.contains_key(*name));
        Some(if has(&["acct", "username", "note"]) {
            Self::Account
        } else if has(&["visibility", "account", "uri"]) {
            Self::Status
        } else if has(&["votes_count", "options"]) {
            Self::Poll
        } else if has(&["preview_url", "type"]) {
            Self::MediaAttachment
        } else if has(&["created_at", "type", "account"]) {
            Self::Notification
        } else if has(&["domain", "configuration"]) {
            Self::InstanceV2
        } else if has(&["uri", "version"]) {
            Self::InstanceV1
        } else if has(&["followed_by"]) {
            Self::Relationship
        } else {
            return None;
        })
    }
}

/// What one kind of entity lacks. A path with dots names a field of a nested object.
#[derive(Debug)]
pub struct Shape {
    pub of: Entity,
    pub absent: &'static [&'static str],
    pub null: &'static [&'static str],
}

pub fn apply(shapes: &[Shape], content: &mut Value) {
    match content {
        Value::Array(items) => items.iter_mut().for_each(|item| apply(shapes, item)),
        Value::Object(fields) => {
            if let Some(entity) = Entity::of(fields) {
                for shape in shapes.iter().filter(|shape| shape.of == entity) {
                    for path in shape.absent {
                        at(fields, path, |inside, name| {
                            inside.remove(name);
                        });
                    }
                    for path in shape.null {
                        at(fields, path, |inside, name| {
                            inside.insert(name.to_owned(), Value::Null);
                        });
                    }
                }
            }
            fields.values_mut().for_each(|value| apply(shapes, value));
        }
        _ => {}
    }
}

fn at(
    fields: &mut Map<String, Value>,
    path: &str,
    change: impl FnOnce(&mut Map<String, Value>, &str),
) {
    match path.split_once('.') {
        None => change(fields, path),
        Some((name, rest)) => {
            if let Some(Value::Object(inside)) = fields.get_mut(name) {
                at(inside, rest, change);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn fields_are_taken_away_wherever_the_entity_is() {
        let shapes = [
            Shape {
                of: Entity::InstanceV2,
                absent: &["configuration.urls"],
                null: &["contact.account"],
            },
            Shape {
                of: Entity::Poll,
                absent: &[],
                null: &["voted"],
            },
        ];
        let mut instance = json!({"domain": "a", "configuration": {"urls": {}, "polls": {}}, "contact": {"email": ""}});
        apply(&shapes, &mut instance);
        assert_eq!(
            instance,
            json!({"domain": "a", "configuration": {"polls": {}}, "contact": {"email": "", "account": null}})
        );
        let mut list = json!([{"poll": {"votes_count": 1, "options": []}}]);
        apply(&shapes, &mut list);
        assert_eq!(list[0]["poll"]["voted"], Value::Null);
    }
}
