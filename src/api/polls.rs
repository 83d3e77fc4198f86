//! Polls.

use crate::api::declare::methods;
use crate::client::Client;
use crate::client::call::Arguments;
use crate::endpoint::{get, local, post};
use crate::entities::CompletePoll;
use crate::error::Error;
use crate::params::{
    Argument, Id, Int, Ints, Kind, Options, RequestOptions, Texts, WriteOptions, options,
};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

impl Argument for NewPoll {
    const KIND: Kind = Kind::Record(Self::TABLE);
}

/// A poll's own options, and those that it may be made with.
macro_rules! poll_options {
    ($(#[$meta:meta])* $name:ident { $($own:tt)* }) => {
        options! {
            $(#[$meta])*
            bare $name {
                $($own)*
                /// Whether several options may be chosen. Default: `false`.
                multiple: bool,
                /// Whether results are hidden until the poll closes. Default: `false`.
                hide_totals: bool,
            }
        }
    };
}

poll_options! {
    /// A poll to be attached to a status; `makePoll` makes one.
    NewPoll {
        /// The options: at least two, at most four unless the instance allows more.
        options: Required<Vec<String>>,
        /// Seconds until the poll closes: at least 300 (five minutes) on most servers.
        expires_in: Required<u32>,
    }
}
poll_options! {
    /// Options of `makePoll`.
    MakePollOptions {}
}

methods! {
    /// One poll: its options, their votes, and the user's own votes.
    ///
    /// `GET /api/v1/polls/{id}` · public, or scope `read:statuses` for more ·
    /// [documentation](https://docs.joinmastodon.org/methods/polls/#get)
    ///
    /// The id of a poll is in the status that it is attached to.
    poll as poll(id: Id; RequestOptions) -> CompletePoll = get("/api/v1/polls/{id}").since([2, 8, 0], [2, 8, 0]);

    /// Votes in a poll. `choices` are indices into its options: one, or several if the poll allows it.
    ///
    /// `POST /api/v1/polls/{id}/votes` · scope `write:statuses` ·
    /// [documentation](https://docs.joinmastodon.org/methods/polls/#vote)
    ///
    /// Votes are final: voting again, or after the poll has closed, is a `MastodonAPIError` with
    /// status 422.
    poll_vote as pollVote(id: Id, choices: Ints; WriteOptions) -> CompletePoll =
        post("/api/v1/polls/{id}/votes").since([2, 8, 0], [2, 8, 0]);

    /// Makes a poll for `statusPost`. Nothing is sent.
    ///
    /// `choices` are the options of the poll, `expires_in` is a number of seconds. Throws
    /// `MastodonIllegalArgumentError` for invalid arguments.
    ///
    /// @example
    /// const poll = m.makePoll(answers, 86_400, { multiple: true });
    /// await m.statusPost("What shall it be?", { poll });
    sync make_poll as makePoll(choices: Texts => "options", expires_in: Int; MakePollOptions) -> NewPoll
        where ["(choices: string[], expires_in: number, options?: MakePollOptions | null): Required<NewPoll>"] =
        local() => run(make_poll);
}

fn make_poll(_: &Rc<Client>, mut arguments: Arguments) -> Result<JsValue, Error> {
    for name in ["multiple", "hide_totals"] {
        let flag = arguments.take_flag(name);
        arguments.set(name, flag.into());
    }
    Ok(arguments.to_object().into())
}
