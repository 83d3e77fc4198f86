//! Finds the stream that a rejection belongs to.
//!
//! If Mastodon rejects a `subscribe`, its error does not name the stream. If it accepts one, it sends
//! nothing. If several streams are possible, they are requested again, one by one. A repeated request does
//! not affect an accepted stream, and a rejected one is rejected again. A late rejection of another stream
//! may look like the response, so in this search a stream ends only after two rejections in a row.

use super::stream_key::StreamKey;
use std::collections::VecDeque;
use std::rc::Rc;

/// After this time without a rejection, a stream counts as accepted, in milliseconds.
const ACCEPTED: f64 = 10_000.0;

/// How long to wait for further rejections before the search starts.
const QUIET: f64 = 1_000.0;

/// How long to wait for the response to a repeated request.
const RESPONSE: f64 = 2_000.0;

/// A stream that was requested from the server.
#[derive(Debug)]
struct Requested {
    key: Rc<StreamKey>,
    /// How many subscriptions use it.
    wanted: u32,
    /// When it was requested on the current socket, if there is one.
    sent: f64,
    /// An event came on it, or it was requested alone and not rejected.
    confirmed: bool,
}

impl Requested {
    /// Whether a rejection may belong to it.
    fn is_open(&self, now: f64) -> bool {
        !self.confirmed && now - self.sent < ACCEPTED
    }
}

/// A rejection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection<P> {
    /// The status.
    pub status: u16,
    /// Whether the message mentions a list. This is only a hint.
    pub of_list: bool,
    /// The error for the listeners of the rejected stream.
    pub error: P,
}

/// The search for the stream of a rejection, among several candidates.
#[derive(Debug)]
struct Search<P> {
    /// Until when to wait: for more rejections, then for the response to the last repeated request.
    due: f64,
    error: P,
    /// How many rejections came.
    count: usize,
    /// How many candidates were requested again.
    asked: usize,
    /// The last repeated request was rejected, and was sent once more.
    rejected_once: bool,
    /// Whether the stream of the rejection was found.
    found: bool,
}

/// The streams that were requested on the socket.
#[derive(Debug)]
pub struct Rejections<P> {
    all: Vec<Requested>,
    open: bool,
    /// Until when a rejection may belong to an orphan: a stream that is not used any more.
    orphans_until: f64,
    search: Option<Search<P>>,
    /// The streams that are requested again during a search.
    candidates: Vec<Rc<StreamKey>>,
    /// The streams to request. The caller removes them.
    requests: VecDeque<Rc<StreamKey>>,
    /// The rejected streams, each with its error. The caller removes them.
    rejected: VecDeque<(Rc<StreamKey>, P)>,
}

#[allow(clippy::new_without_default, reason = "nobody asks for a default one")]
impl<P: Clone> Rejections<P> {
    /// Nothing was requested yet.
    pub fn new() -> Self {
        Self {
            all: Vec::new(),
            open: false,
            orphans_until: 0.0,
            search: None,
            candidates: Vec::new(),
            requests: VecDeque::new(),
            rejected: VecDeque::new(),
        }
    }

    fn find(&mut self, key: &StreamKey) -> Option<&mut Requested> {
        self.all.iter_mut().find(|own| *own.key == *key)
    }

    /// The next stream to request.
    pub fn next_request(&mut self) -> Option<Rc<StreamKey>> {
        self.requests.pop_front()
    }

    /// The next rejected stream, with its error.
    pub fn next_rejected(&mut self) -> Option<(Rc<StreamKey>, P)> {
        self.rejected.pop_front()
    }

    /// When to call [`Rejections::timeout`]; infinity for never.
    pub fn due(&self) -> f64 {
        self.search
            .as_ref()
            .map_or(f64::INFINITY, |search| search.due)
    }

    /// The stream that was requested first.
    pub fn first(&self) -> Option<Rc<StreamKey>> {
        self.all.first().map(|own| own.key.clone())
    }

    /// One more subscription uses this stream.
    pub fn add(&mut self, key: &Rc<StreamKey>, now: f64) {
        if let Some(known) = self.find(key) {
            known.wanted += 1;
            return;
        }
        self.all.push(Requested {
            key: key.clone(),
            wanted: 1,
            sent: now,
            confirmed: false,
        });
        if self.search.is_some() {
            // Its rejection may be mistaken for the response to another request.
            self.candidates.push(key.clone());
        }
        if self.open {
            self.requests.push_back(key.clone());
        }
    }

    /// One subscription less uses this stream. Returns whether to unsubscribe from it.
    pub fn remove(&mut self, key: &StreamKey, now: f64) -> bool {
        if let Some(own) = self.find(key) {
            own.wanted -= 1;
            if own.wanted == 0 {
                self.forget(key, now);
                return self.open;
            }
        }
        false
    }

    /// The socket is open: requests all streams.
    pub fn opened(&mut self, now: f64) {
        self.closed();
        self.open = true;
        for own in &mut self.all {
            own.sent = now;
            own.confirmed = false;
            self.requests.push_back(own.key.clone());
        }
    }

    /// Forgets all streams.
    pub fn clear(&mut self) {
        self.closed();
        self.all.clear();
    }

    /// The socket is gone.
    pub fn closed(&mut self) {
        self.open = false;
        self.search = None;
        self.candidates.clear();
        self.requests.clear();
        self.orphans_until = 0.0;
    }

    /// An event came on this stream.
    pub fn confirm(&mut self, key: &StreamKey) {
        if let Some(own) = self.find(key) {
            own.confirmed = true;
        }
    }

    /// The server rejected a request.
    pub fn reject(&mut self, rejection: Rejection<P>, now: f64) {
        if let Some(search) = &mut self.search {
            let asked = search.asked.checked_sub(1);
            let Some(key) = asked.and_then(|at| self.candidates.get(at).cloned()) else {
                search.count += 1;
                search.due = now + QUIET;
                return;
            };
            if search.rejected_once {
                search.found = true;
                self.end(&key, rejection.error, now);
                self.ask_next(now);
            } else {
                search.rejected_once = true;
                search.due = now + RESPONSE;
                self.requests.push_back(key);
            }
            return;
        }
        // Only the streams that the message points to, if there are any; otherwise all that are possible.
        let likely = |own: &Requested| {
            rejection.of_list && own.key.is_list() || rejection.status == 400 && !own.key.is_known()
        };
        let open: Vec<&Requested> = self.all.iter().filter(|own| own.is_open(now)).collect();
        let pointed = open.iter().any(|own| likely(own));
        let candidates = open.into_iter().filter(|own| likely(own) == pointed);
        self.candidates = candidates.map(|own| own.key.clone()).collect();
        let orphan = now < self.orphans_until;
        match self.candidates.as_slice() {
            [] => {}
            [only] if !orphan => {
                let only = only.clone();
                self.candidates.clear();
                self.end(&only, rejection.error, now);
            }
            _ => {
                self.search = Some(Search {
                    due: now + QUIET,
                    error: rejection.error,
                    count: 1,
                    asked: 0,
                    rejected_once: false,
                    found: orphan,
                });
            }
        }
    }

    /// The time returned by [`Rejections::due`] has come.
    pub fn timeout(&mut self, now: f64) {
        let Some(search) = &self.search else { return };
        if search.due > now {
            return;
        }
        if search.asked == 0 {
            let (count, found) = (search.count, search.found);
            let all = &self.all;
            self.candidates.retain(|key| {
                let own = all.iter().find(|own| own.key == *key);
                own.is_some_and(|own| own.is_open(now))
            });
            if !found && count >= self.candidates.len() {
                return self.end_candidates(now);
            }
        }
        self.ask_next(now);
    }

    /// Requests the next candidate again, or ends the search.
    fn ask_next(&mut self, now: f64) {
        let Some(search) = &mut self.search else {
            return;
        };
        search.rejected_once = false;
        while let Some(key) = self.candidates.get(search.asked) {
            search.asked += 1;
            let own = self.all.iter().find(|own| own.key == *key);
            if own.is_some_and(|own| !own.confirmed) {
                search.due = now + RESPONSE;
                return self.requests.push_back(key.clone());
            }
        }
        if !search.found {
            return self.end_candidates(now);
        }
        self.search = None;
        for key in std::mem::take(&mut self.candidates) {
            self.confirm(&key);
        }
    }

    /// No single stream was found: all candidates end.
    fn end_candidates(&mut self, now: f64) {
        let Some(search) = self.search.take() else {
            return;
        };
        for key in std::mem::take(&mut self.candidates) {
            self.end(&key, search.error.clone(), now);
        }
    }

    fn end(&mut self, key: &Rc<StreamKey>, error: P, now: f64) {
        if self.find(key).is_some_and(|own| !own.confirmed) {
            let orphans_until = self.orphans_until;
            self.forget(key, now);
            if self.search.is_none() {
                // It was requested once, and this was its only response.
                self.orphans_until = orphans_until;
            }
            self.rejected.push_back((key.clone(), error));
        }
    }

    /// Forgets a stream. Its rejection may still arrive.
    fn forget(&mut self, key: &StreamKey, now: f64) {
        let at = self.all.iter().position(|own| *own.key == *key);
        if let Some(at) = at {
            let own = self.all.remove(at);
            if self.open && !own.confirmed {
                self.orphans_until = now + ACCEPTED;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn rejection(error: &'static str, status: u16, of_list: bool) -> Rejection<&'static str> {
        Rejection {
            status,
            of_list,
            error,
        }
    }

    const SCOPES: Rejection<&str> =
        rejection("Access token does not have the required scopes", 401, false);
    const NOT_YOURS: Rejection<&str> = rejection("Not authorized to stream this list", 401, true);
    const UNKNOWN: Rejection<&str> = rejection("Unknown stream type", 400, false);

    fn user() -> Rc<StreamKey> {
        StreamKey::new("user", "").into()
    }
    fn public() -> Rc<StreamKey> {
        StreamKey::new("public", "").into()
    }
    fn nonsense() -> Rc<StreamKey> {
        StreamKey::new("nonsense", "").into()
    }
    fn list(id: u32) -> Rc<StreamKey> {
        StreamKey::new("list", &id.to_string()).into()
    }

    /// A request or a rejection, for comparison.
    #[derive(Debug, PartialEq)]
    enum Outcome {
        Subscribe(Rc<StreamKey>),
        Rejected(Rc<StreamKey>, &'static str),
    }

    fn outcomes(streams: &mut Rejections<&'static str>) -> Vec<Outcome> {
        let mut all = Vec::new();
        while let Some((key, error)) = streams.next_rejected() {
            all.push(Outcome::Rejected(key, error));
        }
        while let Some(key) = streams.next_request() {
            all.push(Outcome::Subscribe(key));
        }
        all
    }

    fn rejected(
        streams: &mut Rejections<&'static str>,
        rejection: Rejection<&'static str>,
        now: f64,
    ) -> Vec<Outcome> {
        streams.reject(rejection, now);
        outcomes(streams)
    }

    fn timeout(streams: &mut Rejections<&'static str>, now: f64) -> Vec<Outcome> {
        streams.timeout(now);
        outcomes(streams)
    }

    fn open(keys: &[Rc<StreamKey>]) -> Rejections<&'static str> {
        let mut streams = Rejections::new();
        for key in keys {
            streams.add(key, 0.0);
        }
        assert_eq!(outcomes(&mut streams), []);
        streams.opened(0.0);
        assert_eq!(outcomes(&mut streams).len(), keys.len());
        streams
    }

    #[test]
    fn a_stream_asked_for_twice_is_subscribed_once() {
        let mut streams = open(&[]);
        streams.add(&user(), 0.0);
        assert_eq!(outcomes(&mut streams), [Outcome::Subscribe(user())]);
        streams.add(&user(), 0.0);
        assert_eq!(outcomes(&mut streams), []);
        assert!(!streams.remove(&user(), 0.0));
        assert!(streams.remove(&user(), 0.0));
        assert!(!streams.remove(&user(), 0.0));
    }

    #[test]
    fn every_socket_is_subscribed_to_everything() {
        let mut streams = open(&[user(), public()]);
        streams.closed();
        assert!(!streams.remove(&public(), 0.0));
        streams.opened(9.0);
        assert_eq!(outcomes(&mut streams), [Outcome::Subscribe(user())]);
    }

    #[test]
    fn the_only_one_that_can_be_meant_is_meant() {
        let mut streams = open(&[user(), public()]);
        streams.confirm(&user());
        assert_eq!(
            rejected(&mut streams, SCOPES, 5.0),
            [Outcome::Rejected(public(), SCOPES.error)]
        );
        // It was forgotten: the next socket does not request it.
        streams.opened(9.0);
        assert_eq!(outcomes(&mut streams), [Outcome::Subscribe(user())]);
    }

    #[test]
    fn the_wording_tells_lists_and_unknown_streams() {
        let mut streams = open(&[user(), list(1), nonsense()]);
        assert_eq!(
            rejected(&mut streams, NOT_YOURS, 5.0),
            [Outcome::Rejected(list(1), NOT_YOURS.error)]
        );
        assert_eq!(
            rejected(&mut streams, UNKNOWN, 5.0),
            [Outcome::Rejected(nonsense(), UNKNOWN.error)]
        );
    }

    #[test]
    fn what_was_silently_accepted_is_not_blamed_later() {
        let mut streams = open(&[user()]);
        streams.add(&public(), ACCEPTED);
        outcomes(&mut streams);
        assert_eq!(
            rejected(&mut streams, SCOPES, ACCEPTED + 1.0),
            [Outcome::Rejected(public(), SCOPES.error)]
        );
        assert_eq!(rejected(&mut streams, SCOPES, ACCEPTED + 1.0), []);
    }

    #[test]
    fn where_several_may_be_meant_each_is_asked_again() {
        let mut streams = open(&[list(1), list(2), list(3)]);
        assert_eq!(rejected(&mut streams, NOT_YOURS, 100.0), []);
        assert_eq!(timeout(&mut streams, 1_099.0), []);
        let ask = |id: u32| vec![Outcome::Subscribe(list(id))];
        assert_eq!(timeout(&mut streams, 1_100.0), ask(1));
        // The first is not rejected, the second is always rejected, the third is not rejected.
        assert_eq!(timeout(&mut streams, 3_100.0), ask(2));
        assert_eq!(rejected(&mut streams, NOT_YOURS, 3_200.0), ask(2));
        let mut expected = vec![Outcome::Rejected(list(2), NOT_YOURS.error)];
        expected.extend(ask(3));
        assert_eq!(rejected(&mut streams, NOT_YOURS, 3_300.0), expected);
        assert_eq!(timeout(&mut streams, 5_300.0), []);
        assert!(streams.due().is_infinite());
        assert_eq!(rejected(&mut streams, NOT_YOURS, 5_400.0), []);
    }

    #[test]
    fn a_late_rejection_of_another_is_no_response() {
        let mut streams = open(&[list(1), list(2), list(3)]);
        let mut ended = Vec::new();
        let mut collect = |outcomes: Vec<Outcome>| {
            for outcome in outcomes {
                if let Outcome::Rejected(key, _) = outcome {
                    ended.push(key);
                }
            }
        };
        collect(rejected(&mut streams, NOT_YOURS, 100.0));
        collect(timeout(&mut streams, 1_100.0));
        // For the second or third, while the request for the first, which is valid, waits for its response.
        collect(rejected(&mut streams, NOT_YOURS, 1_500.0));
        collect(timeout(&mut streams, 3_500.0));
        for at in [3_600.0, 3_700.0, 3_800.0, 3_900.0] {
            collect(rejected(&mut streams, NOT_YOURS, at));
        }
        assert_eq!(ended, [list(2), list(3)]);
    }

    #[test]
    fn the_rejection_of_an_orphan_blames_no_other() {
        let mut streams = open(&[user(), list(1)]);
        assert!(streams.remove(&list(1), 10.0));
        assert_eq!(rejected(&mut streams, SCOPES, 100.0), []);
        assert_eq!(
            timeout(&mut streams, 1_100.0),
            [Outcome::Subscribe(user())],
            "user is asked again"
        );
        assert_eq!(timeout(&mut streams, 3_100.0), []);
        assert!(streams.due().is_infinite());
    }

    #[test]
    fn an_event_clears_a_candidate() {
        let mut streams = open(&[user(), public(), list(1)]);
        assert_eq!(rejected(&mut streams, SCOPES, 0.0), []);
        streams.confirm(&user());
        streams.confirm(&list(1));
        // One rejection, and only one candidate left.
        assert_eq!(
            timeout(&mut streams, 1_000.0),
            [Outcome::Rejected(public(), SCOPES.error)]
        );
    }

    #[test]
    fn as_many_rejections_as_candidates_are_about_them_all() {
        let mut streams = open(&[user(), public()]);
        assert_eq!(rejected(&mut streams, SCOPES, 0.0), []);
        assert_eq!(rejected(&mut streams, SCOPES, 10.0), []);
        assert_eq!(
            timeout(&mut streams, 1_100.0),
            [
                Outcome::Rejected(user(), SCOPES.error),
                Outcome::Rejected(public(), SCOPES.error)
            ]
        );
    }

    #[test]
    fn a_rejection_that_stays_unassigned_ends_all_candidates() {
        let mut streams = open(&[user(), public()]);
        assert_eq!(rejected(&mut streams, SCOPES, 0.0), []);
        assert_eq!(timeout(&mut streams, 1_000.0).len(), 1);
        assert_eq!(timeout(&mut streams, 3_000.0).len(), 1);
        assert_eq!(
            timeout(&mut streams, 5_000.0),
            [
                Outcome::Rejected(user(), SCOPES.error),
                Outcome::Rejected(public(), SCOPES.error)
            ]
        );
    }

    #[test]
    fn a_lost_socket_ends_the_search() {
        let mut streams = open(&[user(), public()]);
        assert_eq!(rejected(&mut streams, SCOPES, 0.0), []);
        streams.closed();
        assert!(streams.due().is_infinite());
        assert_eq!(timeout(&mut streams, 9_999.0), []);
    }
}
