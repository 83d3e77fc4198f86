//! Servers, e-mail addresses and IP addresses that moderators keep out or let in.

use crate::entities::DomainBlockSeverity;
use crate::entities::declare::{entity, open_enum};

open_enum! {
    /// What a block of IP addresses does.
    pub enum AdminIpBlockSeverity {
        /// The moderators decide on registrations from there.
        SignUpRequiresApproval = "sign_up_requires_approval",
        /// Nobody can register from there.
        SignUpBlock = "sign_up_block",
        /// Nobody can reach the server from there.
        NoAccess = "no_access",
    }
}

entity! {
    /// A server with which this one has limited or ended its exchange.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_DomainBlock/>
    pub struct AdminDomainBlock {
        /// Identifies the block.
        id: String,
        /// The domain; its subdomains are meant too.
        domain: String,
        /// The SHA-256 of the domain, in hexadecimal digits; `null` or absent before 4.3.0.
        digest?: Option<String>,
        /// When it was made, ISO 8601 in UTC.
        created_at: String,
        /// What is done.
        severity: DomainBlockSeverity,
        /// Whether media from there are not fetched.
        reject_media: bool,
        /// Whether reports from there are not taken.
        reject_reports: bool,
        /// The reason, for moderators only; `null` for none.
        private_comment: Option<String>,
        /// Why, for everyone; `null` for nothing.
        public_comment: Option<String>,
        /// Whether the domain is partly hidden where it is shown to everyone.
        obfuscate: bool,
    }

    /// The body of the error (status 422) of `adminCreateDomainBlock` for a server that is blocked
    /// already.
    ///
    /// Mastodon does not document it.
    pub struct AdminDomainBlockError {
        /// What went wrong, in words.
        error: String,
        /// The block that is there.
        existing_domain_block: AdminDomainBlock,
    }

    /// A server with which this one talks, where it talks only to those allowed.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_DomainAllow/>
    pub struct AdminDomainAllow {
        /// Identifies the permission.
        id: String,
        /// The domain.
        domain: String,
        /// When it was made, ISO 8601 in UTC.
        created_at: String,
    }

    /// An e-mail address that cannot register, kept as hash alone.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_CanonicalEmailBlock/>
    pub struct AdminCanonicalEmailBlock {
        /// Identifies the block.
        id: String,
        /// The SHA-256 of the address in its simplest form, in hexadecimal digits.
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
        /// When it was made, ISO 8601 in UTC.
        created_at: String,
        /// How many tried to register in the last days, today first.
        history: Vec<AdminEmailDomainBlockHistory>,
        /// Whether they can register if the moderators agree. Absent in older servers.
        allow_with_approval?: bool,
    }

    /// How many tried to register with addresses of an e-mail provider on one day.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_EmailDomainBlock/#history>
    pub struct AdminEmailDomainBlockHistory {
        /// Midnight (UTC) of the day, as seconds since 1970 in a string.
        day: String,
        /// How many people, counted by IP address, as a number in a string.
        accounts: String,
        /// How often, as a number in a string.
        uses: String,
    }

    /// IP addresses that are kept out.
    ///
    /// See <https://docs.joinmastodon.org/entities/Admin_IpBlock/>
    pub struct AdminIpBlock {
        /// Identifies the block.
        id: String,
        /// The addresses as prefix: `192.0.2.0/24`.
        ip: String,
        /// What is done.
        severity: AdminIpBlockSeverity,
        /// Why; may be empty.
        comment: String,
        /// When it was made, ISO 8601 in UTC.
        created_at: String,
        /// When it expires, ISO 8601; `null` for never.
        expires_at: Option<String>,
    }
}
