//! Polls.

use super::CustomEmoji;
use super::declare::{entity, typescript};

entity! {
    /// A poll. One attached to a status is complete (`CompletePoll` in TypeScript); in the history
    /// of edits, a poll is its options alone.
    ///
    /// See <https://docs.joinmastodon.org/entities/Poll/>
    pub struct Poll {
        /// Identifies the poll. Absent in the history of edits, as is all but `options`.
        id?: String,
        /// When it closes, ISO 8601; `null` when it never does.
        expires_at?: Option<String>,
        /// Whether it is closed.
        expired?: bool,
        /// Whether several options may be chosen.
        multiple?: bool,
        /// How many votes there are.
        votes_count?: u64,
        /// Whether you have voted. Absent without a token; `null` on some servers.
        voted?: Option<bool>,
        /// What there is to choose from.
        options: Vec<PollOption>,
        /// The custom emoji used in the options.
        emojis?: Vec<CustomEmoji>,
        /// The options you chose, as indices into `options`. Absent without a token; `null` on some
        /// servers.
        own_votes?: Option<Vec<u64>>,
        /// How many people voted; `null` when unknown, as for remote polls with one choice.
        voters_count?: Option<u64>,
    }

    /// One option of a poll.
    ///
    /// See <https://docs.joinmastodon.org/entities/Poll/#Option>
    pub struct PollOption {
        /// The text of the option.
        title: String,
        /// How many chose it; `null` while results are hidden. Absent in the history of edits.
        votes_count?: Option<u64>,
    }
}

/// A poll as it is attached to a status: complete.
pub type CompletePoll = Poll;

typescript! {
    COMPLETE_POLL = r"
/** A poll as it is attached to a status: complete. */
export type CompletePoll = Poll &
  Required<Pick<Poll, 'id' | 'expires_at' | 'expired' | 'multiple' | 'votes_count' | 'emojis' | 'voters_count'>>;
"
}
