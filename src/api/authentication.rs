//! Applications and tokens: <https://docs.joinmastodon.org/methods/apps/>,
//! <https://docs.joinmastodon.org/methods/oauth/>

use crate::api::declare::methods;
use crate::auth::oauth::{
    self, OAuthScopes, OUT_OF_BAND, RedirectUris, take_list, take_scopes, with_secret,
};
use crate::client::{
    Auth, BaseUrl, Call, Client, Endpoint, Fetch, Mastodon, Request, arg, get, promise,
};
use crate::error::illegal;
use crate::params::{Given, Options, RequestOptions, Seconds, Text, closed, options};
use js_sys::{Object, Promise, Reflect};
use std::rc::Rc;
use tsify::Ts;
use wasm_bindgen::prelude::*;

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
    /// The application that the client's token belongs to. Any token will do.
    ///
    /// `GET /api/v1/apps/verify_credentials` ·
    /// [documentation](https://docs.joinmastodon.org/methods/apps/#verify_credentials)
    appVerifyCredentials(; RequestOptions) -> "Application" =
        get("/api/v1/apps/verify_credentials").since([2, 0, 0], [2, 7, 2]);
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

    /// The address of the server's page where a person lets the application in. Send them there; they
    /// come back to the redirect URI with a `code` for `logIn`.
    ///
    /// `GET /oauth/authorize` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorize)
    ///
    /// For a web page, `Mastodon.startLogin` does all of it.
    #[wasm_bindgen(js_name = authRequestUrl, unchecked_return_type = "Promise<string>")]
    pub fn auth_request_url(&self, options: Option<Ts<AuthRequestUrlOptions>>) -> Promise {
        const AUTHORIZE: Endpoint =
            Endpoint::get("authRequestUrl", "/oauth/authorize").with(&[("response_type", "code")]);
        let (client, call) = (self.client(), self.prepare(&AUTHORIZE, &[], options));
        promise(async move { auth_request_url(&client, call?).await.map(Into::into) })
    }

    /// Gets a token: for the `code` of a login, for a name and a password, or for a refresh token. The
    /// client keeps it, and the promise resolves to it.
    ///
    /// `POST /oauth/token` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#token)
    ///
    /// Needs `client_id` and `client_secret`. Rejects with a `MastodonAPIError` where the server refuses
    /// (400, `error: "invalid_grant"`: wrong password, old code) and where it grants less than `scopes`.
    #[wasm_bindgen(js_name = logIn, unchecked_return_type = "Promise<string>")]
    pub fn log_in(&self, options: Option<Ts<LogInOptions>>) -> Promise {
        const LOG_IN: Endpoint =
            Endpoint::post("logIn", "/oauth/token").default(&[("redirect_uri", OUT_OF_BAND)]);
        let (client, call) = (self.client(), self.prepare(&LOG_IN, &[], options));
        promise(async move { log_in(&client, call?).await.map(Into::into) })
    }

    /// Gets a token for the application itself, which stands for nobody: for what anybody may see, and
    /// to find out whether the server still knows the application. The client keeps it, and the promise
    /// resolves to it.
    ///
    /// `POST /oauth/token` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#token)
    ///
    /// Needs `client_id` and `client_secret`. Rejects with `MastodonUnauthorizedError` where the server
    /// does not know them.
    #[wasm_bindgen(js_name = logInApp, unchecked_return_type = "Promise<string>")]
    pub fn log_in_app(&self, options: Option<Ts<LogInAppOptions>>) -> Promise {
        const LOG_IN_APP: Endpoint = Endpoint::post("logInApp", "/oauth/token");
        let (client, call) = (self.client(), self.prepare(&LOG_IN_APP, &[], options));
        promise(async move {
            let mut call = call?;
            let scopes = take_scopes(&mut call.arguments);
            let token = log_in_with(&client, call, "client_credentials", &scopes, &[]).await;
            token.map(Into::into)
        })
    }

    /// Gives the client's token back: it is worth nothing from then on, and the client forgets it.
    ///
    /// `POST /oauth/revoke` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#revoke)
    ///
    /// Needs `client_id` and `client_secret`.
    #[wasm_bindgen(js_name = revokeAccessToken, unchecked_return_type = "Promise<void>")]
    pub fn revoke_access_token(&self, options: Option<Ts<RevokeAccessTokenOptions>>) -> Promise {
        let (client, call) = (self.client(), self.prepare(&REVOKE, &[], options));
        promise(async move { revoke(&client, call?).await })
    }

    /// Whose the client's token is, as OpenID Connect tells it.
    ///
    /// `GET /oauth/userinfo` · scope `profile` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#userinfo)
    #[wasm_bindgen(js_name = oauthUserinfo, unchecked_return_type = "Promise<OAuthUserInfo>")]
    pub fn oauth_userinfo(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const NAME: &str = "oauthUserinfo";
        const PATH: &str = "/oauth/userinfo";
        const USERINFO: Endpoint = Endpoint::get(NAME, PATH).since([4, 3, 0], [4, 3, 0]);
        let (client, call) = (self.client(), self.prepare(&USERINFO, &[], options));
        promise(async move {
            let mut call = call?;
            call.request.path =
                oauth::endpoint(&client, &call.scope, "userinfo_endpoint", NAME, PATH).await?;
            client.run(call).await
        })
    }

    /// What the server says of its OAuth: where to log in, which scopes and grants it knows. Servers
    /// since 4.3.0 do; elsewhere an empty object.
    ///
    /// `GET /.well-known/oauth-authorization-server` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata)
    #[wasm_bindgen(js_name = oauthAuthorizationServerInfo, unchecked_return_type = "Promise<Partial<OAuthServerInfo>>")]
    pub fn oauth_authorization_server_info(&self, options: Option<Ts<RequestOptions>>) -> Promise {
        const METADATA: Endpoint = Endpoint::get(
            "oauthAuthorizationServerInfo",
            "/.well-known/oauth-authorization-server",
        );
        let (client, call) = (self.client(), self.prepare(&METADATA, &[], options));
        promise(async move {
            let (mut request, scope) = call?.into_request(&client)?;
            request.auth = Auth::Nobody;
            let reply = client.exchange(&scope, &request).await?;
            match client.answer(&request, &reply) {
                // Not there, or some page of the server where it should be.
                Err(_) if reply.status() < 500 && reply.status() != 429 => Ok(Object::new().into()),
                answer => answer,
            }
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

async fn auth_request_url(client: &Client, mut call: Call) -> Result<String, JsValue> {
    const NAME: &str = "authRequestUrl";
    const PATH: &str = "/oauth/authorize";
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
        let missing = || illegal(NAME, "the client has no `client_id`; `createApp` gives one");
        Some(id.ok_or_else(missing)?)
    };
    if (verifier.as_deref()).is_some_and(|verifier| challenged || !is_verifier(verifier)) {
        return Err(illegal(
            NAME,
            "`code_verifier` must be 43 to 128 of A-Z a-z 0-9 - . _ ~, and stand without a `code_challenge`",
        ));
    }
    let path = if skip {
        PATH.to_owned()
    } else {
        oauth::endpoint(client, &call.scope, "authorization_endpoint", NAME, PATH).await?
    };
    let (mut request, _scope) = call.into_request(client)?;
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
    Ok([client.origin.as_str(), &request.path_and_query()].concat())
}

/// Whether text can be a verifier (RFC 7636, 4.1).
fn is_verifier(text: &str) -> bool {
    (43..=128).contains(&text.len())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte))
}

async fn log_in(client: &Client, mut call: Call) -> Result<String, JsValue> {
    let given = |name| call.arguments.get(name).is_some();
    let grant = if given("username") && given("password") {
        "password"
    } else if given("code") {
        "authorization_code"
    } else if given("refresh_token") {
        "refresh_token"
    } else {
        return Err(illegal(
            "logIn",
            "pass `code`, or `username` and `password`, or `refresh_token`",
        ));
    };
    let scopes = take_scopes(&mut call.arguments);
    let secrets = ["password", "code", "refresh_token", "code_verifier"];
    log_in_with(client, call, grant, &scopes, &secrets).await
}

/// Gets a token and keeps it.
async fn log_in_with(
    client: &Client,
    call: Call,
    grant: &str,
    scopes: &str,
    secrets: &[&str],
) -> Result<String, JsValue> {
    let (request, scope) = oauth::as_application(client, call, secrets)?;
    let token = oauth::token(client, &scope, request, grant, scopes).await?;
    client.access_token.replace(Some(token.clone()));
    Ok(token)
}

/// `POST /oauth/revoke`
pub const REVOKE: Endpoint = Endpoint::post("revokeAccessToken", "/oauth/revoke").nothing();

/// Revokes the client's token, which the client then forgets.
pub async fn revoke(client: &Client, call: Call) -> Result<JsValue, JsValue> {
    let name = call.request.name;
    let token = client.access_token.borrow().clone();
    let token = token.ok_or_else(|| illegal(name, "the client has no token"))?;
    let (request, scope) = oauth::as_application(client, call, &[])?;
    let mut request = with_secret(request, "token", &token);
    request.path =
        oauth::endpoint(client, &scope, "revocation_endpoint", name, REVOKE.path).await?;
    if let Err(failed) = oauth::send(client, &scope, &request).await {
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
