//! Servers, for moderators: <https://docs.joinmastodon.org/methods/admin/domain_blocks/>,
//! <https://docs.joinmastodon.org/methods/admin/domain_allows/>

use crate::api::declare::methods;
use crate::api::notifications::by_id;
use crate::endpoint::{delete, get, post, put};
use crate::entities::{AdminDomainAllow, AdminDomainBlock};
use crate::params::{Domain, Id, PageOptions, RequestOptions, WriteOptions, open, options};

open! {
    /// The severity of a domain block: none (`"noop"`, to reject only media or reports), only followers
    /// see its accounts (`"silence"`), or no federation at all (`"suspend"`).
    AdminDomainBlockSeverity: "AdminDomainBlockSeverity" = Silence "silence" | Suspend "suspend" | Noop "noop";
}

options! {
    /// Options of `adminDomainBlocks`.
    get AdminDomainBlocksOptions {
        /// One block instead of the list; the other options are ignored then.
        id: Id,
        /// Only entries older than this one.
        max_id: Id,
        /// Only entries newer than this one, beginning right after it.
        min_id: Id,
        /// Only entries newer than this one, beginning with the newest.
        since_id: Id,
        /// How many. Default: 100, at most 200.
        limit: u32,
    }

    /// Options of `adminCreateDomainBlock` and `adminUpdateDomainBlock`.
    post AdminDomainBlockOptions {
        /// The severity. Default for a new block: `"silence"`.
        severity: AdminDomainBlockSeverity,
        /// Whether to reject media from there.
        reject_media: bool,
        /// Whether to reject reports from there.
        reject_reports: bool,
        /// The reason, for moderators.
        private_comment: String,
        /// The reason, for everyone.
        public_comment: String,
        /// Whether to obfuscate the domain where it is shown publicly.
        obfuscate: bool,
    }
}

methods! {
    /// The blocked servers; with `id`, one of the blocks.
    ///
    /// `GET /api/v1/admin/domain_blocks`, `GET /api/v1/admin/domain_blocks/{id}` ·
    /// scope `admin:read:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#get)
    admin_domain_blocks as adminDomainBlocks(; AdminDomainBlocksOptions) -> Page<AdminDomainBlock>
        where [
            "(options?: (AdminDomainBlocksOptions & { id?: null }) | null): PagePromise<AdminDomainBlock>",
            "(options: AdminDomainBlocksOptions & { id: Id }): Promise<AdminDomainBlock>"
        ] =
        get("/api/v1/admin/domain_blocks").since([4, 0, 0], [4, 0, 0]).page() => prepare(by_id);

    /// Updates the block of a server.
    ///
    /// `PUT /api/v1/admin/domain_blocks/{id}` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#update)
    admin_update_domain_block as adminUpdateDomainBlock(id: Id; AdminDomainBlockOptions) -> AdminDomainBlock =
        put("/api/v1/admin/domain_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Deletes the block of a server.
    ///
    /// `DELETE /api/v1/admin/domain_blocks/{id}` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#delete)
    admin_delete_domain_block as adminDeleteDomainBlock(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/admin/domain_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The allowed servers, if the server federates only with these.
    ///
    /// `GET /api/v1/admin/domain_allows` · scope `admin:read:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#get)
    admin_domain_allows as adminDomainAllows(; PageOptions) -> Page<AdminDomainAllow> =
        get("/api/v1/admin/domain_allows").since([4, 0, 0], [4, 0, 0]).page();

    /// One allowed server.
    ///
    /// `GET /api/v1/admin/domain_allows/{id}` · scope `admin:read:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#get-one)
    admin_domain_allow as adminDomainAllow(id: Id; RequestOptions) -> AdminDomainAllow =
        get("/api/v1/admin/domain_allows/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Allows a server. It takes effect if the server federates only with allowed ones.
    ///
    /// `POST /api/v1/admin/domain_allows` · scope `admin:write:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#create)
    admin_create_domain_allow as adminCreateDomainAllow(domain: Domain; WriteOptions) -> AdminDomainAllow =
        post("/api/v1/admin/domain_allows").since([4, 0, 0], [4, 0, 0]);

    /// No longer allows a server.
    ///
    /// `DELETE /api/v1/admin/domain_allows/{id}` · scope `admin:write:domain_allows` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_allows/#delete)
    admin_delete_domain_allow as adminDeleteDomainAllow(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/admin/domain_allows/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// Blocks a server.
    ///
    /// `POST /api/v1/admin/domain_blocks` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#create)
    ///
    /// `MastodonAPIError` with status 422 if it is blocked already; its `body` has the
    /// `existing_domain_block` (`AdminDomainBlockError`).
    admin_create_domain_block as adminCreateDomainBlock(domain: Domain; AdminDomainBlockOptions) -> AdminDomainBlock =
        post("/api/v1/admin/domain_blocks").since([4, 0, 0], [4, 0, 0]);
}
