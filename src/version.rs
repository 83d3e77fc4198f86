//! Versions of servers: of Mastodon, and of servers that are compatible with it.

use crate::text;

/// A version of Mastodon: three numbers, each at most 999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(u32);

impl Version {
    /// The version with these three numbers.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Self((major as u32 * 1000 + minor as u32) * 1000 + patch as u32)
    }

    /// Parses the version of an instance. `None` means unknown, which does not count as old. Servers with
    /// their own numbers below 1.0 (GoToSocial, Takahe) are unknown.
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self::numbers(text)).filter(|version| *version >= FIRST)
    }

    /// The numbers in the version of an instance, unchanged; 0.0.0 if there are none.
    ///
    /// Forks append text: `2.7.2 (compatible; Pleroma 2.5.0)`, `4.4.0-beta.1+glitch`. After a plus, some have
    /// Mastodon's version (`0.8.1+3.1.0`), others the name of a build (`0.20.1+git-57cb4fe`).
    pub fn numbers(text: &str) -> Self {
        let text = text::before(text.trim_ascii(), b' ').0;
        let mut parts = text::parts(text, b'+');
        let mut part = || parts.next().unwrap_or_default();
        let (own, behind) = (part(), part());
        let version = leading(behind);
        if version >= FIRST && text::find(behind, b'.').is_some() {
            version
        } else {
            leading(own)
        }
    }

    /// `4.3.1`
    pub fn to_text(self) -> String {
        let mut text = String::new();
        for part in [self.0 / 1_000_000, self.0 / 1000 % 1000, self.0 % 1000] {
            if !text.is_empty() {
                text.push('.');
            }
            for unit in [100, 10, 1] {
                if part >= unit || unit == 1 {
                    text.push(char::from(b'0' + (part / unit % 10) as u8));
                }
            }
        }
        text
    }
}

/// Whether the server is only compatible with this version: `3.5.3 (compatible; Akkoma)`.
pub fn is_compatible(text: &str) -> bool {
    text::find(text, b'(').is_some()
}

/// The first version of Mastodon.
const FIRST: Version = Version::new(1, 0, 0);

/// The version at the beginning of a text.
fn leading(text: &str) -> Version {
    let mut parts = text::parts(text.trim_start_matches('v'), b'.');
    let mut version = 0;
    let mut ended = false;
    for _ in 0..3 {
        let part = parts.next().unwrap_or_default();
        let mut number = 0;
        for byte in part.bytes() {
            // The first character that is not a digit or dot ends the version: `4.2.0rc1`.
            ended |= !byte.is_ascii_digit();
            if !ended {
                number = (number * 10 + u32::from(byte - b'0')).min(999);
            }
        }
        version = version * 1000 + number;
    }
    Version(version)
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn is_read_in_what_servers_write() {
        for (text, version) in [
            ("4.4.3", "4.4.3"),
            ("4.5.0-beta.2", "4.5.0"),
            ("4.3.1+glitch", "4.3.1"),
            ("4.4.0-beta.1+glitch", "4.4.0"),
            ("2.7.2 (compatible; Pleroma 2.5.0)", "2.7.2"),
            ("3.5.3 (compatible; Akkoma)", "3.5.3"),
            ("3.5.3+0.20.1+git-57cb4fe", "3.5.3"),
            ("0.8.1+3.1.0", "3.1.0"),
            ("1.0.8+3.5.5", "3.5.5"),
            ("4.2.0rc1", "4.2.0"),
            ("4.2rc1.7", "4.2.0"),
            ("v3.2", "3.2.0"),
            ("4", "4.0.0"),
            (" 4.1 ", "4.1.0"),
            ("4.10.12", "4.10.12"),
            ("4.3.1.2", "4.3.1"),
            ("999999.1.1", "999.1.1"),
            ("1.0.0", "1.0.0"),
        ] {
            let read = Version::parse(text).map(Version::to_text);
            assert_eq!(read.as_deref(), Some(version), "{text}");
        }
    }

    #[test]
    fn is_unknown_below_one_and_where_it_cannot_be_read() {
        for text in [
            "",
            " ",
            "+",
            ".",
            "nightly",
            "0.20.1+git-57cb4fe",
            "0.20.1+5e2f",
            "0.0.1.0",
            "takahe/0.11.0",
            "0.999.999",
            "(compatible; Mastodon 4.0.0)",
            "٤.٢.٠",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
        let numbers = |text| Version::numbers(text).to_text();
        assert_eq!(numbers("0.20.1+git-57cb4fe"), "0.20.1");
        assert_eq!(numbers("takahe/0.11.0"), "0.0.0");
    }

    #[test]
    fn is_ordered_by_its_numbers() {
        let mut versions = ["4.10.0", "4.9.12", "3.99.1", "4.9.2"].map(Version::parse);
        versions.sort();
        let texts = versions.map(|version| version.map(Version::to_text).unwrap_or_default());
        assert_eq!(texts, ["3.99.1", "4.9.2", "4.9.12", "4.10.0"]);
        assert_eq!(Version::parse("4.3.1"), Some(Version::new(4, 3, 1)));
    }
}
