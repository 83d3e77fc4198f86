//! What the environment provides: time and random bytes. The caller can provide both, so that a test has the
//! same ids, times and tokens in every run.

use std::fmt;
use std::sync::{Arc, Mutex};
#[cfg(target_arch = "wasm32")]
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::lock::lock;
use crate::picture::canvas::Dice;

/// The clock of the machine, or one that is stopped and moves only when it is told to.
#[derive(Clone, Default)]
pub struct Clock(Option<Arc<Standing>>);

struct Standing {
    start: Timestamp,
    now: Mutex<Timestamp>,
}

impl Clock {
    /// A clock that is stopped at `time`.
    pub fn standing_at(time: Timestamp) -> Self {
        Self(Some(Arc::new(Standing {
            start: time,
            now: Mutex::new(time),
        })))
    }

    /// The current time.
    pub fn now(&self) -> Timestamp {
        self.0
            .as_ref()
            .map_or_else(Timestamp::now, |standing| *lock(&standing.now))
    }

    /// Moves a stopped clock. Returns false for the machine's clock.
    pub fn advance(&self, by: SignedDuration) -> bool {
        let Some(standing) = &self.0 else {
            return false;
        };
        let mut now = lock(&standing.now);
        *now = now.saturating_add(by).unwrap_or(*now);
        true
    }

    /// Sets a stopped clock back to its first time.
    pub fn reset(&self) {
        if let Some(standing) = &self.0 {
            *lock(&standing.now) = standing.start;
        }
    }

    /// Sets a stopped clock.
    pub fn set(&self, now: Timestamp) {
        if let Some(standing) = &self.0 {
            *lock(&standing.now) = now;
        }
    }
}

impl fmt::Debug for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Clock({})", self.now())
    }
}

/// Where random bytes come from: the operating system, or a seed.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Random(Option<Dice>);

impl Random {
    /// The same bytes in every run. They are predictable, which is safe because a sandbox has no real
    /// secrets.
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Dice::new(seed)))
    }

    /// Fills all of `bytes`.
    ///
    /// # Panics
    /// If the platform has no source of random numbers.
    pub fn fill(&mut self, bytes: &mut [u8]) {
        match &mut self.0 {
            None => getrandom::fill(bytes).expect("the platform has random numbers"),
            Some(dice) => {
                for chunk in bytes.chunks_mut(8) {
                    let word = dice.bits().to_le_bytes();
                    chunk.copy_from_slice(&word[..chunk.len()]);
                }
            }
        }
    }
}

/// Waits in real time, whatever the clock shows.
#[cfg(not(target_arch = "wasm32"))]
pub use tokio::time::sleep;

/// Waits in real time, whatever the clock shows.
#[cfg(target_arch = "wasm32")]
pub fn sleep(time: Duration) -> impl Future<Output = ()> + Send {
    // There is only one thread, but the signature requires `Send`.
    send_wrapper::SendWrapper::new(gloo_timers::future::sleep(time))
}

/// Runs a future in the background, after the request that started it.
#[cfg(not(target_arch = "wasm32"))]
pub fn spawn(future: impl Future<Output = ()> + Send + 'static) {
    tokio::spawn(future);
}

/// Runs a future in the background, after the request that started it.
#[cfg(target_arch = "wasm32")]
pub use wasm_bindgen_futures::spawn_local as spawn;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standing_clock_moves_when_it_is_told_to() {
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let clock = Clock::standing_at(start);
        let other = clock.clone();
        assert!(clock.advance(SignedDuration::from_secs(90)));
        assert_eq!(other.now().as_second(), 1_800_000_090);
        other.reset();
        assert_eq!(clock.now(), start);
        assert!(!Clock::default().advance(SignedDuration::from_secs(1)));
    }

    #[test]
    fn a_seed_gives_the_same_bytes_and_two_seeds_others() {
        let bytes = |mut random: Random| {
            let mut bytes = [0; 13];
            random.fill(&mut bytes);
            bytes
        };
        assert_eq!(bytes(Random::seeded(7)), bytes(Random::seeded(7)));
        assert_ne!(bytes(Random::seeded(7)), bytes(Random::seeded(8)));
        assert_ne!(bytes(Random::default()), bytes(Random::default()));
    }
}
