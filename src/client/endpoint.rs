//! What an `api/` method says about its request.

use super::version::Version;
use super::{Call, Client};
use crate::params::{Argument, Kind, Param};
use std::pin::Pin;
use std::rc::Rc;
use tsify::{Ts, Tsify};
use wasm_bindgen::JsValue;

/// An HTTP verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Verb {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
}

impl Verb {
    /// The verb as HTTP writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// Whether parameters go into the query.
    pub const fn reads(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// Whether a request may be sent again when the connection dropped before an answer.
    pub const fn repeatable(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }
}

/// What a method gives back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server's JSON.
    Json,
    /// The same, with `pagination` read from the `Link` header.
    Page,
    /// The same, where pages are counted by `offset`.
    OffsetPage,
    /// One field of the server's JSON.
    Field(&'static str),
    /// Nothing, whatever the body.
    Nothing,
}

/// How parameters are written where they do not go into the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// As a form, or as multipart where there is a file.
    Form,
    /// As JSON.
    Json,
}

/// A parameter with a fixed value.
pub type Fixed = (&'static str, &'static str);

/// Something that is done to a checked call before it is sent.
pub type Step = fn(&mut Call, &Client) -> Result<(), JsValue>;

/// Asks for one entry of a list where the option `id` was given: it goes behind the path, and the
/// answer is no page.
#[allow(clippy::unnecessary_wraps, reason = "other steps may refuse")]
pub fn by_id(call: &mut Call, _: &Client) -> Result<(), JsValue> {
    if call.arguments.get("id").is_some() {
        call.request.path.push_str("/{id}");
        call.request.answer = Answer::Json;
    }
    Ok(())
}

/// A method's request, as data.
#[derive(Debug)]
pub struct Endpoint {
    /// The method's name in JavaScript.
    pub name: &'static str,
    /// The verb.
    pub verb: Verb,
    /// The path; `{name}` is filled from the parameter of that name.
    pub path: &'static str,
    /// The first version that has it.
    pub created: Version,
    /// The version of its last change.
    pub changed: Version,
    /// What comes back.
    pub answer: Answer,
    /// How parameters are written.
    pub body: Body,
    /// Sent with every call.
    pub fixed: &'static [Fixed],
    /// Sent where the caller says nothing else.
    pub defaults: &'static [Fixed],
    /// Where servers had it before some version.
    pub before: Option<(Version, &'static str)>,
    /// What is done to a checked call before it is sent.
    pub first: Option<Step>,
    /// The positional parameters.
    pub required: &'static [Param],
    /// What the options object may hold.
    pub options: &'static [Param],
    /// What the method does beside sending its request.
    pub act: Act,
}

/// What a method does beside sending its request. It gets the call checked and not sent.
#[derive(Clone, Copy, Debug)]
pub enum Act {
    /// Nothing.
    Send,
    /// Something else instead: several requests, or none.
    Instead(fn(Call, Rc<Client>) -> Work),
    /// Something at once, without a promise.
    Now(fn(Call, &Client) -> Result<JsValue, JsValue>),
}

/// What comes to an end with a method's result.
pub type Work = Pin<Box<dyn Future<Output = Result<JsValue, JsValue>>>>;

impl Endpoint {
    const fn new(verb: Verb, name: &'static str, path: &'static str) -> Self {
        Self {
            name,
            verb,
            path,
            created: Version([0, 0, 0]),
            changed: Version([0, 0, 0]),
            answer: Answer::Json,
            body: Body::Form,
            fixed: &[],
            defaults: &[],
            before: None,
            first: None,
            required: &[],
            options: &[],
            act: Act::Send,
        }
    }

    /// `GET`
    pub const fn get(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Get, name, path)
    }

    /// `HEAD`
    pub const fn head(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Head, name, path)
    }

    /// `POST`
    pub const fn post(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Post, name, path)
    }

    /// `PUT`
    pub const fn put(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Put, name, path)
    }

    /// `PATCH`
    pub const fn patch(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Patch, name, path)
    }

    /// `DELETE`
    pub const fn delete(name: &'static str, path: &'static str) -> Self {
        Self::new(Verb::Delete, name, path)
    }

    /// The name and the parameters, where a declaration gives them.
    pub const fn declared(
        mut self,
        name: &'static str,
        required: &'static [Param],
        options: &'static [Param],
    ) -> Self {
        self.name = name;
        self.required = required;
        self.options = options;
        self
    }

    /// The server version that first had the method, and the one that last changed it.
    pub const fn since(mut self, created: [u8; 3], changed: [u8; 3]) -> Self {
        self.created = Version(created);
        self.changed = Version(changed);
        self
    }

    /// Before this version, the path was another one. It is asked where the server is known to be
    /// older, and where a server whose version is not known has nothing at the newer one.
    pub const fn before(mut self, version: [u8; 3], path: &'static str) -> Self {
        self.before = Some((Version(version), path));
        self
    }

    /// Does something to the checked call before it is sent.
    pub const fn first(mut self, step: Step) -> Self {
        self.first = Some(step);
        self
    }

    /// The answer is a page that the `Link` header continues.
    pub const fn page(self) -> Self {
        self.answer(Answer::Page)
    }

    /// The answer is a page that `offset` continues.
    pub const fn offset_page(self) -> Self {
        self.answer(Answer::OffsetPage)
    }

    /// There is nothing to return.
    pub const fn nothing(self) -> Self {
        self.answer(Answer::Nothing)
    }

    /// The result is one field of the answer.
    pub const fn field(self, name: &'static str) -> Self {
        self.answer(Answer::Field(name))
    }

    const fn answer(mut self, answer: Answer) -> Self {
        self.answer = answer;
        self
    }

    /// Something else is done: `|call, client| Box::pin(async_function(call, client))`.
    pub const fn instead(mut self, act: fn(Call, Rc<Client>) -> Work) -> Self {
        self.act = Act::Instead(act);
        self
    }

    /// The result is there at once.
    pub const fn now(mut self, act: fn(Call, &Client) -> Result<JsValue, JsValue>) -> Self {
        self.act = Act::Now(act);
        self
    }

    /// Parameters are sent as JSON.
    pub const fn json(mut self) -> Self {
        self.body = Body::Json;
        self
    }

    /// Parameters that every call sends.
    pub const fn with(mut self, fixed: &'static [Fixed]) -> Self {
        self.fixed = fixed;
        self
    }

    /// Parameters (by their names on the wire) that are sent where the caller says nothing else.
    pub const fn default(mut self, defaults: &'static [Fixed]) -> Self {
        self.defaults = defaults;
        self
    }
}

/// `GET`, of a method that is declared.
pub const fn get(path: &'static str) -> Endpoint {
    Endpoint::get("", path)
}

/// `HEAD`
pub const fn head(path: &'static str) -> Endpoint {
    Endpoint::head("", path)
}

/// `POST`
pub const fn post(path: &'static str) -> Endpoint {
    Endpoint::post("", path)
}

/// `PUT`
pub const fn put(path: &'static str) -> Endpoint {
    Endpoint::put("", path)
}

/// `PATCH`
pub const fn patch(path: &'static str) -> Endpoint {
    Endpoint::patch("", path)
}

/// `DELETE`
pub const fn delete(path: &'static str) -> Endpoint {
    Endpoint::delete("", path)
}

/// A positional argument, not looked into yet.
#[derive(Debug)]
pub struct Arg {
    /// The parameter's name.
    pub name: &'static str,
    /// Its name on the wire.
    pub wire: &'static str,
    /// What is accepted.
    pub kind: Kind,
    /// What was passed.
    pub value: JsValue,
}

/// A positional argument that is named on the wire as it is in JavaScript.
pub fn arg<T: Tsify + Argument>(name: &'static str, value: Ts<T>) -> Arg {
    Arg {
        name,
        wire: name,
        kind: T::KIND,
        value: value.into(),
    }
}

impl Arg {
    /// Gives the argument another name on the wire; an empty one keeps it out of the request.
    #[must_use]
    pub fn wire(mut self, wire: &'static str) -> Self {
        self.wire = wire;
        self
    }
}
