//! Servers, e-mail addresses and IP addresses that moderators block or allow.

use crate::entities::DomainBlockSeverity;
use crate::entities::declare::{entity, open_enum};

open_enum! {
    /// What a block of IP addresses does.
    pub enum AdminIpBlockSeverity {
        /// Registrations from these addresses need the moderators' approval.
        SignUpRequiresApproval = "sign_up_requires_approval",
        /// Nobody can register from these addresses.
        SignUpBlock = "sign_up_block",
        /// Nobody can use the server from these addresses.
        NoAccess = "no_access",
    }
}

entity! {
    /// A remote server that this server has limited or suspended.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_DomainBlock/>
    pub struct AdminDomainBlock {
        /// Identifies the block.
        id: String,
        /// The domain. The block includes its subdomains.
        domain: String,
        /// The SHA-256 of the domain, in hexadecimal. Absent or `null` before 4.3.0.
        digest?: Option<String>,
        /// When it was created, ISO 8601 in UTC.
        created_at: String,
        /// What the block does.
        severity: DomainBlockSeverity,
        /// Whether its media are not fetched.
        reject_media: bool,
        /// Whether its reports are ignored.
        reject_reports: bool,
        /// The reason, for moderators only; `null` when there is none.
        private_comment: Option<String>,
        /// The reason, for everyone; `null` when there is none.
        public_comment: Option<String>,
        /// Whether the domain is partly hidden in the public list.
        obfuscate: bool,
    }

    /// The body of the error (status 422) of `adminCreateDomainBlock` for a server that is blocked
    /// already.
    ///
    /// Mastodon does not document it.
    pub struct AdminDomainBlockError {
        /// The error message.
        error: String,
        /// The existing block.
        existing_domain_block: AdminDomainBlock,
    }

    /// A remote server that is allowed, if this server federates only with allowed servers.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_DomainAllow/>
    pub struct AdminDomainAllow {
        /// Identifies the entry.
        id: String,
        /// The domain.
        domain: String,
        /// When it was created, ISO 8601 in UTC.
        created_at: String,
    }

    /// An e-mail address that cannot register, stored as a hash.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_CanonicalEmailBlock/>
    pub struct AdminCanonicalEmailBlock {
        /// Identifies the block.
        id: String,
        /// The SHA-256 of the address in its canonical form, in hexadecimal.
        canonical_email_hash: String,
    }

    /// An e-mail provider whose addresses cannot register.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_EmailDomainBlock/>
    pub struct AdminEmailDomainBlock {
        /// Identifies the block.
        id: String,
        /// The domain.
        domain: String,
        /// When it was created, ISO 8601 in UTC.
        created_at: String,
        /// Attempts to register in the last days, today first.
        history: Vec<AdminEmailDomainBlockHistory>,
        /// Whether users with these addresses can register with the moderators' approval. Absent on older
        /// servers.
        allow_with_approval?: bool,
    }

    /// Attempts to register with addresses of an e-mail provider on one day.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_EmailDomainBlock/#history>
    pub struct AdminEmailDomainBlockHistory {
        /// Midnight (UTC) of the day, in seconds since 1970, as a string.
        day: String,
        /// How many IP addresses tried, as a number in a string.
        accounts: String,
        /// How many attempts there were, as a number in a string.
        uses: String,
    }

    /// A blocked IP address or network.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_IpBlock/>
    pub struct AdminIpBlock {
        /// Identifies the block.
        id: String,
        /// The IP address or network: `192.0.2.0/24`.
        ip: String,
        /// What the block does.
        severity: AdminIpBlockSeverity,
        /// The reason; may be empty.
        comment: String,
        /// When it was created, ISO 8601 in UTC.
        created_at: String,
        /// When it expires, ISO 8601; `null` for never.
        expires_at: Option<String>,
    }
}
