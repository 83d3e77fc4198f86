//! The standard accounts.

use jiff::Timestamp;

use crate::store::{Account, Login, Posting, ProfileField, Store};

struct Profile {
    username: &'static str,
    domain: Option<&'static str>,
    name: &'static str,
    since: &'static str,
    note: &'static str,
    fields: &'static [(&'static str, &'static str, bool)],
    avatar_description: &'static str,
    password: Option<&'static str>,
    language: &'static str,
    bot: bool,
    locked: bool,
}

const PROFILES: [Profile; 8] = [
    Profile {
        username: "mina",
        domain: None,
        name: "Mina Okafor :fern:",
        since: "2023-03-04T09:12:00Z",
        note: "Botanist with a camera. I grow ferns in places where ferns have no business growing.\n\nLagos → Lisbon. Keeper of this little instance. #ferns #photography",
        fields: &[
            ("Pronouns", "she/her", false),
            ("Garden journal", "https://mina.example.org/journal", true),
            ("Currently", "convincing moss to stay", false),
        ],
        avatar_description: "Drawing of a smiling woman with curly hair, round glasses and an orange flower, between leaves",
        password: Some("fern-and-lantern"),
        language: "en",
        bot: false,
        locked: false,
    },
    Profile {
        username: "theo",
        domain: None,
        name: "Theo Lindqvist",
        since: "2023-05-19T21:40:00Z",
        note: "Builds synthesisers that nobody ordered. Travels by night train, sleeps badly, hums. :night_train: :synth_wave:\n\nSvenska · English · ein bisschen Deutsch",
        fields: &[
            ("Pronouns", "he/him", false),
            ("Schematics", "https://theo.example.org/modules", true),
            ("Tuned to", "A = 442 Hz", false),
        ],
        avatar_description: "Drawing of a blond man with a beard and orange headphones before a dark sky with a sound wave",
        password: Some("night-train-north"),
        language: "en",
        bot: false,
        locked: false,
    },
    Profile {
        username: "yuki",
        domain: None,
        name: "ユキ / Yuki Tanabe",
        since: "2023-08-01T03:05:00Z",
        note: "絵を描いて、小さなゲームを作っています。 Pixel cats, paper moons. :pixel_cat:\n\nFollow requests are read on Sundays, with tea.",
        fields: &[
            ("代名詞", "they/them", false),
            ("ゲーム", "https://papermoon.example.jp", true),
        ],
        avatar_description: "Drawing of a person with dark hair and purple cat ears in front of a pale moon",
        password: Some("paper-moon-cat"),
        language: "ja",
        bot: false,
        locked: true,
    },
    Profile {
        username: "noor",
        domain: None,
        name: "Noor Haddad",
        since: "2024-01-11T05:30:00Z",
        note: "Baker. Up before you. أخبز وأركب الدراجة وأتحدث مع العجين.",
        fields: &[("Oven", "on since 04:10", false)],
        avatar_description: "Drawing of a smiling woman in a red headscarf between two loaves",
        password: None,
        language: "en",
        bot: false,
        locked: false,
    },
    Profile {
        username: "tidebot",
        domain: None,
        name: "Tide Bot",
        since: "2024-02-02T00:00:00Z",
        note: "I post the tides of a harbour that does not exist. Maintained by @mina. #bot",
        fields: &[("Source", "the moon", false)],
        avatar_description: "Drawing of a friendly white robot standing in the sea",
        password: None,
        language: "en",
        bot: true,
        locked: false,
    },
    Profile {
        username: "lucia",
        domain: Some("faro.example"),
        name: "Lucía del Faro",
        since: "2022-11-20T18:00:00Z",
        note: "Guardo un faro que ya funciona solo. Alguien tiene que contarle historias.",
        fields: &[("Luz", "2 destellos cada 15 s", false)],
        avatar_description: "Drawing of a woman with a white cap and a striped sailor's shirt by the sea",
        password: None,
        language: "es",
        bot: false,
        locked: false,
    },
    Profile {
        username: "samir",
        domain: Some("oasis.example"),
        name: "سمير الفلكي",
        since: "2022-12-09T20:15:00Z",
        note: "أراقب النجوم من حافة الصحراء وأكتب عنها قليلاً كل ليلة. #فلك",
        fields: &[("تلسكوب", "200 مم دوبسون", false)],
        avatar_description: "Drawing of a bearded man in a golden robe under stars and a crescent moon",
        password: None,
        language: "ar",
        bot: false,
        locked: false,
    },
    Profile {
        username: "wei",
        domain: Some("tea.example"),
        name: "阿薇喝茶",
        since: "2023-01-15T07:45:00Z",
        note: "南投山上的茶園，每天一杯，每杯一句。 Tea, mostly oolong.",
        fields: &[("今日", "凍頂烏龍", false)],
        avatar_description: "Drawing of a person with a topknot holding a steaming cup before a green circle",
        password: None,
        language: "zh-TW",
        bot: false,
        locked: false,
    },
];

pub fn usernames() -> impl Iterator<Item = &'static str> {
    PROFILES.iter().map(|profile| profile.username)
}

pub fn add(store: &mut Store) {
    for profile in PROFILES {
        let created_at: Timestamp = profile.since.parse().unwrap_or_default();
        let id = store.snowflakes.at(created_at);
        let login = profile.password.map(|password| Login {
            email: format!("{}@example.org", profile.username),
            password: password.to_owned(),
            is_owner: profile.username == "mina",
        });
        let fields = profile
            .fields
            .iter()
            .map(|(name, value, verified)| ProfileField {
                name: (*name).to_owned(),
                value: (*value).to_owned(),
                verified_at: verified.then_some(created_at),
            });
        let account = Account {
            domain: profile.domain.map(str::to_owned),
            display_name: profile.name.to_owned(),
            note: profile.note.to_owned(),
            fields: fields.collect(),
            avatar: format!("/avatars/{}.svg", profile.username),
            header: format!("/headers/{}.svg", profile.username),
            avatar_description: profile.avatar_description.to_owned(),
            header_description: "Hills under a pale light".to_owned(),
            locked: profile.locked,
            bot: profile.bot,
            posting: Posting::in_language(Some(profile.language.to_owned())),
            login,
            ..Account::begun(id, profile.username.to_owned(), created_at)
        };
        store.accounts.insert(id, account);
    }
}
