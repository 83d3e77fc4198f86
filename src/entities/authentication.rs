//! Applications, tokens, and what a server says of its OAuth.

use super::NumberOrString;
use super::declare::{entity, typescript};

entity! {
    /// An application. In a status, its name and website are all there is.
    ///
    /// See <https://docs.joinmastodon.org/entities/Application/>
    pub struct Application {
        /// Identifies the application. Absent in statuses and before 2.7.0; a number on some servers.
        id?: NumberOrString,
        /// What it is called.
        name: String,
        /// Its page; `null` when it named none.
        website?: Option<String>,
        /// The scopes that it was registered with. Absent in statuses and before 4.3.0.
        scopes?: Vec<String>,
        /// Where a login may return to. Absent in statuses and before 4.3.0.
        redirect_uris?: Vec<String>,
        /// Where a login may return to, one a line. Absent in statuses.
        ///
        /// @deprecated since 4.3.0: see `redirect_uris`.
        redirect_uri?: String,
        /// The public key of the server's Web Push. Absent in statuses; `null` on some servers.
        ///
        /// @deprecated since 4.3.0: it is in the instance's configuration.
        vapid_key?: Option<String>,
        /// The public half of its credentials. Only in the response to its registration.
        client_id?: String,
        /// The secret half of its credentials. Only in the response to its registration.
        secret client_secret?: String,
        /// When the secret expires, in seconds since 1970; 0 for never. Only in the response to its
        /// registration, since 4.3.0.
        client_secret_expires_at?: u64,
    }

    /// A token that lets an application act for somebody.
    ///
    /// See <https://docs.joinmastodon.org/entities/Token/>
    pub struct Token {
        /// The token. A secret: whoever has it can do what `scope` allows.
        secret access_token: String,
        /// How it is used: `Bearer`.
        token_type: String,
        /// What it allows, words divided by spaces.
        scope: String,
        /// When it was made, in seconds since 1970.
        created_at: u64,
        /// Seconds until it expires. Absent where tokens do not expire.
        expires_in?: u64,
        /// What gets a new token when it has ended. Absent where tokens last.
        secret refresh_token?: String,
    }

    /// A server's OAuth metadata (RFC 8414). Since 4.3.0.
    ///
    /// See <https://docs.joinmastodon.org/methods/oauth/#authorization-server-metadata>
    pub struct OAuthServerInfo {
        /// The server's own address.
        issuer: String,
        /// Where users are sent to log in.
        authorization_endpoint: String,
        /// Where a code is turned into a token.
        token_endpoint: String,
        /// Where a token is given back.
        revocation_endpoint: String,
        /// Where to find out whose a token is (OpenID Connect). Absent before 4.4.0.
        userinfo_endpoint?: String,
        /// All scopes that the server knows.
        scopes_supported: Vec<String>,
        /// The values of `response_type` that it knows.
        response_types_supported: Vec<String>,
        /// The values of `response_mode` that it knows. Absent on some servers.
        response_modes_supported?: Vec<String>,
        /// The values of `grant_type` that it knows.
        grant_types_supported: Vec<String>,
        /// How an application may show its secret.
        token_endpoint_auth_methods_supported: Vec<String>,
        /// The methods of PKCE that it knows. Absent where it knows none.
        code_challenge_methods_supported?: Vec<String>,
        /// Its documentation. Absent when the server names none.
        service_documentation?: String,
        /// Where applications register. Absent when the server names none.
        app_registration_endpoint?: String,
    }

    /// Whose a token is, in the form of OpenID Connect. Servers since 4.4.0 tell it.
    ///
    /// See <https://docs.joinmastodon.org/methods/oauth/#userinfo>
    pub struct OAuthUserInfo {
        /// The server's own address.
        iss: String,
        /// The ActivityPub identifier of the account.
        sub: String,
        /// The display name.
        name: String,
        /// The name without the server.
        preferred_username: String,
        /// The profile page.
        profile: String,
        /// Address of the profile picture.
        picture: String,
    }
}

typescript! {
    CREDENTIAL_APPLICATION = r"
/**
 * An application as returned by its registration: with its credentials.
 *
 * See <https://docs.joinmastodon.org/entities/Application/#CredentialApplication>
 */
export type CredentialApplication = Application & Required<Pick<Application, 'client_id' | 'client_secret'>>;
"
}
