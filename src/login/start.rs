//! `startLogin`: finds the server, registers the application there once, and sends the user to the server's
//! page.

use super::address::{self, Address};
use super::application::Registration;
use super::callback::Callback;
use super::finish::{Login, client_value, complete};
use super::locate::{Domain, is_absent, with_advice};
use super::page::Page;
use super::pending::Pending;
use super::popup::{Popup, STATE_PREFIX};
use super::storage::Storage;
use crate::client::Client;
use crate::client::call::{Arguments, StaticCall, Work};
use crate::client::scope::Scope;
use crate::error::{Class, Error};
use crate::js;
use crate::oauth::metadata::{AUTHORIZATION, Metadata, authorization_url, discover};
use crate::{oauth::pkce, scopes};
use js_sys::Object;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// The name of the method.
pub const START: &str = "startLogin";

/// The arguments of the method.
struct Start {
    address: Address,
    registration: Registration,
    return_to: String,
    force_login: JsValue,
    lang: JsValue,
    allow_http: JsValue,
    fetch: JsValue,
    storage: Storage,
    signal: JsValue,
    /// When the call times out, in milliseconds since 1970.
    end: Option<f64>,
}

/// `Mastodon.startLogin`
pub fn start_login(call: StaticCall) -> Result<Work, Error> {
    let login = begin(call)?;
    Ok(Box::pin(async move {
        Ok(login.await?.map_or(JsValue::UNDEFINED, client_value))
    }))
}

/// Sends the user to the server. Resolves to a client only if that is in a popup window.
pub fn begin(call: StaticCall) -> Result<Login, Error> {
    let Some(page) = Page::current() else {
        return Err(Error::new(
            Class::Mastodon,
            &["startLogin needs a web page. Elsewhere, use createApp, authRequestUrl and logIn"],
        ));
    };
    let mut arguments = call.arguments;
    let wants_popup = arguments.take_flag("popup");
    let start = Start::read(arguments, &page)?;
    // Checked first, so that a wrong address fails before a window opens, and a wrong option before the user
    // leaves.
    let client = start.client(&start.address.server)?;
    start.scope(&client)?;
    let tab = if wants_popup {
        None
    } else {
        Storage::of_tab(START)?
    };
    let popup = if wants_popup {
        Some(Popup::open(START)?)
    } else {
        None
    };
    Ok(Box::pin(async move {
        let (scope, metadata) = start.prepare(&client).await?;
        let state = pkce::random()?;
        let state = if popup.is_some() {
            [STATE_PREFIX, &state].concat()
        } else {
            state
        };
        let pending = start.pending(&scope.client, &metadata, &state)?;
        let url = start.url(&scope, &metadata, &pending).await?;
        if let Some(popup) = popup {
            let query = popup.visit(&scope, START, &url, &pending).await?;
            return start.finish(&pending, &query).await.map(Some);
        }
        if let Some(tab) = tab {
            pending.keep(&tab).await?;
        }
        page.leave(&url);
        Ok(None)
    }))
}

impl Start {
    /// Creates a client from the query of a popup window. Like other clients, it waits for rate limits.
    async fn finish(&self, pending: &Pending, query: &str) -> Result<Rc<Client>, Error> {
        let client = self.client_of(&pending.api_base_url(), "wait")?;
        let scope = self.scope(&client)?;
        complete(
            &scope,
            START,
            pending,
            &Callback::parse(query),
            &self.storage,
        )
        .await?;
        Ok(client)
    }

    fn read(mut arguments: Arguments, page: &Page) -> Result<Self, Error> {
        let given = arguments.take("api_base_url");
        let typed = given
            .as_string()
            .or_else(|| given.dyn_ref::<js::Url>().map(js::Url::href));
        let Some(address) = typed.as_deref().and_then(address::parse) else {
            let expected = "a server, such as \"mastodon.social\" or \"@me@mastodon.social\"";
            return Err(Error::invalid_argument(
                START,
                "api_base_url",
                expected,
                &given,
            ));
        };
        let client_name = arguments.take("client_name");
        if client_name.as_string().is_none_or(|name| name.is_empty()) {
            return Err(Error::invalid_argument(
                START,
                "client_name",
                "the application's name",
                &client_name,
            ));
        }
        let storage = Storage::new(START, arguments.take("storage"))?;
        let own_page = |name: &str, given: &JsValue| {
            let text = given.as_string().unwrap_or_default();
            page.own(&text).map(|url| url.href()).ok_or_else(|| {
                let expected = ["a page of ", &page.origin()].concat();
                Error::invalid_argument(START, name, &expected, given)
            })
        };
        let redirect_uri = match arguments.take("redirect_uri") {
            given if given.is_undefined() => page.address(),
            given => own_page("redirect_uri", &given)?,
        };
        let (redirect_uri, _) = crate::text::before(&redirect_uri, b'#');
        let return_to = match arguments.take("return_to") {
            given if given.is_falsy() => String::new(),
            given => own_page("return_to", &given)?,
        };
        let mut asked = arguments.texts("scopes");
        if asked.is_empty() {
            asked.extend(crate::text::parts(scopes::DEFAULT, b' ').map(str::to_owned));
        }
        // Sorted, so that the same scopes in another order give the same application.
        asked.sort_unstable();
        let timeout = arguments.take_timeout(START)?;
        let end = timeout.map(|seconds| js::now() + seconds * 1000.0);
        Ok(Self {
            address,
            registration: Registration {
                client_name,
                redirect_uris: redirect_uri.to_owned(),
                scopes: crate::text::join(&asked, " "),
                website: arguments.take("website"),
            },
            return_to,
            force_login: arguments.take("force_login"),
            lang: arguments.take("lang"),
            allow_http: arguments.take("allow_http"),
            fetch: arguments.take("fetch"),
            storage,
            signal: arguments.take("signal"),
            end,
        })
    }

    /// A client for a server. While a user waits, an error is better than a long wait for a rate limit.
    fn client(&self, server: &str) -> Result<Rc<Client>, Error> {
        self.client_of(server, "throw")
    }

    fn client_of(&self, server: &str, ratelimit_method: &str) -> Result<Rc<Client>, Error> {
        let options: Object = js::object(&[
            ("api_base_url", server.into()),
            ("allow_http", self.allow_http.clone()),
            ("fetch", self.fetch.clone()),
            ("storage", self.storage.as_js().clone()),
            ("ratelimit_method", ratelimit_method.into()),
        ]);
        super::client(START, &options)
    }

    /// The scope of the call for a client. All clients of the call share its timeout.
    fn scope(&self, client: &Rc<Client>) -> Result<Scope, Error> {
        let left = self.end.map(|end| ((end - js::now()) / 1000.0).max(0.001));
        Scope::new(client, START, self.signal.clone(), left)
    }

    /// Finds the server and registers the application there.
    async fn prepare(&self, typed: &Rc<Client>) -> Result<(Scope, Metadata), Error> {
        let domain = Domain {
            client: typed,
            method: START,
            signal: &self.signal,
        };
        let mut client = typed.clone();
        if let Some(user) = &self.address.user
            && let Some(origin) = domain.of_handle(user).await
        {
            client = self.client(&origin)?;
        }
        let error = match self.provide(&client).await {
            Err(error) if is_absent(&error) => error,
            result => return result,
        };
        match domain.elsewhere().await {
            Some(origin) if origin != client.origin => self
                .provide(&self.client(&origin)?)
                .await
                .map_err(with_advice),
            _ => Err(with_advice(error)),
        }
    }

    async fn provide(&self, client: &Rc<Client>) -> Result<(Scope, Metadata), Error> {
        let scope = self.scope(client)?;
        let metadata = discover(&scope, START).await?;
        self.registration
            .provide(&scope, &metadata, START, &self.storage)
            .await?;
        Ok((scope, metadata))
    }

    fn pending(&self, client: &Client, metadata: &Metadata, state: &str) -> Result<Pending, Error> {
        let of_client =
            |text: &RefCell<Option<String>>| text.borrow().as_deref().unwrap_or_default().into();
        Ok(Pending::new(&[
            ("api_base_url", client.origin.as_str().into()),
            ("client_id", of_client(&client.client_id)),
            ("client_secret", of_client(&client.client_secret)),
            ("app_key", self.registration.key(&client.origin).into()),
            (
                "redirect_uri",
                self.registration.redirect_uris.as_str().into(),
            ),
            ("return_to", self.return_to.as_str().into()),
            ("scopes", self.registration.scopes.as_str().into()),
            ("state", state.into()),
            ("code_verifier", pkce::random()?.into()),
            ("allow_http", self.allow_http.is_truthy().into()),
            ("issuer_promised", metadata.promises_issuer().into()),
        ]))
    }

    /// The URL of the server's authorization page.
    async fn url(
        &self,
        scope: &Scope,
        metadata: &Metadata,
        pending: &Pending,
    ) -> Result<String, Error> {
        let challenge = pkce::challenge(scope, &pending.code_verifier()).await?;
        let known = |name: &str| js::get(pending.as_js(), name);
        let pairs = [
            ("response_type", "code".into()),
            ("client_id", known("client_id")),
            ("redirect_uri", known("redirect_uri")),
            ("scope", known("scopes")),
            ("state", known("state")),
            ("code_challenge", challenge.into()),
            ("code_challenge_method", "S256".into()),
            ("force_login", self.force_login.clone()),
            ("lang", self.lang.clone()),
        ];
        let path = metadata.path_of(&scope.client, AUTHORIZATION)?;
        Ok(authorization_url(
            &scope.client,
            &path,
            &pairs.map(|(name, value)| (name.into(), value)),
        ))
    }
}
