//! Servers, for moderators: <https://docs.joinmastodon.org/methods/admin/domain_blocks/>,
//! <https://docs.joinmastodon.org/methods/admin/domain_allows/>

use crate::api::declare::{methods, rows};
use crate::api::endpoint::{delete, get, post, put};
use crate::params::{
    Id, Options, PageOptions, RequestOptions, Text, WriteOptions, closed, options,
};
use wasm_bindgen::prelude::*;

closed! {
    /// What is done to a server: nothing by itself (`"noop"`, to refuse media or reports alone), only
    /// followers see its accounts (`"silence"`), or nothing comes or goes (`"suspend"`).
    AdminDomainBlockSeverity: "AdminDomainBlockSeverity" = "silence" | "suspend" | "noop";
}

options! {
    /// Options of `adminDomainBlocks`.
    get AdminDomainBlocksOptions {
        /// One block instead of the list; the other options do not count then.
        id: Id,
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many: at most 200, 100 when it is not said.
        limit: u32,
    }

    /// Options of `adminCreateDomainBlock` and `adminUpdateDomainBlock`.
    post AdminDomainBlockOptions {
        /// What is done; `"silence"` for a new block when it is not said.
        severity: AdminDomainBlockSeverity,
        /// Whether to keep no media from there.
        reject_media: bool,
        /// Whether to take no reports from there.
        reject_reports: bool,
        /// Why, for moderators.
        private_comment: String,
        /// Why, for everybody.
        public_comment: String,
        /// Whether to show the name with letters left out.
        obfuscate: bool,
    }
}

methods! {
    /// Changes the block of a server.
    ///
    /// `PUT /api/v1/admin/domain_blocks/{id}` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#update)
    adminUpdateDomainBlock(id: Id; AdminDomainBlockOptions) -> "AdminDomainBlock" =
        put("/api/v1/admin/domain_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Ends the block of a server.
    ///
    /// `DELETE /api/v1/admin/domain_blocks/{id}` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#delete)
    adminDeleteDomainBlock(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/admin/domain_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The servers that are allowed, where all others are not.
    ///
    /// `GET /api/v1/admin/domain_allows` · scope `admin:read:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#get)
    adminDomainAllows(; PageOptions) -> "Page<AdminDomainAllow>" =
        get("/api/v1/admin/domain_allows").since([4, 0, 0], [4, 0, 0]).page();

    /// One allowed server.
    ///
    /// `GET /api/v1/admin/domain_allows/{id}` · scope `admin:read:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#get-one)
    adminDomainAllow(id: Id; RequestOptions) -> "AdminDomainAllow" =
        get("/api/v1/admin/domain_allows/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Allows a server, named without `https://`. It counts where the server is set to allow none but
    /// these.
    ///
    /// `POST /api/v1/admin/domain_allows` · scope `admin:write:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#create)
    adminCreateDomainAllow(domain: Text; WriteOptions) -> "AdminDomainAllow" =
        post("/api/v1/admin/domain_allows").since([4, 0, 0], [4, 0, 0]);

    /// Allows a server no more.
    ///
    /// `DELETE /api/v1/admin/domain_allows/{id}` · scope `admin:write:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#delete)
    adminDeleteDomainAllow(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/admin/domain_allows/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// Blocks a server, named without `https://`.
    ///
    /// `POST /api/v1/admin/domain_blocks` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#create)
    ///
    /// A `MastodonAPIError` of status 422 where it is blocked already. `MastodonIllegalArgumentError`
    /// for an address in place of a name.
    adminCreateDomainBlock(domain: Text; AdminDomainBlockOptions) -> "AdminDomainBlock" =
        post("/api/v1/admin/domain_blocks").since([4, 0, 0], [4, 0, 0]);
}

rows! {
    adminDomainBlocks(; AdminDomainBlocksOptions::TABLE) =
        get("/api/v1/admin/domain_blocks").since([4, 0, 0], [4, 0, 0]).page();
}

// One name gives a page or, by `id`, one block: overloads, which wasm-bindgen has no words for.
#[wasm_bindgen(typescript_custom_section)]
const OVERLOADS: &str = include_str!("domains.d.ts");
