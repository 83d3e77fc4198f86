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
    #[wasm_bindgen(catch)]
    fn endpoint(
        metadata: &JsValue,
        name: &str,
        path: &str,
        origin: &str,
    ) -> Result<String, JsValue>;
    /// The token in an answer, if it may do all that was asked for.
    #[wasm_bindgen(catch, js_name = tokenOf)]
    pub fn granted(
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

/// Sends a call to the endpoint that the server names, where it names one.
pub async fn discover(call: &mut Call, client: &Client, name: &str) -> Result<(), JsValue> {
    let mut request = Request::get(call.request.name, "/.well-known/oauth-authorization-server");
    request.auth = Auth::Nobody;
    let metadata = match client.exchange(&call.scope, &request).await {
        Ok(reply) => client.answer(&request, &reply).unwrap_or_default(),
        // Some servers keep it from web pages: whether the server is there at all shows with the
        // request that matters. A call that is over ends here.
        Err(_) => call.scope.run(ready(Ok(JsValue::UNDEFINED))).await?,
    };
    call.request.path = endpoint(&metadata, name, &call.request.path, &client.origin)?;
    Ok(())
}

/// Adds a parameter that must not be seen.
pub fn with_secret(mut request: Request, name: &str, value: &str) -> Request {
    request.secrets.push(value.to_owned());
    request.with(name, value)
}

/// Refuses a client that has no application.
pub fn has_application(client: &Client, method: &str) -> Result<(), JsValue> {
    if client.client_id.borrow().is_some() && client.client_secret.borrow().is_some() {
        Ok(())
    } else {
        let why = "the client has no `client_id` and `client_secret`; `createApp` gives them";
        Err(illegal(method, why))
    }
}

/// What a parameter must be called not to be seen.
const SECRETS: [&str; 4] = ["password", "code", "refresh_token", "code_verifier"];

/// Keeps the secrets among a request's parameters out of errors, and out of the hands of whoever it
/// would be redirected to.
pub fn hide_secrets(request: &mut Request) {
    for (name, value) in &request.pairs {
        if let (true, Some(value)) = (SECRETS.contains(&name.as_str()), value.text()) {
            request.secrets.push(value.to_owned());
        }
    }
}

/// Makes a call a request of the application: its id and secret go along instead of the client's
/// token.
pub fn as_application(mut call: Call, client: &Client) -> Result<(Request, Scope), JsValue> {
    let path = std::mem::take(&mut call.request.path);
    let (mut request, scope) = call.into_request(client)?;
    request.path = path;
    request.auth = Auth::Nobody;
    hide_secrets(&mut request);
    let id = client.client_id.borrow().clone().unwrap_or_default();
    let secret = client.client_secret.borrow().clone().unwrap_or_default();
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

/// Asks for a token that may do all that is asked for. Gives the scope of the call back.
pub async fn token(
    call: Call,
    client: &Client,
    grant: &str,
    scopes: &str,
) -> Result<(String, Scope), JsValue> {
    let (request, scope) = as_application(call, client)?;
    let request = request.with("grant_type", grant).with("scope", scopes);
    let answer = send(client, &scope, &request).await?;
    let token = granted(&answer, scopes, request.name, &request.path)?;
    Ok((token, scope))
}
