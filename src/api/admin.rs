//! For moderators and administrators. All of it needs a token of somebody with such a role, and a scope
//! that begins with `admin`: else `MastodonAPIError` of status 403.

pub(super) mod accounts;
pub(super) mod domains;
pub(super) mod reports;
pub(super) mod sign_ups;
pub(super) mod statistics;
pub(super) mod trends;
