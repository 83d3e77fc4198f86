//! Applications, tokens, and a server's OAuth metadata.

use super::NumberOrString;
use super::declare::{entity, typescript};

entity! {
    /// An application. In a status, it has only `name` and `website`.
    ///
    /// See <https://docs.joinmastodon.org/entities/Application/>
    pub struct Application {
        /// Identifies the application. Absent in statuses and before 2.7.0; a number on some servers.
        id?: NumberOrString,
        /// Its name.
        name: String,
        /// Its website; `null` when it has none.
        website?: Option<String>,
        /// The scopes that it was registered with. Absent in statuses and before 4.3.0.
        scopes?: Vec<String>,
        /// Its redirect URIs. Absent in statuses and before 4.3.0.
        redirect_uris?: Vec<String>,
        /// Its redirect URIs, one per line. Absent in statuses.
        ///
        /// @deprecated since 4.3.0: see `redirect_uris`.
        redirect_uri?: String,
        /// The server's public key for Web Push. Absent in statuses; `null` on some servers.
        ///
        /// @deprecated since 4.3.0: it is in the `configuration` of the instance.
        vapid_key?: Option<String>,
        /// The client id, which is public. Only in the response to its registration.
        client_id?: String,
        /// The client secret. Only in the response to its registration.
        secret client_secret?: String,
        /// When the secret expires, in seconds since 1970; 0 for never. Only in the response to its
        /// registration, since 4.3.0.
        client_secret_expires_at?: u64,
    }

    /// A token with which an application acts for a user.
    ///
    /// See <https://docs.joinmastodon.org/entities/Token/>
    pub struct Token {
        /// The token. A secret: whoever has it can do what `scope` allows.
        secret access_token: String,
        /// The type: `Bearer`.
        token_type: String,
        /// The granted scopes, separated by spaces.
        scope: String,
        /// When it was created, in seconds since 1970.
        created_at: u64,
        /// Seconds until it expires. Absent on servers whose tokens do not expire.
        expires_in?: u64,
        /// The refresh token, for a new token when this one expires. Absent on servers whose tokens do not
        /// expire.
        secret refresh_token?: String,
    }

    /// A server's OAuth metadata (RFC 8414). Since 4.3.0.
    ///
    /// See <https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata>
    pub struct OAuthServerInfo {
        /// The server's URL.
        issuer: String,
        /// URL where users log in and authorize an application.
        authorization_endpoint: String,
        /// URL where a code is exchanged for a token.
        token_endpoint: String,
        /// URL where a token is revoked.
        revocation_endpoint: String,
        /// URL that returns the user of a token (OpenID Connect). Absent before 4.4.0.
        userinfo_endpoint?: String,
        /// All scopes that the server supports.
        scopes_supported: Vec<String>,
        /// The supported values of `response_type`.
        response_types_supported: Vec<String>,
        /// The supported values of `response_mode`. Absent on some servers.
        response_modes_supported?: Vec<String>,
        /// The supported values of `grant_type`.
        grant_types_supported: Vec<String>,
        /// The supported ways to send the client secret.
        token_endpoint_auth_methods_supported: Vec<String>,
        /// The supported PKCE methods. Absent on servers without PKCE.
        code_challenge_methods_supported?: Vec<String>,
        /// URL of its documentation. Absent when the server has none.
        service_documentation?: String,
        /// URL where applications register. Absent on some servers.
        app_registration_endpoint?: String,
    }

    /// The user of a token, as defined by OpenID Connect. Since 4.4.0.
    ///
    /// See <https://docs.joinmastodon.org/methods/oauth/#userinfo>
    pub struct OAuthUserInfo {
        /// The server's URL.
        iss: String,
        /// The ActivityPub identifier of the account.
        sub: String,
        /// The display name.
        name: String,
        /// The user name, without the domain.
        preferred_username: String,
        /// URL of the profile page.
        profile: String,
        /// URL of the profile picture.
        picture: String,
    }
}

typescript! {
    CREDENTIAL_APPLICATION = r"
/**
 * An application as registered, with its credentials.
 *
 * See <https://docs.joinmastodon.org/entities/Application/#CredentialApplication>
 */
export type CredentialApplication = Application & Required<Pick<Application, 'client_id' | 'client_secret'>>;
"
}
