//! Times in the formats of Mastodon.

use jiff::civil::{Date, DateTime};
use jiff::fmt::rfc2822::DateTimePrinter;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// `2026-08-01T13:53:14.135Z`
pub fn iso(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// `2026-08-01T13:53:14.135204Z`, the form of `X-RateLimit-Reset`.
pub fn iso_micros(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

/// `2026-08-01`
pub fn date(time: Timestamp) -> String {
    time.strftime("%Y-%m-%d").to_string()
}

/// `Sat, 01 Aug 2026 13:53:14 GMT`, the form of `Date`.
pub fn http(time: Timestamp) -> Option<String> {
    DateTimePrinter::new()
        .timestamp_to_rfc9110_string(&time)
        .ok()
}

pub fn year(time: Timestamp) -> i16 {
    time.to_zoned(TimeZone::UTC).year()
}

pub fn month(time: Timestamp) -> i8 {
    time.to_zoned(TimeZone::UTC).month()
}

/// Midnight of the day: Mastodon returns only the day on which an account was created.
pub fn midnight(time: Timestamp) -> Timestamp {
    let day: Date = time.to_zoned(TimeZone::UTC).date();
    day.to_zoned(TimeZone::UTC)
        .map_or(time, |zoned| zoned.timestamp())
}

/// Reads the formats that clients send: with a time zone, without one (UTC), or only a date.
pub fn parse(text: &str) -> Option<Timestamp> {
    let utc = |civil: DateTime| {
        civil
            .to_zoned(TimeZone::UTC)
            .ok()
            .map(|zoned| zoned.timestamp())
    };
    text.parse()
        .ok()
        .or_else(|| text.parse::<DateTime>().ok().and_then(utc))
        .or_else(|| {
            text.parse::<Date>()
                .ok()
                .and_then(|day| utc(day.to_datetime(jiff::civil::Time::midnight())))
        })
}

pub fn after(time: Timestamp, seconds: i64) -> Timestamp {
    time.saturating_add(SignedDuration::from_secs(seconds))
        .unwrap_or(time)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_clients_send() {
        let noon = parse("2026-08-01T12:00:00Z").unwrap();
        assert_eq!(parse("2026-08-01T14:00:00+02:00"), Some(noon));
        assert_eq!(parse("2026-08-01T12:00:00"), Some(noon));
        assert_eq!(parse("2026-08-01"), Some(midnight(noon)));
        assert_eq!(parse("soon"), None);
        assert_eq!(iso(noon), "2026-08-01T12:00:00.000Z");
        assert_eq!(date(noon), "2026-08-01");
        assert_eq!(http(noon).as_deref(), Some("Sat, 01 Aug 2026 12:00:00 GMT"));
    }
}
