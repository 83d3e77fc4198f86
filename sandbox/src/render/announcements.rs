use mastodon_wasm::entities::{Announcement, Reaction, StreamReaction};

use crate::clock;
use crate::id::Id;
use crate::store::{self, Store};

impl Store {
    pub fn announcement(&self, id: Id, viewer: Id) -> Option<Announcement> {
        let row = self.announcements.get(&id)?;
        let mut names: Vec<&String> = Vec::new();
        for (_, name) in &row.reactions {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        Some(Announcement {
            id: row.id.to_string(),
            content: self.html(&row.text),
            starts_at: None,
            ends_at: None,
            all_day: false,
            published_at: clock::iso(row.at),
            updated_at: clock::iso(row.at),
            read: Some(row.read_by.contains(&viewer)),
            emojis: self.emojis_in(&[&row.text]),
            reactions: names
                .into_iter()
                .map(|name| self.reaction(row, name, viewer))
                .collect(),
            ..Announcement::default()
        })
    }

    fn reaction(&self, row: &store::Announcement, name: &str, viewer: Id) -> Reaction {
        let image = self
            .emojis
            .iter()
            .find(|emoji| emoji.shortcode == name)
            .map(|emoji| self.url(&emoji.path));
        Reaction {
            name: name.to_owned(),
            count: row
                .reactions
                .iter()
                .filter(|(_, other)| other == name)
                .count() as u64,
            me: Some(
                row.reactions
                    .iter()
                    .any(|(who, other)| *who == viewer && other == name),
            ),
            url: image.clone().map(Some),
            static_url: image.map(Some),
            other: serde_json::Map::new(),
        }
    }

    /// The payload of the stream event about a reaction: the new count.
    pub fn announcement_reaction(&self, id: Id, name: &str) -> StreamReaction {
        let reactions = self
            .announcements
            .get(&id)
            .map(|row| row.reactions.as_slice())
            .unwrap_or_default();
        let count = reactions.iter().filter(|(_, other)| other == name).count();
        StreamReaction {
            name: name.to_owned(),
            count: count as u64,
            announcement_id: id.to_string(),
            other: serde_json::Map::new(),
        }
    }
}
