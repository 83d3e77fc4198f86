//! Ids: Mastodon's snowflakes for accounts, statuses and media, plain counters for everything else.

use std::fmt;
use std::num::ParseIntError;
use std::str::FromStr;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// The bits of a snowflake below its milliseconds.
const SEQUENCE_BITS: u32 = 16;

/// An id in the store. In JSON it is a string, because it does not fit into a JavaScript number.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Id(pub u64);

impl Id {
    /// A snowflake lower than that of everything created from this time on.
    pub fn beginning_of(time: Timestamp) -> Self {
        let ms = u64::try_from(time.as_millisecond()).unwrap_or_default();
        Self(ms << SEQUENCE_BITS)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Id {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// Generates snowflakes: milliseconds since 1970, shifted left by 16 bits, with a counter in the low bits.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Snowflakes {
    last: u64,
    sequence: u64,
}

impl Snowflakes {
    /// The id of something created now: higher than every id before it.
    pub fn new_at(&mut self, now: Timestamp) -> Id {
        let id = self.at(now).0.max(self.last + 1);
        self.last = id;
        Id(id)
    }

    /// The id of something seeded at an earlier time. The counter makes ids of one millisecond differ. The
    /// low bits are never zero, so reading an id as a JavaScript number visibly loses digits.
    pub fn at(&mut self, time: Timestamp) -> Id {
        self.sequence = (self.sequence + 37) & ((1 << SEQUENCE_BITS) - 1);
        Id(Id::beginning_of(time).0 | self.sequence)
    }
}

/// Counters for the tables whose ids are not snowflakes.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Counter(u64);

impl Counter {
    pub fn next(&mut self) -> Id {
        self.0 += 1;
        Id(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn snowflakes_increase_and_carry_their_time() {
        let mut ids = Snowflakes::default();
        let now = Timestamp::from_millisecond(1_800_000_000_000).unwrap();
        let many: Vec<Id> = (0..100_000).map(|_| ids.new_at(now)).collect();
        assert!(many.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(i64::try_from(many[0].0 >> SEQUENCE_BITS).unwrap() >= now.as_millisecond());
    }

    #[test]
    fn one_past_moment_gives_different_ids() {
        let mut ids = Snowflakes::default();
        let time = Timestamp::from_millisecond(1_700_000_000_000).unwrap();
        assert_ne!(ids.at(time), ids.at(time));
    }
}
