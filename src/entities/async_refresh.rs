//! Results that the server continues to collect after its response.

use super::declare::{entity, open_enum, typescript};

/// A refresh, and how many seconds to wait before asking about it.
pub type AsyncRefreshInfo = (AsyncRefresh, f64);

typescript! {
    ASYNC_REFRESH_INFO = r"
/** A refresh, and how many seconds to wait before asking about it. */
export type AsyncRefreshInfo = [refresh: AsyncRefresh, retry: number];
"
}

open_enum! {
    /// Whether the server is still collecting results.
    pub enum AsyncRefreshStatus {
        /// It is still collecting.
        Running = "running",
        /// It has finished.
        Finished = "finished",
    }
}

entity! {
    /// The progress of the server in collecting the results that a response still lacked.
    ///
    /// See <https://docs.joinmastodon.org/entities/AsyncRefresh/>
    pub struct AsyncRefresh {
        /// Identifies the refresh.
        id: String,
        /// Whether it is still running.
        status: AsyncRefreshStatus,
        /// How many results it has added so far; `null` when they are not counted.
        result_count: Option<u64>,
    }
}
