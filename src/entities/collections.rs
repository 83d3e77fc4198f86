//! Collections: lists of accounts that somebody recommends in public.

use super::declare::{entity, open_enum};
use super::{Account, ShallowTag};

open_enum! {
    /// Whether an account is in a collection.
    pub enum CollectionItemState {
        /// The user was asked and has not decided yet.
        Pending = "pending",
        /// It is.
        Accepted = "accepted",
        /// The user rejected it.
        Rejected = "rejected",
        /// The user accepted it and revoked that.
        Revoked = "revoked",
    }
}

entity! {
    /// Accounts that somebody recommends together.
    ///
    /// See <https://docs.joinmastodon.org/entities/Collection/>
    pub struct Collection {
        /// Identifies the collection on the server that sent it.
        id: String,
        /// The id of the account that made it.
        account_id: String,
        /// The ActivityPub identifier, the same on every server.
        uri: String,
        /// The collection's page; `null` when a remote server named none.
        url: Option<String>,
        /// What it is called.
        name: String,
        /// What it is about: text for local ones, HTML for remote ones; `null` for nothing.
        description: Option<String>,
        /// The language of name and description, as ISO 639-1 code; `null` when unknown.
        language: Option<String>,
        /// Whether it was made on this server.
        local: bool,
        /// Whether it should be hidden until the reader chooses to see it.
        sensitive: bool,
        /// Whether it is offered in search and suggestions.
        discoverable: bool,
        /// The hashtag that it is about; `null` for none.
        tag: Option<ShallowTag>,
        /// When it was made, ISO 8601 in UTC.
        created_at: String,
        /// When it was last changed, ISO 8601 in UTC.
        updated_at: String,
        /// How many accounts are in it.
        item_count: u64,
        /// The accounts in it.
        items: Vec<CollectionItem>,
    }

    /// One account of a collection.
    ///
    /// See <https://docs.joinmastodon.org/entities/CollectionItem/>
    pub struct CollectionItem {
        /// Identifies the item, not the account.
        id: String,
        /// The id of the account. Absent or `null` unless the state is `pending` or `accepted`.
        account_id?: Option<String>,
        /// Whether the account is in the collection.
        state: CollectionItemState,
        /// When it was put there, ISO 8601 in UTC.
        created_at: String,
    }

    /// The response to making or changing a collection.
    ///
    /// See <https://docs.joinmastodon.org/entities/Collection/#WrappedCollection>
    pub struct WrappedCollection {
        /// The collection.
        collection: Collection,
    }

    /// The response to asking for somebody's collections.
    ///
    /// See <https://docs.joinmastodon.org/entities/CollectionsWithAccountPreviews/>
    pub struct Collections {
        /// The collections.
        collections: Vec<Collection>,
    }

    /// A collection with the accounts in it.
    ///
    /// See <https://docs.joinmastodon.org/entities/CollectionWithAccounts/>
    pub struct CollectionWithAccounts {
        /// The accounts that the items name, and the one that made the collection.
        accounts: Vec<Account>,
        /// The collection.
        collection: Collection,
    }

    /// The response to putting an account into a collection.
    ///
    /// See <https://docs.joinmastodon.org/entities/CollectionItem/#WrappedCollectionItem>
    pub struct WrappedCollectionItem {
        /// The item.
        collection_item: CollectionItem,
    }
}
