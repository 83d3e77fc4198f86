//! Rate limits: reading their headers, and how long to wait. Times are milliseconds since 1970, by this
//! machine's clock.

use crate::text;

/// What to do when a limit is near or reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mode {
    /// Wait until it is reset.
    #[default]
    Wait,
    /// Reject.
    Throw,
    /// Spread the requests over the time that is left.
    Pace,
}

/// Mastodon has a limit for each of these. The headers contain the narrowest limit that applies to a request,
/// so the limit of uploads says nothing about timelines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Everything else.
    General,
    /// Uploads: 30 in half an hour.
    Upload,
    /// Deletions of statuses and reblogs: 30 in half an hour.
    Deletion,
    /// New statuses and reblogs: 300 in three hours.
    Status,
    /// New follows: 400 a day.
    Follow,
    /// Reports: 400 a day.
    Report,
    /// New accounts: 5 in half an hour.
    SignUp,
}

impl Kind {
    /// The kind of a request. The path may include a query.
    pub fn of(verb: &str, path: &str) -> Self {
        let path = text::before(path, b'?').0;
        let mut parts = text::parts(path.strip_prefix("/api/").unwrap_or_default(), b'/').skip(1);
        let mut part = || parts.next().unwrap_or_default();
        match (verb, part(), part(), part()) {
            ("POST", "media", _, _) => Self::Upload,
            ("DELETE", "statuses", _, "") | ("POST", "statuses", _, "unreblog") => Self::Deletion,
            ("POST", "statuses", "", _) | ("POST", "statuses", _, "reblog") => Self::Status,
            ("POST", "accounts", "", _) => Self::SignUp,
            ("POST", "accounts", _, "follow") => Self::Follow,
            ("POST", "reports", _, _) => Self::Report,
            _ => Self::General,
        }
    }
}

/// The number of kinds.
const KINDS: usize = Kind::SignUp as usize + 1;

/// A rate limit, from the headers of a response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RateLimit {
    /// Requests per period.
    pub limit: f64,
    /// Requests left in this period.
    pub remaining: f64,
    /// When this period ends.
    pub reset: f64,
}

/// The headers of a response that concern rate limits.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headers<'a> {
    /// `X-RateLimit-Limit`
    pub limit: Option<&'a str>,
    /// `X-RateLimit-Remaining`
    pub remaining: Option<&'a str>,
    /// `X-RateLimit-Reset`
    pub reset: Option<&'a str>,
    /// `Retry-After`
    pub retry_after: Option<&'a str>,
    /// `Date`
    pub date: Option<&'a str>,
}

/// The rate limit headers of a response, parsed.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    /// The limit, if the headers are complete: for `ratelimit` and `on_ratelimit`.
    pub limit: Option<RateLimit>,
    /// When a rejected request may be sent again.
    pub again: Option<f64>,
    /// The time from `Retry-After`.
    pub retry_after: Option<f64>,
}

impl Headers<'_> {
    /// Parses the headers. `parse` parses ISO 8601 and HTTP dates, and returns NaN for other texts.
    pub fn read(&self, now: f64, parse: impl Fn(&str) -> f64) -> Told {
        // How far the server's clock is ahead of ours, if `Date` shows it. A second may be rounding.
        let skew = self.date.map_or(0.0, |date| parse(date) - now);
        let skew = if skew.abs() > 1500.0 { skew } else { 0.0 };
        let at = |header: Option<&str>| time(header?, now, skew, &parse);
        let (reset, retry_after) = (at(self.reset), at(self.retry_after));
        let limit = || {
            Some(RateLimit {
                limit: number(self.limit?)?,
                remaining: number(self.remaining?)?,
                reset: reset?,
            })
        };
        Told {
            limit: limit(),
            again: retry_after.or(reset),
            retry_after,
        }
    }
}

/// A number in a header: at most 15 digits, so that it is exact.
fn number(header: &str) -> Option<f64> {
    let header = header.trim_ascii();
    let digits = matches!(header.len(), 1..=15) && crate::text::is_digits(header);
    digits.then(|| {
        header
            .bytes()
            .fold(0.0, |sum, digit| sum * 10.0 + f64::from(digit - b'0'))
    })
}

/// A time in a header. Mastodon sends ISO 8601, GoToSocial sends epoch seconds. `Retry-After` is a date, or a
/// number of seconds to wait.
fn time(header: &str, now: f64, skew: f64, parse: impl Fn(&str) -> f64) -> Option<f64> {
    if let Some(seconds) = number(header) {
        // A small number is a duration: as a timestamp it would be in the 1970s.
        let left = seconds < 1e8;
        return Some(seconds * 1000.0 + if left { now } else { -skew });
    }
    let header = header.trim_ascii();
    // Engines accept strange texts as dates: for V8, "soon 1" is January 1, 2001.
    let date = header.len() < 64 && text::find(header, b':').is_some();
    let at = if date { parse(header) - skew } else { f64::NAN };
    at.is_finite().then_some(at)
}

/// What a client knows about its limits, by kind.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    kinds: [Known; KINDS],
    latest: Option<RateLimit>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Known {
    limit: Option<RateLimit>,
    /// No request of this kind is sent before this time: the last rejection asked for that.
    held: f64,
    /// When the last request of this kind was sent.
    last: f64,
}

impl Limits {
    fn known(&mut self, kind: Kind) -> Option<&mut Known> {
        self.kinds.get_mut(kind as usize)
    }

    /// The latest limit, of any kind.
    pub fn latest(&self) -> Option<RateLimit> {
        self.latest
    }

    /// A request will be sent at this time. Returns by how much that moved the last one.
    pub fn reserve(&mut self, kind: Kind, now: f64, at: f64) -> f64 {
        let Some(known) = self.known(kind) else {
            return 0.0;
        };
        let step = at - known.last.max(now);
        known.last = at;
        step
    }

    /// The request was not sent after all.
    pub fn release(&mut self, kind: Kind, step: f64) {
        if let Some(known) = self.known(kind) {
            known.last -= step;
        }
    }

    /// Notes that a response came.
    pub fn received(&mut self, kind: Kind, status: u16, told: &Told) {
        self.latest = told.limit.or(self.latest);
        if let Some(known) = self.known(kind) {
            known.limit = told.limit.or(known.limit);
            known.held = told.again.filter(|_| status == 429).unwrap_or_default();
        }
    }

    /// Milliseconds to wait before the next request of a kind, so that it does not exceed the limit; 0 for
    /// none.
    pub fn before_request(
        &self,
        kind: Kind,
        mode: Mode,
        factor: f64,
        now: f64,
        call: &mut Waiting,
    ) -> f64 {
        let Some(known) = self.kinds.get(kind as usize) else {
            return 0.0;
        };
        if mode == Mode::Throw {
            return 0.0;
        }
        let mut wait = known.held - now;
        if let Some(limit) = known.limit
            && limit.reset > now
        {
            let left = limit.reset - now;
            if limit.remaining < 1.0 {
                wait = wait.max(left);
            } else if mode == Mode::Pace {
                let interval = left / limit.remaining;
                // Requests that wait have the times until `last`.
                wait = wait.max(if known.last > now {
                    known.last - now + interval / factor
                } else {
                    (interval - (now - known.last)) / factor
                });
            }
        }
        call.wait(wait)
    }
}

/// The first wait after a rejection, even if the server says "now". It doubles with each retry.
const SHORTEST: f64 = 1000.0;
/// How often to retry after a 429 that does not say when to retry.
const ATTEMPTS: u32 = 5;
/// How often to retry after a 429 that says when.
const MOST_ATTEMPTS: u32 = 20;

/// How long one call has waited for limits. The total is limited, whatever the server says: after that, the
/// call rejects with the server's error.
#[derive(Clone, Copy, Debug)]
pub struct Waiting {
    left: f64,
    refusals: u32,
}

impl Waiting {
    /// For a call that may wait for this many milliseconds in total.
    pub fn new(ceiling: f64) -> Self {
        Self {
            left: ceiling,
            refusals: 0,
        }
    }

    /// Subtracts a wait from the time that is left.
    fn wait(&mut self, milliseconds: f64) -> f64 {
        let wait = milliseconds.max(0.0).min(self.left);
        self.left -= wait;
        wait
    }

    /// Milliseconds to wait after a 429: until the time that the server gave, but at least one second,
    /// doubled each time. `None` if the call does not retry.
    pub fn after_429(&mut self, mode: Mode, again: Option<f64>, now: f64) -> Option<f64> {
        let attempts = if again.is_some_and(|at| at > now) {
            MOST_ATTEMPTS
        } else {
            ATTEMPTS
        };
        let rejects = mode == Mode::Throw || (mode == Mode::Pace && again.is_none());
        if rejects || self.refusals >= attempts || self.left < SHORTEST {
            return None;
        }
        let backoff = SHORTEST * f64::from(1_u32 << self.refusals.min(5));
        self.refusals += 1;
        // A little longer than the server says, because the two clocks differ.
        let told = again.map_or(0.0, |at| at - now + 100.0);
        Some(self.wait(told.max(backoff)))
    }

    /// The same after a 503. There is a retry only if `Retry-After` is present.
    pub fn after_503(&mut self, mode: Mode, retry_after: Option<f64>, now: f64) -> Option<f64> {
        retry_after?;
        self.after_429(mode, retry_after, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: f64 = 1_790_000_000_000.0;

    /// Parses the dates of these tests.
    fn parse(text: &str) -> f64 {
        match text {
            "2026-09-21T14:13:20.000Z" | "Mon, 21 Sep 2026 14:13:20 GMT" => NOW,
            "2026-09-21T14:14:20.000Z" | "Mon, 21 Sep 2026 14:14:20 GMT" => NOW + 60_000.0,
            _ => f64::NAN,
        }
    }

    fn reset(text: &str, date: Option<&str>) -> Option<f64> {
        let headers = Headers {
            reset: Some(text),
            date,
            ..Headers::default()
        };
        headers.read(NOW, parse).again
    }

    fn limited(limit: RateLimit) -> Limits {
        let mut limits = Limits::default();
        let told = Told {
            limit: Some(limit),
            ..Told::default()
        };
        limits.received(Kind::General, 200, &told);
        limits
    }

    fn wait_for(limit: RateLimit, mode: Mode, now: f64, last: f64, factor: f64) -> f64 {
        let mut limits = limited(limit);
        limits.reserve(Kind::General, last, last);
        limits.before_request(
            Kind::General,
            mode,
            factor,
            now,
            &mut Waiting::new(300_000.0),
        )
    }

    #[test]
    fn those_who_wait_are_spread_evenly_and_leave_their_time_to_others() {
        let mut limits = limited(RateLimit {
            limit: 300.0,
            remaining: 20.0,
            reset: NOW + 20_000.0,
        });
        let mut wait = |step_back: f64| {
            limits.release(Kind::General, step_back);
            let mut call = Waiting::new(300_000.0);
            let wait = limits.before_request(Kind::General, Mode::Pace, 2.0, NOW, &mut call);
            (wait, limits.reserve(Kind::General, NOW, NOW + wait))
        };
        assert_eq!(wait(0.0).0, 0.0);
        for at in 1..=5 {
            assert_eq!(wait(0.0), (500.0 * f64::from(at), 500.0));
        }
        // Two are aborted.
        assert_eq!(wait(1000.0), (2000.0, 500.0));
    }

    #[test]
    fn resets_are_read_in_every_form() {
        assert_eq!(reset("2026-09-21T14:13:20.000Z", None), Some(NOW));
        assert_eq!(reset("1790000060", None), Some(NOW + 60_000.0));
        assert_eq!(reset(" 30 ", None), Some(NOW + 30_000.0));
        // The server's clock is a minute ahead.
        let date = Some("Mon, 21 Sep 2026 14:14:20 GMT");
        assert_eq!(reset("1790000060", date), Some(NOW));
        assert_eq!(reset("2026-09-21T14:14:20.000Z", date), Some(NOW));
        assert_eq!(reset("30", date), Some(NOW + 30_000.0));
        for nonsense in ["soon", " ", "", &"9".repeat(400), "-1", "1e5", "12:00"] {
            assert_eq!(reset(nonsense, None), None, "{nonsense}");
        }
    }

    #[test]
    fn retry_after_comes_before_the_reset() {
        let headers = Headers {
            reset: Some("600"),
            retry_after: Some("Mon, 21 Sep 2026 14:14:20 GMT"),
            ..Headers::default()
        };
        let told = headers.read(NOW, parse);
        assert_eq!((told.again, told.limit), (Some(NOW + 60_000.0), None));
        let headers = Headers {
            retry_after: Some("3"),
            ..Headers::default()
        };
        assert_eq!(headers.read(NOW, parse).retry_after, Some(NOW + 3000.0));
    }

    #[test]
    fn a_limit_is_known_where_all_of_it_was_told() {
        let headers = Headers {
            limit: Some("300"),
            remaining: Some(" 299 "),
            reset: Some("60"),
            ..Headers::default()
        };
        let limit = RateLimit {
            limit: 300.0,
            remaining: 299.0,
            reset: NOW + 60_000.0,
        };
        assert_eq!(headers.read(NOW, parse).limit, Some(limit));
        for remaining in [
            None,
            Some(""),
            Some("-1"),
            Some("many"),
            Some(&*"9".repeat(400)),
        ] {
            let told = Headers {
                remaining,
                ..headers
            }
            .read(NOW, parse);
            assert_eq!((told.limit, told.again), (None, Some(limit.reset)));
        }
    }

    #[test]
    fn limits_are_waited_for_only_when_nothing_is_left() {
        let mut limit = RateLimit {
            limit: 300.0,
            remaining: 1.0,
            reset: NOW + 5000.0,
        };
        assert_eq!(wait_for(limit, Mode::Wait, NOW, NOW, 1.1), 0.0);
        limit.remaining = 0.0;
        assert_eq!(wait_for(limit, Mode::Wait, NOW, NOW, 1.1), 5000.0);
        assert_eq!(wait_for(limit, Mode::Throw, NOW, NOW, 1.1), 0.0);
        assert_eq!(wait_for(limit, Mode::Wait, NOW + 6000.0, NOW, 1.1), 0.0);
        limit.reset = NOW + 1e9;
        assert_eq!(wait_for(limit, Mode::Pace, NOW, NOW, 1.1), 300_000.0);
    }

    #[test]
    fn limits_are_paced_over_the_time_that_is_left() {
        let limit = RateLimit {
            limit: 300.0,
            remaining: 10.0,
            reset: NOW + 11_000.0,
        };
        assert_eq!(wait_for(limit, Mode::Pace, NOW, NOW - 100.0, 1.0), 1000.0);
        assert_eq!(wait_for(limit, Mode::Pace, NOW, NOW - 5000.0, 1.0), 0.0);
    }

    #[test]
    fn a_limit_of_one_kind_holds_back_no_other() {
        let mut limits = Limits::default();
        let limit = RateLimit {
            limit: 30.0,
            remaining: 0.0,
            reset: NOW + 60_000.0,
        };
        let told = Told {
            limit: Some(limit),
            again: Some(limit.reset),
            retry_after: None,
        };
        limits.received(Kind::Upload, 429, &told);
        let wait =
            |kind| limits.before_request(kind, Mode::Wait, 1.1, NOW, &mut Waiting::new(300_000.0));
        assert_eq!(wait(Kind::Upload), 60_000.0);
        assert_eq!(wait(Kind::General), 0.0);
        assert_eq!(wait(Kind::Deletion), 0.0);
        assert_eq!(limits.latest(), Some(limit));
    }

    #[test]
    fn a_refusal_without_a_limit_holds_back_its_kind() {
        let mut limits = Limits::default();
        let told = Told {
            again: Some(NOW + 3000.0),
            ..Told::default()
        };
        let wait = |limits: &Limits| {
            limits.before_request(Kind::General, Mode::Wait, 1.1, NOW, &mut Waiting::new(1e6))
        };
        limits.received(Kind::General, 429, &told);
        assert_eq!(wait(&limits), 3000.0);
        limits.received(Kind::General, 200, &Told::default());
        assert_eq!(wait(&limits), 0.0);
        limits.received(Kind::General, 200, &told);
        assert_eq!(wait(&limits), 0.0);
    }

    #[test]
    fn kinds_are_those_that_mastodon_counts_apart() {
        for (verb, path, kind) in [
            ("GET", "/api/v1/timelines/home?limit=1", Kind::General),
            ("POST", "/api/v2/media", Kind::Upload),
            ("POST", "/api/v1/media", Kind::Upload),
            ("GET", "/api/v1/media/1", Kind::General),
            ("DELETE", "/api/v1/statuses/1", Kind::Deletion),
            (
                "DELETE",
                "/api/v1/statuses/1?delete_media=true",
                Kind::Deletion,
            ),
            ("POST", "/api/v1/statuses/1/unreblog", Kind::Deletion),
            ("DELETE", "/api/v1/lists/1", Kind::General),
            ("POST", "/api/v1/statuses", Kind::Status),
            ("POST", "/api/v1/statuses/1/reblog", Kind::Status),
            ("POST", "/api/v1/statuses/1/favourite", Kind::General),
            ("POST", "/api/v1/accounts/1/follow", Kind::Follow),
            ("POST", "/api/v1/accounts/1/unfollow", Kind::General),
            ("POST", "/api/v1/accounts", Kind::SignUp),
            ("POST", "/api/v1/reports", Kind::Report),
            ("POST", "/oauth/token", Kind::General),
            ("POST", "", Kind::General),
        ] {
            assert_eq!(Kind::of(verb, path), kind, "{verb} {path}");
        }
    }

    #[test]
    fn a_refusal_without_a_usable_reset_is_asked_about_five_times() {
        for again in [None, Some(NOW - 1.0)] {
            let mut call = Waiting::new(300_000.0);
            let waits = [(); 7].map(|()| call.after_429(Mode::Wait, again, NOW));
            let wanted = [1000.0, 2000.0, 4000.0, 8000.0, 16_000.0].map(Some);
            assert_eq!(
                (waits.get(..5), waits.get(5..)),
                (Some(&wanted[..]), Some(&[None, None][..]))
            );
        }
    }

    #[test]
    fn a_reset_is_waited_for_and_never_asked_about_within_a_second() {
        let after = |mode, again| Waiting::new(300_000.0).after_429(mode, Some(again), NOW);
        assert_eq!(after(Mode::Wait, NOW + 3000.0), Some(3100.0));
        assert_eq!(after(Mode::Wait, NOW + 1.0), Some(1000.0));
        assert_eq!(after(Mode::Pace, NOW + 3000.0), Some(3100.0));
        assert_eq!(after(Mode::Throw, NOW + 3000.0), None);
        assert_eq!(Waiting::new(3e5).after_429(Mode::Pace, None, NOW), None);
    }

    #[test]
    fn refusals_without_end_end() {
        for step in [1.0, 1e12, -5.0] {
            let (mut call, mut now, mut rounds) = (Waiting::new(300_000.0), NOW, 0);
            while let Some(wait) = call.after_429(Mode::Wait, Some(now + step), now) {
                assert!(wait >= 1000.0);
                now += wait;
                rounds += 1;
            }
            assert!(
                now - NOW <= 300_000.0 && rounds <= 20,
                "{step}: {now}, {rounds}"
            );
        }
    }

    #[test]
    fn what_was_waited_before_a_request_counts() {
        let mut limits = Limits::default();
        let limit = RateLimit {
            limit: 300.0,
            remaining: 0.0,
            reset: NOW + 1e12,
        };
        limits.received(
            Kind::General,
            200,
            &Told {
                limit: Some(limit),
                ..Told::default()
            },
        );
        let mut call = Waiting::new(300_000.0);
        let mut before = || limits.before_request(Kind::General, Mode::Wait, 1.1, NOW, &mut call);
        assert_eq!((before(), before()), (300_000.0, 0.0));
        assert_eq!(call.after_429(Mode::Wait, Some(limit.reset), NOW), None);
    }

    #[test]
    fn a_503_is_waited_for_where_it_says_how_long() {
        let after = |at| Waiting::new(300_000.0).after_503(Mode::Wait, at, NOW);
        assert_eq!(after(Some(NOW + 2000.0)), Some(2100.0));
        assert_eq!(after(None), None);
    }
}
