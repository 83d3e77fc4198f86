//! Applications and tokens: <https://docs.joinmastodon.org/methods/apps/>,
//! <https://docs.joinmastodon.org/methods/oauth/>

use crate::api::declare::methods;
use crate::auth::forget;
use crate::auth::oauth::{
    self, OAuthScopes, OUT_OF_BAND, RedirectUris, take_list, take_scopes, with_secret,
};
use crate::client::{
    Auth, BaseUrl, Call, Client, Endpoint, Fetch, Mastodon, Request, arg, get, post, promise,
};
use crate::error::illegal;
use crate::params::{Given, Options, RequestOptions, Seconds, Text, WriteOptions, closed, options};
use js_sys::{Object, Promise, Reflect};
use std::rc::Rc;
use tsify::Ts;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

closed! {
    /// How the challenge was made of the verifier.
    CodeChallengeMethod: "CodeChallengeMethod" = "S256";
}

options! {
    /// Options of `Mastodon.createApp`.
    post CreateAppOptions {
        /// The server to register with. Required.
        api_base_url: BaseUrl => "",
        /// What the application may ever ask for; `["read", "write", "follow", "push"]` when it is not said.
        scopes: OAuthScopes => "",
        /// Where logins may return to. When it is not said, the server shows a code to be copied.
        redirect_uris: RedirectUris => "",
        /// The application's page. Shown with what is posted through it.
        website: String,
        /// Allows http to a server that is not this machine.
        allow_http: bool => "",
        /// Used instead of the platform's `fetch`.
        fetch: Fetch => "",
        /// Seconds that the request may take; 300 when it is not said.
        request_timeout: Seconds => "",
        /// Sent as `User-Agent`.
        user_agent: String => "",
    }
}

options! {
    /// Options of `authRequestUrl`.
    get AuthRequestUrlOptions {
        /// The application, where it is not the client's.
        client_id: String,
        /// Where the login returns to: one of those that the application was registered with. When it
        /// is not said, the server shows a code to be copied.
        redirect_uris: RedirectUris => "",
        /// What to ask for; `["read", "write", "follow", "push"]` when it is not said.
        scopes: OAuthScopes => "",
        /// Makes a person who is logged in there choose an account anew.
        force_login: bool,
        /// Comes back with the code: random, and compared when it does.
        state: String,
        /// The language of the page (ISO 639-1).
        lang: String,
        /// Takes the usual address of the page without asking the server for it.
        skip_server_info: bool => "",
        /// Changes nothing: what the client was made with counts.
        allow_http: bool => "",
        /// The S256 challenge of PKCE, where you made it. `code_verifier` makes it for you.
        code_challenge: String,
        /// How it was made: `"S256"` is all that servers take.
        code_challenge_method: CodeChallengeMethod => "",
        /// The secret of PKCE, 43 to 128 of `A-Z a-z 0-9 - . _ ~`: its S256 challenge goes into the
        /// address, and `logIn` takes the verifier itself. (Declared in pkg-template/index.d.ts.)
        #[serde(skip)]
        code_verifier: String => "",
    }
    /// Options of `logIn`.
    post LogInOptions {
        /// The name or e-mail address, for servers that still take passwords.
        username: String,
        /// The password.
        password: String,
        /// The code that the login returned with, or that the person copied.
        code: String,
        /// Where the login returned to, exactly as `authRequestUrl` was told. Left out where it was
        /// left out there.
        redirect_uri: String,
        /// The refresh token, for servers that have them.
        refresh_token: String,
        /// What was asked for, as in `authRequestUrl`; `["read", "write", "follow", "push"]` when it is
        /// not said.
        scopes: OAuthScopes => "",
        /// Changes nothing: what the client was made with counts.
        allow_http: bool => "",
        /// The verifier that `authRequestUrl` was given.
        code_verifier: String,
    }
    /// Options of `logInApp`.
    post LogInAppOptions {
        /// What to ask for, of what the application was registered with; `["read", "write", "follow",
        /// "push"]` when it is not said.
        scopes: OAuthScopes => "",
    }
    /// Options of `revokeAccessToken`.
    post RevokeAccessTokenOptions {
        /// Changes nothing: what the client was made with counts.
        allow_http: bool => "",
    }
}

methods! {
    /// The address of the server's page where a person lets the application in. Send them there; they
    /// come back to the redirect URI with a `code` for `logIn`.
    ///
    /// `GET /oauth/authorize` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorize)
    ///
    /// For a web page, `Mastodon.startLogin` does all of it.
    authRequestUrl(; AuthRequestUrlOptions) -> "string" =
        get("/oauth/authorize").with(&[("response_type", "code")])
            .instead(|call, client| Box::pin(auth_request_url(call, client)));

    /// Gets a token: for the `code` of a login, for a name and a password, or for a refresh token. The
    /// client keeps it, and the promise resolves to it.
    ///
    /// `POST /oauth/token` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#token)
    ///
    /// Needs `client_id` and `client_secret`. Rejects with a `MastodonAPIError` where the server refuses
    /// (400, `error: "invalid_grant"`: wrong password, old code) and where it grants less than `scopes`.
    logIn(; LogInOptions) -> "string" =
        post("/oauth/token").default(&[("redirect_uri", OUT_OF_BAND)])
            .instead(|call, client| Box::pin(log_in(call, client)));

    /// Gets a token for the application itself, which stands for nobody: for what anybody may see, and
    /// to find out whether the server still knows the application. The client keeps it, and the promise
    /// resolves to it.
    ///
    /// `POST /oauth/token` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#token)
    ///
    /// Needs `client_id` and `client_secret`. Rejects with `MastodonUnauthorizedError` where the server
    /// does not know them.
    logInApp(; LogInAppOptions) -> "string" =
        post("/oauth/token").instead(|call, client| Box::pin(log_in(call, client)));

    /// Gives the client's token back: it is worth nothing from then on, and the client forgets it.
    ///
    /// `POST /oauth/revoke` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#revoke)
    ///
    /// Needs `client_id` and `client_secret`.
    revokeAccessToken(; RevokeAccessTokenOptions) -> "void" =
        post(REVOKE).nothing().instead(|call, client| Box::pin(revoke(call, client)));

    /// Ends a login: the token is revoked, the storage and the client forget it. It is forgotten here
    /// even where the server could not be told; then it rejects.
    ///
    /// `POST /oauth/revoke` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#revoke)
    logOut(; WriteOptions) -> "void" =
        post(REVOKE).nothing().instead(|call, client| Box::pin(log_out(call, client)));

    /// The application that the client's token belongs to. Any token will do.
    ///
    /// `GET /api/v1/apps/verify_credentials` ·
    /// [documentation](https://docs.joinmastodon.org/methods/apps/#verify_credentials)
    appVerifyCredentials(; RequestOptions) -> "Application" =
        get("/api/v1/apps/verify_credentials").since([2, 0, 0], [2, 7, 2]);

    /// Whose the client's token is, as OpenID Connect tells it.
    ///
    /// `GET /oauth/userinfo` · scope `profile` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#userinfo)
    oauthUserinfo(; RequestOptions) -> "OAuthUserInfo" =
        get("/oauth/userinfo").since([4, 3, 0], [4, 3, 0])
            .instead(|call, client| Box::pin(userinfo(call, client)));

    /// What the server says of its OAuth: where to log in, which scopes and grants it knows. Servers
    /// since 4.3.0 do; elsewhere an empty object.
    ///
    /// `GET /.well-known/oauth-authorization-server` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata)
    oauthAuthorizationServerInfo(; RequestOptions) -> "Partial<OAuthServerInfo>" =
        get("/.well-known/oauth-authorization-server")
            .instead(|call, client| Box::pin(server_info(call, client)));
}

#[wasm_bindgen]
impl Mastodon {
    /// Registers an application with a server, which any program may do. The answer has `client_id`
    /// and `client_secret`: keep them, and spread them into the constructor's options.
    ///
    /// `POST /api/v1/apps` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/apps/#create)
    ///
    /// Rejects with a `MastodonAPIError` of status 422 where a scope or an address is wrong.
    #[wasm_bindgen(js_name = createApp, unchecked_return_type = "Promise<CredentialApplication>")]
    pub fn create_app(client_name: Ts<Text>, options: Ts<CreateAppOptions>) -> Promise {
        const CREATE: Endpoint = Endpoint::post("createApp", "/api/v1/apps");
        let options: JsValue = options.into();
        let call = Client::new("createApp", options.clone()).and_then(|client| {
            let client = Rc::new(client.never_waiting());
            let given = Given {
                table: CreateAppOptions::TABLE,
                value: options,
            };
            let call = client.prepare(&CREATE, &[arg("client_name", client_name)], &given)?;
            Ok((client, call))
        });
        promise(async move {
            let (client, mut call) = call?;
            let scopes = take_scopes(&mut call.arguments);
            // One a line: servers before 4.3 know no list.
            let uris = take_list(&mut call.arguments, "redirect_uris", "\n", OUT_OF_BAND);
            let (request, scope) = call.into_request(&client)?;
            let request = request.with("scopes", &scopes);
            // Nothing in it is a secret, but the answer has one: it must not come from elsewhere.
            let request = with_secret(request, "redirect_uris", &uris);
            client.send(&scope, request).await
        })
    }

    /// What to keep so that the client can be made again: `new Mastodon(kept)`. It has the client's
    /// secrets, and nothing else gives them out. Parts that the client does not have are left out.
    #[wasm_bindgen(js_name = persistableLoginCredentials, unchecked_return_type = "LoginCredentials")]
    pub fn persistable_login_credentials(&self) -> Object {
        let client = self.client();
        let credentials = Object::new();
        for (name, value) in [
            ("api_base_url", Some(client.origin.clone())),
            ("client_id", client.client_id.borrow().clone()),
            ("client_secret", client.client_secret.borrow().clone()),
            ("access_token", client.access_token.borrow().clone()),
        ] {
            if let Some(value) = value {
                let _ = Reflect::set(&credentials, &name.into(), &value.into());
            }
        }
        credentials
    }
}

async fn userinfo(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    oauth::discover(&mut call, &client, "userinfo_endpoint").await?;
    client.run(call).await
}

async fn server_info(call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let (mut request, scope) = call.into_request(&client)?;
    request.auth = Auth::Nobody;
    let reply = client.exchange(&scope, &request).await?;
    match client.answer(&request, &reply) {
        // Not there, or some page of the server where it should be.
        Err(_) if reply.status() < 429 => Ok(Object::new().into()),
        answer => answer,
    }
}

async fn auth_request_url(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let arguments = &mut call.arguments;
    let scopes = take_scopes(arguments);
    let uris = take_list(arguments, "redirect_uris", "\n", OUT_OF_BAND);
    let skip = arguments.take_flag("skip_server_info");
    let verifier = arguments.take_text("code_verifier");
    let mut challenged = arguments.sends("code_challenge");
    let client_id = if arguments.sends("client_id") {
        None
    } else {
        let id = client.client_id.borrow().clone();
        let missing = "the client has no `client_id`; `createApp` gives one";
        Some(id.ok_or_else(|| illegal(call.request.name, missing))?)
    };
    if (verifier.as_deref()).is_some_and(|verifier| challenged || !is_verifier(verifier)) {
        return Err(illegal(
            call.request.name,
            "`code_verifier` must be 43 to 128 of A-Z a-z 0-9 - . _ ~, and stand without a `code_challenge`",
        ));
    }
    if !skip {
        oauth::discover(&mut call, &client, "authorization_endpoint").await?;
    }
    let path = std::mem::take(&mut call.request.path);
    let (mut request, _scope) = call.into_request(&client)?;
    request.path = path;
    if let Some(id) = client_id {
        request = request.with("client_id", &id);
    }
    if let Some(verifier) = verifier {
        request = request.with("code_challenge", &oauth::s256(&verifier).await?);
        challenged = true;
    }
    if challenged {
        request = request.with("code_challenge_method", "S256");
    }
    let uri = uris.split('\n').next().unwrap_or_default();
    let request = request.with("redirect_uri", uri).with("scope", &scopes);
    Ok([client.origin.as_str(), &request.path_and_query()]
        .concat()
        .into())
}

/// Whether text can be a verifier (RFC 7636, 4.1).
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

/// `logIn` and `logInApp`: gets a token and keeps it.
async fn log_in(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let given = |name| call.arguments.get(name).is_some();
    let grant = if call.request.name == "logInApp" {
        "client_credentials"
    } else if given("username") && given("password") {
        "password"
    } else if given("code") {
        "authorization_code"
    } else if given("refresh_token") {
        "refresh_token"
    } else {
        return Err(illegal(
            call.request.name,
            "pass `code`, or `username` and `password`, or `refresh_token`",
        ));
    };
    oauth::has_application(&client, call.request.name)?;
    let scopes = take_scopes(&mut call.arguments);
    oauth::discover(&mut call, &client, "token_endpoint").await?;
    let (token, _scope) = oauth::token(call, &client, grant, &scopes).await?;
    client.access_token.replace(Some(token.clone()));
    Ok(token.into())
}

const REVOKE: &str = "/oauth/revoke";

/// Revokes the client's token, which the client then forgets.
async fn revoke(mut call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let name = call.request.name;
    let token = client.access_token.borrow().clone();
    let token = token.ok_or_else(|| illegal(name, "the client has no token"))?;
    oauth::has_application(&client, name)?;
    oauth::discover(&mut call, &client, "revocation_endpoint").await?;
    let (request, scope) = oauth::as_application(call, &client)?;
    let request = with_secret(request, "token", &token);
    if let Err(failed) = oauth::send(&client, &scope, &request).await {
        // A server may do it and keep its answer from web pages. The token itself tells.
        let probe = Request::get(name, "/api/v1/apps/verify_credentials");
        let reply = client.exchange(&scope, &probe).await;
        if !reply.is_ok_and(|reply| reply.status() == 401) {
            return Err(failed);
        }
    }
    client.access_token.replace(None);
    Ok(JsValue::UNDEFINED)
}

async fn log_out(call: Call, client: Rc<Client>) -> Result<JsValue, JsValue> {
    let Some(token) = client.access_token.borrow().clone() else {
        return Ok(JsValue::UNDEFINED);
    };
    let told = revoke(call, client.clone()).await;
    client.access_token.replace(None);
    if let Some(storage) = &client.storage {
        JsFuture::from(forget(storage, &token)).await?;
    }
    told
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = r"/** What a client can be made of again. Secret. */
export interface LoginCredentials {
  /** The server. */
  api_base_url: string;
  /** The application's id. */
  client_id?: string;
  /** The application's secret. */
  client_secret?: string;
  /** The token. */
  access_token?: string;
}
";

#[cfg(test)]
mod tests {
    use super::is_verifier;

    #[test]
    fn verifiers_are_as_rfc_7636_has_them() {
        assert!(is_verifier("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(is_verifier(&"~".repeat(128)));
        for text in [
            "",
            "short",
            &"a".repeat(42),
            &"a".repeat(129),
            &"ä".repeat(43),
            &"+".repeat(43),
        ] {
            assert!(!is_verifier(text), "{text}");
        }
    }
}
