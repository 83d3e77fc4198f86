use mastodon_wasm::entities::{FeaturedTag, Tag, TagHistory};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::clock;
use crate::id::Id;
use crate::store::{Status, Store};

const DAY_MS: i64 = 86_400_000;

impl Store {
    pub fn tag_url(&self, name: &str) -> String {
        format!(
            "{}/tags/{}",
            self.base,
            utf8_percent_encode(name, NON_ALPHANUMERIC)
        )
    }

    /// A hashtag with its use in the last seven days. With a viewer, also whether they follow it.
    pub fn render_tag(&self, name: &str, viewer: Option<Id>) -> Tag {
        let name = name.trim_start_matches('#').to_lowercase();
        let known = self.find_tag(&name).map(|tag| tag.id);
        let has =
            |edges: &crate::store::Edges<()>, me: Id| known.is_some_and(|id| edges.has(me, id));
        Tag {
            id: Some(known.map(|id| id.to_string()).unwrap_or_default()),
            url: self.tag_url(&name),
            history: Some(self.tag_history(&name)),
            following: viewer.map(|me| has(&self.followed_tags, me)),
            featuring: viewer.map(|me| has(&self.featured_tags, me)),
            name,
            ..Tag::default()
        }
    }

    fn tag_history(&self, name: &str) -> Vec<TagHistory> {
        let today = clock::midnight(self.clock.now()).as_millisecond();
        (0..7)
            .map(|ago| {
                let day = today - ago * DAY_MS;
                let uses: Vec<&Status> = self
                    .public_with_tag(name)
                    .filter(|status| {
                        (day..day + DAY_MS).contains(&status.created_at.as_millisecond())
                    })
                    .collect();
                let mut accounts: Vec<Id> = uses.iter().map(|status| status.account).collect();
                accounts.sort_unstable();
                accounts.dedup();
                TagHistory {
                    day: (day / 1000).to_string(),
                    uses: uses.len().to_string(),
                    accounts: accounts.len().to_string(),
                    other: serde_json::Map::new(),
                }
            })
            .collect()
    }

    pub fn public_with_tag(&self, name: &str) -> impl Iterator<Item = &Status> {
        self.statuses.values().rev().filter(move |status| {
            status.visibility.is_open() && status.tags.iter().any(|tag| tag == name)
        })
    }

    pub fn featured_tag(&self, account: Id, tag: Id) -> Option<FeaturedTag> {
        let tag = self.tags.get(&tag)?;
        let acct = self.accounts.get(&account)?.acct();
        let mut posts = self
            .public_with_tag(&tag.name)
            .filter(|status| status.account == account)
            .peekable();
        let last = posts.peek().map(|status| clock::date(status.created_at));
        Some(FeaturedTag {
            id: tag.id.to_string(),
            name: tag.name.clone(),
            url: Some(format!(
                "{}/@{acct}/tagged/{}",
                self.base,
                utf8_percent_encode(&tag.name, NON_ALPHANUMERIC)
            )),
            statuses_count: posts.count().to_string(),
            last_status_at: last,
            other: serde_json::Map::new(),
        })
    }
}
