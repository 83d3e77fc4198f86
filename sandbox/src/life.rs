//! The accounts without a password do something every few seconds.

use std::sync::Mutex;
use std::time::Duration;

use tokio::sync::Notify;

use crate::host::sleep;
use crate::id::Id;
use crate::lock::lock;
use crate::picture::canvas::Dice;
use crate::store::{Account, Draft, Follow, QuotePolicy, Store, Visibility};

const EVERY: Duration = Duration::from_secs(4);

/// What an account can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    Post,
    Favourite,
    Mention,
    Boost,
    Follow,
}

impl Deed {
    pub fn parse(name: &str) -> Option<Self> {
        Some(match name {
            "post" => Self::Post,
            "favourite" => Self::Favourite,
            "mention" => Self::Mention,
            "boost" => Self::Boost,
            "follow" => Self::Follow,
            _ => return None,
        })
    }
}

#[derive(Debug)]
pub struct Life {
    on_at_start: bool,
    state: Mutex<State>,
    /// Notified if the settings have changed.
    changed: Notify,
}

#[derive(Debug)]
struct State {
    on: bool,
    every: Duration,
    dice: Dice,
    /// The texts are used in order, so none is used twice in a row.
    next_post: usize,
    next_mention: usize,
}

impl State {
    fn new(on: bool) -> Self {
        Self {
            on,
            every: EVERY,
            dice: Dice::new(7),
            next_post: 0,
            next_mention: 0,
        }
    }
}

const POSTS: &[(&str, &str, &str)] = &[
    (
        "noor",
        "en",
        "New starter, day one. I have named it Gerald. Gerald is flour and hope. #bread",
    ),
    (
        "lucia",
        "es",
        "Un barco ha saludado con la sirena. He saludado con el faro. Somos así de formales. #faro",
    ),
    (
        "tidebot",
        "en",
        "🌊 The tide has turned. It does that. #tides",
    ),
    (
        "samir",
        "ar",
        "المشتري الليلة قرب القمر، كأنه يسأله عن الطريق. #فلك",
    ),
    ("wei", "zh-TW", "剛燒的水還在說話，先聽它說完。 #茶"),
    (
        "noor",
        "en",
        "A customer asked for the quietest loaf. I knew exactly which one.",
    ),
    (
        "lucia",
        "es",
        "Consejo de hoy: si la niebla llama a la puerta, no abras. Ya está dentro.",
    ),
    ("tidebot", "en", "🌊 Sea level: mostly level. #tides"),
    (
        "wei",
        "en",
        "Rule of the tea hill: whoever wakes the frogs makes the breakfast. :watering_can:",
    ),
    (
        "noor",
        "ar",
        "رائحة الخبز وصلت إلى الجيران قبل أن أصل أنا. #خبز",
    ),
    (
        "samir",
        "en",
        "Counted 43 satellites and one very confident moth. #astronomy",
    ),
    (
        "lucia",
        "es",
        "He pintado la barandilla de azul. El mar dice que le copio. #faro",
    ),
    (
        "noor",
        "en",
        "Rain on the bakery roof, 96 beats a minute. Someone tell Theo. :synth_wave:",
    ),
    ("wei", "zh-TW", "有一片茶葉在杯裡站著，今天會有客人。"),
    (
        "tidebot",
        "en",
        "🌊 A message in a bottle has been found. It says: \"return bottle\". #tides",
    ),
    (
        "samir",
        "ar",
        "هبّت ريح خفيفة فتحركت الكثبان سطراً واحداً إلى الشرق. #ليل",
    ),
];

const MENTIONS: &[(&str, &str, &str)] = &[
    (
        "noor",
        "en",
        "@{} There is a loaf with your name on it. Literally, I had leftover stencils.",
    ),
    (
        "lucia",
        "es",
        "@{} Esta noche enciendo la luz dos veces por ti. Míralo a las nueve.",
    ),
    (
        "tidebot",
        "en",
        "@{} High water in twenty minutes. Lift your cables. #tides",
    ),
    (
        "samir",
        "en",
        "@{} Look up around ten: the brightest one is Vega, and it is on time.",
    ),
    (
        "wei",
        "en",
        "@{} The new oolong tastes like the colour of your last picture.",
    ),
    (
        "noor",
        "en",
        "@{} Do you need a lantern for tonight? I have one more than I have hands. :lantern:",
    ),
];

impl Life {
    pub fn new(on: bool) -> Self {
        Self {
            on_at_start: on,
            state: Mutex::new(State::new(on)),
            changed: Notify::new(),
        }
    }

    pub fn reset(&self) {
        *lock(&self.state) = State::new(self.on_at_start);
        self.changed.notify_one();
    }

    pub fn set(&self, on: Option<bool>, every_ms: Option<u64>) {
        let mut state = lock(&self.state);
        state.on = on.unwrap_or(state.on);
        if let Some(ms) = every_ms {
            state.every = Duration::from_millis(ms.max(10));
        }
        self.changed.notify_one();
    }

    fn pause(&self) -> Option<Duration> {
        let state = lock(&self.state);
        state.on.then_some(state.every)
    }

    /// Waits until the next action is due.
    pub async fn due(&self) {
        loop {
            let Some(pause) = self.pause() else {
                self.changed.notified().await;
                continue;
            };
            sleep(pause).await;
            if self.pause().is_some() {
                return;
            }
        }
    }

    /// Does one random action, directed at one of those who can log in.
    pub fn go_on(&self, store: &mut Store) {
        let deed = self.choose();
        let with_login = |account: &&Account| account.login.is_some();
        let people: Vec<Id> = store
            .accounts
            .values()
            .filter(with_login)
            .map(|account| account.id)
            .collect();
        let at = lock(&self.state).dice.below(people.len());
        if let Some(to) = people.get(at) {
            self.once(store, deed, *to);
        }
    }

    fn choose(&self) -> Deed {
        match lock(&self.state).dice.below(10) {
            0..4 => Deed::Post,
            4..7 => Deed::Favourite,
            7 => Deed::Boost,
            8 => Deed::Mention,
            _ => Deed::Follow,
        }
    }

    /// Does one action now, directed at `to` if the action has a target. Returns the id of the result.
    pub fn once(&self, store: &mut Store, deed: Deed, to: Id) -> Option<Id> {
        let mut state = lock(&self.state);
        match deed {
            Deed::Post => {
                let (who, language, text) = POSTS[state.next_post % POSTS.len()];
                state.next_post += 1;
                publish(store, who, language, text.to_owned())
            }
            Deed::Mention => {
                let (who, language, text) = MENTIONS[state.next_mention % MENTIONS.len()];
                state.next_mention += 1;
                let name = store.accounts.get(&to)?.acct();
                publish(store, who, language, text.replace("{}", &name))
            }
            Deed::Favourite | Deed::Boost => {
                let who = someone(store, &mut state.dice, to)?;
                let marked = |status: Id| match deed {
                    Deed::Boost => store.reblogs.has(who, status),
                    _ => store.favourites.has(who, status),
                };
                let open = store.statuses.values().rev().filter(|status| {
                    status.account == to
                        && status.reblog_of.is_none()
                        && status.visibility.is_open()
                        && !marked(status.id)
                });
                let candidates: Vec<Id> = open.take(5).map(|status| status.id).collect();
                let status = *candidates.get(state.dice.below(candidates.len()))?;
                if deed == Deed::Boost {
                    return store.reblog(who, status, Visibility::Public);
                }
                store.favourite(who, status);
                Some(status)
            }
            Deed::Follow => {
                let strangers: Vec<Id> = inhabitants(store)
                    .filter(|who| *who != to && !store.follows.has(*who, to))
                    .collect();
                let who = strangers
                    .first()
                    .copied()
                    .or_else(|| someone(store, &mut state.dice, to))?;
                // An account that already follows must unfollow first.
                store.unfollow(who, to);
                store.follow(who, to, Follow::default());
                Some(who)
            }
        }
    }
}

fn inhabitants(store: &Store) -> impl Iterator<Item = Id> {
    store
        .accounts
        .values()
        .filter(|account| account.login.is_none())
        .map(|account| account.id)
}

fn someone(store: &Store, dice: &mut Dice, but: Id) -> Option<Id> {
    let all: Vec<Id> = inhabitants(store).filter(|who| *who != but).collect();
    all.get(dice.below(all.len())).copied()
}

fn publish(store: &mut Store, who: &str, language: &str, text: String) -> Option<Id> {
    let account = store
        .accounts
        .values()
        .find(|account| account.username == who)?
        .id;
    Some(store.publish(Draft {
        account,
        text,
        spoiler_text: String::new(),
        sensitive: false,
        visibility: Visibility::Public,
        language: Some(language.to_owned()),
        in_reply_to: None,
        media: Vec::new(),
        poll: None,
        quote: None,
        quote_policy: QuotePolicy::Public,
        app: None,
    }))
}
