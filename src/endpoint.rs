//! The description of a method's request.

pub mod request;
pub mod table;

use crate::params::Param;
use crate::params::encode::Encoding;

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
    /// The verb's name in HTTP.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }

    /// The verb's letter in the table of methods.
    pub(super) const fn letter(self) -> u8 {
        match self {
            Self::Get => b'G',
            Self::Head => b'H',
            Self::Post => b'P',
            Self::Put => b'U',
            Self::Patch => b'A',
            Self::Delete => b'D',
        }
    }

    const ALL: [Self; 6] = [
        Self::Get,
        Self::Head,
        Self::Post,
        Self::Put,
        Self::Patch,
        Self::Delete,
    ];

    /// The verb with this letter.
    pub(super) fn of_letter(letter: u8) -> Option<Self> {
        Self::ALL.into_iter().find(|verb| verb.letter() == letter)
    }

    /// The verb with this name, in any case.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|verb| verb.as_str().eq_ignore_ascii_case(name))
    }

    /// Whether the verb changes nothing on the server.
    pub const fn is_safe(self) -> bool {
        matches!(self, Self::Get | Self::Head)
    }

    /// Whether repeating a request has no further effect.
    pub const fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch)
    }

    /// Whether the parameters go into the query. DELETE is included: some servers do not read its body.
    pub const fn has_query(self) -> bool {
        matches!(self, Self::Get | Self::Head | Self::Delete)
    }
}

/// The result of a method.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// The server's JSON.
    Json,
    /// The server's JSON, with `pagination` from the `Link` header.
    Page,
    /// The server's JSON, with `pagination` by `offset`.
    OffsetPage,
    /// One field of the server's JSON.
    Field(&'static str),
    /// Nothing, whatever the body is.
    Nothing,
}

/// A server version: major, minor, patch.
pub type Version = [u8; 3];

/// A parameter with a fixed value, by its name on the wire.
pub type Fixed = (&'static str, &'static str);

/// The request of a method, as data.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// The method's name in JavaScript.
    pub name: &'static str,
    /// The verb.
    pub verb: Verb,
    /// The path; `{name}` is filled from the parameter of that name.
    pub path: &'static str,
    /// The first version that has the method.
    pub created: Version,
    /// The version that last changed the method.
    pub changed: Version,
    /// The version of Mastodon's API that first had the method; 0 if there is none.
    pub api_version: u8,
    /// The kind of result.
    pub answer: Answer,
    /// How parameters that do not go into the query are encoded.
    pub encoding: Encoding,
    /// Parameters that are sent unless the caller sets them.
    pub defaults: &'static [Fixed],
    /// The path before some version. Servers other than Mastodon may still use it.
    pub legacy_path: Option<(Version, &'static str)>,
    /// The positional parameters.
    pub required: &'static [Param],
    /// The fields of the options object.
    pub options: &'static [Param],
    /// Whether unknown options are ignored.
    pub allow_unknown: bool,
}

impl Endpoint {
    const fn new(verb: Verb, path: &'static str) -> Self {
        Self {
            name: "",
            verb,
            path,
            created: [0, 0, 0],
            changed: [0, 0, 0],
            api_version: 0,
            answer: Answer::Json,
            encoding: Encoding::Json,
            defaults: &[],
            legacy_path: None,
            required: &[],
            options: &[],
            allow_unknown: false,
        }
    }

    /// Adds the name and the parameters, from a declaration. Does not compile if a placeholder of the path is
    /// not a positional parameter.
    pub const fn declared(
        mut self,
        name: &'static str,
        required: &'static [Param],
        options: &'static [Param],
    ) -> Self {
        self.name = name;
        self.required = required;
        self.options = options;
        check_placeholders(self.path, required);
        if let Some((_, path)) = self.legacy_path {
            check_placeholders(path, required);
        }
        self
    }

    /// The server versions that first had and that last changed the method.
    pub const fn since(mut self, created: Version, changed: Version) -> Self {
        self.created = created;
        self.changed = changed;
        self
    }

    /// The version of Mastodon's API (`api_versions.mastodon` of the instance) that first had the method. For
    /// forks and development versions, it is more reliable than the server version.
    pub const fn api_version(mut self, version: u8) -> Self {
        self.api_version = version;
        self
    }

    /// The path before this version. It is tried first if the server is known to be older; otherwise after a
    /// 404 from the new path.
    pub const fn legacy_path(mut self, version: Version, path: &'static str) -> Self {
        self.legacy_path = Some((version, path));
        self
    }

    /// The response is a page, continued by its `Link` header.
    pub const fn page(self) -> Self {
        self.answer(Answer::Page)
    }

    /// The response is a page, continued by `offset`.
    pub const fn offset_page(self) -> Self {
        self.answer(Answer::OffsetPage)
    }

    /// The method returns nothing.
    pub const fn nothing(self) -> Self {
        self.answer(Answer::Nothing)
    }

    /// The result is one field of the response.
    pub const fn field(self, name: &'static str) -> Self {
        self.answer(Answer::Field(name))
    }

    const fn answer(mut self, answer: Answer) -> Self {
        self.answer = answer;
        self
    }

    /// Parameters are sent as a form: OAuth endpoints accept nothing else.
    pub const fn form(mut self) -> Self {
        self.encoding = Encoding::Form;
        self
    }

    /// Parameters (by their names on the wire) that are sent unless the caller sets them.
    pub const fn default(mut self, defaults: &'static [Fixed]) -> Self {
        self.defaults = defaults;
        self
    }

    /// Unknown options are ignored, unless they look like a misspelled one.
    pub const fn allow_unknown(mut self) -> Self {
        self.allow_unknown = true;
        self
    }
}

/// `GET`
pub const fn get(path: &'static str) -> Endpoint {
    Endpoint::new(Verb::Get, path)
}

/// `HEAD`
pub const fn head(path: &'static str) -> Endpoint {
    Endpoint::new(Verb::Head, path)
}

/// `POST`
pub const fn post(path: &'static str) -> Endpoint {
    Endpoint::new(Verb::Post, path)
}

/// `PUT`
pub const fn put(path: &'static str) -> Endpoint {
    Endpoint::new(Verb::Put, path)
}

/// `PATCH`
pub const fn patch(path: &'static str) -> Endpoint {
    Endpoint::new(Verb::Patch, path)
}

/// `DELETE`
pub const fn delete(path: &'static str) -> Endpoint {
    Endpoint::new(Verb::Delete, path)
}

/// No request: a function does the work.
pub const fn local() -> Endpoint {
    Endpoint::new(Verb::Get, "")
}

/// A stream. Its name takes the place of the path.
pub const fn stream(name: &'static str) -> Endpoint {
    Endpoint::new(Verb::Get, name)
}

/// Checks that each `{name}` of a path is a positional parameter.
#[allow(
    clippy::indexing_slicing,
    clippy::panic,
    reason = "it runs in the compiler alone, which would say so"
)]
const fn check_placeholders(path: &str, required: &[Param]) {
    let bytes = path.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'{' {
            let mut found = false;
            let mut which = 0;
            while which < required.len() {
                let name = required[which].name.as_bytes();
                let mut same = 0;
                while same < name.len()
                    && at + 1 + same < bytes.len()
                    && name[same] == bytes[at + 1 + same]
                {
                    same += 1;
                }
                let end = at + 1 + same;
                found = found || (same == name.len() && end < bytes.len() && bytes[end] == b'}');
                which += 1;
            }
            assert!(
                found,
                "a placeholder of the path is no positional parameter"
            );
        }
        at += 1;
    }
}
