//! Trends: hashtags, statuses and links.

use mastodon_wasm::entities::{PreviewCard, TrendingLinkHistory};

use crate::clock;
use crate::store::{Status, Store, Trend, Visibility};

impl Store {
    /// Hashtags that are used in public statuses, the most used first.
    pub fn tags_by_use(&self) -> Vec<String> {
        let mut counted: Vec<(usize, &str)> = self
            .tags
            .values()
            .map(|tag| (self.public_with_tag(&tag.name).count(), tag.name.as_str()))
            .collect();
        counted.retain(|(uses, _)| *uses > 0);
        counted.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        counted
            .into_iter()
            .map(|(_, name)| name.to_owned())
            .collect()
    }

    /// The hashtags that no moderator rejected.
    pub fn trending_tags(&self) -> Vec<String> {
        let mut names = self.tags_by_use();
        names.retain(|name| {
            self.find_tag(name)
                .is_none_or(|tag| !self.rejected_trends.contains(&Trend::Tag(tag.id)))
        });
        names
    }

    /// Public statuses that were favourited or boosted, most often first. A boost counts twice.
    pub fn statuses_by_warmth(&self) -> Vec<&Status> {
        let warmth = |status: &Status| {
            self.favourites.count_to(status.id) + 2 * self.reblogs.count_to(status.id)
        };
        let mut rows: Vec<&Status> = self
            .statuses
            .values()
            .filter(|status| {
                status.visibility == Visibility::Public
                    && status.reblog_of.is_none()
                    && warmth(status) > 0
            })
            .collect();
        rows.sort_by_key(|status| std::cmp::Reverse((warmth(status), status.id)));
        rows
    }

    /// The links of public statuses, newest first, with the ids that moderators need.
    pub fn links(&self) -> impl Iterator<Item = PreviewCard> {
        let public = self
            .statuses
            .values()
            .rev()
            .filter(|status| status.visibility == Visibility::Public);
        public.filter_map(|status| {
            let id = status.card.as_ref()?.id;
            Some(PreviewCard {
                id: Some(id.0),
                history: Some(vec![TrendingLinkHistory {
                    day: clock::midnight(status.created_at).as_second().to_string(),
                    accounts: "1".to_owned(),
                    uses: "1".to_owned(),
                    other: serde_json::Map::new(),
                }]),
                ..self.card_of(status)?
            })
        })
    }
}
