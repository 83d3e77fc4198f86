//! Polls.

use crate::api::declare::methods;
use crate::api::endpoint::{at_once, get, post};
use crate::params::{
    Id, Int, Ints, Kind, Param, RequestOptions, Texts, WriteOptions, argument, options,
};

argument! {
    /// A poll to be attached to a status; `makePoll` makes one.
    NewPoll: "NewPoll" = r"{
  /** What there is to choose from: two options at least, four at most unless the instance says otherwise. */
  options: string[];
  /** Seconds until the poll closes: 300 (five minutes) at least on most servers. */
  expires_in: number;
  /** Whether several options may be chosen. */
  multiple?: boolean;
  /** Whether the numbers stay hidden until the poll closes. */
  hide_totals?: boolean;
}" => Kind::Record(PARTS);
}

const PARTS: &[Param] = &[
    Param {
        name: "options",
        wire: "options",
        kind: Kind::Texts,
    },
    Param {
        name: "expires_in",
        wire: "expires_in",
        kind: Kind::Int,
    },
    Param {
        name: "multiple",
        wire: "multiple",
        kind: Kind::Bool,
    },
    Param {
        name: "hide_totals",
        wire: "hide_totals",
        kind: Kind::Bool,
    },
];

options! {
    /// Options of `makePoll`.
    bare MakePollOptions {
        /// Whether several options may be chosen; they may not when it is not said.
        multiple: bool,
        /// Whether the numbers stay hidden until the poll closes; they do not when it is not said.
        hide_totals: bool,
    }
}

methods! {
    /// One poll: its options, how many chose each, and what the account chose.
    ///
    /// `GET /api/v1/polls/{id}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/polls/#get)
    ///
    /// A poll hangs on a status; its id is in the status.
    poll(id: Id; RequestOptions) -> "CompletePoll" = get("/api/v1/polls/{id}").since([2, 8, 0], [2, 8, 0]);

    /// Votes. `choices` are indices into the poll's options: one, or several where the poll allows
    /// it.
    ///
    /// `POST /api/v1/polls/{id}/votes` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/polls/#vote)
    ///
    /// A vote is final: voting again, or after the poll has closed, is a `MastodonAPIError` with
    /// status 422.
    pollVote(id: Id, choices: Ints; WriteOptions) -> "CompletePoll" =
        post("/api/v1/polls/{id}/votes").since([2, 8, 0], [2, 8, 0]);

    /// Puts a poll together for `statusPost`. Nothing is sent, and the poll is returned at once.
    ///
    /// `choices` is what there is to choose from, `expires_in` a number of seconds. Throws
    /// `MastodonIllegalArgumentError` where something is wrong.
    ///
    /// @example
    /// const poll = m.makePoll(answers, 86_400, { multiple: true });
    /// await m.statusPost("What shall it be?", { poll });
    makePoll(choices: Texts => "options", expires_in: Int; MakePollOptions) => "Required<NewPoll>" =
        at_once();
}
