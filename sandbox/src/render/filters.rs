use mastodon_wasm::entities::{self, FilterKeyword, FilterResult, FilterStatus, FilterV2};

use crate::clock;
use crate::id::Id;
use crate::store::{Filter, FilteredStatus, Keyword, Status, Store};

impl Filter {
    pub fn render(&self) -> FilterV2 {
        FilterV2 {
            id: self.id.to_string(),
            title: self.title.clone(),
            context: self
                .context
                .iter()
                .map(|context| context.as_str().into())
                .collect(),
            expires_at: self.expires_at.map(clock::iso),
            filter_action: self.action.as_str().into(),
            keywords: Some(self.keywords.iter().map(Keyword::render).collect()),
            statuses: Some(self.statuses.iter().map(FilteredStatus::render).collect()),
            other: serde_json::Map::new(),
        }
    }

    /// A filter of version 1 of the API, where each keyword was a filter.
    pub fn render_v1(&self, keyword: &Keyword) -> entities::Filter {
        entities::Filter {
            id: keyword.id.to_string(),
            phrase: keyword.phrase.clone(),
            context: self
                .context
                .iter()
                .map(|context| context.as_str().into())
                .collect(),
            whole_word: keyword.whole_word,
            expires_at: self.expires_at.map(clock::iso),
            irreversible: self.action == "hide",
            other: serde_json::Map::new(),
        }
    }
}

impl Keyword {
    pub fn render(&self) -> FilterKeyword {
        FilterKeyword {
            id: self.id.to_string(),
            keyword: self.phrase.clone(),
            whole_word: self.whole_word,
            other: serde_json::Map::new(),
        }
    }
}

impl FilteredStatus {
    pub fn render(&self) -> FilterStatus {
        FilterStatus {
            id: self.id.to_string(),
            status_id: self.status.to_string(),
            other: serde_json::Map::new(),
        }
    }
}

impl Store {
    /// The filters of a user that match a status. In this result, filters do not list their keywords and
    /// statuses.
    pub fn filter_results(&self, account: Id, status: &Status) -> Vec<FilterResult> {
        self.filtered(account, status)
            .into_iter()
            .map(|found| FilterResult {
                filter: FilterV2 {
                    keywords: None,
                    statuses: None,
                    ..found.filter.render()
                },
                keyword_matches: (!found.keywords.is_empty()).then_some(found.keywords),
                status_matches: (!found.statuses.is_empty())
                    .then(|| found.statuses.iter().map(ToString::to_string).collect()),
                other: serde_json::Map::new(),
            })
            .collect()
    }
}
