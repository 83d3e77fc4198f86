//! New accounts: <https://docs.joinmastodon.org/methods/accounts/#create>

use crate::api::declare::methods;
use crate::auth::oauth::{self, OAuthScopes, granted};
use crate::client::{Auth, Call, Client, Endpoint, Request, post};
use crate::params::{Arguments, Day, Text, options};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

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
        post("/api/v1/accounts").since([2, 7, 0], [2, 7, 0]).default(&[("locale", "en")])
            .instead(|call, client| Box::pin(create_account(call, client)));
}

async fn create_account(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    const TOKEN: Endpoint = Endpoint::post("createAccount", "/oauth/token");
    oauth::has_application(&client, call.request.name)?;
    let scopes = oauth::take_scopes(&mut call.arguments);
    let application = Call {
        request: Request::of(&TOKEN),
        arguments: Arguments::default(),
        scope: call.scope,
    };
    let grant = "client_credentials";
    let (token, scope) = oauth::token(application, &client, grant, &scopes).await?;
    call.scope = scope;
    let (mut request, scope) = call.into_request(&client)?;
    oauth::hide_secrets(&mut request);
    request.auth = Auth::Token(token);
    let answer = client.send(&scope, request.clone()).await?;
    let token = granted(&answer, &scopes, request.name, &request.path)?;
    client.access_token.replace(Some(token.clone()));
    Ok(token.into())
}
