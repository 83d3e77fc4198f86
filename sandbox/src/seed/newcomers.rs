//! The additional accounts that the caller of the sandbox wants.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::people;
use crate::clock;
use crate::store::{Account, Follow, Login, Store};

/// When the first of them was created. Each of the others is one minute newer than the one before.
const SINCE: &str = "2024-06-01T12:00:00Z";
/// Mastodon's limit.
const LONGEST_NAME: usize = 30;

/// An account that can log in and has no activity yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Newcomer {
    /// Letters, digits and underscores.
    pub username: String,
    /// The display name. Default: the user name.
    pub display_name: Option<String>,
    /// The text of the profile.
    pub note: String,
    /// Whether they approve their followers.
    pub locked: bool,
    /// Whether the account is a bot.
    pub bot: bool,
    /// The password. Default: the user name and `-password`.
    pub password: Option<String>,
    /// The accounts that they follow, by user name.
    pub follows: Vec<String>,
}

impl Newcomer {
    /// An account with defaults for everything except the user name.
    pub fn named(username: &str) -> Self {
        Self {
            username: username.to_owned(),
            ..Self::default()
        }
    }

    /// Reads names separated by commas, or the JSON of [`Newcomer::read`].
    ///
    /// # Errors
    /// If an entry is not valid; the message says which one, and why.
    pub fn listed(text: &str) -> Result<Vec<Self>, String> {
        if text.starts_with('[') {
            return Self::read(text);
        }
        Ok(text
            .split(',')
            .map(|name| Self::named(name.trim()))
            .collect())
    }

    /// Reads a JSON array of names, or of objects with the fields of this type.
    ///
    /// # Errors
    /// If an entry is not valid; the message says which one, and why.
    pub fn read(json: &str) -> Result<Vec<Self>, String> {
        let all: Vec<Value> =
            serde_json::from_str(json).map_err(|_| "people is an array".to_owned())?;
        (0..)
            .zip(all)
            .map(|(at, one): (usize, Value)| match one {
                Value::String(name) => Ok(Self::named(&name)),
                Value::Object(_) => {
                    serde_json::from_value(one).map_err(|error| format!("people[{at}]: {error}"))
                }
                _ => Err(format!(
                    "people[{at}]: this is neither a name nor an object"
                )),
            })
            .collect()
    }
}

/// Returns the first error.
pub fn check(newcomers: &[Newcomer]) -> Result<(), String> {
    let mut names: Vec<&str> = people::usernames().collect();
    for (at, one) in newcomers.iter().enumerate() {
        let name = one.username.as_str();
        let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(fits) {
            return Err(format!(
                "people[{at}]: {name:?} is no username: up to {LONGEST_NAME} letters, digits and underscores"
            ));
        }
        if names.iter().any(|taken| taken.eq_ignore_ascii_case(name)) {
            return Err(format!("people[{at}]: there is a {name} already"));
        }
        names.push(name);
    }
    for (at, one) in newcomers.iter().enumerate() {
        let known = |name: &String| names.contains(&name.as_str()) && *name != one.username;
        if let Some(unknown) = one.follows.iter().find(|name| !known(name)) {
            return Err(format!(
                "people[{at}]: {} cannot follow {unknown:?}; there are {}",
                one.username,
                names.join(", ")
            ));
        }
    }
    Ok(())
}

pub fn add(store: &mut Store, newcomers: &[Newcomer]) {
    let since: Timestamp = SINCE.parse().unwrap_or_default();
    for (minutes, one) in (0..).zip(newcomers) {
        let created_at = clock::after(since, minutes * 60);
        let id = store.snowflakes.at(created_at);
        let begun = Account::begun(id, one.username.clone(), created_at);
        let password = one.password.clone();
        let login = Login {
            email: format!("{}@example.org", one.username),
            password: password.unwrap_or_else(|| format!("{}-password", one.username)),
            is_owner: false,
        };
        let display_name = one.display_name.clone();
        let account = Account {
            display_name: display_name.unwrap_or_else(|| begun.display_name.clone()),
            note: one.note.clone(),
            locked: one.locked,
            bot: one.bot,
            login: Some(login),
            ..begun
        };
        store.accounts.insert(id, account);
    }
}

/// Runs after `script::play`: by then, the standard accounts follow each other and have accepted requests.
pub fn follow(store: &mut Store, newcomers: &[Newcomer]) {
    let id_of = |store: &Store, name: &str| {
        let mut all = store.accounts.values();
        all.find(|account| account.username == name)
            .map(|account| account.id)
    };
    for one in newcomers {
        for other in &one.follows {
            if let (Some(from), Some(to)) = (id_of(store, &one.username), id_of(store, other)) {
                store.follow(from, to, Follow::default());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_objects_are_read() {
        let people = Newcomer::read(r#"["ada", {"username": "grace", "locked": true}]"#).unwrap();
        assert_eq!(people[0], Newcomer::named("ada"));
        assert!(people[1].locked);
        let listed = Newcomer::listed("ada, grace").unwrap();
        assert_eq!(listed, [Newcomer::named("ada"), Newcomer::named("grace")]);
        assert_eq!(Newcomer::listed(r#"["ada"]"#).unwrap(), listed[..1]);
        let wrong = |json: &str| Newcomer::read(json).unwrap_err();
        assert_eq!(wrong("{}"), "people is an array");
        assert!(wrong(r#"["ada", {"name": "x"}]"#).starts_with("people[1]: unknown field `name`"));
    }

    #[test]
    fn who_cannot_be_is_refused() {
        let refused = |json: &str| check(&Newcomer::read(json).unwrap()).unwrap_err();
        assert!(refused(r#"["a b"]"#).contains("is no username"));
        assert_eq!(refused(r#"["Mina"]"#), "people[0]: there is a Mina already");
        assert_eq!(
            refused(r#"["ada", "ada"]"#),
            "people[1]: there is a ada already"
        );
        let nobody = refused(r#"[{"username": "ada", "follows": ["eve"]}]"#);
        assert!(nobody.starts_with("people[0]: ada cannot follow \"eve\"; there are mina,"));
    }
}
