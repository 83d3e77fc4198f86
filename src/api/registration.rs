//! New accounts: <https://docs.joinmastodon.org/methods/accounts/#create>

use crate::api::declare::methods;
use crate::api::endpoint::post;
use crate::auth::OAuthScopes;
use crate::params::{Day, Text, options};

options! {
    /// Options of `createAccount`.
    post CreateAccountOptions {
        /// Whether the person has agreed to the rules and terms of the server. It refuses without.
        agreement: bool,
        /// Why they want an account, for servers where a moderator decides.
        reason: String,
        /// The language of the e-mail that asks for confirmation (ISO 639-1); `en` when it is not said.
        locale: String,
        /// What the token may do; `["read", "write", "follow", "push"]` when it is not said.
        scopes: OAuthScopes => "",
        /// Their birthday, for servers that ask for an age. It is not kept there.
        date_of_birth: Day,
        /// Changes nothing: a refusal always says what is wrong with each field.
        return_detailed_error: bool => "",
    }
}

methods! {
    /// Registers a person with the server, for applications that offer to. Resolves to a token for the
    /// new account, which the client keeps; until the person has confirmed their e-mail address, it is
    /// good for next to nothing (403).
    ///
    /// `POST /api/v1/accounts` · token of the application, which is fetched first ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#create)
    ///
    /// Needs `client_id` and `client_secret`. Rejects with a `MastodonAPIError` of status 422 whose
    /// `details` say what is wrong with each field (`details.username[0].error` is `"ERR_TAKEN"`).
    createAccount(username: Text, password: Text, email: Text; CreateAccountOptions) -> "string" =
        post("/api/v1/accounts").since([2, 7, 0], [2, 7, 0]).default(&[("locale", "en")]);
}
