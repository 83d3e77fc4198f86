//! Limits how much others can store in the memory of a sandbox. Any web page can send it requests, and it
//! keeps their data until it is reset.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::body::Body;
use axum::http::Method;
use futures_util::StreamExt;

/// The maximum number of bytes in total.
const CAPACITY: usize = 512 * 1024 * 1024;
/// The bytes counted for a request that writes, beside its body: what it creates is larger than its body.
const WRITE: usize = 4096;

/// The number of bytes since the last reset.
#[derive(Debug, Default)]
pub struct Room {
    taken: AtomicUsize,
}

impl Room {
    fn take(&self, bytes: usize) -> bool {
        self.taken.fetch_add(bytes, Ordering::Relaxed) < CAPACITY
    }

    /// Whether a request is accepted. Requests that only read always are.
    pub fn admits(&self, method: &Method) -> bool {
        method.is_safe() || self.take(WRITE)
    }

    pub fn clear(&self) {
        self.taken.store(0, Ordering::Relaxed);
    }
}

/// A body that is counted as it arrives, and fails if the limit is reached.
pub fn charged(room: &Arc<Room>, body: Body) -> Body {
    let room = Arc::clone(room);
    Body::from_stream(body.into_data_stream().map(move |chunk| {
        let chunk = chunk.map_err(io::Error::other)?;
        if room.take(chunk.len()) {
            Ok(chunk)
        } else {
            Err(io::Error::from(io::ErrorKind::StorageFull))
        }
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_ends_where_the_room_ends_and_reading_does_not() {
        let room = Room::default();
        let most = CAPACITY / WRITE;
        let writes = (0..=most)
            .take_while(|_| room.admits(&Method::POST))
            .count();
        assert_eq!(writes, most);
        assert!(!room.take(1));
        assert!(room.admits(&Method::GET));
        room.clear();
        assert!(room.admits(&Method::PUT));
    }
}
