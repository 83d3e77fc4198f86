//! Whom the account blocks and mutes, which servers it does not want to hear of, and who asks to follow it.

use crate::client::{Endpoint, Mastodon, arg};
use crate::params::{Id, PageOptions, Text, WriteOptions};
use js_sys::Promise;
use tsify::Ts;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
impl Mastodon {
    /// The accounts that the account has muted. Each says in `mute_expires_at` when that ends.
    ///
    /// `GET /api/v1/mutes` · scope `read:mutes` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/mutes/#get)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<Account>>")]
    pub fn mutes(&self, options: Option<Ts<PageOptions>>) -> Promise {
        const MUTES: Endpoint = Endpoint::get("mutes", "/api/v1/mutes")
            .since([1, 1, 0], [2, 6, 0])
            .page();
        self.call(&MUTES, &[], options)
    }

    /// The accounts that the account has blocked.
    ///
    /// `GET /api/v1/blocks` · scope `read:blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/blocks/#get)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    #[wasm_bindgen(unchecked_return_type = "Promise<Page<Account>>")]
    pub fn blocks(&self, options: Option<Ts<PageOptions>>) -> Promise {
        const BLOCKS: Endpoint = Endpoint::get("blocks", "/api/v1/blocks")
            .since([1, 0, 0], [2, 6, 0])
            .page();
        self.call(&BLOCKS, &[], options)
    }

    /// The servers that the account has blocked, as domain names.
    ///
    /// `GET /api/v1/domain_blocks` · scope `read:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#get)
    ///
    /// At most 200, 100 when it is not said. The cursors are not domain names: take them from
    /// `pagination`.
    #[wasm_bindgen(js_name = domainBlocks, unchecked_return_type = "Promise<Page<string>>")]
    pub fn domain_blocks(&self, options: Option<Ts<PageOptions>>) -> Promise {
        const DOMAIN_BLOCKS: Endpoint = Endpoint::get("domainBlocks", "/api/v1/domain_blocks")
            .since([1, 4, 0], [2, 6, 0])
            .page();
        self.call(&DOMAIN_BLOCKS, &[], options)
    }

    /// Blocks a whole server for this account: its posts and notifications disappear, and its
    /// people no longer follow the account.
    ///
    /// `POST /api/v1/domain_blocks` · scope `write:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#block)
    ///
    /// A name that is no domain is a `MastodonAPIError` with status 422.
    #[wasm_bindgen(js_name = domainBlock, unchecked_return_type = "Promise<void>")]
    pub fn domain_block(&self, domain: Ts<Text>, options: Option<Ts<WriteOptions>>) -> Promise {
        const DOMAIN_BLOCK: Endpoint = Endpoint::post("domainBlock", "/api/v1/domain_blocks")
            .since([1, 4, 0], [1, 4, 0])
            .nothing();
        self.call(&DOMAIN_BLOCK, &[arg("domain", domain)], options)
    }

    /// Lifts the block of a server. Followers lost by it do not come back.
    ///
    /// `DELETE /api/v1/domain_blocks` · scope `write:blocks` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/domain_blocks/#unblock)
    #[wasm_bindgen(js_name = domainUnblock, unchecked_return_type = "Promise<void>")]
    pub fn domain_unblock(&self, domain: Ts<Text>, options: Option<Ts<WriteOptions>>) -> Promise {
        const DOMAIN_UNBLOCK: Endpoint = Endpoint::delete("domainUnblock", "/api/v1/domain_blocks")
            .since([1, 4, 0], [1, 4, 0])
            .nothing();
        self.call(&DOMAIN_UNBLOCK, &[arg("domain", domain)], options)
    }

    /// The accounts that wait for the account to accept them as followers.
    ///
    /// `GET /api/v1/follow_requests` · scope `read:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#get)
    ///
    /// At most 80, 40 when it is not said. The cursors are not ids of accounts: take them from
    /// `pagination`.
    #[wasm_bindgen(js_name = followRequests, unchecked_return_type = "Promise<Page<Account>>")]
    pub fn follow_requests(&self, options: Option<Ts<PageOptions>>) -> Promise {
        const FOLLOW_REQUESTS: Endpoint =
            Endpoint::get("followRequests", "/api/v1/follow_requests")
                .since([1, 0, 0], [2, 6, 0])
                .page();
        self.call(&FOLLOW_REQUESTS, &[], options)
    }

    /// Accepts somebody as a follower. `id` is the id of the account that asks.
    ///
    /// `POST /api/v1/follow_requests/{id}/authorize` · scope `write:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#accept)
    #[wasm_bindgen(js_name = followRequestAuthorize, unchecked_return_type = "Promise<Relationship>")]
    pub fn follow_request_authorize(
        &self,
        id: Ts<Id>,
        options: Option<Ts<WriteOptions>>,
    ) -> Promise {
        const FOLLOW_REQUEST_AUTHORIZE: Endpoint = Endpoint::post(
            "followRequestAuthorize",
            "/api/v1/follow_requests/{id}/authorize",
        )
        .since([1, 0, 0], [3, 0, 0]);
        self.call(&FOLLOW_REQUEST_AUTHORIZE, &[arg("id", id)], options)
    }

    /// Turns down somebody who wants to follow. `id` is the id of the account that asks.
    ///
    /// `POST /api/v1/follow_requests/{id}/reject` · scope `write:follows` or `follow` ·
    /// [documentation](https://docs.joinmastodon.org/methods/follow_requests/#reject)
    #[wasm_bindgen(js_name = followRequestReject, unchecked_return_type = "Promise<Relationship>")]
    pub fn follow_request_reject(&self, id: Ts<Id>, options: Option<Ts<WriteOptions>>) -> Promise {
        const FOLLOW_REQUEST_REJECT: Endpoint =
            Endpoint::post("followRequestReject", "/api/v1/follow_requests/{id}/reject")
                .since([1, 0, 0], [3, 0, 0]);
        self.call(&FOLLOW_REQUEST_REJECT, &[arg("id", id)], options)
    }
}
