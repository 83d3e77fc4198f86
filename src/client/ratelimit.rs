//! Rate limits: what the headers say, and how long to wait.

/// What to do when the limit is near or reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Wait until the limit is reset, then go on.
    #[default]
    Wait,
    /// Reject.
    Throw,
    /// Spread requests over the time that is left.
    Pace,
}

/// The longest single wait. A limit that lasts longer is asked about again.
pub const LONGEST: f64 = 300_000.0;
/// How often a 429 that does not say when to come back is tried again.
pub const ATTEMPTS: u32 = 5;

/// What the server said last. Times are milliseconds since 1970, by this machine's clock.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimit {
    /// Requests in the whole period.
    pub limit: f64,
    /// Requests left in it.
    pub remaining: f64,
    /// When it ends.
    pub reset: f64,
}

/// The reset header as milliseconds since 1970. Mastodon sends ISO 8601, GoToSocial epoch seconds,
/// some proxies the seconds that are left. `parse` reads ISO 8601, `skew` is how far the server's
/// clock is ahead of ours, where that is known.
pub fn reset_at(header: &str, now: f64, skew: f64, parse: impl Fn(&str) -> f64) -> Option<f64> {
    let header = header.trim();
    if header.is_empty() {
        return None;
    }
    if header.bytes().all(|byte| byte.is_ascii_digit()) {
        let seconds = header
            .bytes()
            .take(15)
            .fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'));
        // Nothing that is still running was reset in the seventies.
        return Some(if seconds < 1e8 {
            now + seconds * 1000.0
        } else {
            seconds * 1000.0 - skew
        });
    }
    Some(parse(header) - skew).filter(|at| at.is_finite())
}

impl RateLimit {
    /// Milliseconds to wait before the next request so as not to run into the limit.
    pub fn before_request(&self, mode: Mode, now: f64, last: f64, factor: f64) -> f64 {
        let left = self.reset - now;
        if left <= 0.0 {
            return 0.0;
        }
        let wait = match mode {
            Mode::Throw => 0.0,
            _ if self.remaining < 1.0 => left,
            Mode::Wait => 0.0,
            Mode::Pace => (left / self.remaining - (now - last)) / factor,
        };
        wait.clamp(0.0, LONGEST)
    }
}

/// Milliseconds to wait after a 429: until the reset where it is known and ahead; else one second,
/// doubled each time. `None` when it was tried often enough.
pub fn after_refusal(reset: Option<f64>, now: f64, attempt: u32) -> Option<f64> {
    match reset {
        // A little more than the server says: its clock and ours tick apart.
        Some(at) if at > now => Some((at - now + 100.0).min(LONGEST)),
        _ if attempt < ATTEMPTS => Some(1000.0 * f64::from(1_u32 << attempt)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_790_000_000_000.0;

    fn parse(text: &str) -> f64 {
        if text == "2026-09-21T14:13:20.000Z" {
            NOW
        } else {
            f64::NAN
        }
    }

    #[test]
    fn reads_both_kinds_of_reset() {
        assert_eq!(
            reset_at("2026-09-21T14:13:20.000Z", NOW, 0.0, parse),
            Some(NOW)
        );
        assert_eq!(
            reset_at("1790000060", NOW, 0.0, parse),
            Some(NOW + 60_000.0)
        );
        assert_eq!(reset_at("1790000060", NOW, 60_000.0, parse), Some(NOW));
        assert_eq!(reset_at("30", NOW, 99.0, parse), Some(NOW + 30_000.0));
        assert_eq!(reset_at("soon", NOW, 0.0, parse), None);
        assert_eq!(reset_at(" ", NOW, 0.0, parse), None);
    }

    #[test]
    fn waits_only_when_nothing_is_left() {
        let mut limit = RateLimit {
            limit: 300.0,
            remaining: 1.0,
            reset: NOW + 5000.0,
        };
        assert_eq!(limit.before_request(Mode::Wait, NOW, NOW, 1.1), 0.0);
        limit.remaining = 0.0;
        assert_eq!(limit.before_request(Mode::Wait, NOW, NOW, 1.1), 5000.0);
        assert_eq!(limit.before_request(Mode::Throw, NOW, NOW, 1.1), 0.0);
        assert_eq!(
            limit.before_request(Mode::Wait, NOW + 6000.0, NOW, 1.1),
            0.0
        );
        limit.reset = NOW + 1e9;
        assert_eq!(limit.before_request(Mode::Pace, NOW, NOW, 1.1), LONGEST);
    }

    #[test]
    fn paces_what_is_left_over_the_time_left() {
        let limit = RateLimit {
            limit: 300.0,
            remaining: 10.0,
            reset: NOW + 11_000.0,
        };
        assert_eq!(
            limit.before_request(Mode::Pace, NOW, NOW - 100.0, 1.0),
            1000.0
        );
        assert_eq!(
            limit.before_request(Mode::Pace, NOW, NOW - 5000.0, 1.0),
            0.0
        );
    }

    #[test]
    fn a_429_without_a_usable_reset_backs_off_five_times() {
        let waits: Vec<_> = (0..7)
            .map(|attempt| after_refusal(Some(NOW - 1.0), NOW, attempt))
            .collect();
        assert_eq!(
            waits,
            [
                Some(1000.0),
                Some(2000.0),
                Some(4000.0),
                Some(8000.0),
                Some(16_000.0),
                None,
                None
            ]
        );
        assert_eq!(after_refusal(Some(NOW + 400.0), NOW, 6), Some(500.0));
    }
}
