//! New accounts: <https://docs.joinmastodon.org/methods/accounts/#create>

use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::client::send::send;
use crate::endpoint::request::{Authorization, Request};
use crate::endpoint::{Verb, post};
use crate::error::Error;
use crate::oauth::metadata::Metadata;
use crate::oauth::token::{ask, hide_secrets, needs_application, read_grant, replace};
use crate::params::{Day, Text, options};
use crate::scopes::{self, OAuthScopes};

options! {
    /// Options of `createAccount`.
    post CreateAccountOptions {
        /// Whether the user has agreed to the rules and terms of the server. Required by servers.
        agreement: bool,
        /// Why the user wants an account, for servers where a moderator approves accounts.
        reason: String,
        /// The language of the e-mail that asks for confirmation (ISO 639-1). Default: `"en"`.
        locale: String,
        /// The scopes of the token. Default: `scopes` of the client if it has them, else
        /// `["read", "write", "follow", "push"]`.
        scopes: OAuthScopes => "",
        /// One of the redirect URIs that the application was registered with: some servers require it.
        /// Default: `urn:ietf:wg:oauth:2.0:oob`.
        redirect_uri: String => "",
        /// The user's birthday, for servers with a minimum age. They do not store it.
        date_of_birth: Day,
        /// The code of an invitation, for servers without open registration (`invite`). Since 4.3.0.
        invite_code: String,
        /// The user's time zone, such as `Europe/Berlin`. Since 4.2.0.
        time_zone: String,
        /// No effect: a rejection always names what is wrong with each field.
        return_detailed_error: bool => "",
    }
}

methods! {
    /// Registers a new account on the server. Resolves to a token for the account, which the client
    /// uses from then on (open streams of another token end with an error). Until the user has confirmed the e-mail address, most calls with it return 403.
    ///
    /// `POST /api/v1/accounts` · token of the application, which is fetched first ·
    /// [documentation](https://docs.joinmastodon.org/methods/accounts/#create)
    ///
    /// Needs `client_id` and `client_secret`. Rejects with a `MastodonAPIError` of status 422 whose
    /// `details` say what is wrong with each field (`details.username[0].error` is `"ERR_TAKEN"`).
    create_account as createAccount(username: Text, password: Text, email: Text; CreateAccountOptions) -> String =
        post("/api/v1/accounts").since([2, 7, 0], [2, 7, 0]).default(&[("locale", "en")]) => run(create_account);
}

fn create_account(mut call: Call) -> Result<Work, Error> {
    needs_application(call.client(), call.name())?;
    let own = call.client().session.application_scopes.clone();
    let asked = match (call.has("scopes"), own) {
        (false, Some(scopes)) => scopes,
        _ => scopes::join(call.texts("scopes")),
    };
    let mut first = Request::new(call.name(), Verb::Post, "");
    if let Some(uri) = call.take_text("redirect_uri") {
        first.pair("redirect_uri", uri);
    }
    let (scope, mut request) = call.build()?;
    hide_secrets(&mut request);
    Ok(Box::pin(async move {
        let application = ask(
            &scope,
            Some(&Metadata::default()),
            first,
            "client_credentials",
            &asked,
        )
        .await?;
        request.authorization = Authorization::Token(application.access_token);
        let response = send(&scope, request.clone()).await?;
        let grant = read_grant(&response, &asked, &request)?;
        replace(&scope.client, &grant);
        scope.client.session.account.replace(None);
        Ok(grant.access_token.into())
    }))
}
