//! A client: what it knows of its server, and the one way for a method to get an answer.
//!
//! An `api/` method describes its request ([`Endpoint`], positional [`Arg`]s, an options type) and
//! hands it to [`Mastodon::call`]. Methods that take more than one request prepare a [`Call`] and
//! [`Mastodon::spawn`] an async block around it.

mod base_url;
pub mod endpoint;
mod options;
pub mod ratelimit;
mod request;
mod scope;
mod send;
mod version;

pub use base_url::origin;
pub use endpoint::{
    Act, Answer, Arg, Endpoint, Verb, Work, arg, by_id, delete, get, head, patch, post, put,
};
pub use options::*;
pub use request::{Auth, Request};
pub use scope::Scope;
pub use send::version_error;
pub use version::Version;

use crate::error::{Kind, error, illegal};
use crate::params::{Arguments, Given, Options, Value, check, check_options, encode, print};
use js_sys::{Date, Function, Object, Promise, Reflect};
use ratelimit::{Mode, RateLimit};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::Pin;
use std::rc::{Rc, Weak};
use tsify::Ts;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::future_to_promise;

/// A client of one server, as one account or as nobody.
///
/// Every method is on this class, under the name that the Python library Mastodon.py gives it, in
/// camelCase. Required parameters are positional, the rest goes into one options object; results
/// are the server's JSON as it came.
///
/// @example
/// await init();
/// const m = new Mastodon({ api_base_url: "https://mastodon.social", access_token });
/// const status = await m.statusPost("Hello", { visibility: "unlisted" });
#[wasm_bindgen]
#[derive(Debug)]
pub struct Mastodon {
    client: Rc<Client>,
}

/// What a client knows. Shared by its running calls, which may outlive the object in JavaScript.
pub struct Client {
    /// Scheme and host of the server.
    pub origin: String,
    /// The token that requests carry.
    pub access_token: RefCell<Option<String>>,
    /// The application's public half.
    pub client_id: RefCell<Option<String>>,
    /// The application's secret half.
    pub client_secret: RefCell<Option<String>>,
    /// Sent as `lang` with every request.
    pub lang: RefCell<Option<String>>,
    /// Which dialect of the API to speak.
    pub feature_set: FeatureSetKind,
    /// The WebSocket class to use instead of the platform's.
    pub web_socket: Option<JsValue>,
    /// Where the login is kept that this client came from.
    pub storage: Option<JsValue>,
    /// Whether http is allowed where the server is not this machine.
    pub allow_http: bool,
    fetch: Option<Function>,
    on_ratelimit: Option<Function>,
    /// Sent as `User-Agent` where the platform allows it.
    pub user_agent: Option<String>,
    debug_requests: bool,
    request_timeout: f64,
    ratelimit_mode: Mode,
    pace_factor: f64,
    version_check: VersionCheck,
    version: Cell<Option<Version>>,
    /// The account's id, and the token that it belongs to.
    own_id: RefCell<Option<(Option<String>, String)>>,
    given_version: bool,
    ratelimit: Cell<Option<RateLimit>>,
    last_request: Cell<f64>,
    server_time_skew: Cell<Option<f64>>,
    running: RefCell<Vec<Weak<scope::State>>>,
    ended: Cell<bool>,
}

impl std::fmt::Debug for Client {
    /// The address alone: the rest is secret or dull.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.origin)
    }
}

/// When to compare versions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum VersionCheck {
    /// Never.
    #[default]
    None,
    /// Against the version that first had a method.
    Created,
    /// Against the version that last changed it.
    Changed,
}

/// A checked call that was not sent yet.
pub struct Call {
    /// What it sends; the parameters are still in `arguments`.
    pub request: Request,
    /// The checked parameters.
    pub arguments: Arguments,
    /// How long it lives.
    pub scope: Scope,
}

impl Call {
    /// Turns the parameters into the request: into the holes of its path first, the rest beside it.
    pub fn into_request(mut self, client: &Client) -> Result<(Request, Scope), JsValue> {
        let template = std::mem::take(&mut self.request.path);
        let arguments = &mut self.arguments;
        let path = encode::path(&template, |name| arguments.take_text(name));
        self.request.path = path.map_err(|name| {
            illegal(
                self.request.name,
                &["`", name, "` must not be empty, \".\" or \"..\""].concat(),
            )
        })?;
        let mut pairs = self.arguments.into_pairs();
        // What the endpoint says by default gives way to what the caller said.
        self.request
            .pairs
            .retain(|(name, _)| !pairs.iter().any(|(given, _)| given == name));
        self.request.pairs.append(&mut pairs);
        client.add_language(&mut self.request);
        Ok((self.request, self.scope))
    }
}

impl Client {
    /// The same client, which would rather fail than wait for a rate limit.
    pub fn never_waiting(mut self) -> Self {
        self.ratelimit_mode = Mode::Throw;
        self
    }

    /// Checks what a caller passed and opens the call's scope. Nothing is sent.
    pub fn prepare(
        self: &Rc<Self>,
        endpoint: &Endpoint,
        args: &[Arg],
        given: &Given,
    ) -> Result<Call, JsValue> {
        let mut arguments = Arguments::default();
        for arg in args {
            arguments.push(
                arg.name,
                arg.wire,
                check(endpoint.name, arg.name, &arg.kind, &arg.value)?,
            );
        }
        check_options(endpoint.name, given, &mut arguments)?;
        let mut request = Request::of(endpoint);
        request.idempotency_key = arguments.take_text("idempotency_key");
        for (name, value) in endpoint.fixed.iter().chain(endpoint.defaults) {
            request
                .pairs
                .push(((*name).to_owned(), Value::Text((*value).to_owned())));
        }
        let scope = self.open_scope(endpoint.name, &mut arguments)?;
        let mut call = Call {
            request,
            arguments,
            scope,
        };
        if let Some(step) = endpoint.first {
            step(&mut call, self)?;
        }
        Ok(call)
    }

    /// Opens the scope of a call; `signal` and `timeout` are taken out of its arguments.
    pub fn open_scope(
        self: &Rc<Self>,
        method: &'static str,
        arguments: &mut Arguments,
    ) -> Result<Scope, JsValue> {
        if self.ended.get() {
            return Err(ended(method));
        }
        let signal = arguments.take_js("signal").map(JsCast::unchecked_into);
        let timeout = arguments
            .take_js("timeout")
            .and_then(|seconds| seconds.as_f64());
        let scope = Scope::new(method, signal, timeout)?;
        let mut running = self.running.borrow_mut();
        running.retain(|state| state.strong_count() > 0);
        running.push(scope.state());
        Ok(scope)
    }

    /// Sends a prepared call.
    pub async fn run(&self, call: Call) -> Result<JsValue, JsValue> {
        let (request, scope) = call.into_request(self)?;
        self.send(&scope, request).await
    }

    fn add_language(&self, request: &mut Request) {
        let lang = self.lang.borrow().clone();
        if let Some(lang) = lang.filter(|_| !request.pairs.iter().any(|(name, _)| name == "lang")) {
            request.pairs.push(("lang".to_owned(), Value::Text(lang)));
        }
    }

    /// The server's version, where it is known without asking.
    pub fn known_version(&self) -> Option<Version> {
        self.version.get()
    }

    /// Remembers the server's version.
    pub fn set_version(&self, version: Version) {
        if !self.given_version {
            self.version.set(Some(version));
        }
    }

    /// The server's version; the server is asked once. One that does not say has 1.0.0.
    pub async fn server_version(&self, scope: &Scope) -> Result<Version, JsValue> {
        if let Some(version) = self.version.get() {
            return Ok(version);
        }
        let version = match self.ask_version(scope).await? {
            Some(text) => Version::parse(&text),
            None => Version([1, 0, 0]),
        };
        self.set_version(version);
        Ok(version)
    }

    /// What the instance calls its version: the newer form is asked for first.
    pub async fn ask_version(&self, scope: &Scope) -> Result<Option<String>, JsValue> {
        for path in ["/api/v2/instance", "/api/v1/instance"] {
            let request = Request::get("retrieveMastodonVersion", path);
            let reply = self.exchange(scope, &request).await?;
            let Ok(instance) = self.answer(&request, &reply) else {
                continue;
            };
            if let Some(text) = Reflect::get(&instance, &"version".into())
                .ok()
                .and_then(|text| text.as_string())
            {
                return Ok(Some(text));
            }
        }
        Ok(None)
    }

    /// The id of the account that the token belongs to; the server is asked once for each token.
    pub async fn own_id(&self, scope: &Scope) -> Result<String, JsValue> {
        let token = self.access_token.borrow().clone();
        if let Some((of, id)) = self.own_id.borrow().as_ref()
            && *of == token
        {
            return Ok(id.clone());
        }
        let request = Request::get(
            "accountVerifyCredentials",
            "/api/v1/accounts/verify_credentials",
        );
        let account = self.send(scope, request).await?;
        let id = print(&Reflect::get(&account, &"id".into())?);
        self.own_id.replace(Some((token, id.clone())));
        Ok(id)
    }

    /// Forgets what was learnt about the server and the account.
    pub fn clear_caches(&self) {
        self.own_id.take();
        if !self.given_version {
            self.version.set(None);
        }
    }

    /// The server's clock, in milliseconds since 1970, where a `Date` header was seen.
    pub fn server_time(&self) -> Option<f64> {
        Some(Date::now() + self.server_time_skew.get()?)
    }

    /// `{ limit, remaining, reset }`, or null.
    pub fn ratelimit_value(&self) -> JsValue {
        let Some(limit) = self.ratelimit.get() else {
            return JsValue::NULL;
        };
        let value = Object::new();
        let reset = Date::new(&limit.reset.into());
        for (name, part) in [
            ("limit", limit.limit.into()),
            ("remaining", limit.remaining.into()),
            ("reset", reset.into()),
        ] {
            let _ = Reflect::set(&value, &name.into(), &part);
        }
        value.into()
    }

    /// Ends the client: what runs rejects, what comes later does too.
    pub fn end(&self) {
        self.ended.set(true);
        let running = self.running.take();
        for state in running.iter().filter_map(Weak::upgrade) {
            state.end(error(
                Kind::Base,
                "the client was closed while this call was running",
            ));
        }
    }

    /// Whether the client was ended.
    pub fn is_ended(&self) -> bool {
        self.ended.get()
    }
}

fn ended(method: &str) -> JsValue {
    error(
        Kind::Base,
        &[
            method,
            ": this client was closed with `free()`; make a new one",
        ]
        .concat(),
    )
}

/// A promise for what an async block gives.
pub fn promise(work: impl Future<Output = Result<JsValue, JsValue>> + 'static) -> Promise {
    // Boxed, so that the code which drives a future exists once and not for each kind of it.
    fn drive(work: Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>) -> Promise {
        future_to_promise(work)
    }
    drive(Box::pin(work))
}

impl Mastodon {
    /// A client for JavaScript.
    pub(crate) fn of(client: Rc<Client>) -> Self {
        Self { client }
    }

    /// The one way for a method of one request to get its answer.
    pub(crate) fn call<O: Options>(
        &self,
        endpoint: &Endpoint,
        args: &[Arg],
        options: Option<Ts<O>>,
    ) -> Promise {
        self.run(self.client.prepare(endpoint, args, &options.into()))
    }

    /// The same for a call that something was done to before it is sent.
    pub(crate) fn run(&self, call: Result<Call, JsValue>) -> Promise {
        let client = self.client.clone();
        promise(async move { client.run(call?).await })
    }

    /// Checks a call of a method that takes more than one request.
    pub(crate) fn prepare<O: Options>(
        &self,
        endpoint: &Endpoint,
        args: &[Arg],
        options: Option<Ts<O>>,
    ) -> Result<Call, JsValue> {
        self.client.prepare(endpoint, args, &options.into())
    }

    /// What the methods share.
    pub(crate) fn client(&self) -> Rc<Client> {
        self.client.clone()
    }
}

#[wasm_bindgen]
impl Mastodon {
    /// Makes a client. Nothing is sent.
    ///
    /// An option that is nearly one of these is refused as a typing error; others are passed over,
    /// so that an application from `createApp` can be spread into the object as it is.
    ///
    /// Throws `MastodonIllegalArgumentError` where an option is wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(options: Ts<MastodonOptions>) -> Result<Mastodon, JsValue> {
        Client::new("Mastodon", options.into()).map(|client| Self {
            client: Rc::new(client),
        })
    }

    /// The server's address, such as `https://mastodon.social`.
    #[wasm_bindgen(getter)]
    pub fn api_base_url(&self) -> String {
        self.client.origin.clone()
    }

    /// The rate limit as the server last told it, or null where it did not.
    #[wasm_bindgen(getter, unchecked_return_type = "RateLimit | null")]
    pub fn ratelimit(&self) -> JsValue {
        self.client.ratelimit_value()
    }

    /// Ends the client: calls that run reject, streams close, later calls reject. `free()` and
    /// `using` do the same.
    pub fn close(&self) {
        self.client.end();
    }

    /// `[Mastodon https://mastodon.social]`: no secret.
    #[wasm_bindgen(js_name = toString)]
    pub fn to_text(&self) -> String {
        ["[Mastodon ", &self.client.origin, "]"].concat()
    }

    /// What `JSON.stringify` shows of a client: its address, no secret.
    #[wasm_bindgen(js_name = toJSON, unchecked_return_type = "{ api_base_url: string }")]
    pub fn to_json(&self) -> Object {
        let shown = Object::new();
        let _ = Reflect::set(
            &shown,
            &"api_base_url".into(),
            &self.client.origin.as_str().into(),
        );
        shown
    }
}
