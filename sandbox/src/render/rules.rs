//! The rules of the instance.

use std::collections::BTreeMap;

use mastodon_wasm::entities::{Rule, RuleTranslation};

/// All rules, in their order.
pub fn rules() -> Vec<Rule> {
    let rule = |id: &str, text: &str, hint: &str, german: &str| Rule {
        id: id.to_owned(),
        text: text.to_owned(),
        hint: Some(hint.to_owned()),
        translations: Some(BTreeMap::from([(
            "de".to_owned(),
            RuleTranslation {
                text: german.to_owned(),
                hint: String::new(),
                other: serde_json::Map::new(),
            },
        )])),
        other: serde_json::Map::new(),
    };
    vec![
        rule(
            "1",
            "Be kind.",
            "There is a person at the other end, or a test.",
            "Sei freundlich.",
        ),
        rule(
            "2",
            "Describe your pictures.",
            "For those who cannot see them.",
            "Beschreibe deine Bilder.",
        ),
        rule(
            "3",
            "Nothing here is kept.",
            "Everything is forgotten at the next start.",
            "Nichts hier bleibt.",
        ),
    ]
}
