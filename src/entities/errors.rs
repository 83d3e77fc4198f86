//! The body of an error response.

use super::declare::entity;

entity! {
    /// The body of an error response, called `Error` in Mastodon's documentation. A failed call rejects with
    /// a `MastodonAPIError`, which has the same fields.
    ///
    /// See <https://docs.joinmastodon.org/entities/Error/>
    pub struct ErrorBody {
        /// The error message, in the language of the request. OAuth endpoints send an error code instead.
        error: String,
        /// The error message of OAuth endpoints. Absent elsewhere.
        error_description?: String,
    }
}
