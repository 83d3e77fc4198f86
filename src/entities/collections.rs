//! Collections: public lists of accounts that someone recommends.

use super::declare::{entity, open_enum};
use super::{Account, ShallowTag};

open_enum! {
    /// Whether an account is in a collection.
    pub enum CollectionItemState {
        /// The user was asked and has not decided yet.
        Pending = "pending",
        /// It is in the collection.
        Accepted = "accepted",
        /// The user rejected it.
        Rejected = "rejected",
        /// The user accepted it first, and revoked that later.
        Revoked = "revoked",
    }
}

entity! {
    /// A list of accounts that someone recommends.
    ///
    /// See <https://docs.joinmastodon.org/entities/Collection/>
    pub struct Collection {
        /// Identifies the collection on the server that sent it.
        id: String,
        /// The id of the account that created it.
        account_id: String,
        /// The ActivityPub identifier, which is the same on every server.
        uri: String,
        /// URL of the collection's page; `null` when a remote server sent none.
        url: Option<String>,
        /// Its name.
        name: String,
        /// The description: text in local collections, HTML in remote ones; `null` when there is none.
        description: Option<String>,
        /// The language of name and description, as an ISO 639-1 code; `null` when unknown.
        language: Option<String>,
        /// Whether it is from this server.
        local: bool,
        /// Whether it should be hidden until the reader chooses to see it.
        sensitive: bool,
        /// Whether it is listed in search and suggestions.
        discoverable: bool,
        /// The hashtag that it is about; `null` when there is none.
        tag: Option<ShallowTag>,
        /// When it was created, ISO 8601 in UTC.
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
        /// When it was added, ISO 8601 in UTC.
        created_at: String,
    }

    /// The response when a collection is created or updated.
    ///
    /// See <https://docs.joinmastodon.org/entities/Collection/#WrappedCollection>
    pub struct WrappedCollection {
        /// The collection.
        collection: Collection,
    }

    /// The response to a request for an account's collections.
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
        /// The accounts of the items, and the account that created the collection.
        accounts: Vec<Account>,
        /// The collection.
        collection: Collection,
    }

    /// The response when an account is added to a collection.
    ///
    /// See <https://docs.joinmastodon.org/entities/CollectionItem/#WrappedCollectionItem>
    pub struct WrappedCollectionItem {
        /// The item.
        collection_item: CollectionItem,
    }
}
