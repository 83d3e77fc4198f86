//! Whom the account blocks and mutes, which servers it does not want to hear of, and who asks to follow it.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post};
use crate::params::{Id, PageOptions, Text, WriteOptions};

methods! {
    /// The accounts that the account has muted. Each says in `mute_expires_at` when that ends.
    ///
    /// `GET /api/v1/mutes` · scope `read:mutes` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/mutes/#get)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    mutes(; PageOptions) -> "Page<Account>" = get("/api/v1/mutes").since([1, 1, 0], [2, 6, 0]).page();

    /// The accounts that the account has blocked.
    ///
    /// `GET /api/v1/blocks` · scope `read:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/blocks/#get)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    blocks(; PageOptions) -> "Page<Account>" = get("/api/v1/blocks").since([1, 0, 0], [2, 6, 0]).page();

    /// The servers that the account has blocked, as domain names.
    ///
    /// `GET /api/v1/domain_blocks` · scope `read:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#get)
    ///
    /// At most 200, 100 when it is not said. The cursors are not domain names: take them from
    /// `pagination`.
    domainBlocks(; PageOptions) -> "Page<string>" =
        get("/api/v1/domain_blocks").since([1, 4, 0], [2, 6, 0]).page();

    /// Blocks a whole server for this account: its posts and notifications disappear, and its
    /// people no longer follow the account.
    ///
    /// `POST /api/v1/domain_blocks` · scope `write:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#block)
    ///
    /// A name that is no domain is a `MastodonAPIError` with status 422.
    domainBlock(domain: Text; WriteOptions) -> "void" =
        post("/api/v1/domain_blocks").since([1, 4, 0], [1, 4, 0]).nothing();

    /// Lifts the block of a server. Followers lost by it do not come back.
    ///
    /// `DELETE /api/v1/domain_blocks` · scope `write:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#unblock)
    domainUnblock(domain: Text; WriteOptions) -> "void" =
        delete("/api/v1/domain_blocks").since([1, 4, 0], [1, 4, 0]).nothing();

    /// The accounts that wait for the account to accept them as followers.
    ///
    /// `GET /api/v1/follow_requests` · scope `read:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#get)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    followRequests(; PageOptions) -> "Page<Account>" =
        get("/api/v1/follow_requests").since([1, 0, 0], [2, 6, 0]).page();

    /// Accepts somebody as a follower. `id` is the id of the account that asks.
    ///
    /// `POST /api/v1/follow_requests/{id}/authorize` · scope `write:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#accept)
    followRequestAuthorize(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/follow_requests/{id}/authorize").since([1, 0, 0], [3, 0, 0]);

    /// Turns down somebody who wants to follow. `id` is the id of the account that asks.
    ///
    /// `POST /api/v1/follow_requests/{id}/reject` · scope `write:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#reject)
    followRequestReject(id: Id; WriteOptions) -> "Relationship" =
        post("/api/v1/follow_requests/{id}/reject").since([1, 0, 0], [3, 0, 0]);
}
