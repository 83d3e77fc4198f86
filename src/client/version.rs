//! Server versions, of Mastodon and of what calls itself compatible.

/// A version: major, minor, patch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub [u8; 3]);

impl Version {
    /// Reads what an instance says of itself. Never fails: what cannot be read is 0.
    ///
    /// Forks append: `2.7.2 (compatible; Pleroma 2.5.0)`, `4.4.0-beta.1+glitch`. Some put Mastodon's
    /// version behind a plus (`0.8.1+3.1.0`), others a build name (`0.20.1+git-57cb4fe`).
    pub fn parse(text: &str) -> Self {
        let text = text.split_once(' ').map_or(text, |(version, _)| version);
        let (before, after) = text.split_once('+').unwrap_or((text, ""));
        let behind_plus = Self::leading(after);
        if behind_plus >= Self([1, 0, 0]) && after.contains('.') {
            behind_plus
        } else {
            Self::leading(before)
        }
    }

    fn leading(text: &str) -> Self {
        let mut version = Self::default();
        let text = text.trim_start_matches('v');
        for (slot, part) in version.0.iter_mut().zip(text.split('.')) {
            let digits = part.bytes().take_while(u8::is_ascii_digit);
            *slot = digits.fold(0_u8, |sum, digit| {
                sum.saturating_mul(10).saturating_add(digit - b'0')
            });
            if !part.bytes().all(|byte| byte.is_ascii_digit()) {
                break;
            }
        }
        version
    }

    /// `4.3.0`
    pub fn print(self) -> String {
        let mut out = String::new();
        for (index, part) in self.0.into_iter().enumerate() {
            if index > 0 {
                out.push('.');
            }
            for (unit, always) in [(100, false), (10, false), (1, true)] {
                if always || part >= unit {
                    out.push(char::from(b'0' + part / unit % 10));
                }
            }
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn reads_what_servers_say() {
        for (text, version) in [
            ("4.4.3", [4, 4, 3]),
            ("4.5.0-beta.2", [4, 5, 0]),
            ("4.3.1+glitch", [4, 3, 1]),
            ("4.4.0-beta.1+glitch", [4, 4, 0]),
            ("2.7.2 (compatible; Pleroma 2.5.0)", [2, 7, 2]),
            ("3.5.3 (compatible; Akkoma)", [3, 5, 3]),
            ("0.20.1+git-57cb4fe", [0, 20, 1]),
            ("0.8.1+3.1.0", [3, 1, 0]),
            ("4.2.0rc1", [4, 2, 0]),
            ("v3.2", [3, 2, 0]),
            ("4", [4, 0, 0]),
            ("", [0, 0, 0]),
            ("nightly", [0, 0, 0]),
            ("+", [0, 0, 0]),
            ("999999.1.1", [255, 1, 1]),
        ] {
            assert_eq!(Version::parse(text), Version(version), "{text}");
        }
    }

    #[test]
    fn prints_without_padding() {
        assert_eq!(Version([4, 10, 0]).print(), "4.10.0");
        assert_eq!(Version([0, 255, 109]).print(), "0.255.109");
    }
}
