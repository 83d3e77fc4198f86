//! The parameters that a server adds to the redirect URI (RFC 6749, 4.1.2; RFC 9207).

use super::failure::Reason;
use crate::text::{cut, parts};

/// The parameters of an authorization response.
#[derive(Debug, Default)]
pub struct Callback {
    /// The authorization code.
    pub code: Option<String>,
    /// The `state`, which was sent with the authorization request.
    pub state: Option<String>,
    /// The error code, if there is no authorization code.
    pub error: Option<String>,
    error_description: Option<String>,
    issuer: Option<String>,
}

/// A pending login: what a response must match.
#[derive(Debug)]
pub struct Expected<'a> {
    /// The `state` of the authorization request.
    pub state: &'a str,
    /// The origin of the server that the user was sent to.
    pub issuer: &'a str,
    /// Whether the server's metadata announces an `iss` parameter (RFC 9207).
    pub issuer_promised: bool,
}

impl Callback {
    /// Parses a query. An empty parameter counts as absent. If a name appears more than once, the first
    /// counts.
    pub fn parse(query: &str) -> Self {
        let mut callback = Self::default();
        for pair in pairs(query) {
            let (name, value) = cut(pair, b'=').unwrap_or((pair, ""));
            let Some(field) = callback.field(&decode(name)) else {
                continue;
            };
            if field.is_none() && !value.is_empty() {
                *field = Some(decode(value));
            }
        }
        callback
    }

    fn field(&mut self, name: &str) -> Option<&mut Option<String>> {
        Some(match name {
            "code" => &mut self.code,
            "state" => &mut self.state,
            "error" => &mut self.error,
            "error_description" => &mut self.error_description,
            "iss" => &mut self.issuer,
            _ => return None,
        })
    }

    /// Whether the query contains an authorization response.
    pub fn is_response(&self) -> bool {
        self.code.is_some() || self.error.is_some()
    }

    /// The authorization code, if this is the response to the pending login. Otherwise the reason of the
    /// failure, and the server's message.
    pub fn code_for(&self, login: &Expected<'_>) -> Result<&str, (Reason, String)> {
        let fail = |reason| Err((reason, String::new()));
        match &self.state {
            Some(state) if state == login.state => {}
            Some(_) => return fail(Reason::WrongState),
            // An error without `state` is accepted: some servers omit it, and it contains no code of another
            // login.
            None if self.code.is_none() && self.error.is_some() => {}
            None => return fail(Reason::MissingState),
        }
        // The code of one server must not be sent to another (mix-up attack).
        match &self.issuer {
            Some(issuer) if issuer.strip_suffix('/').unwrap_or(issuer) != login.issuer => {
                return fail(Reason::WrongState);
            }
            None if login.issuer_promised && self.code.is_some() => {
                return fail(Reason::MissingIss);
            }
            _ => {}
        }
        match (&self.code, &self.error) {
            (Some(code), None) => Ok(code),
            (_, error) => {
                let error = error.as_deref().unwrap_or_default();
                let denied = error == "access_denied";
                let words = match &self.error_description {
                    Some(more) => [error, ": ", more].concat(),
                    None => error.to_owned(),
                };
                Err((
                    if denied {
                        Reason::AccessDenied
                    } else {
                        Reason::Refused
                    },
                    words,
                ))
            }
        }
    }
}

/// The query without the server's parameters. The page's own parameters stay unchanged.
pub fn without_response(query: &str) -> String {
    let mut out = String::new();
    for pair in pairs(query) {
        let name = decode(cut(pair, b'=').map_or(pair, |(name, _)| name));
        if Callback::default().field(&name).is_none() && name != "error_uri" {
            out.push(if out.is_empty() { '?' } else { '&' });
            out.push_str(pair);
        }
    }
    out
}

fn pairs(query: &str) -> impl Iterator<Item = &str> {
    parts(query.strip_prefix('?').unwrap_or(query), b'&').filter(|pair| !pair.is_empty())
}

/// Decodes a part of a query: `+` is a space, and `%` with two digits is a byte.
fn decode(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let escaped = match byte {
            b'%' => digit(bytes.get(at + 1)).zip(digit(bytes.get(at + 2))),
            _ => None,
        };
        out.push(match (escaped, byte) {
            (Some((high, low)), _) => (high << 4 | low) as u8,
            (None, b'+') => b' ',
            (None, byte) => *byte,
        });
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_out_what_the_server_put_in_and_keeps_all_else_as_it_is() {
        for (query, kept) in [
            ("", ""),
            ("?", ""),
            ("?code=1&state=2", ""),
            (
                "?tab=a%20b&code=1&flag&state=2&q=x+y",
                "?tab=a%20b&flag&q=x+y",
            ),
            (
                "?error=access_denied&error_description=No&error_uri=u&state=2&x=1",
                "?x=1",
            ),
            (
                "?mycode=1&state_of=play&iss=https%3A%2F%2Fa",
                "?mycode=1&state_of=play",
            ),
            ("?a=1&a=2&&code", "?a=1&a=2"),
            ("?c%6fde=1&%73tate=2&a=%63ode", "?a=%63ode"),
            ("?%c3%28=1&%=2&%4=3&code%", "?%c3%28=1&%=2&%4=3&code%"),
        ] {
            assert_eq!(without_response(query), kept, "{query}");
        }
    }

    fn outcome(query: &str, issuer_promised: bool) -> String {
        let login = Expected {
            state: "s",
            issuer: "https://home.example",
            issuer_promised,
        };
        match Callback::parse(query).code_for(&login) {
            Ok(code) => code.to_owned(),
            Err((reason, _)) => reason.name().to_owned(),
        }
    }

    #[test]
    fn counts_with_the_state_and_the_server_of_its_login_alone() {
        for (query, expected) in [
            ("?code=c&state=s", "c"),
            ("?code=c%2Bd+e&state=s", "c+d e"),
            ("?c%6fde=c&st%61te=s", "c"),
            ("?code=c&code=d&state=s", "c"),
            ("?code=c&state=s&iss=https%3A%2F%2Fhome.example", "c"),
            ("?code=c&state=s&iss=https://home.example/", "c"),
            ("?code=c", "missing_state"),
            ("?code=c&state=", "missing_state"),
            ("?code=c&error=access_denied", "missing_state"),
            ("?code=c&state=t", "wrong_state"),
            ("?code=c&state=S", "wrong_state"),
            ("?code=c&state=s&iss=https://evil.example", "wrong_state"),
            ("?error=access_denied&state=s", "access_denied"),
            ("?error=access_denied&state=t", "wrong_state"),
            ("?error=access_denied", "access_denied"),
            (
                "?error=access_denied&iss=https://evil.example",
                "wrong_state",
            ),
            ("?error=invalid_scope&state=s", "refused"),
            ("?error=server_error&code=c&state=s", "refused"),
            ("?code=&state=s", "refused"),
        ] {
            assert_eq!(outcome(query, false), expected, "{query}");
        }
    }

    #[test]
    fn misses_the_issuer_that_the_server_promised() {
        assert_eq!(outcome("?code=c&state=s", true), "missing_iss");
        assert_eq!(
            outcome("?code=c&state=s&iss=https://home.example", true),
            "c"
        );
        for refusal in ["?error=access_denied", "?error=access_denied&state=s"] {
            assert_eq!(outcome(refusal, true), "access_denied");
        }
    }

    #[test]
    fn gives_the_words_of_the_server() {
        let login = Expected {
            state: "s",
            issuer: "https://a",
            issuer_promised: false,
        };
        let query = "?error=invalid_scope&error_description=The+scope+is+unknown&state=s";
        let (_, words) = Callback::parse(query).code_for(&login).unwrap_err();
        assert_eq!(words, "invalid_scope: The scope is unknown");
    }

    #[test]
    fn reads_long_queries_in_one_pass() {
        for text in ["%", "%4", "&", "=", "code=", "&code=c", "+"] {
            let long = text.repeat(1_000_000 / text.len());
            let limit = crate::text::linear_time(&long);
            let start = std::time::Instant::now();
            let _ = (Callback::parse(&long), without_response(&long));
            assert!(start.elapsed() < limit, "{text}");
        }
    }
}
