//! The initial data: accounts, and what they did in the last days.

mod newcomers;
mod people;
mod script;

pub use newcomers::Newcomer;

use serde::{Deserialize, Serialize};

use crate::host::{Clock, Random};
use crate::id::Id;
use crate::picture::drawings::{EMOJIS, emoji_path};
use crate::store::{App, Emoji, Store, Token};

/// The client id of the application of the seeded tokens.
pub const CLIENT_ID: &str = "sandbox-client";
/// Its client secret.
pub const CLIENT_SECRET: &str = "sandbox-secret";
const SCOPES: [&str; 5] = ["read", "write", "follow", "push", "profile"];

/// Someone who can log in.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Person {
    /// The id of the account.
    pub id: String,
    /// The user name for the login.
    pub username: String,
    /// The name that is shown.
    pub display_name: String,
    /// The e-mail address, which the login accepts, too.
    pub email: String,
    /// The password, which is not secret.
    pub password: String,
    /// A token with all scopes except those of `admin`.
    pub access_token: String,
}

pub fn people(store: &Store) -> Vec<Person> {
    let seeded = store
        .accounts
        .values()
        .filter(|account| store.tokens.contains_key(&token_of(&account.username)));
    seeded
        .filter_map(|account| {
            let login = account.login.as_ref()?;
            Some(Person {
                id: account.id.to_string(),
                username: account.username.clone(),
                display_name: account.display_name.clone(),
                email: login.email.clone(),
                password: login.password.clone(),
                access_token: token_of(&account.username),
            })
        })
        .collect()
}

fn token_of(username: &str) -> String {
    format!("sandbox-token-of-{username}")
}

/// The initial data: the standard accounts with what they did, and additional accounts.
#[derive(Clone, Debug, Default)]
pub struct Seed {
    newcomers: Vec<Newcomer>,
}

impl Seed {
    /// With accounts in addition to the standard ones.
    ///
    /// # Errors
    /// If an account is not valid; the message says which one, and why.
    pub fn with(newcomers: Vec<Newcomer>) -> Result<Self, String> {
        newcomers::check(&newcomers)?;
        Ok(Self { newcomers })
    }

    pub(crate) fn store(&self, base: &str, clock: Clock, random: Random) -> Store {
        store(base, clock, random, &self.newcomers)
    }
}

fn store(base: &str, clock: Clock, random: Random, newcomers: &[Newcomer]) -> Store {
    let mut store = Store::new(base.to_owned(), clock, random);
    let app = add_app(&mut store);
    add_emojis(&mut store);
    people::add(&mut store);
    newcomers::add(&mut store, newcomers);
    let with_login: Vec<(Id, String)> = store
        .accounts
        .values()
        .filter(|account| account.login.is_some())
        .map(|account| (account.id, account.username.clone()))
        .collect();
    for (account, username) in with_login {
        let text = token_of(&username);
        let token = Token {
            text: text.clone(),
            app,
            account: Some(account),
            scopes: SCOPES.map(str::to_owned).to_vec(),
            created_at: store.clock.now(),
            revoked: false,
            life: None,
        };
        store.tokens.insert(text, token);
    }
    script::play(&mut store, app);
    newcomers::follow(&mut store, newcomers);
    store.take_events();
    store
}

fn add_emojis(store: &mut Store) {
    for (shortcode, category, _) in EMOJIS {
        store.emojis.push(Emoji {
            shortcode: shortcode.to_owned(),
            path: emoji_path(shortcode),
            category: Some(category.to_owned()),
        });
    }
}

fn add_app(store: &mut Store) -> Id {
    let id = store.counters.apps.next();
    store.apps.insert(
        id,
        App {
            id,
            name: "Sandbox".to_owned(),
            website: None,
            redirect_uris: vec![crate::store::oauth::OUT_OF_BAND.to_owned()],
            scopes: SCOPES.map(str::to_owned).to_vec(),
            client_id: CLIENT_ID.to_owned(),
            client_secret: CLIENT_SECRET.to_owned(),
        },
    );
    id
}

/// A store for tests, with the clock of the machine.
#[cfg(test)]
pub fn sample() -> Store {
    Seed::default().store("http://127.0.0.1:4100", Clock::default(), Random::default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::Timestamp;

    #[test]
    fn three_people_can_log_in_and_all_have_posted() {
        let store = sample();
        let people = people(&store);
        assert_eq!(
            people
                .iter()
                .map(|person| person.username.as_str())
                .collect::<Vec<_>>(),
            ["mina", "theo", "yuki"]
        );
        for account in store.accounts.values() {
            assert!(
                store
                    .statuses
                    .values()
                    .any(|status| status.account == account.id),
                "{} is silent",
                account.acct()
            );
            for path in [&account.avatar, &account.header] {
                assert!(store.file(path).is_some(), "{path} is missing");
            }
        }
    }

    #[test]
    fn statuses_lie_in_the_past_in_the_order_of_their_ids() {
        let store = sample();
        let now = Timestamp::now();
        let times: Vec<Timestamp> = store
            .statuses
            .values()
            .map(|status| status.created_at)
            .collect();
        assert!(times.windows(2).all(|pair| pair[0] <= pair[1]));
        assert!(times.iter().all(|time| *time < now));
        assert!(
            store
                .statuses
                .values()
                .all(|status| status.reblog_of.is_some() || status.language.is_some())
        );
    }
}
