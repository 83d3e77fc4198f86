//! The accounts and servers that the user blocks and mutes, and follow requests.

use crate::api::declare::methods;
use crate::endpoint::{delete, get, post};
use crate::entities::{Account, DomainBlockPreview, Relationship};
use crate::params::{Domain, Id, PageOptions, RequestOptions, WriteOptions};

methods! {
    /// The accounts that the user mutes. `mute_expires_at` of each is when the mute ends.
    ///
    /// `GET /api/v1/mutes` · scope `read:mutes` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/mutes/#get)
    ///
    /// `limit`: 40 by default, at most 80. The cursors are not ids of accounts: take them from
    /// `pagination`.
    mutes as mutes(; PageOptions) -> Page<Account> = get("/api/v1/mutes").since([1, 1, 0], [2, 6, 0]).page();

    /// The accounts that the user blocks.
    ///
    /// `GET /api/v1/blocks` · scope `read:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/blocks/#get)
    ///
    /// `limit`: 40 by default, at most 80. The cursors are not ids of accounts: take them from
    /// `pagination`.
    blocks as blocks(; PageOptions) -> Page<Account> = get("/api/v1/blocks").since([1, 0, 0], [2, 6, 0]).page();

    /// The servers that the user blocks, as domain names.
    ///
    /// `GET /api/v1/domain_blocks` · scope `read:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#get)
    ///
    /// `limit`: 100 by default, at most 200. The cursors are not domain names: take them from
    /// `pagination`.
    domain_blocks as domainBlocks(; PageOptions) -> Page<String> =
        get("/api/v1/domain_blocks").since([1, 4, 0], [2, 6, 0]).page();

    /// Blocks a whole server for the user: its statuses and notifications are hidden, and its accounts
    /// no longer follow the user.
    ///
    /// `POST /api/v1/domain_blocks` · scope `write:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#block)
    ///
    /// A name that is no domain is a `MastodonAPIError` with status 422.
    domain_block as domainBlock(domain: Domain; WriteOptions) -> Nothing =
        post("/api/v1/domain_blocks").since([1, 4, 0], [1, 4, 0]).nothing();

    /// How many followers and follows blocking a server would cost.
    ///
    /// `GET /api/v1/domain_blocks/preview` · scope `write:blocks` or `follow` ·
    /// not in Mastodon's documentation
    domain_blocks_preview as domainBlocksPreview(domain: Domain; RequestOptions) -> DomainBlockPreview =
        get("/api/v1/domain_blocks/preview").since([4, 3, 0], [4, 3, 0]);

    /// Unblocks a server. Lost followers are not restored.
    ///
    /// `DELETE /api/v1/domain_blocks` · scope `write:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#unblock)
    domain_unblock as domainUnblock(domain: Domain; WriteOptions) -> Nothing =
        delete("/api/v1/domain_blocks").since([1, 4, 0], [1, 4, 0]).nothing();

    /// The accounts whose follow requests are pending.
    ///
    /// `GET /api/v1/follow_requests` · scope `read:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#get)
    ///
    /// `limit`: 40 by default, at most 80. The cursors are not ids of accounts: take them from
    /// `pagination`.
    follow_requests as followRequests(; PageOptions) -> Page<Account> =
        get("/api/v1/follow_requests").since([1, 0, 0], [2, 6, 0]).page();

    /// Accepts a follow request. `id` is the id of the requesting account.
    ///
    /// `POST /api/v1/follow_requests/{id}/authorize` · scope `write:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#accept)
    follow_request_authorize as followRequestAuthorize(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/follow_requests/{id}/authorize").since([1, 0, 0], [3, 0, 0]);

    /// Rejects a follow request. `id` is the id of the requesting account.
    ///
    /// `POST /api/v1/follow_requests/{id}/reject` · scope `write:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#reject)
    follow_request_reject as followRequestReject(id: Id; WriteOptions) -> Relationship =
        post("/api/v1/follow_requests/{id}/reject").since([1, 0, 0], [3, 0, 0]);
}
