//! How long to wait before the next attempt to connect.

/// The longest wait between two attempts, in milliseconds.
pub const CAP: f64 = 60_000.0;

/// The upper limit of the first wait. It doubles with each failure.
const FIRST: f64 = 1_000.0;

/// After this many failures, the limit stops growing for a server that does accept connections. Waiting for a
/// socket that opens and is lost again costs less than for one that is refused.
const ACCEPTED: u32 = 3;

/// After a connection that lasted this long, the waits start again from the first.
const HEALTHY: f64 = 60_000.0;

/// A connection that lasted this long was accepted, and not closed at once.
pub const STEADY: f64 = 1_000.0;

/// Exponential backoff with full jitter: the wait is random, up to the limit. So the clients of a restarted
/// server do not all reconnect at once.
#[derive(Debug, Default, Clone)]
pub struct Backoff {
    failures: u32,
}

impl Backoff {
    /// The wait after another failure, in milliseconds; `random` is at least 0 and below 1.
    pub fn next(&mut self, random: f64) -> f64 {
        let wait = ceiling(self.failures) * random;
        self.failures = self.failures.saturating_add(1);
        wait
    }

    /// Notes that a connection ended after `lasted` milliseconds.
    pub fn stood(&mut self, lasted: f64) {
        if lasted >= HEALTHY {
            self.failures = 0;
        } else if lasted >= STEADY {
            self.failures = self.failures.min(ACCEPTED);
        }
    }
}

fn ceiling(failures: u32) -> f64 {
    // `CAP` is reached at 2^6. The limit keeps the shift valid.
    (FIRST * f64::from(1_u32 << failures.min(6))).min(CAP)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALMOST_ONE: f64 = 0.999_999;

    #[test]
    fn the_ceiling_doubles_up_to_a_minute() {
        let mut backoff = Backoff::default();
        let waits: Vec<f64> = (0..9).map(|_| backoff.next(ALMOST_ONE).round()).collect();
        let seconds = [1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0];
        assert_eq!(waits, seconds.map(|s| s * 1_000.0).to_vec());
    }

    #[test]
    fn the_first_retry_comes_within_a_second() {
        assert!(Backoff::default().next(ALMOST_ONE) < 1_000.0);
    }

    #[test]
    fn jitter_spans_the_whole_wait() {
        let mut backoff = Backoff { failures: 10 };
        assert!(backoff.next(0.0).abs() < f64::EPSILON);
        assert!((backoff.next(0.5) - 30_000.0).abs() < 1.0);
    }

    #[test]
    fn a_healthy_minute_starts_over() {
        let mut backoff = Backoff { failures: 10 };
        backoff.stood(59_999.0);
        assert!((backoff.next(ALMOST_ONE) - 8_000.0).abs() < 1.0);
        backoff.stood(60_000.0);
        assert!(backoff.next(ALMOST_ONE) < 1_000.0);
    }

    #[test]
    fn a_socket_dropped_at_once_counts_as_refused() {
        let mut backoff = Backoff { failures: 10 };
        backoff.stood(20.0);
        assert!((backoff.next(ALMOST_ONE) - 60_000.0).abs() < 1.0);
    }

    #[test]
    fn counting_never_overflows() {
        let mut backoff = Backoff { failures: u32::MAX };
        assert!(backoff.next(ALMOST_ONE) < CAP);
    }
}
