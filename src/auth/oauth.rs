//! The requests of OAuth, and where they go.

use crate::client::{Auth, Call, Client, Request, Scope};
use crate::error::illegal;
use crate::params::{Arguments, Kind, Value, argument};
use js_sys::Promise;
use std::future::ready;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/src/auth/oauth.js")]
extern "C" {
    fn challenge(verifier: &str) -> Promise;
    #[wasm_bindgen(catch, js_name = endpoint)]
    fn endpoint_of(
        metadata: &JsValue,
        name: &str,
        path: &str,
        origin: &str,
    ) -> Result<String, JsValue>;
    #[wasm_bindgen(catch, js_name = tokenOf)]
    fn token_of(
        answer: &JsValue,
        scopes: &str,
        method: &str,
        path: &str,
    ) -> Result<String, JsValue>;
    fn closed(error: &JsValue, method: &str, origin: &str, path: &str) -> JsValue;
}

argument! {
    /// What a token may do: `read`, `write`, `follow` and `push` where it is not said.
    OAuthScopes: "OAuthScopes" = "OAuthScope | readonly OAuthScope[]" => Kind::Texts;
    /// One address or several.
    RedirectUris: "RedirectUris" = "string | readonly string[]" => Kind::Texts;
}

/// Where a server sends a person whose application has no page: it shows the code instead.
pub const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Takes a list out of the arguments, as one text; `default` where it was not given.
pub fn take_list(arguments: &mut Arguments, name: &str, separator: &str, default: &str) -> String {
    let Some(Value::List(items)) = arguments.take(name) else {
        return default.to_owned();
    };
    let mut joined = String::new();
    for item in &items {
        if !joined.is_empty() {
            joined.push_str(separator);
        }
        joined.push_str(item.text().unwrap_or_default());
    }
    joined
}

/// Takes the scopes out of the arguments.
pub fn take_scopes(arguments: &mut Arguments) -> String {
    take_list(arguments, "scopes", " ", "read write follow push")
}

/// The S256 challenge of a verifier.
pub async fn s256(verifier: &str) -> Result<String, JsValue> {
    let text = JsFuture::from(challenge(verifier)).await?;
    Ok(text.as_string().unwrap_or_default())
}

/// The path of an endpoint: the server is asked, and where it does not say, it is `path`.
pub async fn endpoint(
    client: &Client,
    scope: &Scope,
    name: &str,
    method: &'static str,
    path: &str,
) -> Result<String, JsValue> {
    let mut request = Request::get(method, "/.well-known/oauth-authorization-server");
    request.auth = Auth::Nobody;
    let metadata = match client.exchange(scope, &request).await {
        Ok(reply) => client.answer(&request, &reply).unwrap_or_default(),
        // Some servers keep it from web pages: whether the server is there at all shows with the
        // request that matters. A call that is over ends here.
        Err(_) => scope.run(ready(Ok(JsValue::UNDEFINED))).await?,
    };
    endpoint_of(&metadata, name, path, &client.origin)
}

/// Adds a parameter that must not be seen.
pub fn with_secret(mut request: Request, name: &str, value: &str) -> Request {
    request.secrets.push(value.to_owned());
    request.with(name, value)
}

/// Makes a prepared call a request of the application: its id and secret go along instead of the
/// client's token. `secrets` names the parameters that must not be seen.
pub fn as_application(
    client: &Client,
    call: Call,
    secrets: &[&str],
) -> Result<(Request, Scope), JsValue> {
    let id = client.client_id.borrow().clone();
    let secret = client.client_secret.borrow().clone();
    let (Some(id), Some(secret)) = (id, secret) else {
        return Err(illegal(
            call.request.name,
            "the client has no `client_id` and `client_secret`; `createApp` gives them",
        ));
    };
    let (mut request, scope) = call.into_request(client)?;
    request.auth = Auth::Nobody;
    for (name, value) in &request.pairs {
        if let (true, Some(value)) = (secrets.contains(&name.as_str()), value.text()) {
            request.secrets.push(value.to_owned());
        }
    }
    let request = request.with("client_id", &id);
    Ok((with_secret(request, "client_secret", &secret), scope))
}

/// Sends a request of OAuth. Where there is no answer, finds out whether there is a server.
pub async fn send(client: &Client, scope: &Scope, request: &Request) -> Result<JsValue, JsValue> {
    let failed = match client.exchange(scope, request).await {
        Ok(reply) => return client.answer(request, &reply),
        Err(failed) => failed,
    };
    let mut probe = Request::get(request.name, "/api/v1/instance");
    probe.auth = Auth::Nobody;
    // A call that is over ends here too, and for the reason that it ended with.
    Err(match client.exchange(scope, &probe).await {
        Ok(_) => closed(&failed, request.name, &client.origin, &request.path),
        Err(_) => failed,
    })
}

/// Asks for a token, which may do what was asked for.
pub async fn token(
    client: &Client,
    scope: &Scope,
    mut request: Request,
    grant: &str,
    scopes: &str,
) -> Result<String, JsValue> {
    request.path = endpoint(
        client,
        scope,
        "token_endpoint",
        request.name,
        "/oauth/token",
    )
    .await?;
    let request = request.with("grant_type", grant).with("scope", scopes);
    let answer = send(client, scope, &request).await?;
    token_of(&answer, scopes, request.name, &request.path)
}
