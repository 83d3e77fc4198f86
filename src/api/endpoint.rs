//! What an `api/` method says about its request.

use crate::params::Param;

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

/// A server version: major, minor, patch.
pub type Version = [u8; 3];

/// A parameter with a fixed value, by its name on the wire.
pub type Fixed = (&'static str, &'static str);

/// Where JavaScript sees a row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A method of `Mastodon`.
    Method,
    /// A static method of `Mastodon`.
    Class,
    /// Nowhere: the package's own code has its arguments checked by it.
    Inside,
}

/// A method's request, as data.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The method's name in JavaScript.
    pub name: &'static str,
    /// Where it is.
    pub place: Place,
    /// The verb; without one, the method gives its result at once and not as a promise.
    pub verb: Option<Verb>,
    /// The path; `{name}` is filled from the parameter of that name.
    pub path: &'static str,
    /// The first version that has it.
    pub created: Version,
    /// The version of its last change.
    pub changed: Version,
    /// What comes back.
    pub answer: Answer,
    /// Whether parameters are written as JSON where they do not go into the query, and not as a form
    /// (or as multipart where there is a file).
    pub json: bool,
    /// Sent where the caller says nothing else.
    pub defaults: &'static [Fixed],
    /// Where servers had it before some version.
    pub before: Option<(Version, &'static str)>,
    /// The positional parameters.
    pub required: &'static [Param],
    /// What the options object may hold.
    pub options: &'static [Param],
    /// Whether the options object may hold what is somebody else's, too.
    pub loose: bool,
}

impl Endpoint {
    const fn new(verb: Option<Verb>, path: &'static str) -> Self {
        Self {
            name: "",
            place: Place::Method,
            verb,
            path,
            created: [0, 0, 0],
            changed: [0, 0, 0],
            answer: Answer::Json,
            json: false,
            defaults: &[],
            before: None,
            required: &[],
            options: &[],
            loose: false,
        }
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
    pub const fn since(mut self, created: Version, changed: Version) -> Self {
        self.created = created;
        self.changed = changed;
        self
    }

    /// Before this version, the path was another one. It is asked where the server is known to be
    /// older, and where a server whose version is not known has nothing at the newer one.
    pub const fn before(mut self, version: Version, path: &'static str) -> Self {
        self.before = Some((version, path));
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

    /// Parameters are sent as JSON.
    pub const fn json(mut self) -> Self {
        self.json = true;
        self
    }

    /// Parameters (by their names on the wire) that are sent where the caller says nothing else.
    pub const fn default(mut self, defaults: &'static [Fixed]) -> Self {
        self.defaults = defaults;
        self
    }

    /// The method is static.
    pub const fn of_class(mut self) -> Self {
        self.place = Place::Class;
        self
    }

    /// The row is there for the package's own code.
    pub const fn inside(mut self) -> Self {
        self.place = Place::Inside;
        self
    }

    /// An option that is nearly one of ours is refused; others are passed over.
    pub const fn loose(mut self) -> Self {
        self.loose = true;
        self
    }
}

/// `GET`
pub const fn get(path: &'static str) -> Endpoint {
    Endpoint::new(Some(Verb::Get), path)
}

/// `HEAD`
pub const fn head(path: &'static str) -> Endpoint {
    Endpoint::new(Some(Verb::Head), path)
}

/// `POST`
pub const fn post(path: &'static str) -> Endpoint {
    Endpoint::new(Some(Verb::Post), path)
}

/// `PUT`
pub const fn put(path: &'static str) -> Endpoint {
    Endpoint::new(Some(Verb::Put), path)
}

/// `PATCH`
pub const fn patch(path: &'static str) -> Endpoint {
    Endpoint::new(Some(Verb::Patch), path)
}

/// `DELETE`
pub const fn delete(path: &'static str) -> Endpoint {
    Endpoint::new(Some(Verb::Delete), path)
}

/// No request of its own: code in JavaScript says what is done.
pub const fn code() -> Endpoint {
    Endpoint::new(Some(Verb::Get), "")
}

/// The same, without a promise.
pub const fn at_once() -> Endpoint {
    Endpoint::new(None, "")
}
