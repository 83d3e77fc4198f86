//! Other kinds of servers, as observed. Each has its own file: its switches, the form of its ids and
//! entities, and the routes that it lacks. Two functions change requests before the sandbox's own handlers,
//! and responses after them.

mod akkoma;
mod exchange;
mod gotosocial;
mod hollo;
mod ids;
mod mitra;
mod pixelfed;
mod shape;
mod snac;
mod takahe;
mod wordpress;

use serde_json::{Value, json};

use crate::behaviour::Behaviour;
pub use crate::behaviour::MASTODON;

pub use exchange::{Asked, Said};
pub use ids::Ids;
use shape::Shape;

/// A kind of server.
#[derive(Debug)]
pub struct Preset {
    pub name: &'static str,
    /// The initial switches.
    pub behaviour: fn() -> Behaviour,
    pub ids: Ids,
    pub shapes: &'static [Shape],
    /// The routes that it does not have; `*` is any method, or any segment.
    pub missing: &'static [&'static str],
    /// The response for a route that does not exist.
    pub no_route: fn() -> Said,
    /// Runs before the handlers: may reject or change a request.
    pub enter: fn(&mut Asked) -> Option<Said>,
    /// Runs after the handlers: may change a response.
    pub leave: fn(&Asked, &mut Said),
}

static PRESETS: [&Preset; 8] = [
    &gotosocial::PRESET,
    &takahe::PRESET,
    &snac::PRESET,
    &hollo::PRESET,
    &mitra::PRESET,
    &pixelfed::PRESET,
    &akkoma::PRESET,
    &wordpress::PRESET,
];

pub fn find(name: &str) -> Option<&'static Preset> {
    PRESETS.iter().copied().find(|preset| preset.name == name)
}

/// All names that can be requested.
pub fn names() -> impl Iterator<Item = &'static str> {
    std::iter::once(MASTODON).chain(PRESETS.iter().map(|preset| preset.name))
}

impl Preset {
    /// Runs before the sandbox's own handlers. Returns a rejection, or changes the request to their form.
    pub fn enter(&self, asked: &mut Asked) -> Option<Said> {
        let refused = (self.enter)(asked)
            .or_else(|| asked.is_one_of(self.missing).then(|| (self.no_route)()));
        if refused.is_none() {
            self.ids.inward(asked);
        }
        refused
    }

    /// Runs after the sandbox's own handlers: changes the response to the form of this server.
    pub fn leave(&self, asked: &Asked, said: &mut Said) {
        if let Some(content) = said.value() {
            shape::apply(self.shapes, content);
        }
        ids::rename(self.ids, said);
        (self.leave)(asked, said);
    }

    /// Changes the payload of an event, which is an entity as JSON, or only an id.
    pub fn payload(&self, payload: &str) -> String {
        match serde_json::from_str::<Value>(payload) {
            Ok(mut entity) if entity.is_object() => {
                shape::apply(self.shapes, &mut entity);
                self.ids.outward(&mut entity);
                entity.to_string()
            }
            _ => self.ids.bare(payload),
        }
    }
}

/// Replaces `{"error": …}` with the error format of a server.
fn reword(said: &mut Said, words: impl FnOnce(&str) -> Value) {
    if let Some(error) = said.error() {
        said.set_json(words(&error));
    }
}

/// `{"error": "…"}`, the format of most servers.
fn error(status: u16, words: &str) -> Said {
    Said::json(status_code(status), json!({ "error": words }))
}

fn status_code(status: u16) -> axum::http::StatusCode {
    axum::http::StatusCode::from_u16(status).unwrap_or_default()
}

/// Removes the requested scopes that a server does not know.
fn keep_scopes(asked: &mut Asked, known: &[&str]) {
    let kept = |scope: &str| {
        let scopes: Vec<&str> = scope
            .split_whitespace()
            .filter(|scope| known.contains(scope))
            .collect();
        scopes.join(" ")
    };
    for (name, value) in &mut asked.query {
        if name == "scope" {
            *value = kept(value);
        }
    }
    if let Some(mut form) = asked.form() {
        for (name, value) in &mut form {
            if name == "scope" {
                *value = kept(value);
            }
        }
        asked.set_form(&form);
    }
}

impl Behaviour {
    /// The switches of a kind of server.
    pub fn of(name: &str) -> Option<Self> {
        if name == MASTODON {
            return Some(Self::default());
        }
        let preset = find(name)?;
        Some(Self {
            preset: name.to_owned(),
            ..(preset.behaviour)()
        })
    }

    /// The kind of server, if it is not Mastodon.
    pub fn server(&self) -> Option<&'static Preset> {
        find(&self.preset)
    }

    /// The form of its ids.
    pub fn ids(&self) -> Ids {
        self.server().map_or(Ids::Snowflake, |server| server.ids)
    }

    /// These switches, changed by those in `change`.
    pub fn with(&self, change: Value) -> Result<Self, String> {
        let Value::Object(mut change) = change else {
            return Err("an object of switches is expected".to_owned());
        };
        let start = match change.remove("preset") {
            None => self.clone(),
            Some(name) => {
                let found = name.as_str().and_then(Self::of);
                found.ok_or_else(|| format!("unknown preset {name}"))?
            }
        };
        let mut all = json!(start);
        for (name, value) in change {
            all[name] = value;
        }
        serde_json::from_value(all).map_err(|error| error.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::behaviour::Pkce;

    #[test]
    fn switches_are_set_one_by_one() {
        let one = Behaviour::default()
            .with(json!({"pkce": "ignore"}))
            .unwrap();
        assert_eq!(one.pkce, Pkce::Ignore);
        let two = one.with(json!({"version": ""})).unwrap();
        assert_eq!((two.pkce, two.version.as_str()), (Pkce::Ignore, ""));
        assert!(
            one.with(json!({"pkcee": "ignore"}))
                .unwrap_err()
                .contains("pkcee")
        );
        let gts = one
            .with(json!({"preset": "gotosocial", "pkce": "verify"}))
            .unwrap();
        assert!(gts.require_user_agent && gts.pkce == Pkce::Verify);
    }
}
