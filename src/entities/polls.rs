//! Polls.

use super::CustomEmoji;
use super::declare::{entity, typescript};

entity! {
    /// A poll. Attached to a status, it is complete (`CompletePoll` in TypeScript). In the edit history, it
    /// has only `options`.
    ///
    /// See <https://docs.joinmastodon.org/entities/Poll/>
    pub struct Poll {
        /// Identifies the poll. Absent in the edit history, like all fields except `options`.
        id?: String,
        /// When it closes, ISO 8601; `null` when it never closes.
        expires_at?: Option<String>,
        /// Whether it is closed.
        expired?: bool,
        /// Whether several options may be chosen.
        multiple?: bool,
        /// How many votes there are.
        votes_count?: u64,
        /// Whether you have voted. Absent without a token; `null` on some servers.
        voted?: Option<bool>,
        /// The options.
        options: Vec<PollOption>,
        /// The custom emoji used in the options.
        emojis?: Vec<CustomEmoji>,
        /// The options that you chose, as indices of `options`. Absent without a token; `null` on some
        /// servers.
        own_votes?: Option<Vec<u64>>,
        /// How many users voted; `null` when unknown, for example in remote polls with a single choice.
        voters_count?: Option<u64>,
    }

    /// One option of a poll.
    ///
    /// See <https://docs.joinmastodon.org/entities/Poll/#Option>
    pub struct PollOption {
        /// The text of the option.
        title: String,
        /// How many votes it has; `null` while results are hidden. Absent in the edit history.
        votes_count?: Option<u64>,
    }
}

/// A poll as attached to a status, with all fields.
pub type CompletePoll = Poll;

typescript! {
    COMPLETE_POLL = r"
/** A poll as attached to a status, with all fields. */
export type CompletePoll = Poll &
  Required<Pick<Poll, 'id' | 'expires_at' | 'expired' | 'multiple' | 'votes_count' | 'emojis' | 'voters_count'>>;
"
}
