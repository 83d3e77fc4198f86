//! What a server says of a request that failed.

use super::declare::entity;

entity! {
    /// The body of an error response, called `Error` in Mastodon's documentation.
    /// A failed call rejects with a `MastodonAPIError` that has it all.
    ///
    /// See <https://docs.joinmastodon.org/entities/Error/>
    pub struct ErrorBody {
        /// What went wrong, in words of the request's language; from OAuth a fixed name.
        error: String,
        /// What went wrong, in words. Only from OAuth.
        error_description?: String,
    }
}
