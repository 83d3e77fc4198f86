//! Who may register, for moderators:
//! <https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/>,
//! <https://docs.joinmastodon.org/methods/admin/email_domain_blocks/>,
//! <https://docs.joinmastodon.org/methods/admin/ip_blocks/>

use crate::api::declare::methods;
use crate::endpoint::{delete, get, post, put};
use crate::entities::{
    AdminCanonicalEmailBlock, AdminEmailDomainBlock, AdminIpBlock, AdminIpBlockSeverity,
};
use crate::params::{
    Argument, Domain, Id, Kind, PageOptions, RequestOptions, Text, WriteOptions, options,
};

impl Argument for AdminIpBlockSeverity {
    const KIND: Kind = Kind::Open(Self::NAMES);
}

options! {
    /// Options of `adminCreateCanonicalEmailBlock`: one of the two.
    post AdminCreateCanonicalEmailBlockOptions {
        /// The e-mail address, of which the server keeps only a hash.
        email: String,
        /// The hash of an e-mail address: SHA-256 of its canonical form, in hexadecimal.
        canonical_email_hash: String,
    }

    /// Options of `adminCreateEmailDomainBlock`.
    post AdminCreateEmailDomainBlockOptions {
        /// Whether sign-ups are possible with approval. Since 4.3.0. Default: `false`.
        allow_with_approval: bool,
    }

    /// Options of `adminCreateIpBlock`.
    post AdminCreateIpBlockOptions {
        /// The reason, for moderators.
        comment: String,
        /// Seconds until the block expires. Default: never.
        expires_in: u32,
    }

    /// Options of `adminUpdateIpBlock`. Fields that are left out stay as they are.
    post AdminUpdateIpBlockOptions {
        /// The IP address or network (`192.0.2.0/24`).
        ip: String,
        /// The severity.
        severity: AdminIpBlockSeverity,
        /// The reason, for moderators.
        comment: String,
        /// Seconds until the block expires; `null` removes the expiry.
        expires_in: Nullable<u32>,
    }
}

methods! {
    /// The blocked e-mail addresses, as hashes.
    ///
    /// `GET /api/v1/admin/canonical_email_blocks` · scope `admin:read:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#get)
    admin_canonical_email_blocks as adminCanonicalEmailBlocks(; PageOptions) -> Page<AdminCanonicalEmailBlock> =
        get("/api/v1/admin/canonical_email_blocks").since([4, 0, 0], [4, 0, 0]).page();

    /// One blocked e-mail address, as a hash.
    ///
    /// `GET /api/v1/admin/canonical_email_blocks/{id}` · scope `admin:read:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#get-one)
    admin_canonical_email_block as adminCanonicalEmailBlock(id: Id; RequestOptions) -> AdminCanonicalEmailBlock =
        get("/api/v1/admin/canonical_email_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// The blocks that match an e-mail address, in its canonical form (case, dots and plus suffixes are
    /// ignored).
    ///
    /// `POST /api/v1/admin/canonical_email_blocks/test` · scope `admin:read:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#test)
    admin_test_canonical_email_block as adminTestCanonicalEmailBlock(email: Text; WriteOptions) -> Vec<AdminCanonicalEmailBlock> =
        post("/api/v1/admin/canonical_email_blocks/test").since([4, 0, 0], [4, 0, 0]);

    /// Blocks an e-mail address from signing up.
    ///
    /// `POST /api/v1/admin/canonical_email_blocks` · scope `admin:write:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#create)
    admin_create_canonical_email_block as adminCreateCanonicalEmailBlock(; AdminCreateCanonicalEmailBlockOptions) -> AdminCanonicalEmailBlock =
        post("/api/v1/admin/canonical_email_blocks").since([4, 0, 0], [4, 0, 0]);

    /// Deletes the block of an e-mail address.
    ///
    /// `DELETE /api/v1/admin/canonical_email_blocks/{id}` · scope `admin:write:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#delete)
    admin_delete_canonical_email_block as adminDeleteCanonicalEmailBlock(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/admin/canonical_email_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The e-mail domains that are blocked from signing up.
    ///
    /// `GET /api/v1/admin/email_domain_blocks` · scope `admin:read:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#get)
    admin_email_domain_blocks as adminEmailDomainBlocks(; PageOptions) -> Page<AdminEmailDomainBlock> =
        get("/api/v1/admin/email_domain_blocks").since([4, 0, 0], [4, 0, 0]).page();

    /// One blocked e-mail domain.
    ///
    /// `GET /api/v1/admin/email_domain_blocks/{id}` · scope `admin:read:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#get-one)
    admin_email_domain_block as adminEmailDomainBlock(id: Id; RequestOptions) -> AdminEmailDomainBlock =
        get("/api/v1/admin/email_domain_blocks/{id}").since([4, 1, 0], [4, 1, 0]);

    /// Blocks an e-mail domain from signing up.
    ///
    /// `POST /api/v1/admin/email_domain_blocks` · scope `admin:write:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#create)
    ///
    /// `MastodonAPIError` with status 422 if it is blocked already.
    admin_create_email_domain_block as adminCreateEmailDomainBlock(domain: Domain; AdminCreateEmailDomainBlockOptions) -> AdminEmailDomainBlock =
        post("/api/v1/admin/email_domain_blocks").since([4, 0, 0], [4, 0, 0]);

    /// Deletes the block of an e-mail domain.
    ///
    /// `DELETE /api/v1/admin/email_domain_blocks/{id}` · scope `admin:write:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#delete)
    admin_delete_email_domain_block as adminDeleteEmailDomainBlock(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/admin/email_domain_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The blocked IP addresses and networks.
    ///
    /// `GET /api/v1/admin/ip_blocks` · scope `admin:read:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#get)
    admin_ip_blocks as adminIpBlocks(; PageOptions) -> Page<AdminIpBlock> =
        get("/api/v1/admin/ip_blocks").since([4, 0, 0], [4, 0, 0]).page();

    /// One blocked IP address or network.
    ///
    /// `GET /api/v1/admin/ip_blocks/{id}` · scope `admin:read:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#get-one)
    admin_ip_block as adminIpBlock(id: Id; RequestOptions) -> AdminIpBlock =
        get("/api/v1/admin/ip_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Blocks an IP address or network (`192.0.2.0/24`).
    ///
    /// `POST /api/v1/admin/ip_blocks` · scope `admin:write:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#create)
    ///
    /// `MastodonAPIError` with status 422 for an invalid address, and for one that is blocked already.
    admin_create_ip_block as adminCreateIpBlock(ip: Text, severity: AdminIpBlockSeverity; AdminCreateIpBlockOptions) -> AdminIpBlock =
        post("/api/v1/admin/ip_blocks").since([4, 0, 0], [4, 0, 0]);

    /// Updates the block of an IP address or network.
    ///
    /// `PUT /api/v1/admin/ip_blocks/{id}` · scope `admin:write:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#update)
    admin_update_ip_block as adminUpdateIpBlock(id: Id; AdminUpdateIpBlockOptions) -> AdminIpBlock =
        put("/api/v1/admin/ip_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Deletes the block of an IP address or network.
    ///
    /// `DELETE /api/v1/admin/ip_blocks/{id}` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#delete)
    admin_delete_ip_block as adminDeleteIpBlock(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/admin/ip_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();
}
