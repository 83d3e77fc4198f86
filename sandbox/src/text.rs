//! Converts the text of users to the HTML that an instance sends.

use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Links, mentions and hashtags, in one expression so that none is found inside another.
static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r#"(?x)
        (?P<url> https?:// [^\s<>"]* [^\s<>".,;:!?'")\]}] )
        | (?P<before> ^ | [^\w/@.] ) (?:
            @ (?P<user> [A-Za-z0-9_]+ (?: [A-Za-z0-9_.-]* [A-Za-z0-9_] )? ) (?: @ (?P<host> [\w.-]+ (?: :\d+ )? [\w] ) )?
            | [\#＃] (?P<tag> [\w·・‿]* [\p{L}\p{M}_·] [\w·・‿]* )
        )"#,
    )
    .expect("the expression is checked by the tests")
});

static SHORTCODE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r":([A-Za-z0-9_]{2,}):").expect("checked by the tests"));

/// A mention as the user wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handle {
    pub username: String,
    pub host: Option<String>,
}

pub fn handles(text: &str) -> Vec<Handle> {
    let mut found = Vec::new();
    for captures in ENTITY.captures_iter(text) {
        if let Some(handle) = handle_of(&captures)
            && !found.contains(&handle)
        {
            found.push(handle);
        }
    }
    found
}

/// Hashtags in lower case, each once.
pub fn tags(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for captures in ENTITY.captures_iter(text) {
        if let Some(tag) = captures.name("tag") {
            let tag = tag.as_str().to_lowercase();
            if !found.contains(&tag) {
                found.push(tag);
            }
        }
    }
    found
}

pub fn shortcodes(text: &str) -> impl Iterator<Item = &str> {
    SHORTCODE
        .captures_iter(text)
        .filter_map(|captures| captures.get(1))
        .map(|code| code.as_str())
}

/// The length of a status: a link counts as 23 characters, a mention without its host.
pub fn length(text: &str) -> usize {
    let counted = ENTITY.replace_all(text, |captures: &Captures<'_>| {
        let before = captures.name("before").map_or("", |found| found.as_str());
        if captures.name("url").is_some() {
            "x".repeat(23)
        } else if let Some(user) = captures.name("user") {
            format!("{before}@{}", user.as_str())
        } else {
            captures[0].to_owned()
        }
    });
    counted.chars().count()
}

pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            _ => out.push(c),
        }
    }
    out
}

/// Paragraphs, line breaks, links, mentions and hashtags. `person` returns the URL and the short name of a
/// mentioned account. `base` is the base URL of hashtags.
pub fn html(
    text: &str,
    base: &str,
    person: impl Fn(&Handle) -> Option<(String, String)>,
) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for paragraph in text
        .replace('\r', "")
        .split("\n\n")
        .map(|part| part.trim_matches('\n'))
        .filter(|part| !part.is_empty())
    {
        out.push_str("<p>");
        let mut last = 0;
        for captures in ENTITY.captures_iter(paragraph) {
            let Some(all) = captures.get(0) else { continue };
            let start = captures
                .name("before")
                .map_or(all.start(), |before| before.end());
            out.push_str(&lines(&paragraph[last..start]));
            out.push_str(&entity(
                &captures,
                &paragraph[start..all.end()],
                base,
                &person,
            ));
            last = all.end();
        }
        out.push_str(&lines(&paragraph[last..]));
        out.push_str("</p>");
    }
    out
}

fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br />")
}

fn entity(
    captures: &Captures<'_>,
    typed: &str,
    base: &str,
    person: &impl Fn(&Handle) -> Option<(String, String)>,
) -> String {
    if let Some(url) = captures.name("url") {
        return link(url.as_str());
    }
    if let Some(tag) = captures.name("tag") {
        let href = format!(
            "{base}/tags/{}",
            percent_encoding::utf8_percent_encode(
                &tag.as_str().to_lowercase(),
                percent_encoding::NON_ALPHANUMERIC
            )
        );
        return format!(
            "<a href=\"{href}\" class=\"mention hashtag\" rel=\"tag\">#<span>{}</span></a>",
            escape(tag.as_str())
        );
    }
    let Some((url, name)) = handle_of(captures).and_then(|handle| person(&handle)) else {
        return escape(typed);
    };
    format!(
        "<span class=\"h-card\" translate=\"no\"><a href=\"{}\" class=\"u-url mention\">@<span>{}</span></a></span>",
        escape(&url),
        escape(&name)
    )
}

/// A link with hidden scheme and shortened end, in Mastodon's markup.
fn link(url: &str) -> String {
    let scheme_end = url.find("//").map_or(0, |at| at + 2);
    let scheme_end = if url[scheme_end..].starts_with("www.") {
        scheme_end + 4
    } else {
        scheme_end
    };
    let (scheme, rest) = url.split_at(scheme_end);
    let cut = rest.char_indices().nth(30).map_or(rest.len(), |(at, _)| at);
    let (shown, hidden) = rest.split_at(cut);
    let class = if hidden.is_empty() { "" } else { "ellipsis" };
    format!(
        "<a href=\"{}\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">{}</span>\
         <span class=\"{class}\">{}</span><span class=\"invisible\">{}</span></a>",
        escape(url),
        escape(scheme),
        escape(shown),
        escape(hidden)
    )
}

fn handle_of(captures: &Captures<'_>) -> Option<Handle> {
    let username = captures.name("user")?.as_str().to_owned();
    Some(Handle {
        username,
        host: captures
            .name("host")
            .map(|host| host.as_str().to_lowercase()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(text: &str) -> String {
        html(text, "http://h", |handle| {
            (handle.username == "mina").then(|| ("http://h/@mina".to_owned(), "mina".to_owned()))
        })
    }

    #[test]
    fn finds_mentions_tags_and_links() {
        let text =
            "hi @mina, and @lucia@faro.example: #Tulpen #東京 https://e.org/a#b (@x) mail@mina #1";
        let names: Vec<String> = handles(text)
            .into_iter()
            .map(|handle| handle.username)
            .collect();
        assert_eq!(names, ["mina", "lucia", "x"]);
        assert_eq!(handles(text)[1].host.as_deref(), Some("faro.example"));
        assert_eq!(tags(text), ["tulpen", "東京"]);
        assert_eq!(
            handles("@sam@127.0.0.1:4100 hi")[0].host.as_deref(),
            Some("127.0.0.1:4100")
        );
    }

    #[test]
    fn renders_paragraphs_and_escapes() {
        assert_eq!(
            render("a < b\nc\n\nd & e"),
            "<p>a &lt; b<br />c</p><p>d &amp; e</p>"
        );
        assert_eq!(render(""), "");
        assert_eq!(render("@nobody"), "<p>@nobody</p>");
        assert_eq!(
            render("hey @mina!"),
            "<p>hey <span class=\"h-card\" translate=\"no\"><a href=\"http://h/@mina\" class=\"u-url mention\">@<span>mina</span></a></span>!</p>"
        );
        assert_eq!(
            render("#Tea"),
            "<p><a href=\"http://h/tags/tea\" class=\"mention hashtag\" rel=\"tag\">#<span>Tea</span></a></p>"
        );
    }

    #[test]
    fn a_script_stays_text() {
        assert_eq!(
            render("https://e.org/\"onclick=x <script>"),
            "<p><a href=\"https://e.org/\" target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\">\
             <span class=\"invisible\">https://</span><span class=\"\">e.org/</span><span class=\"invisible\"></span></a>\
             &quot;onclick=x &lt;script&gt;</p>"
        );
    }

    #[test]
    fn length_counts_as_mastodon_does() {
        assert_eq!(
            length("https://a-very-long-host.example/with/a/very/long/path"),
            23
        );
        assert_eq!(length("@lucia@faro.example hi"), 9);
        assert_eq!(length("e\u{301}"), 2);
        assert_eq!(shortcodes("a :fern: b ::").collect::<Vec<_>>(), ["fern"]);
    }
}
