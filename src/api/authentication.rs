//! Applications and tokens: <https://docs.joinmastodon.org/methods/apps/>,
//! <https://docs.joinmastodon.org/methods/oauth/>

use crate::api::declare::{methods, rows};
use crate::api::endpoint::{at_once, get, post};
use crate::auth::{OAuthScopes, RedirectUris};
use crate::client::{BaseUrl, Fetch};
use crate::params::{Kind, Options, RequestOptions, Seconds, WriteOptions, closed, options};
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
    /// The address of the server's page where a person lets the application in. Send them there; they
    /// come back to the redirect URI with a `code` for `logIn`.
    ///
    /// `GET /oauth/authorize` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorize)
    ///
    /// For a web page, `Mastodon.startLogin` does all of it.
    authRequestUrl(; AuthRequestUrlOptions) -> "string" =
        get("/oauth/authorize").default(&[("response_type", "code")]);

    /// Gets a token: for the `code` of a login, for a name and a password, or for a refresh token. The
    /// client keeps it, and the promise resolves to it.
    ///
    /// `POST /oauth/token` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#token)
    ///
    /// Needs `client_id` and `client_secret`. Rejects with a `MastodonAPIError` where the server refuses
    /// (400, `error: "invalid_grant"`: wrong password, old code) and where it grants less than `scopes`.
    logIn(; LogInOptions) -> "string" =
        post("/oauth/token").default(&[("redirect_uri", "urn:ietf:wg:oauth:2.0:oob")]);

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
        post("/oauth/token");

    /// Gives the client's token back: it is worth nothing from then on, and the client forgets it.
    ///
    /// `POST /oauth/revoke` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#revoke)
    ///
    /// Needs `client_id` and `client_secret`.
    revokeAccessToken(; RevokeAccessTokenOptions) -> "void" =
        post(REVOKE).nothing();

    /// Ends a login: the token is revoked, the storage and the client forget it. It is forgotten here
    /// even where the server could not be told; then it rejects.
    ///
    /// `POST /oauth/revoke` ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#revoke)
    logOut(; WriteOptions) -> "void" =
        post(REVOKE).nothing();

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
        get("/oauth/userinfo").since([4, 3, 0], [4, 3, 0]);

    /// What the server says of its OAuth: where to log in, which scopes and grants it knows. Servers
    /// since 4.3.0 do; elsewhere an empty object.
    ///
    /// `GET /.well-known/oauth-authorization-server` · no token ·
    /// [documentation](https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata)
    oauthAuthorizationServerInfo(; RequestOptions) -> "Partial<OAuthServerInfo>" =
        get("/.well-known/oauth-authorization-server");
}

rows! {
    createApp(client_name: Kind::Text; CreateAppOptions::TABLE) = post("/api/v1/apps").of_class();
    persistableLoginCredentials(; &[]) = at_once();
}

const REVOKE: &str = "/oauth/revoke";

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("authentication.d.ts");
