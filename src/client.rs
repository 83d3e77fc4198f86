//! A client, and what it knows about its server.

pub mod call;
pub(crate) mod options;
pub mod ratelimit;
pub mod runtime;
pub mod scope;
pub mod send;
pub mod session;
pub mod signal;

use crate::error::{Class, Error};
use crate::js;
use crate::params::check;
use crate::version::{Version, is_compatible};
use call::{Arguments, header_value};
use js_sys::Function;
pub use options::*;
use ratelimit::{Limits, Mode};
use session::Session;
use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

#[cfg(feature = "npm")]
#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("client.d.ts");

#[cfg(feature = "npm")]
#[wasm_bindgen(typescript_custom_section)]
const PAGES: &str = include_str!("page.d.ts");

/// A dialect of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FeatureSet {
    /// Mastodon itself.
    Mainline,
    /// Fedibird.
    Fedibird,
    /// Pleroma.
    Pleroma,
}

/// Which version of a method the server must support.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VersionCheck {
    /// Any.
    None,
    /// The first version.
    Created,
    /// The version with the last change.
    Changed,
}

/// What is known about the server's version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServerVersion {
    /// The server was not asked yet.
    NotAsked,
    /// The version, from the server or from the options; `None` if it cannot be read.
    Known(Option<Version>),
}

/// Refreshes a token that the server rejected. Resolves to whether the client has a new one.
pub type Renew = fn(&scope::Scope, Option<String>) -> Renewal<'_>;
/// The result of [`Renew`].
pub type Renewal<'a> = Pin<Box<dyn Future<Output = Result<bool, Error>> + 'a>>;

/// The state of a client, shared by its running calls.
#[derive(Debug)]
pub struct Client {
    /// A number that identifies the client.
    pub id: u32,
    /// The origin of the server.
    pub origin: String,
    /// Whether http was allowed.
    pub allow_http: bool,
    /// The access token.
    pub access_token: RefCell<Option<String>>,
    /// The refresh token.
    pub refresh_token: RefCell<Option<String>>,
    /// The granted scopes, if they are known.
    pub scopes: RefCell<Option<String>>,
    /// Refreshes a token that the server rejected.
    renew: Renew,
    /// More about the token and the application.
    pub session: Session,
    /// The application's id.
    pub client_id: RefCell<Option<String>>,
    /// The application's secret.
    pub client_secret: RefCell<Option<String>>,
    /// The preferred language, sent with every request.
    pub lang: RefCell<Option<String>>,
    /// The dialect.
    pub feature_set: FeatureSet,
    /// The `fetch` option.
    pub fetch: Option<Function>,
    /// The `web_socket` option.
    pub web_socket: JsValue,
    /// The storage that keeps the login.
    pub storage: JsValue,
    on_ratelimit: Option<Function>,
    /// The `User-Agent` to send.
    pub user_agent: Option<JsValue>,
    debug_requests: bool,
    /// The timeout of a request, in seconds.
    pub request_timeout: f64,
    max_response_size: f64,
    ratelimit_mode: Mode,
    ratelimit_pacefactor: f64,
    version_check: VersionCheck,
    version: Cell<ServerVersion>,
    /// When it was asked for in vain.
    version_asked: Cell<f64>,
    api_version: Cell<Option<u32>>,
    version_given: bool,
    /// Whether the server's version only states compatibility with Mastodon.
    only_compatible: Cell<bool>,
    /// The token and the id of its account.
    own_account: RefCell<Option<(Option<String>, String)>>,
    limits: Cell<Limits>,
    closed: Cell<bool>,
    watchers: Watchers,
    /// Methods, each with whether the server has the legacy path (true) or the new one (false).
    legacy_routes: RefCell<Vec<(&'static str, bool)>>,
    /// Whether the server accepts only forms.
    form_only: Cell<bool>,
    /// Whether the server has ids that are not numbers, so that they contain no time.
    pub ids_are_texts: Cell<bool>,
    honours_idempotency: Cell<Option<bool>>,
    idempotency_key_passed: Cell<bool>,
    idempotency_key_refused: Cell<bool>,
    /// The function that creates iterators over this client's pages (see `walk`), or a weak reference to it.
    pub iterate: RefCell<JsValue>,
}

/// A change of a client, for its streams.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It was closed.
    Closed,
    /// It got its first token.
    LoggedIn,
    /// It got another token than the one that it had: it may be another account's.
    Replaced,
    /// Its token was revoked and removed.
    LoggedOut,
}

/// A callback for changes.
pub type Watcher = Rc<dyn Fn(Change)>;

/// The callbacks for changes.
#[derive(Default)]
struct Watchers(RefCell<Vec<Watcher>>);

impl std::fmt::Debug for Watchers {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Watchers")
    }
}

thread_local! {
    static LAST_ID: Cell<u32> = const { Cell::new(0) };
}

/// The error for a call on a closed client.
pub(crate) fn ended(method: &str) -> Error {
    Error::new(
        Class::Mastodon,
        &[method, ": this client was closed; make a new one"],
    )
}

impl Client {
    /// Creates a client from its options. `method` is named in the error if an option is wrong.
    ///
    /// # Errors
    /// An option is wrong.
    #[allow(clippy::too_many_lines, reason = "a line or two for each option")]
    pub fn new(method: &'static str, options: &JsValue, renew: Renew) -> Result<Rc<Self>, Error> {
        if js::is_nothing(options) {
            return Err(Error::invalid_argument(
                method,
                "options",
                "an object with `api_base_url`",
                options,
            ));
        }
        let mut given =
            options::PARAMETERS.with(|known| Arguments::check_options(method, known, options))?;
        let allow_http = given.take_flag("allow_http");
        let origin = crate::url::origin_of(method, &given.take("api_base_url"), allow_http)?;
        let access_token = given.take_some_text("access_token");
        if access_token
            .as_ref()
            .is_some_and(|token| token.bytes().any(|byte| !byte.is_ascii_graphic()))
        {
            return Err(Error::illegal(
                method,
                &["`access_token` contains characters that are not allowed in a token"],
            ));
        }
        let client_id = given.take("client_id");
        let unreadable = |cause| Error::unreadable(method, "client_id", cause);
        let client_id_text = check::id(&client_id)
            .map_err(unreadable)?
            .and_then(|id| id.as_string());
        if client_id_text.is_none()
            && !matches!(client_id.as_string().as_deref(), Some(""))
            && !client_id.is_undefined()
        {
            return Err(Error::invalid_argument(
                method,
                "client_id",
                "a string",
                &client_id,
            ));
        }
        // Node with a simulated page (jsdom) counts as a page, because CORS applies there too.
        let default_agent = || {
            (runtime::is_server() && !runtime::is_page())
                .then(|| concat!("mastodon-wasm/", env!("CARGO_PKG_VERSION")).to_owned())
        };
        let user_agent = header_value(method, "user_agent", given.take_some_text("user_agent"))?
            .or_else(default_agent)
            .map(JsValue::from);
        let version = given.take_some_text("mastodon_version");
        let session = Session::new(&mut given);
        let id = LAST_ID.get().wrapping_add(1);
        LAST_ID.set(id);
        let client = Rc::new(Self {
            id,
            origin,
            allow_http,
            access_token: RefCell::new(access_token),
            refresh_token: RefCell::new(given.take_some_text("refresh_token")),
            scopes: RefCell::default(),
            renew,
            session,
            client_id: RefCell::new(client_id_text),
            client_secret: RefCell::new(given.take_some_text("client_secret")),
            lang: RefCell::new(given.take_some_text("lang")),
            feature_set: match given.take_text("feature_set").as_deref() {
                Some("fedibird") => FeatureSet::Fedibird,
                Some("pleroma") => FeatureSet::Pleroma,
                _ => FeatureSet::Mainline,
            },
            fetch: given.take("fetch").dyn_into().ok(),
            web_socket: given.take("web_socket"),
            storage: given.take("storage"),
            on_ratelimit: given.take("on_ratelimit").dyn_into().ok(),
            user_agent,
            debug_requests: given.take_flag("debug_requests"),
            request_timeout: given.take_number("request_timeout").unwrap_or(300.0),
            max_response_size: given
                .take_number("max_response_size")
                .unwrap_or(67_108_864.0),
            ratelimit_mode: match given.take_text("ratelimit_method").as_deref() {
                Some("throw") => Mode::Throw,
                Some("pace") => Mode::Pace,
                _ => Mode::Wait,
            },
            ratelimit_pacefactor: given.take_number("ratelimit_pacefactor").unwrap_or(1.1),
            version_check: match given.take_text("version_check_mode").as_deref() {
                Some("created") => VersionCheck::Created,
                Some("changed") => VersionCheck::Changed,
                _ => VersionCheck::None,
            },
            api_version: Cell::default(),
            version_given: version.is_some(),
            only_compatible: Cell::new(version.as_deref().is_some_and(is_compatible)),
            version: Cell::new(version.map_or(ServerVersion::NotAsked, |text| {
                ServerVersion::Known(Version::parse(&text))
            })),
            version_asked: Cell::new(f64::NEG_INFINITY),
            own_account: RefCell::default(),
            limits: Cell::default(),
            closed: Cell::default(),
            watchers: Watchers::default(),
            legacy_routes: RefCell::default(),
            form_only: Cell::default(),
            ids_are_texts: Cell::default(),
            honours_idempotency: Cell::default(),
            idempotency_key_passed: Cell::default(),
            idempotency_key_refused: Cell::default(),
            iterate: RefCell::default(),
        });
        Ok(client)
    }

    /// Whether the server is known to be older than a version. An unknown version is not old.
    pub fn is_older(&self, than: Version) -> bool {
        matches!(self.version.get(), ServerVersion::Known(Some(have)) if have < than)
    }

    /// The server's version, if it is known.
    pub fn known_version(&self) -> Option<Version> {
        match self.version.get() {
            ServerVersion::Known(version) => version,
            ServerVersion::NotAsked => None,
        }
    }

    /// The server's version, if it is known to be too old for a method. Servers that are only compatible with
    /// an old Mastodon are not checked: `2.7.2 (compatible; Akkoma 3.13.2)` has newer methods.
    pub fn too_old_for(&self, needed: Version) -> Option<Version> {
        self.known_version()
            .filter(|have| *have < needed && !self.only_compatible.get())
    }

    /// Stores the version that the server reports, unless the options gave one.
    pub fn set_version(&self, text: Option<&str>) {
        if !self.version_given {
            let version = text.and_then(Version::parse);
            self.version.set(ServerVersion::Known(version));
            self.only_compatible.set(text.is_some_and(is_compatible));
        }
    }

    /// Forgets what was learned about the server and the account.
    pub fn clear_caches(&self) {
        self.own_account.replace(None);
        self.legacy_routes.replace(Vec::new());
        self.form_only.set(false);
        self.ids_are_texts.set(false);
        self.api_version.set(None);
        self.version_asked.set(f64::NEG_INFINITY);
        if !self.version_given {
            self.version.set(ServerVersion::NotAsked);
        }
    }

    fn update_limits(&self, change: impl FnOnce(&mut Limits)) {
        let mut limits = self.limits.get();
        change(&mut limits);
        self.limits.set(limits);
    }

    /// The latest rate limit.
    #[cfg(feature = "typed")]
    pub fn latest_limit(&self) -> Option<ratelimit::RateLimit> {
        self.limits.get().latest()
    }

    /// The latest rate limit as `{ limit, remaining, reset }`, or null.
    pub fn ratelimit_value(&self) -> JsValue {
        let Some(limit) = self.limits.get().latest() else {
            return JsValue::NULL;
        };
        let reset = js_sys::Date::new(&limit.reset.into());
        js::object(&[
            ("limit", limit.limit.into()),
            ("remaining", limit.remaining.into()),
            ("reset", reset.into()),
        ])
        .into()
    }

    /// When the latest rate limit is reset, in milliseconds since 1970.
    pub fn ratelimit_reset(&self) -> Option<f64> {
        Some(self.limits.get().latest()?.reset)
    }

    /// Whether the client was closed.
    pub fn is_closed(&self) -> bool {
        self.closed.get()
    }

    /// Adds a callback for changes of the client. Streams use it: the client does not know them.
    pub fn watch(&self, watcher: Watcher) {
        self.watchers.0.borrow_mut().push(watcher);
    }

    /// Tells those who watch.
    pub fn changed(&self, change: Change) {
        let watchers = self.watchers.0.borrow().clone();
        for watcher in watchers {
            watcher(change);
        }
    }

    /// Ends the client: running calls reject, streams close, and later calls reject.
    pub fn close(&self) {
        self.closed.set(true);
        self.changed(Change::Closed);
        self.watchers.0.take();
        scope::end_all(
            self.id,
            &Error::new(
                Class::Mastodon,
                &["the client was closed while this call was running"],
            ),
        );
    }
}

/// A client of one server, with the token of one account, or without a token.
#[cfg_attr(feature = "npm", wasm_bindgen(skip_typescript))]
#[derive(Clone, Debug)]
pub struct Mastodon {
    pub(crate) client: Rc<Client>,
}

impl From<Rc<Client>> for Mastodon {
    fn from(client: Rc<Client>) -> Self {
        Self { client }
    }
}
