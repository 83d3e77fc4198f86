//! Who may register, for moderators:
//! <https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/>,
//! <https://docs.joinmastodon.org/methods/admin/email_domain_blocks/>,
//! <https://docs.joinmastodon.org/methods/admin/ip_blocks/>

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post, put};
use crate::entities::AdminIpBlockSeverity;
use crate::params::{Argument, Id, Kind, PageOptions, RequestOptions, Text, WriteOptions, options};

impl Argument for AdminIpBlockSeverity {
    const KIND: Kind = Kind::Text;
}

options! {
    /// Options of `adminCreateCanonicalEmailBlock`: one of the two.
    post AdminCreateCanonicalEmailBlockOptions {
        /// The address, of which the server keeps a hash alone.
        email: String,
        /// The hash of an address: SHA-256 of its plain form, in hexadecimal.
        canonical_email_hash: String,
    }

    /// Options of `adminCreateIpBlock`.
    post AdminCreateIpBlockOptions {
        /// Why, for moderators.
        comment: String,
        /// Seconds until the block ends; it stays when it is not said.
        expires_in: u32,
    }

    /// Options of `adminUpdateIpBlock`. What is not given stays as it is.
    post AdminUpdateIpBlockOptions {
        /// The address or network (`192.0.2.0/24`).
        ip: String,
        /// What it may not do.
        severity: AdminIpBlockSeverity,
        /// Why, for moderators.
        comment: String,
        /// Seconds until the block ends.
        expires_in: u32,
    }
}

methods! {
    /// The blocked addresses, as hashes.
    ///
    /// `GET /api/v1/admin/canonical_email_blocks` · scope `admin:read:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#get)
    adminCanonicalEmailBlocks(; PageOptions) -> "Page<AdminCanonicalEmailBlock>" =
        get("/api/v1/admin/canonical_email_blocks").since([4, 0, 0], [4, 0, 0]).page();

    /// One blocked address, as a hash.
    ///
    /// `GET /api/v1/admin/canonical_email_blocks/{id}` · scope `admin:read:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#get-one)
    adminCanonicalEmailBlock(id: Id; RequestOptions) -> "AdminCanonicalEmailBlock" =
        get("/api/v1/admin/canonical_email_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// The blocks that an address falls under, all ways of writing it counted as one (case, dots, what
    /// follows a plus).
    ///
    /// `POST /api/v1/admin/canonical_email_blocks/test` · scope `admin:read:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#test)
    adminTestCanonicalEmailBlock(email: Text; WriteOptions) -> "AdminCanonicalEmailBlock[]" =
        post("/api/v1/admin/canonical_email_blocks/test").since([4, 0, 0], [4, 0, 0]);

    /// Blocks an address, so that nobody can register with it.
    ///
    /// `POST /api/v1/admin/canonical_email_blocks` · scope `admin:write:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#create)
    adminCreateCanonicalEmailBlock(; AdminCreateCanonicalEmailBlockOptions) -> "AdminCanonicalEmailBlock" =
        post("/api/v1/admin/canonical_email_blocks").since([4, 0, 0], [4, 0, 0]);

    /// Ends the block of an address.
    ///
    /// `DELETE /api/v1/admin/canonical_email_blocks/{id}` · scope `admin:write:canonical_email_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/canonical_email_blocks/#delete)
    adminDeleteCanonicalEmailBlock(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/admin/canonical_email_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The mail providers with which nobody can register.
    ///
    /// `GET /api/v1/admin/email_domain_blocks` · scope `admin:read:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#get)
    adminEmailDomainBlocks(; PageOptions) -> "Page<AdminEmailDomainBlock>" =
        get("/api/v1/admin/email_domain_blocks").since([4, 0, 0], [4, 0, 0]).page();

    /// One blocked mail provider.
    ///
    /// `GET /api/v1/admin/email_domain_blocks/{id}` · scope `admin:read:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#get-one)
    adminEmailDomainBlock(id: Id; RequestOptions) -> "AdminEmailDomainBlock" =
        get("/api/v1/admin/email_domain_blocks/{id}").since([4, 1, 0], [4, 1, 0]);

    /// Blocks a mail provider by its name.
    ///
    /// `POST /api/v1/admin/email_domain_blocks` · scope `admin:write:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#create)
    ///
    /// A `MastodonAPIError` of status 422 where it is blocked already.
    adminCreateEmailDomainBlock(domain: Text; WriteOptions) -> "AdminEmailDomainBlock" =
        post("/api/v1/admin/email_domain_blocks").since([4, 0, 0], [4, 0, 0]);

    /// Ends the block of a mail provider.
    ///
    /// `DELETE /api/v1/admin/email_domain_blocks/{id}` · scope `admin:write:email_domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/email_domain_blocks/#delete)
    adminDeleteEmailDomainBlock(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/admin/email_domain_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();

    /// The addresses and networks from which less is allowed.
    ///
    /// `GET /api/v1/admin/ip_blocks` · scope `admin:read:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#get)
    adminIpBlocks(; PageOptions) -> "Page<AdminIpBlock>" =
        get("/api/v1/admin/ip_blocks").since([4, 0, 0], [4, 0, 0]).page();

    /// One address or network from which less is allowed.
    ///
    /// `GET /api/v1/admin/ip_blocks/{id}` · scope `admin:read:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#get-one)
    adminIpBlock(id: Id; RequestOptions) -> "AdminIpBlock" =
        get("/api/v1/admin/ip_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Allows less from an address or a network (`192.0.2.0/24`).
    ///
    /// `POST /api/v1/admin/ip_blocks` · scope `admin:write:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#create)
    ///
    /// A `MastodonAPIError` of status 422 for what is no address, and for one that is there already.
    adminCreateIpBlock(ip: Text, severity: AdminIpBlockSeverity; AdminCreateIpBlockOptions) -> "AdminIpBlock" =
        post("/api/v1/admin/ip_blocks").since([4, 0, 0], [4, 0, 0]);

    /// Changes what is allowed from an address or a network.
    ///
    /// `PUT /api/v1/admin/ip_blocks/{id}` · scope `admin:write:ip_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#update)
    adminUpdateIpBlock(id: Id; AdminUpdateIpBlockOptions) -> "AdminIpBlock" =
        put("/api/v1/admin/ip_blocks/{id}").since([4, 0, 0], [4, 0, 0]);

    /// Allows everything from an address or a network again.
    ///
    /// `DELETE /api/v1/admin/ip_blocks/{id}` · scope `admin:write:domain_blocks` ·
    /// [documentation](https://docs.joinmastodon.org/methods/admin/ip_blocks/#delete)
    adminDeleteIpBlock(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/admin/ip_blocks/{id}").since([4, 0, 0], [4, 0, 0]).nothing();
}
