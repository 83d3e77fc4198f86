//! The client for Rust: the same rows and requests as the npm package, with Rust types for arguments and results.

pub(crate) mod call;
mod client;
pub(crate) mod declare;
mod error;
mod local;
mod login;
pub(crate) mod page;
pub(crate) mod refresh;
mod stream;

pub use client::{Mastodon, RateLimit};
pub use error::{Error, Response};
pub use local::{BlurhashPicture, Filters, HasStatus, Pixels};
pub use page::{BrokenEntry, Entries, Page, PageRequest, Pages, Paginated, Pagination};
pub use refresh::Refreshable;
pub use stream::{Event, EventStream};
