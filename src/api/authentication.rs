//! Applications and tokens: <https://docs.joinmastodon.org/methods/apps/>,
//! <https://docs.joinmastodon.org/methods/oauth/>

use crate::api::declare::methods;
use crate::client::call::{Arguments, Call, StaticCall, Work};
use crate::client::send::{exchange, read, send};
use crate::client::{BaseUrl, Client, Fetch};
use crate::endpoint::{get, local, post};
use crate::entities::{Application, OAuthServerInfo, OAuthUserInfo};
use crate::error::Error;
use crate::login::application::Registration;
use crate::login::saved;
use crate::login::storage::Storage;
use crate::oauth::metadata::{AUTHORIZATION, USERINFO, authorization_url, discover};
use crate::oauth::token::{ask, needs_application, revoke};
use crate::oauth::{OUT_OF_BAND, RedirectUris, pkce, token};
use crate::params::{RequestOptions, Seconds, Text, WriteOptions, closed, options};
use crate::scopes::{self, OAuthScopes};
use crate::text;
use crate::{js, login};
use js_sys::Object;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

closed! {
    /// How the challenge was computed from the verifier.
    CodeChallengeMethod: "CodeChallengeMethod" = S256 "S256";
}

options! {
    /// Options of `Mastodon.createApp`.
    post CreateAppOptions {
        /// The server to register with.
        api_base_url: Required<BaseUrl> => "",
        /// All scopes that the application may request. Default: `["read", "write", "follow", "push"]`.
        scopes: OAuthScopes => "",
        /// Where logins may return to. Default: the server shows a code to be copied.
        redirect_uris: RedirectUris => "",
        /// The application's page. Shown with what is posted through it.
        website: String,
        /// Allows http to a server that is not this machine. Default: `false`.
        allow_http: bool => "",
        /// Used instead of the platform's `fetch`.
        fetch: Fetch => "",
        /// Seconds that the request may take. Default: 300.
        request_timeout: Seconds => "",
        /// Sent as `User-Agent`.
        user_agent: String => "",
    }
}

options! {
    /// Options of `authRequestUrl`.
    get AuthRequestUrlOptions {
        /// The application's id, if it is not that of the client.
        client_id: String,
        /// Where the login returns to: one of those that the application was registered with. Default:
        /// the server shows a code to be copied.
        redirect_uri: String => "",
        /// The same; if there are several, the first is used.
        redirect_uris: RedirectUris => "",
        /// The scopes to request. Default: `["read", "write", "follow", "push"]`.
        scopes: OAuthScopes => "",
        /// Makes a user who is logged in there choose an account again. Default: `false`.
        force_login: bool,
        /// A random value, which the redirect returns together with the code: compare it then.
        state: String,
        /// The language of the page (ISO 639-1).
        lang: String,
        /// Uses the usual URL of the page without requesting the server's metadata. Default: `false`.
        skip_server_info: bool => "",
        /// No effect: the client uses the option of its constructor.
        allow_http: bool => "",
        /// The S256 challenge of PKCE, if you computed it yourself. `code_verifier` computes it for you.
        code_challenge: String,
        /// How the challenge was computed: servers accept `"S256"` only.
        code_challenge_method: CodeChallengeMethod => "",
        /// The secret of PKCE, 43 to 128 of `A-Z a-z 0-9 - . _ ~`: its S256 challenge goes into the
        /// address, and `logIn` takes the verifier itself.
        code_verifier: String => "",
    }
    /// Options of `logIn`.
    post LogInOptions {
        /// The user name or e-mail address, for servers that still accept passwords.
        username: String,
        /// The password.
        password: String,
        /// The code from the redirect URI, or the one that the user copied.
        code: String,
        /// Where the login returned to, exactly as passed to `authRequestUrl`. Default:
        /// `urn:ietf:wg:oauth:2.0:oob`, as there.
        redirect_uri: String,
        /// The refresh token, for servers that issue one.
        refresh_token: String,
        /// The requested scopes, as in `authRequestUrl`. Default: `["read", "write", "follow", "push"]`.
        scopes: OAuthScopes => "",
        /// No effect: the client uses the option of its constructor.
        allow_http: bool => "",
        /// The verifier that was passed to `authRequestUrl`.
        code_verifier: String,
    }
    /// Options of `logInApp`.
    post LogInAppOptions {
        /// The scopes to request, of those that the application was registered with. Default: `["read", "write",
        /// "follow", "push"]`.
        scopes: OAuthScopes => "",
        /// One of the redirect URIs that the application was registered with: some servers require it.
        /// Default: `urn:ietf:wg:oauth:2.0:oob`.
        redirect_uri: String,
    }
    /// Options of `revokeAccessToken`.
    post RevokeAccessTokenOptions {
        /// No effect: the client uses the option of its constructor.
        allow_http: bool => "",
    }
    /// For methods without options.
    bare NoOptions {}
}

/// What is needed to create the client again. Secret.
#[derive(Clone)]
#[cfg_attr(feature = "npm", derive(tsify::Tsify), allow(dead_code))]
#[cfg_attr(feature = "typed", derive(serde::Deserialize, serde::Serialize))]
pub struct LoginCredentials {
    /// The server.
    pub api_base_url: String,
    /// The application's id.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub client_id: Option<String>,
    /// The application's secret.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub client_secret: Option<String>,
    /// The token.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub access_token: Option<String>,
    /// The refresh token, if the server issued one: it gets a new access token.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub refresh_token: Option<String>,
    /// Seconds until the token expires, if the server sent them.
    #[cfg_attr(feature = "npm", tsify(optional))]
    pub expires_in: Option<f64>,
}

/// Shows no secret.
impl std::fmt::Debug for LoginCredentials {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("LoginCredentials")
            .field("api_base_url", &self.api_base_url)
            .finish_non_exhaustive()
    }
}

methods! {
    /// Registers an application with a server; no account is needed. The response has `client_id` and
    /// `client_secret`: store them, and pass them to the constructor.
    ///
    /// `POST /api/v1/apps` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/apps/#create)
    ///
    /// Rejects with a `MastodonAPIError` of status 422 where a scope or a redirect URI is wrong.
    static create_app as createApp(client_name: Text; CreateAppOptions) -> Application
        where ["(client_name: string, options: CreateAppOptions): Promise<CredentialApplication>"]
        = post("/api/v1/apps") => run(create_app);

    /// The URL of the server's page where a user authorizes the application. Open it; the server then
    /// redirects the user to the redirect URI, with a `code` for `logIn`.
    ///
    /// `GET /oauth/authorize` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorize)
    ///
    /// In a web page, `Mastodon.startLogin` does all of this.
    auth_request_url as authRequestUrl(; AuthRequestUrlOptions) -> String =
        get("/oauth/authorize").default(&[("response_type", "code")]) => run(auth_request_url);

    /// Gets a token for the `code` of a login, a user name and a password, or a refresh token. The
    /// client uses it from then on, and the promise resolves to it. A server may grant fewer scopes:
    /// `scopes` of the client has those that were granted.
    ///
    /// `POST /oauth/token` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#token)
    ///
    /// Open streams of another token end with an error; those without a token reconnect. Needs
    /// `client_id` and `client_secret`. Rejects with a `MastodonAPIError` if the server refuses (400,
    /// `error: "invalid_grant"`: wrong password, old code).
    log_in as logIn(; LogInOptions) -> String =
        post("/oauth/token").form() => run(log_in);

    /// Gets a token for the application itself, without an account: for public data, and to
    /// find out whether the server still knows the application. The client uses it, and the promise
    /// resolves to it.
    ///
    /// `POST /oauth/token` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#token)
    ///
    /// Open streams of another token end with an error. Needs `client_id` and `client_secret`. Rejects
    /// with `MastodonUnauthorizedError` if the server does not know them.
    log_in_app as logInApp(; LogInAppOptions) -> String =
        post("/oauth/token").form() => run(log_in_app);

    /// Revokes the client's access token, and removes it from the client. Closes the client's streams.
    ///
    /// `POST /oauth/revoke` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#revoke)
    ///
    /// Needs `client_id` and `client_secret`.
    revoke_access_token as revokeAccessToken(; RevokeAccessTokenOptions) -> Nothing =
        post(REVOKE).form().nothing() => run(revoke_access_token);

    /// Logs out: revokes the token, and removes it from the storage and from the client. If the server
    /// cannot be reached, the call rejects, but the token is removed all the same. It is not a failure
    /// if the server has no revocation (404, 405, 501). Closes the client's streams.
    ///
    /// `POST /oauth/revoke` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#revoke)
    ///
    /// Needs `client_id` and `client_secret`. Without them, it rejects: the token is removed, but stays
    /// valid on the server.
    log_out as logOut(; WriteOptions) -> Nothing =
        post(REVOKE).form().nothing() => run(log_out);

    /// The application that the client's token belongs to. Any token will do.
    ///
    /// `GET /api/v1/apps/verify_credentials` ·
    /// [documentation](https://docs.joinmastodon.org/methods/apps/#verify_credentials)
    app_verify_credentials as appVerifyCredentials(; RequestOptions) -> Application =
        get("/api/v1/apps/verify_credentials").since([2, 0, 0], [2, 7, 2]);

    /// The account of the client's token, by OpenID Connect.
    ///
    /// `GET /oauth/userinfo` · scope `profile` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#userinfo)
    oauth_userinfo as oauthUserinfo(; RequestOptions) -> OAuthUserInfo =
        get("/oauth/userinfo").since([4, 3, 0], [4, 3, 0]) => run(oauth_userinfo);

    /// The server's OAuth metadata: endpoints, scopes, grants. Since 4.3.0; an empty object from
    /// servers that have none.
    ///
    /// `GET /.well-known/oauth-authorization-server` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata)
    oauth_authorization_server_info as oauthAuthorizationServerInfo(; RequestOptions) -> OAuthServerInfo
        where ["(options?: RequestOptions | null): Promise<Partial<OAuthServerInfo>>"]
        = get("/.well-known/oauth-authorization-server") => run(server_info);

    /// What to store to create the client again, with `new Mastodon(stored)`. It contains the
    /// client's secrets: store it like a password. Values that the client does not have are left out.
    sync persistable_login_credentials as persistableLoginCredentials(; NoOptions) -> LoginCredentials
        where ["(): LoginCredentials"]
        = local() => run(persistable_login_credentials);
}

const REVOKE: &str = "/oauth/revoke";

fn create_app(call: StaticCall) -> Result<Work, Error> {
    // There is one request, and nobody to wait for its limit.
    let options = js::object(&call.arguments.unsent());
    js::set(&options, "ratelimit_method", &"throw".into());
    let client = login::client(call.name, &options)?;
    let mut call = call.with_client(&client)?;
    let uris = redirect_uris(&mut call)?;
    let registration = Registration {
        client_name: call.take("client_name"),
        // One a line: servers before 4.3 know no list.
        redirect_uris: text::join(&uris, "\n"),
        scopes: scopes::join(call.texts("scopes")),
        website: call.take("website"),
    };
    registration.describe(&mut call.request);
    Ok(Box::pin(call.send()))
}

/// The redirect URIs of a call, at least one.
fn redirect_uris(call: &mut Call) -> Result<Vec<String>, Error> {
    if !call.has("redirect_uris") {
        return Ok(vec![OUT_OF_BAND.to_owned()]);
    }
    let uris = call.texts("redirect_uris");
    if uris.is_empty() {
        return Err(call.illegal(&["`redirect_uris` must contain a URI"]));
    }
    Ok(uris)
}

fn auth_request_url(mut call: Call) -> Result<Work, Error> {
    let scopes = scopes::join(call.texts("scopes"));
    let uri = match call.take_text("redirect_uri") {
        Some(uri) => uri,
        None => redirect_uris(&mut call)?.swap_remove(0),
    };
    if !call.has("client_id") {
        let Some(id) = call.client().client_id.borrow().clone() else {
            return Err(call.illegal(&["the client has no `client_id`: get one from `createApp`"]));
        };
        call.set("client_id", id.into());
    }
    // Some servers read `false` as a wish for a login.
    call.drop_false(&["force_login"]);
    let verifier = call.take_text("code_verifier");
    if verifier
        .as_ref()
        .is_some_and(|verifier| call.has("code_challenge") || !pkce::is_verifier(verifier))
    {
        return Err(call.illegal(&[
            "`code_verifier` must have 43 to 128 characters of A-Z a-z 0-9 - . _ ~ and cannot be combined with `code_challenge`",
        ]));
    }
    let skip = call.take_flag("skip_server_info");
    let challenged = verifier.is_some() || call.has("code_challenge");
    let (scope, mut request) = call.build()?;
    Ok(Box::pin(async move {
        if let Some(verifier) = verifier {
            request.pair("code_challenge", pkce::challenge(&scope, &verifier).await?);
        }
        if challenged {
            request.pair("code_challenge_method", "S256");
        }
        request.pair("redirect_uri", uri).pair("scope", scopes);
        if !skip {
            request.path = discover(&scope, request.method)
                .await?
                .path_of(&scope.client, AUTHORIZATION)?;
        }
        Ok(authorization_url(&scope.client, &request.path, &request.pairs).into())
    }))
}

fn log_in(call: Call) -> Result<Work, Error> {
    let grant = if call.has("username") && call.has("password") {
        "password"
    } else if call.has("code") {
        "authorization_code"
    } else if call.has("refresh_token") {
        "refresh_token"
    } else {
        return Err(
            call.illegal(&["pass `code`, or `username` and `password`, or `refresh_token`"])
        );
    };
    get_token(call, grant)
}

fn log_in_app(call: Call) -> Result<Work, Error> {
    get_token(call, "client_credentials")
}

/// Gets a token and keeps it.
fn get_token(call: Call, grant: &'static str) -> Result<Work, Error> {
    needs_application(call.client(), call.name())?;
    let scopes = scopes::join(call.texts("scopes"));
    let uri = call.text("redirect_uri");
    let refresh_token = call.text("refresh_token");
    let (scope, request) = call.build()?;
    Ok(Box::pin(async move {
        let mut given = ask(&scope, None, request, grant, &scopes).await?;
        // One that is not replaced stays good (RFC 6749, 6).
        given.refresh_token = given.refresh_token.or(refresh_token);
        let client = &scope.client;
        // A refreshed token is the same account's.
        if grant == "refresh_token" {
            token::keep(client, &given);
        } else {
            token::replace(client, &given);
        }
        client.session.account.replace(None);
        if uri.is_some() {
            client.session.redirect_uri.replace(uri);
        }
        Ok(given.access_token.into())
    }))
}

fn revoke_access_token(call: Call) -> Result<Work, Error> {
    let client = call.client().clone();
    let Some(own) = client.access_token.borrow().clone() else {
        return Err(call.illegal(&["the client has no token"]));
    };
    needs_application(&client, call.name())?;
    Ok(Box::pin(async move {
        revoke(&call.scope, call.name(), &own).await?;
        token::forget(&client);
        Ok(JsValue::UNDEFINED)
    }))
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "the rows' functions are of one type"
)]
fn log_out(call: Call) -> Result<Work, Error> {
    Ok(Box::pin(async move {
        let (client, method) = (call.client(), call.name());
        let Some(own) = client.access_token.borrow().clone() else {
            return Ok(JsValue::UNDEFINED);
        };
        // Forgotten first: nobody is to come across a token that is about to end.
        token::forget(client);
        let account = client.session.account.take();
        let forgotten = match Storage::of_client(method, client) {
            Ok(Some(storage)) => saved::forget(&storage, &own, account.as_deref()).await,
            Ok(None) => Ok(Vec::new()),
            Err(error) => Err(error),
        };
        needs_application(client, method)?;
        let revoked = revoke(&call.scope, method, &own).await;
        for other in forgotten.iter().flatten().filter(|token| **token != own) {
            token::discard(client.clone(), method, other.clone()).await;
        }
        match revoked {
            Err(error) if !matches!(error.status(), Some(404 | 405 | 501)) => Err(error),
            _ => forgotten.map(|_| JsValue::UNDEFINED),
        }
    }))
}

fn oauth_userinfo(call: Call) -> Result<Work, Error> {
    let (scope, mut request) = call.build()?;
    Ok(Box::pin(async move {
        request.path = discover(&scope, request.method)
            .await?
            .path_of(&scope.client, USERINFO)?;
        send(&scope, request).await
    }))
}

fn server_info(call: Call) -> Result<Work, Error> {
    let (scope, request) = call.build()?;
    let mut request = request.anonymous();
    Ok(Box::pin(async move {
        let reply = exchange(&scope, &mut request).await?;
        match read(&scope.client, &request, &reply) {
            // Not there, or some page of the server where it should be.
            Err(_) if reply.status < 429 => Ok(Object::new().into()),
            result => result,
        }
    }))
}

#[allow(
    clippy::unnecessary_wraps,
    reason = "the rows' functions are of one type"
)]
fn persistable_login_credentials(client: &Rc<Client>, _: Arguments) -> Result<JsValue, Error> {
    let credentials = js::object(&[("api_base_url", client.origin.as_str().into())]);
    for (name, value) in [
        ("client_id", &client.client_id),
        ("client_secret", &client.client_secret),
        ("access_token", &client.access_token),
        ("refresh_token", &client.refresh_token),
    ] {
        if let Some(value) = &*value.borrow() {
            js::set(&credentials, name, &value.as_str().into());
        }
    }
    if let Some(seconds) = client.session.expires_in() {
        js::set(&credentials, "expires_in", &seconds.into());
    }
    Ok(credentials.into())
}
