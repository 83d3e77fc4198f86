//! Collections of accounts: <https://docs.joinmastodon.org/methods/collections/>

use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::client::send::own_id;
use crate::endpoint::{delete, get, patch, post};
use crate::entities::{
    CollectionWithAccounts, Collections, WrappedCollection, WrappedCollectionItem,
};
use crate::error::Error;
use crate::params::{Id, Ids, Kind, RequestOptions, Text, WriteOptions, argument, options};

argument! {
    /// An account, or null for the client's own.
    IdOrOwn: "IdOrOwn" = "Id | null" => Kind::Nullable(&Kind::Id);
}

options! {
    /// Options of `accountCollections` and `accountInCollections`.
    get CollectionsOptions {
        /// How many collections. Default: 40, at most 80.
        limit: u32,
        /// How many to skip.
        offset: u32,
    }

    /// Options of `collectionCreate`.
    post CollectionCreateOptions {
        /// The description, at most 100 characters.
        description: String,
        /// The language of name and description, ISO 639-1.
        language: String,
        /// A hashtag that it is about, without `#`.
        tag_name: String,
        /// Whether to show it behind a warning.
        sensitive: bool,
        /// Whether it may be recommended to others.
        discoverable: bool,
        /// The accounts in it, at most 25. All of them must allow it.
        account_ids: Ids,
    }

    /// Options of `collectionUpdate`. Fields that are left out stay as they are.
    post CollectionUpdateOptions {
        /// The name, at most 40 characters.
        name: String,
        /// The description, at most 100 characters.
        description: String,
        /// The language of name and description, ISO 639-1; `null` removes it.
        language: Nullable<String>,
        /// A hashtag that it is about, without `#`; `null` removes it.
        tag_name: Nullable<String>,
        /// Whether to show it behind a warning.
        sensitive: bool,
        /// Whether it may be recommended to others.
        discoverable: bool,
    }
}

methods! {
    /// The collections that an account created. Since API version 10.
    ///
    /// `GET /api/v1/accounts/{id}/collections` · scope `read:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#get_collections)
    account_collections as accountCollections(id: Id; CollectionsOptions) -> Collections
        where ["(id: Id, options?: CollectionsOptions | null): Promise<Collections & Paginated>"] =
        get("/api/v1/accounts/{id}/collections").since([4, 6, 0], [4, 6, 0]).api_version(10).offset_page();

    /// One collection, with the accounts in it.
    ///
    /// `GET /api/v1/collections/{id}` · scope `read:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#get_collection)
    collection as collection(id: Id; RequestOptions) -> CollectionWithAccounts =
        get("/api/v1/collections/{id}").since([4, 6, 0], [4, 6, 0]).api_version(10);

    /// Creates a collection. Its name has at most 40 characters.
    ///
    /// `POST /api/v1/collections` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#create)
    ///
    /// `MastodonAPIError` with status 403 or 422 if an account does not allow it.
    collection_create as collectionCreate(name: Text; CollectionCreateOptions) -> WrappedCollection =
        post("/api/v1/collections").since([4, 6, 0], [4, 6, 0]).api_version(10);

    /// Updates a collection. For its accounts see `collectionItemAdd` and `collectionItemDelete`.
    ///
    /// `PATCH /api/v1/collections/{id}` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#update_collection)
    collection_update as collectionUpdate(id: Id; CollectionUpdateOptions) -> WrappedCollection =
        patch("/api/v1/collections/{id}").since([4, 6, 0], [4, 6, 0]).api_version(10);

    /// Deletes a collection.
    ///
    /// `DELETE /api/v1/collections/{id}` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#delete_collection)
    collection_delete as collectionDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/collections/{id}").since([4, 6, 0], [4, 6, 0]).api_version(10).nothing();

    /// Adds an account to a collection.
    ///
    /// `POST /api/v1/collections/{id}/items` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#add_account)
    collection_item_add as collectionItemAdd(id: Id, account_id: Id; WriteOptions) -> WrappedCollectionItem =
        post("/api/v1/collections/{id}/items").since([4, 6, 0], [4, 6, 0]).api_version(10);

    /// Removes an account from a collection, by the id of the item, which is not that of the account.
    ///
    /// `DELETE /api/v1/collections/{collection_id}/items/{item_id}` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#remove_account)
    collection_item_delete as collectionItemDelete(collection_id: Id, item_id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/collections/{collection_id}/items/{item_id}").since([4, 6, 0], [4, 6, 0]).api_version(10).nothing();

    /// Removes the user's own account from someone else's collection.
    ///
    /// `POST /api/v1/collections/{collection_id}/items/{item_id}/revoke` · scope `write:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#revoke_item)
    collection_item_revoke as collectionItemRevoke(collection_id: Id, item_id: Id; WriteOptions) -> Nothing =
        post("/api/v1/collections/{collection_id}/items/{item_id}/revoke")
            .since([4, 6, 0], [4, 6, 0]).api_version(10).nothing();

    /// The collections that an account is in. Only for the user's own account, which `null` stands for.
    ///
    /// `GET /api/v1/accounts/{id}/in_collections` · scope `read:collections` ·
    /// [documentation](https://docs.joinmastodon.org/methods/collections/#in_collections)
    ///
    /// With `null`, the id is taken from `GET /api/v1/accounts/verify_credentials` first.
    account_in_collections as accountInCollections(id: IdOrOwn; CollectionsOptions) -> Collections
        where ["(id: IdOrOwn, options?: CollectionsOptions | null): Promise<Collections & Paginated>"] =
        get("/api/v1/accounts/{id}/in_collections").since([4, 6, 0], [4, 6, 0]).api_version(10).offset_page()
            => run(of_account);
}

/// Puts the client's own account into the path where the id is null.
fn of_account(mut call: Call) -> Result<Work, Error> {
    Ok(Box::pin(async move {
        if call.get("id").is_null() {
            let own = own_id(&call.scope).await?;
            call.set("id", own.into());
        }
        call.send().await
    }))
}
