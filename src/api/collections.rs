//! Collections of accounts: <https://docs.joinmastodon.org/methods/collections/>

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, patch, post};
use crate::params::{Id, Ids, Kind, RequestOptions, Text, WriteOptions, argument, options};

argument! {
    /// An account, or null for the client's own.
    IdOrOwn: "IdOrOwn" = "Id | null" => Kind::Anything;
}

options! {
    /// Options of `accountCollections` and `accountInCollections`.
    get CollectionsOptions {
        /// How many collections: at most 80, 40 when it is not said.
        limit: u32,
        /// How many to pass over.
        offset: u32,
    }

    /// Options of `collectionCreate`.
    post CollectionCreateOptions {
        /// What it is about, at most 100 characters.
        description: String,
        /// The language of name and description, ISO 639-1.
        language: String,
        /// A tag that it is about, without `#`.
        tag_name: String,
        /// Whether it should be shown with a warning.
        sensitive: bool,
        /// Whether it may be recommended to others.
        discoverable: bool,
        /// The accounts in it, at most 25. All of them must allow it.
        account_ids: Ids,
    }

    /// Options of `collectionUpdate`. What is not given stays as it is.
    post CollectionUpdateOptions {
        /// The name, at most 40 characters.
        name: String,
        /// What it is about, at most 100 characters.
        description: String,
        /// The language of name and description, ISO 639-1.
        language: String,
        /// A tag that it is about, without `#`.
        tag_name: String,
        /// Whether it should be shown with a warning.
        sensitive: bool,
        /// Whether it may be recommended to others.
        discoverable: bool,
    }
}

methods! {
    /// The collections that an account made.
    ///
    /// `GET /api/v1/accounts/{id}/collections` · scope `read:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#get_collections)
    accountCollections(id: Id; CollectionsOptions) -> "Collections & Paginated" =
        get("/api/v1/accounts/{id}/collections").since([4, 6, 0], [4, 6, 0]).offset_page();

    /// One collection, with the accounts in it.
    ///
    /// `GET /api/v1/collections/{id}` · scope `read:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#get_collection)
    collection(id: Id; RequestOptions) -> "CollectionWithAccounts" =
        get("/api/v1/collections/{id}").since([4, 6, 0], [4, 6, 0]);

    /// Makes a collection. Its name has at most 40 characters.
    ///
    /// `POST /api/v1/collections` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#create)
    ///
    /// A `MastodonAPIError` of status 403 or 422 where an account does not want to be in it.
    collectionCreate(name: Text; CollectionCreateOptions) -> "WrappedCollection" =
        post("/api/v1/collections").since([4, 6, 0], [4, 6, 0]);

    /// Changes a collection. For its accounts see `collectionItemAdd` and `collectionItemDelete`.
    ///
    /// `PATCH /api/v1/collections/{id}` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#update_collection)
    collectionUpdate(id: Id; CollectionUpdateOptions) -> "WrappedCollection" =
        patch("/api/v1/collections/{id}").since([4, 6, 0], [4, 6, 0]);

    /// Deletes a collection.
    ///
    /// `DELETE /api/v1/collections/{id}` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#delete_collection)
    collectionDelete(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/collections/{id}").since([4, 6, 0], [4, 6, 0]).nothing();

    /// Puts an account into a collection.
    ///
    /// `POST /api/v1/collections/{id}/items` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#add_account)
    collectionItemAdd(id: Id, account_id: Id; WriteOptions) -> "WrappedCollectionItem" =
        post("/api/v1/collections/{id}/items").since([4, 6, 0], [4, 6, 0]);

    /// Takes an account out of a collection of yours, by the id of the item, which is not that of the
    /// account.
    ///
    /// `DELETE /api/v1/collections/{collection_id}/items/{item_id}` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#remove_account)
    collectionItemDelete(collection_id: Id, item_id: Id; WriteOptions) -> "void" =
        delete("/api/v1/collections/{collection_id}/items/{item_id}").since([4, 6, 0], [4, 6, 0]).nothing();

    /// Takes your own account out of somebody's collection.
    ///
    /// `POST /api/v1/collections/{collection_id}/items/{item_id}/revoke` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#revoke_item)
    collectionItemRevoke(collection_id: Id, item_id: Id; WriteOptions) -> "void" =
        post("/api/v1/collections/{collection_id}/items/{item_id}/revoke")
            .since([4, 6, 0], [4, 6, 0]).nothing();

    /// The collections that an account is in. Only your own may be asked about; `null` stands for it.
    ///
    /// `GET /api/v1/accounts/{id}/in_collections` · scope `read:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#in_collections)
    ///
    /// With `null`, `GET /api/v1/accounts/verify_credentials` is asked first.
    accountInCollections(id: IdOrOwn; CollectionsOptions) -> "Collections & Paginated" =
        get("/api/v1/accounts/{id}/in_collections").since([4, 6, 0], [4, 6, 0]).offset_page();
}
