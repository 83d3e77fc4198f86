//! The OAuth metadata of a server (RFC 8414): `GET /.well-known/oauth-authorization-server`.

use crate::client::Client;
use crate::client::scope::Scope;
use crate::client::send::{exchange, read};
use crate::endpoint::request::Request;
use crate::error::{Class, Error};
use crate::js;
use crate::params::encode::form;
use crate::url::same_origin_path;
use wasm_bindgen::JsValue;

/// The path of the metadata.
pub const PATH: &str = "/.well-known/oauth-authorization-server";

/// The metadata; `undefined` if the server has none.
#[derive(Debug, Default)]
pub struct Metadata(JsValue);

/// An endpoint that the metadata may contain.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    name: &'static str,
    /// Its path on servers without metadata.
    path: &'static str,
}

/// Where the user authorizes an application.
pub const AUTHORIZATION: Endpoint = Endpoint {
    name: "authorization_endpoint",
    path: "/oauth/authorize",
};
/// Issues tokens.
pub const TOKEN: Endpoint = Endpoint {
    name: "token_endpoint",
    path: "/oauth/token",
};
/// Revokes tokens.
pub const REVOCATION: Endpoint = Endpoint {
    name: "revocation_endpoint",
    path: "/oauth/revoke",
};
/// Returns the account of a token.
pub const USERINFO: Endpoint = Endpoint {
    name: "userinfo_endpoint",
    path: "/oauth/userinfo",
};

/// Requests the server's metadata.
pub async fn discover(scope: &Scope, method: &'static str) -> Result<Metadata, Error> {
    let mut request = Request::get(method, PATH).anonymous();
    let metadata = match exchange(scope, &mut request).await {
        Ok(reply) => read(&scope.client, &request, &reply).unwrap_or_default(),
        // Some servers do not allow web pages to read it (CORS). If the server is down, the next request
        // fails too. Only the end of the call is an error here.
        Err(error) if scope.is_over() => return Err(error),
        Err(_) => JsValue::UNDEFINED,
    };
    Ok(Metadata(metadata))
}

impl Metadata {
    /// The path of an endpoint: from the metadata, otherwise the usual one. Secrets are sent there, so it
    /// must be on the client's own origin.
    pub fn path_of(&self, client: &Client, endpoint: Endpoint) -> Result<String, Error> {
        let named = js::get(&self.0, endpoint.name);
        if js::is_nothing(&named) || named.as_string().is_some_and(|named| named.is_empty()) {
            return Ok(endpoint.path.to_owned());
        }
        let url = named.as_string().filter(|url| crate::text::has(url, "://"));
        if let Some(path) = url
            .as_deref()
            .and_then(|url| same_origin_path(&client.origin, url, &client.origin))
        {
            return Ok(path);
        }
        let shown: String = url.unwrap_or_default().chars().take(200).collect();
        Err(Error::new(
            Class::Mastodon,
            &[
                &client.origin,
                " names a `",
                endpoint.name,
                "` on another server, ",
                &shown,
                ": nothing is sent there. If the instance has moved, use its new address",
            ],
        ))
    }

    /// Whether the server announces that it adds `iss` to each authorization response (RFC 9207).
    pub fn promises_issuer(&self) -> bool {
        js::flag_of(&self.0, "authorization_response_iss_parameter_supported")
    }
}

/// The URL of the page where a user authorizes an application.
pub fn authorization_url(client: &Client, path: &str, pairs: &[(JsValue, JsValue)]) -> String {
    let mark = if crate::text::find(path, b'?').is_some() {
        "&"
    } else {
        "?"
    };
    [&client.origin, path, mark, &String::from(form(pairs))].concat()
}
