//! What happened in the last days, in chronological order.

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use crate::id::Id;
use crate::picture::canvas::Dice;
use crate::picture::paintings;
use crate::store::{
    Account, Card, CardImage, Draft, DraftPoll, Edit, Follow, List, Media, MediaContent, MediaKind,
    QuotePolicy, RepliesPolicy, Store, Visibility,
};

/// A status, and what happened to it. `key` is the name by which others refer to it.
struct Post {
    key: &'static str,
    minutes_ago: i64,
    who: &'static str,
    text: &'static str,
    extra: &'static [Extra],
}

enum Extra {
    Picture(&'static str, &'static str),
    Focus(f64, f64),
    Warning(&'static str),
    Language(&'static str),
    Visible(Visibility),
    ReplyTo(&'static str),
    Quote(&'static str),
    Poll {
        options: &'static [&'static str],
        hours: i64,
        multiple: bool,
    },
    Link {
        url: &'static str,
        title: &'static str,
        description: &'static str,
        provider: &'static str,
        picture: &'static str,
    },
    /// Who boosts it, and how many minutes later.
    Boost(&'static str, i64),
    Favourites(&'static [&'static str]),
    Edited(&'static str),
    Pinned,
}

use Extra::{
    Boost, Edited, Favourites, Focus, Language, Link, Picture, Pinned, Poll, Quote, ReplyTo,
    Visible, Warning,
};

const fn post(
    key: &'static str,
    minutes_ago: i64,
    who: &'static str,
    text: &'static str,
    extra: &'static [Extra],
) -> Post {
    Post {
        key,
        minutes_ago,
        who,
        text,
        extra,
    }
}

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

const POSTS: &[Post] = &[
    post(
        "welcome",
        4 * DAY + 9 * HOUR,
        "mina",
        "Welcome to Lanternfield! This is a small place with a short memory: whatever happens here is forgotten when the process stops. So be brave.\n\nPost something. Break something. #introduction",
        &[
            Favourites(&["theo", "yuki", "noor", "lucia"]),
            Boost("theo", 12),
            Pinned,
        ],
    ),
    post(
        "theo-hello",
        4 * DAY + 8 * HOUR,
        "theo",
        "Hej! I'm Theo. I solder in the evening and regret it at night. If your modular makes a sound it shouldn't, send it to me, I probably want it on purpose.\n\n#introduction #synths :synth_wave:",
        &[Favourites(&["mina", "yuki"]), Boost("mina", 30), Pinned],
    ),
    post(
        "yuki-hello",
        4 * DAY + 7 * HOUR,
        "yuki",
        "はじめまして、ユキです。ドット絵と小さなゲームを作っています。猫と月がだいたい出てきます。よろしくね :pixel_cat:\n\n#はじめまして",
        &[Language("ja"), Favourites(&["mina", "theo", "wei"]), Pinned],
    ),
    post(
        "tide-1",
        4 * DAY + 6 * HOUR,
        "tidebot",
        "🌊 Harbour of Lanternfield\nHigh water 06:12 (3.1 m)\nLow water 12:31 (0.6 m)\nThe moon is waxing and pleased with itself.\n\n#tides",
        &[],
    ),
    post(
        "samir-1",
        4 * DAY + 3 * HOUR,
        "samir",
        "الليلة السماء صافية تماماً. رأيت درب التبانة من خيمتي كأنه نهر من الضوء، وشعرت أن الصحراء تصغي.\n\n#فلك #ليل",
        &[
            Language("ar"),
            Picture(
                "dunes",
                "كثبان رملية تحت سماء مليئة بالنجوم، وخيمة مضاءة في الأسفل",
            ),
            Favourites(&["mina", "lucia", "noor", "theo"]),
            Boost("mina", 75),
            Boost("noor", 90),
        ],
    ),
    post(
        "fern-poll",
        3 * DAY + 22 * HOUR,
        "mina",
        "The new maidenhair fern needs a window. It is dramatic about everything. Where does it go?",
        &[
            Poll {
                options: &[
                    "North: safe and gloomy",
                    "East: an hour of sun",
                    "Bathroom: a rainforest",
                    "Give it to Theo :night_train:",
                ],
                hours: 60,
                multiple: false,
            },
            Favourites(&["yuki"]),
        ],
    ),
    post(
        "fern-poll-re",
        3 * DAY + 21 * HOUR,
        "theo",
        "@mina Not me. Everything I water grows rust.",
        &[ReplyTo("fern-poll"), Favourites(&["mina", "noor"])],
    ),
    post(
        "bread-1",
        3 * DAY + 19 * HOUR,
        "noor",
        "04:10. The oven is on, the street is not. Today's loaf is 80 % hydration and 20 % stubbornness.\n\n#bread",
        &[
            Picture(
                "bread",
                "A round dark loaf with seven pale scores, dusted with flour, on a wooden table",
            ),
            Focus(0.0, -0.1),
            Favourites(&["mina", "theo", "wei"]),
            Boost("mina", 40),
        ],
    ),
    post(
        "train-1",
        3 * DAY + 10 * HOUR,
        "theo",
        "Night train, car 263, berth 41. The rails are in 7/8 tonight and I have a recorder under my pillow.\n\n#nightTrain :night_train:",
        &[
            Picture(
                "night_train",
                "A train with lit windows crosses a dark plain under stars and a crescent moon",
            ),
            Favourites(&["mina", "lucia", "samir", "yuki"]),
            Boost("lucia", 25),
        ],
    ),
    post(
        "train-1-re",
        3 * DAY + 9 * HOUR,
        "mina",
        "@theo Record the station announcements too, please. The one in Hamburg sounds like it is apologising.",
        &[ReplyTo("train-1"), Favourites(&["theo"])],
    ),
    post(
        "train-1-re2",
        3 * DAY + 8 * HOUR + 50,
        "theo",
        "@mina It was. „Wir bitten um Entschuldigung“ in a perfect minor third.",
        &[
            ReplyTo("train-1-re"),
            Language("en"),
            Favourites(&["mina", "noor"]),
        ],
    ),
    post(
        "wei-1",
        3 * DAY + 5 * HOUR,
        "wei",
        "早上的霧還沒散，茶園像一封沒寫完的信。\n\n#茶 #南投",
        &[
            Language("zh-TW"),
            Picture("tea", "晨霧中的梯田茶園，幾個採茶人戴著斗笠"),
            Favourites(&["yuki", "mina", "lucia"]),
            Boost("yuki", 55),
        ],
    ),
    post(
        "tide-2",
        3 * DAY + 4 * HOUR,
        "tidebot",
        "🌊 Harbour of Lanternfield\nHigh water 07:01 (3.2 m)\nLow water 13:20 (0.5 m)\nA good day for rock pools.\n\n#tides",
        &[],
    ),
    post(
        "moss-1",
        2 * DAY + 23 * HOUR,
        "mina",
        "A short thread on telling moss from things that pretend to be moss. 🧵 1/3\n\nFirst: touch it. Moss is soft. Spikemoss is faintly offended. Reindeer lichen crunches.\n\n#moss #ferns",
        &[
            Favourites(&["yuki", "theo", "lucia", "wei"]),
            Boost("yuki", 20),
            Boost("samir", 200),
        ],
    ),
    post(
        "moss-2",
        2 * DAY + 23 * HOUR - 4,
        "mina",
        "2/3 Second: look underneath. Mosses have no roots, only thin rhizoids. If it has a root, it has been lying to you.",
        &[ReplyTo("moss-1"), Favourites(&["yuki", "noor"])],
    ),
    post(
        "moss-3",
        2 * DAY + 23 * HOUR - 9,
        "mina",
        "3/3 Third: be patient. Spray some water on it and wait. Real moss wakes up while you watch, and it is the best thing you will see all day.",
        &[
            ReplyTo("moss-2"),
            Favourites(&["yuki", "theo", "noor", "samir"]),
        ],
    ),
    post(
        "moss-re",
        2 * DAY + 22 * HOUR,
        "yuki",
        "@mina 霧吹きしたら本当に起きた！すごい。次のゲームに苔を出します。",
        &[ReplyTo("moss-3"), Language("ja"), Favourites(&["mina"])],
    ),
    post(
        "film",
        2 * DAY + 20 * HOUR,
        "theo",
        "The ending only works because the accordion was in the first scene. I will not be taking questions.",
        &[
            Warning("Spoiler: that film with the submarine"),
            Favourites(&["noor"]),
        ],
    ),
    post(
        "lucia-1",
        2 * DAY + 17 * HOUR,
        "lucia",
        "Hoy vino una gaviota, miró la linterna, me miró a mí, y se fue decepcionada. Llevo todo el día pensando en ello.\n\n#faro",
        &[
            Language("es"),
            Picture(
                "lighthouse",
                "Un faro de rayas rojas y blancas sobre un acantilado, con el mar en calma y cuatro gaviotas",
            ),
            Favourites(&["mina", "theo", "yuki", "noor", "samir"]),
            Boost("theo", 8),
            Boost("mina", 35),
        ],
    ),
    post(
        "synth-1",
        2 * DAY + 12 * HOUR,
        "theo",
        "It lives. Twenty-eight knobs, of which eleven do something and three do something different each day.\n\n#synths #modular",
        &[
            Picture(
                "synth",
                "A synthesiser panel with four rows of knobs, coloured lamps, three hanging patch cables and a keyboard",
            ),
            Focus(-0.2, 0.3),
            Favourites(&["mina", "yuki", "lucia"]),
            Boost("yuki", 15),
        ],
    ),
    post(
        "synth-poll",
        2 * DAY + 11 * HOUR,
        "theo",
        "What should the unlabelled knobs do? (More than one is fine. More than one is likely.)",
        &[
            ReplyTo("synth-1"),
            Poll {
                options: &[
                    "Detune everything",
                    "Reverse the rain",
                    "Nothing, beautifully",
                    "Summon Noor's bread",
                ],
                hours: 24 * 6,
                multiple: true,
            },
        ],
    ),
    post(
        "follow-only",
        2 * DAY + 9 * HOUR,
        "yuki",
        "フォロワーさんだけに：新作のタイトルは「紙の月とねこ」です。まだ内緒。",
        &[
            Language("ja"),
            Visible(Visibility::Private),
            Favourites(&["mina", "theo"]),
        ],
    ),
    post(
        "tide-3",
        2 * DAY + 3 * HOUR,
        "tidebot",
        "🌊 Harbour of Lanternfield\nHigh water 07:49 (3.4 m)\nLow water 14:08 (0.3 m)\nSpring tide tomorrow. Move your picnic.\n\n#tides",
        &[Boost("mina", 20)],
    ),
    post(
        "bread-2",
        DAY + 22 * HOUR,
        "noor",
        "صباح الخير من الفرن. الخبز اليوم خرج كما أردت تماماً، وهذا يحدث مرة في الشهر.\n\n#خبز #bread",
        &[
            Language("ar"),
            Favourites(&["samir", "mina"]),
            Boost("samir", 14),
        ],
    ),
    post(
        "pt",
        DAY + 20 * HOUR,
        "mina",
        "O jardim do bairro ganhou um banco novo e uma discussão sobre onde o pôr. O banco está no meio do caminho, portanto ganhou o banco.",
        &[Language("pt"), Favourites(&["lucia", "noor"])],
    ),
    post(
        "city",
        DAY + 14 * HOUR,
        "yuki",
        "「紙の月とねこ」の街ができました。窓のひとつひとつに誰かいます。\n\nMade the city for the paper moon game. Every window is somebody. #gamedev #pixelart",
        &[
            Language("ja"),
            Picture("moon_city", "紫の夜の街と大きな月を、黒い猫が眺めている"),
            Favourites(&["mina", "theo", "wei", "lucia", "samir", "noor"]),
            Boost("mina", 5),
            Boost("theo", 11),
            Boost("wei", 60),
        ],
    ),
    post(
        "city-re",
        DAY + 13 * HOUR,
        "theo",
        "@yuki I want to live in the third window from the left. Is there a piano?",
        &[ReplyTo("city"), Favourites(&["yuki"])],
    ),
    post(
        "city-re2",
        DAY + 12 * HOUR + 40,
        "yuki",
        "@theo あります。ちょっと調律が狂ってるけど。 (A little out of tune.)",
        &[
            ReplyTo("city-re"),
            Language("ja"),
            Favourites(&["theo", "mina"]),
        ],
    ),
    post(
        "city-quote",
        DAY + 11 * HOUR,
        "mina",
        "Look at this. There is a cat in it and the cat knows.",
        &[Quote("city"), Favourites(&["yuki", "noor"])],
    ),
    post(
        "sv",
        DAY + 9 * HOUR,
        "theo",
        "Det regnar i Göteborg. Jag vet, ingen nyhet, men i dag regnar det i takt.",
        &[Language("sv"), Favourites(&["mina"])],
    ),
    post(
        "journal",
        DAY + 6 * HOUR,
        "mina",
        "Wrote down how to keep a fern alive in a flat without sun, mostly by failing at it for six years: https://mina.example.org/journal/ferns-without-sun\n\n#ferns",
        &[
            Link {
                url: "https://mina.example.org/journal/ferns-without-sun",
                title: "Ferns without sun",
                description: "Six years of failing, and what the ferns made of it.",
                provider: "Mina's garden journal",
                picture: "fern",
            },
            Favourites(&["yuki", "wei"]),
            Boost("wei", 33),
        ],
    ),
    post(
        "tide-4",
        DAY + 3 * HOUR,
        "tidebot",
        "🌊 Harbour of Lanternfield\nHigh water 08:33 (3.6 m)\nLow water 14:55 (0.1 m)\nSpring tide. The picnic was not moved.\n\n#tides",
        &[Favourites(&["mina", "lucia"])],
    ),
    post(
        "direct-1",
        22 * HOUR,
        "theo",
        "@mina I'm in Lisbon on Saturday with a suitcase full of cables. Coffee?",
        &[Visible(Visibility::Direct)],
    ),
    post(
        "direct-2",
        21 * HOUR,
        "mina",
        "@theo Yes! Bring the rain patch. I'll bring the fern, it wants to apologise.",
        &[
            Visible(Visibility::Direct),
            ReplyTo("direct-1"),
            Favourites(&["theo"]),
        ],
    ),
    post(
        "unlisted",
        19 * HOUR,
        "noor",
        "Thinking out loud: what if the croissants were triangular on purpose.",
        &[Visible(Visibility::Unlisted), Favourites(&["theo"])],
    ),
    post(
        "samir-2",
        15 * HOUR,
        "samir",
        "سؤال لأهل البحر: هل ترون انعكاس كوكب الزهرة على الماء؟ هنا لا نملك إلا الرمل.\n\n#فلك",
        &[Language("ar"), Favourites(&["lucia"])],
    ),
    post(
        "samir-2-re",
        14 * HOUR,
        "lucia",
        "@samir@oasis.example Sí, y parpadea más que mi faro. Me da un poco de envidia.",
        &[
            ReplyTo("samir-2"),
            Language("es"),
            Favourites(&["samir", "mina"]),
        ],
    ),
    post(
        "fern",
        11 * HOUR,
        "mina",
        "It went to the bathroom. (The poll was close; the fern decided.) Four hours of steam and it has forgiven me.\n\n#ferns #photography",
        &[
            Picture(
                "fern",
                "Bright green fern fronds rising into soft light, seen from below",
            ),
            Focus(0.1, 0.5),
            Favourites(&["yuki", "theo", "noor"]),
            Boost("yuki", 9),
        ],
    ),
    post(
        "food",
        8 * HOUR,
        "noor",
        "Forgot a tray of sesame rings. They are now technically charcoal. The crows of Lanternfield filed a complaint, then ate them.",
        &[Warning("Food, burnt"), Favourites(&["mina", "theo"])],
    ),
    post(
        "edited",
        6 * HOUR,
        "theo",
        "New patch is up: rain on a tin roof, made without any rain and without any tin.\n\n#synths",
        &[
            Edited(
                "New patch is up: rain on a tin roof, made without any rain, tin or roof.\n\n#synths :synth_wave:",
            ),
            Favourites(&["yuki", "mina"]),
            Boost("lucia", 30),
        ],
    ),
    post(
        "dawn",
        4 * HOUR,
        "mina",
        "First light over the terraces this morning. I stood there until my coffee was cold, and then I drank it anyway.\n\n#photography",
        &[
            Picture(
                "dawn",
                "The sun rises over layered violet hills; small trees stand dark on the nearest ridge",
            ),
            Focus(0.25, -0.2),
            Favourites(&["theo", "yuki", "lucia", "samir", "wei"]),
            Boost("theo", 22),
            Boost("samir", 50),
        ],
    ),
    post(
        "wei-2",
        3 * HOUR,
        "wei",
        "第三泡最好喝。第一泡太急，第二泡太想表現。\n\n#茶",
        &[Language("zh-TW"), Favourites(&["yuki"])],
    ),
    post(
        "tide-5",
        2 * HOUR,
        "tidebot",
        "🌊 Harbour of Lanternfield\nHigh water 09:15 (3.5 m)\nLow water 15:38 (0.2 m)\nThe picnic has been recovered.\n\n#tides",
        &[Favourites(&["mina", "noor", "theo"])],
    ),
    post(
        "mention",
        50,
        "yuki",
        "@mina 苔のシーンに名前をつけたいです。「Okafor の庭」でもいい？ :fern:",
        &[Language("ja"), Favourites(&["theo"])],
    ),
    post(
        "weather",
        31,
        "lucia",
        "Niebla desde las cinco. El faro habla solo y yo le contesto.\n\n#faro",
        &[Language("es"), Favourites(&["mina"])],
    ),
    post(
        "ask",
        17,
        "theo",
        "@mina @yuki Who else is coming to the lantern evening? I'm bringing the small organ, the one that only plays in rooms it likes. :lantern:",
        &[Favourites(&["noor"])],
    ),
    post(
        "latest",
        4,
        "noor",
        "The last loaf is gone. The first loaf of tomorrow is already thinking about it. #bread :lantern:",
        &[Favourites(&["theo"])],
    ),
];

const FOLLOWS: &[(&str, &[&str])] = &[
    (
        "mina",
        &["theo", "yuki", "noor", "tidebot", "lucia", "samir"],
    ),
    ("theo", &["mina", "yuki", "noor", "lucia"]),
    ("yuki", &["mina", "theo", "wei", "noor"]),
    ("noor", &["mina", "theo", "samir", "tidebot"]),
    ("tidebot", &[]),
    ("lucia", &["mina", "theo", "samir"]),
    ("samir", &["mina", "noor", "lucia"]),
    ("wei", &["mina", "yuki"]),
];

const VOTES: &[(&str, &str, &[usize])] = &[
    ("fern-poll", "theo", &[2]),
    ("fern-poll", "yuki", &[2]),
    ("fern-poll", "noor", &[1]),
    ("fern-poll", "lucia", &[0]),
    ("fern-poll", "samir", &[2]),
    ("synth-poll", "noor", &[3]),
    ("synth-poll", "lucia", &[1, 2]),
    ("synth-poll", "samir", &[1]),
];

enum Step {
    Post(&'static Post),
    Boost(&'static str, &'static str),
    Favourite(&'static str, &'static str),
    Edit(&'static str, &'static str),
}

pub fn play(store: &mut Store, app: Id) {
    let now = store.clock.now();
    let mut cast = Cast {
        people: HashMap::new(),
        posts: HashMap::new(),
        app,
    };
    for account in store.accounts.values() {
        cast.people.insert(account.username.clone(), account.id);
    }
    store.pretend(Some(ago(now, 5 * DAY)));
    cast.meet(store);
    let mut steps: Vec<(i64, Step)> = Vec::new();
    let mut dice = Dice::new(1);
    for post in POSTS {
        steps.push((post.minutes_ago, Step::Post(post)));
        for extra in post.extra {
            match extra {
                Boost(who, later) => steps.push((
                    (post.minutes_ago - later).max(1),
                    Step::Boost(who, post.key),
                )),
                Favourites(people) => {
                    for who in *people {
                        let share = dice.between(0.02, 0.3);
                        #[allow(clippy::cast_possible_truncation, clippy::cast_precision_loss)]
                        let later = (share * post.minutes_ago as f64) as i64 + 1;
                        steps.push((
                            (post.minutes_ago - later).max(1),
                            Step::Favourite(who, post.key),
                        ));
                    }
                }
                Edited(text) => steps.push((post.minutes_ago - 40, Step::Edit(post.key, text))),
                _ => {}
            }
        }
    }
    steps.sort_by_key(|(minutes_ago, _)| std::cmp::Reverse(*minutes_ago));
    for (minutes_ago, step) in steps {
        store.pretend(Some(ago(now, minutes_ago)));
        cast.take(store, &step);
    }
    for (key, who, choices) in VOTES {
        let poll = cast
            .posts
            .get(key)
            .and_then(|id| store.statuses.get(id))
            .and_then(|status| status.poll);
        if let (Some(poll), Some(who)) = (poll, cast.people.get(*who)) {
            store.vote(*who, poll, choices.to_vec());
        }
    }
    store.pretend(Some(ago(now, 3)));
    cast.settle(store);
    store.tick();
    store.pretend(None);
}

fn ago(now: Timestamp, minutes: i64) -> Timestamp {
    now.saturating_sub(SignedDuration::from_mins(minutes))
        .unwrap_or(now)
}

struct Cast {
    people: HashMap<String, Id>,
    posts: HashMap<&'static str, Id>,
    app: Id,
}

impl Cast {
    fn who(&self, name: &str) -> Id {
        self.people.get(name).copied().unwrap_or_default()
    }

    fn meet(&self, store: &mut Store) {
        for (from, others) in FOLLOWS {
            for to in *others {
                store.follow(self.who(from), self.who(to), Follow::default());
                store.accept_follow(self.who(from), self.who(to));
            }
        }
        let featured = store.tag("ferns");
        store.featured_tags.add(self.who("mina"), featured, ());
        store
            .endorsements
            .add(self.who("mina"), self.who("theo"), ());
    }

    fn take(&mut self, store: &mut Store, step: &Step) {
        match step {
            Step::Post(post) => self.publish(store, post),
            Step::Boost(who, key) => {
                if let Some(id) = self.posts.get(key) {
                    store.reblog(self.who(who), *id, Visibility::Public);
                }
            }
            Step::Favourite(who, key) => {
                if let Some(id) = self.posts.get(key) {
                    store.favourite(self.who(who), *id);
                }
            }
            Step::Edit(key, text) => {
                if let Some(status) = self.posts.get(key).and_then(|id| store.statuses.get(id)) {
                    let change = Edit {
                        text: (*text).to_owned(),
                        spoiler_text: status.spoiler_text.clone(),
                        sensitive: status.sensitive,
                        language: status.language.clone(),
                        media: status.media.clone(),
                        poll: None,
                        drop_poll: false,
                        quote_policy: None,
                    };
                    store.edit(status.id, change);
                }
            }
        }
    }

    fn publish(&mut self, store: &mut Store, post: &Post) {
        let account = self.who(post.who);
        let is_local = store.accounts.get(&account).is_some_and(Account::is_local);
        let mut draft = Draft {
            account,
            text: post.text.to_owned(),
            spoiler_text: String::new(),
            sensitive: false,
            visibility: Visibility::Public,
            language: Some("en".to_owned()),
            in_reply_to: None,
            media: Vec::new(),
            poll: None,
            quote: None,
            quote_policy: QuotePolicy::Public,
            app: is_local.then_some(self.app),
        };
        let mut card = None;
        let mut pinned = false;
        for extra in post.extra {
            match extra {
                Picture(name, description) => {
                    draft
                        .media
                        .extend(picture(store, account, name, description));
                }
                Focus(x, y) => {
                    if let Some(media) = draft.media.last().and_then(|id| store.media.get_mut(id)) {
                        media.focus = Some((*x, *y));
                    }
                }
                Warning(text) => {
                    (*text).clone_into(&mut draft.spoiler_text);
                    draft.sensitive = true;
                }
                Language(code) => draft.language = Some((*code).to_owned()),
                Visible(visibility) => draft.visibility = *visibility,
                ReplyTo(key) => draft.in_reply_to = self.posts.get(key).copied(),
                Quote(key) => draft.quote = self.posts.get(key).copied(),
                Poll {
                    options,
                    hours,
                    multiple,
                } => {
                    draft.poll = Some(DraftPoll {
                        options: options.iter().map(|&option| option.to_owned()).collect(),
                        expires_in: hours * 3600,
                        multiple: *multiple,
                        hide_totals: false,
                    });
                }
                Link {
                    url,
                    title,
                    description,
                    provider,
                    picture,
                } => {
                    card = paintings::painting(picture).map(|painting| {
                        let path = format!("/pictures/{picture}-card.png");
                        store.hang(&path, picture, true);
                        let (width, height) = painting.small_size;
                        Card {
                            id: store.counters.cards.next(),
                            url: (*url).to_owned(),
                            title: (*title).to_owned(),
                            description: (*description).to_owned(),
                            provider: (*provider).to_owned(),
                            image: Some(CardImage {
                                path,
                                width,
                                height,
                                blurhash: painting.blurhash.to_owned(),
                            }),
                        }
                    });
                }
                Pinned => pinned = true,
                Boost(..) | Favourites(_) | Edited(_) => {}
            }
        }
        let id = store.publish(draft);
        if let Some(status) = store.statuses.get_mut(&id) {
            status.card = card;
            status.pinned_at = pinned.then_some(status.created_at);
        }
        self.posts.insert(post.key, id);
    }

    /// Adds lists, bookmarks, and a pending follow request.
    fn settle(&self, store: &mut Store) {
        let mina = self.who("mina");
        for (title, members) in [
            ("Music & trains", &["theo"][..]),
            ("By the sea", &["lucia", "tidebot"]),
        ] {
            let id = store.counters.lists.next();
            let title = title.to_owned();
            store.lists.insert(
                id,
                List {
                    id,
                    account: mina,
                    title,
                    replies: RepliesPolicy::List,
                    exclusive: false,
                },
            );
            for member in members {
                store.members.add(id, self.who(member), ());
            }
        }
        for key in ["synth-1", "wei-1", "moss-re"] {
            if let Some(status) = self.posts.get(key) {
                store.bookmarks.add(mina, *status, ());
            }
        }
        store.follow(self.who("lucia"), self.who("yuki"), Follow::default());
    }
}

fn picture(store: &mut Store, account: Id, name: &str, description: &str) -> Option<Id> {
    let painting = paintings::painting(name)?;
    let id = store.new_id();
    let (path, preview) = (
        format!("/system/media_attachments/files/{id}/original.png"),
        format!("/system/media_attachments/files/{id}/small.png"),
    );
    store.hang(&path, name, false);
    store.hang(&preview, name, true);
    store.media.insert(
        id,
        Media {
            id,
            account,
            content: Some(MediaContent {
                path,
                preview: Some(preview),
                blurhash: Some(painting.blurhash.to_owned()),
                size: Some(painting.size),
                small: Some(painting.small_size),
            }),
            failed: false,
            kind: MediaKind::Image,
            description: Some(description.to_owned()),
            focus: None,
            status: None,
        },
    );
    Some(id)
}
