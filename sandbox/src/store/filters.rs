//! Which filters of a user match a status.

use super::{Filter, Status, Store};
use crate::id::Id;

#[derive(Debug)]
pub struct FilterMatch<'a> {
    pub filter: &'a Filter,
    pub keywords: Vec<String>,
    pub statuses: Vec<Id>,
}

impl Store {
    pub fn filters_of(&self, account: Id) -> impl Iterator<Item = &Filter> {
        self.filters
            .values()
            .filter(move |filter| filter.account == account)
    }

    pub fn filtered(&self, account: Id, status: &Status) -> Vec<FilterMatch<'_>> {
        if status.account == account {
            return Vec::new();
        }
        let text = self.searchable(status);
        self.filters_of(account)
            .filter(|filter| filter.expires_at.is_none_or(|at| at > self.clock.now()))
            .filter_map(|filter| {
                let keywords: Vec<String> = filter
                    .keywords
                    .iter()
                    .filter(|keyword| {
                        contains(&text, &keyword.phrase.to_lowercase(), keyword.whole_word)
                    })
                    .map(|keyword| keyword.phrase.clone())
                    .collect();
                let original = status.reblog_of.unwrap_or(status.id);
                let statuses: Vec<Id> = filter
                    .statuses
                    .iter()
                    .map(|filtered| filtered.status)
                    .filter(|id| *id == original)
                    .collect();
                (!keywords.is_empty() || !statuses.is_empty()).then_some(FilterMatch {
                    filter,
                    keywords,
                    statuses,
                })
            })
            .collect()
    }

    /// All text of a status that searches and filters use, in lower case.
    pub fn searchable(&self, status: &Status) -> String {
        let status = status
            .reblog_of
            .and_then(|id| self.statuses.get(&id))
            .unwrap_or(status);
        let mut text = vec![status.text.as_str(), status.spoiler_text.as_str()];
        if let Some(poll) = status.poll.and_then(|id| self.polls.get(&id)) {
            text.extend(poll.options.iter().map(String::as_str));
        }
        let media = status.media.iter().filter_map(|id| self.media.get(id));
        text.extend(media.filter_map(|media| media.description.as_deref()));
        text.join("\n").to_lowercase()
    }
}

fn contains(text: &str, keyword: &str, whole_word: bool) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    text.match_indices(keyword).any(|(at, found)| {
        !whole_word
            || !is_word(text[..at].chars().next_back())
                && !is_word(text[at + found.len()..].chars().next())
    })
}

#[cfg(test)]
mod tests {
    use super::contains;

    #[test]
    fn whole_words() {
        assert!(contains("a cat sat", "cat", true));
        assert!(!contains("concatenate", "cat", true));
        assert!(contains("concatenate", "cat", false));
    }
}
