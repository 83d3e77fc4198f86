//! Which subscription a refusal was about.
//!
//! Mastodon answers a subscription that it refuses with an error that does not name the stream,
//! and one that it accepts with silence. Where more than one may be meant, they are asked for
//! again one by one: asking twice does nothing to a stream that stands, and the refused one is
//! refused again. Since a late refusal of another may look like the answer, a stream ends only when
//! it was refused twice in a row.

use super::action::{Actions, SUBSCRIBE};
use super::channel::Channel;

/// How long a subscription may go without a refusal before it counts as accepted, in milliseconds.
const ACCEPTED: f64 = 10_000.0;

/// How long to wait for further refusals before asking again.
const QUIET: f64 = 1_000.0;

/// How long to wait for the answer to one that was asked for again.
const ANSWER: f64 = 2_000.0;

/// One stream as the server was asked for it.
#[derive(Debug)]
struct Subscription {
    channel: Channel,
    /// How many lanes want it.
    wanted: u32,
    /// When it was asked for on the present socket, if there is one.
    sent: f64,
    /// An event came on it, or it was asked for alone and not refused.
    confirmed: bool,
}

impl Subscription {
    /// Whether a refusal may be about it.
    fn is_open(&self, now: f64) -> bool {
        !self.confirmed && now - self.sent < ACCEPTED
    }
}

/// A refusal.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Its number; driver.js knows the words.
    pub number: u32,
    /// The status.
    pub status: u32,
    /// Whether the words speak of a list. They are a hint, no more.
    pub of_list: bool,
}

/// What is subscribed on the socket.
#[derive(Debug)]
pub struct Subscriptions {
    all: Vec<Subscription>,
    open: bool,
    /// Until when a refusal may be about a stream that nobody wants any more.
    strays: f64,
    /// What was refused in the end, and by which refusal: to be taken out.
    pub refused: Vec<(u32, u32)>,

    // A refusal that may be about any of several.
    /// Until when to wait: for more refusals, then for the answer to the one asked for last;
    /// infinity while there is no doubt.
    pub due: f64,
    refusal: Refusal,
    /// How many such came.
    count: usize,
    /// Those that are asked for again, and how many of them were.
    suspects: Vec<u32>,
    asked: usize,
    /// The one asked for last was refused, and was asked for once more.
    accused: bool,
    /// Whether it is settled whom the refusal was about.
    found: bool,
}

impl Default for Subscriptions {
    fn default() -> Self {
        Self {
            all: Vec::new(),
            open: false,
            strays: 0.0,
            refused: Vec::new(),
            due: f64::INFINITY,
            refusal: Refusal::default(),
            count: 0,
            suspects: Vec::new(),
            asked: 0,
            accused: false,
            found: false,
        }
    }
}

impl Subscriptions {
    fn find(&mut self, number: u32) -> Option<&mut Subscription> {
        self.all.iter_mut().find(|own| own.channel.number == number)
    }

    /// One more lane wants this stream. Whether it is to be subscribed to.
    pub fn add(&mut self, channel: Channel, now: f64) -> bool {
        if let Some(known) = self.find(channel.number) {
            known.wanted += 1;
            return false;
        }
        self.all.push(Subscription {
            channel,
            wanted: 1,
            sent: now,
            confirmed: false,
        });
        // Its refusal may be taken for the answer of another while others are in doubt.
        self.suspects.push(channel.number);
        self.open
    }

    /// One lane less wants this stream. Whether it is to be unsubscribed from.
    pub fn remove(&mut self, number: u32, now: f64) -> bool {
        if let Some(own) = self.find(number) {
            own.wanted -= 1;
            if own.wanted == 0 {
                self.forget(number, now);
                return self.open;
            }
        }
        false
    }

    /// The socket is open: all are to be subscribed to.
    pub fn opened(&mut self, now: f64, out: &mut Actions) {
        self.closed();
        self.open = true;
        for own in &mut self.all {
            own.sent = now;
            own.confirmed = false;
            out.push(SUBSCRIBE, own.channel.number, 0, 0);
        }
    }

    /// Nothing is wanted any more, on any socket.
    pub fn clear(&mut self) {
        self.closed();
        self.all.clear();
    }

    /// The socket is gone.
    pub fn closed(&mut self) {
        self.open = false;
        self.due = f64::INFINITY;
        self.strays = 0.0;
    }

    /// An event came on this stream.
    pub fn confirm(&mut self, number: u32) {
        if let Some(own) = self.find(number) {
            own.confirmed = true;
        }
    }

    /// The server refused something.
    pub fn refused(&mut self, refusal: Refusal, now: f64, out: &mut Actions) {
        if self.due < f64::INFINITY {
            let asked = self.asked.checked_sub(1);
            let Some(number) = asked.and_then(|at| self.suspects.get(at).copied()) else {
                self.count += 1;
                self.due = now + QUIET;
                return;
            };
            if self.accused {
                self.found = true;
                self.end(number, refusal.number, now);
                self.ask_next(now, out);
            } else {
                self.accused = true;
                self.due = now + ANSWER;
                out.push(SUBSCRIBE, number, 0, 0);
            }
            return;
        }
        // Those alone that the words point at, if there are any; else all that are in question.
        self.suspects.clear();
        let mut pointed = false;
        for own in &self.all {
            let likely = refusal.of_list && own.channel.is_list()
                || refusal.status == 400 && !own.channel.is_known();
            if own.is_open(now) {
                if likely && !pointed {
                    pointed = true;
                    self.suspects.clear();
                }
                if likely == pointed {
                    self.suspects.push(own.channel.number);
                }
            }
        }
        let stray = now < self.strays;
        match self.suspects.as_slice() {
            [] => {}
            [only] if !stray => self.end(*only, refusal.number, now),
            _ => {
                self.refusal = refusal;
                self.count = 1;
                self.asked = 0;
                self.due = now + QUIET;
                self.accused = false;
                self.found = stray;
            }
        }
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, out: &mut Actions) {
        if self.due > now {
            return;
        }
        if self.asked == 0 {
            let mut at = 0;
            while let Some(number) = self.suspects.get(at).copied() {
                if self.find(number).is_some_and(|own| own.is_open(now)) {
                    at += 1;
                } else {
                    self.suspects.remove(at);
                }
            }
            if !self.found && self.count >= self.suspects.len() {
                return self.end_suspects(now);
            }
        }
        self.ask_next(now, out);
    }

    /// Asks for the next suspect again, or ends the search.
    fn ask_next(&mut self, now: f64, out: &mut Actions) {
        self.accused = false;
        while let Some(number) = self.suspects.get(self.asked).copied() {
            self.asked += 1;
            if self.find(number).is_some_and(|own| !own.confirmed) {
                self.due = now + ANSWER;
                return out.push(SUBSCRIBE, number, 0, 0);
            }
        }
        if !self.found {
            return self.end_suspects(now);
        }
        self.due = f64::INFINITY;
        for number in std::mem::take(&mut self.suspects) {
            self.confirm(number);
        }
    }

    /// The refusal cannot be assigned: it ends all that it may be about.
    fn end_suspects(&mut self, now: f64) {
        self.due = f64::INFINITY;
        for number in std::mem::take(&mut self.suspects) {
            self.end(number, self.refusal.number, now);
        }
    }

    fn end(&mut self, number: u32, refusal: u32, now: f64) {
        if self.find(number).is_some_and(|own| !own.confirmed) {
            let strays = self.strays;
            self.forget(number, now);
            if self.due == f64::INFINITY {
                // It was asked for once, and its one answer is used up.
                self.strays = strays;
            }
            self.refused.push((number, refusal));
        }
    }

    /// Forgets a subscription whose refusal may still be on its way.
    fn forget(&mut self, number: u32, now: f64) {
        let at = self.all.iter().position(|own| own.channel.number == number);
        if let Some(at) = at {
            let own = self.all.remove(at);
            if self.open && !own.confirmed {
                self.strays = now + ACCEPTED;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn refusal(number: u32, status: u32, of_list: bool) -> Refusal {
        Refusal {
            number,
            status,
            of_list,
        }
    }

    /// "Access token does not have the required scopes"
    const SCOPES: Refusal = refusal(1, 401, false);
    /// "Not authorized to stream this list"
    const NOT_YOURS: Refusal = refusal(2, 401, true);
    /// "Unknown stream type"
    const UNKNOWN: Refusal = refusal(3, 400, false);

    const USER: Channel = channel(1, 3);
    const PUBLIC: Channel = channel(2, 1);
    const NONSENSE: Channel = channel(3, 0);

    const fn channel(number: u32, traits: u32) -> Channel {
        Channel { number, traits }
    }

    const fn list(id: u32) -> Channel {
        channel(100 + id, 9)
    }

    /// What came of it.
    #[derive(Debug, PartialEq)]
    enum Outcome {
        Subscribe(Channel),
        Refused(Channel, Refusal),
    }

    const ALL: [Channel; 6] = [USER, PUBLIC, NONSENSE, list(1), list(2), list(3)];

    /// The streams to be subscribed to, where nothing else is to be done.
    fn asked(actions: &mut Actions) -> Vec<u32> {
        let numbers: Vec<u32> = std::iter::from_fn(|| actions.take()).collect();
        let (all, []) = numbers.as_chunks::<4>() else {
            panic!("{numbers:?}");
        };
        assert!(all.iter().all(|own| own[0] == SUBSCRIBE));
        all.iter().map(|own| own[1]).collect()
    }

    fn outcomes(subscriptions: &mut Subscriptions, actions: &mut Actions) -> Vec<Outcome> {
        let of = |number| *ALL.iter().find(|own| own.number == number).unwrap();
        let refused = subscriptions.refused.drain(..).map(|(number, refusal)| {
            let kinds = [SCOPES, NOT_YOURS, UNKNOWN];
            let kind = kinds.into_iter().find(|own| own.number == refusal);
            Outcome::Refused(of(number), kind.unwrap())
        });
        let asked = asked(actions)
            .into_iter()
            .map(|number| Outcome::Subscribe(of(number)));
        refused.chain(asked).collect()
    }

    fn refused(subscriptions: &mut Subscriptions, refusal: Refusal, now: f64) -> Vec<Outcome> {
        let mut out = Actions::default();
        subscriptions.refused(refusal, now, &mut out);
        outcomes(subscriptions, &mut out)
    }

    fn tick(subscriptions: &mut Subscriptions, now: f64) -> Vec<Outcome> {
        let mut out = Actions::default();
        subscriptions.tick(now, &mut out);
        outcomes(subscriptions, &mut out)
    }

    fn opened(subscriptions: &mut Subscriptions, now: f64) -> Vec<u32> {
        let mut out = Actions::default();
        subscriptions.opened(now, &mut out);
        asked(&mut out)
    }

    fn open(channels: &[Channel]) -> Subscriptions {
        let mut subscriptions = Subscriptions::default();
        for channel in channels {
            assert!(!subscriptions.add(*channel, 0.0));
        }
        assert_eq!(opened(&mut subscriptions, 0.0).len(), channels.len());
        subscriptions
    }

    #[test]
    fn a_stream_asked_for_twice_is_subscribed_once() {
        let mut subscriptions = open(&[]);
        assert!(subscriptions.add(USER, 0.0));
        assert!(!subscriptions.add(USER, 0.0));
        assert!(!subscriptions.remove(USER.number, 0.0));
        assert!(subscriptions.remove(USER.number, 0.0));
        assert!(!subscriptions.remove(USER.number, 0.0));
    }

    #[test]
    fn every_socket_is_subscribed_to_everything() {
        let mut subscriptions = open(&[USER, PUBLIC]);
        subscriptions.closed();
        assert!(!subscriptions.remove(PUBLIC.number, 0.0));
        assert_eq!(opened(&mut subscriptions, 9.0), [USER.number]);
    }

    #[test]
    fn the_only_one_that_can_be_meant_is_meant() {
        let mut subscriptions = open(&[USER, PUBLIC]);
        subscriptions.confirm(USER.number);
        assert_eq!(
            refused(&mut subscriptions, SCOPES, 5.0),
            [Outcome::Refused(PUBLIC, SCOPES)]
        );
        // It is forgotten: the next socket does not ask for it.
        assert_eq!(opened(&mut subscriptions, 9.0), [USER.number]);
    }

    #[test]
    fn the_wording_tells_lists_and_unknown_streams() {
        let mut subscriptions = open(&[USER, list(1), NONSENSE]);
        assert_eq!(
            refused(&mut subscriptions, NOT_YOURS, 5.0),
            [Outcome::Refused(list(1), NOT_YOURS)]
        );
        assert_eq!(
            refused(&mut subscriptions, UNKNOWN, 5.0),
            [Outcome::Refused(NONSENSE, UNKNOWN)]
        );
    }

    #[test]
    fn what_was_silently_accepted_is_not_blamed_later() {
        let mut subscriptions = open(&[USER]);
        subscriptions.add(PUBLIC, ACCEPTED);
        assert_eq!(
            refused(&mut subscriptions, SCOPES, ACCEPTED + 1.0),
            [Outcome::Refused(PUBLIC, SCOPES)]
        );
        assert_eq!(refused(&mut subscriptions, SCOPES, ACCEPTED + 1.0), []);
    }

    #[test]
    fn where_several_may_be_meant_each_is_asked_again() {
        let lists = [list(1), list(2), list(3)];
        let mut subscriptions = open(&lists);
        assert_eq!(refused(&mut subscriptions, NOT_YOURS, 100.0), []);
        assert_eq!(tick(&mut subscriptions, 1_099.0), []);
        let ask = |id: u32| vec![Outcome::Subscribe(list(id))];
        assert_eq!(tick(&mut subscriptions, 1_100.0), ask(1));
        // The first is silent, the second is refused again and again, the third is silent.
        assert_eq!(tick(&mut subscriptions, 3_100.0), ask(2));
        assert_eq!(refused(&mut subscriptions, NOT_YOURS, 3_200.0), ask(2));
        let mut expected = vec![Outcome::Refused(list(2), NOT_YOURS)];
        expected.extend(ask(3));
        assert_eq!(refused(&mut subscriptions, NOT_YOURS, 3_300.0), expected);
        assert_eq!(tick(&mut subscriptions, 5_300.0), []);
        assert!(subscriptions.due.is_infinite());
        assert_eq!(refused(&mut subscriptions, NOT_YOURS, 5_400.0), []);
    }

    #[test]
    fn a_late_refusal_of_another_is_no_answer() {
        let mut subscriptions = open(&[list(1), list(2), list(3)]);
        let mut ended = Vec::new();
        let mut collect = |outcomes: Vec<Outcome>| {
            for outcome in outcomes {
                if let Outcome::Refused(channel, _) = outcome {
                    ended.push(channel);
                }
            }
        };
        collect(refused(&mut subscriptions, NOT_YOURS, 100.0));
        collect(tick(&mut subscriptions, 1_100.0));
        // About the second or third, while the first, which is good, is being asked for.
        collect(refused(&mut subscriptions, NOT_YOURS, 1_500.0));
        collect(tick(&mut subscriptions, 3_500.0));
        for at in [3_600.0, 3_700.0, 3_800.0, 3_900.0] {
            collect(refused(&mut subscriptions, NOT_YOURS, at));
        }
        assert_eq!(ended, [list(2), list(3)]);
    }

    #[test]
    fn a_refusal_of_what_nobody_wants_any_more_blames_no_other() {
        let mut subscriptions = open(&[USER, list(1)]);
        assert!(subscriptions.remove(list(1).number, 10.0));
        assert_eq!(refused(&mut subscriptions, SCOPES, 100.0), []);
        assert_eq!(
            tick(&mut subscriptions, 1_100.0).len(),
            1,
            "user is asked again"
        );
        assert_eq!(tick(&mut subscriptions, 3_100.0), []);
        assert!(subscriptions.due.is_infinite());
    }

    #[test]
    fn an_event_clears_a_suspect() {
        let mut subscriptions = open(&[USER, PUBLIC, list(1)]);
        assert_eq!(refused(&mut subscriptions, SCOPES, 0.0), []);
        subscriptions.confirm(USER.number);
        subscriptions.confirm(list(1).number);
        // One refusal, one suspect left.
        assert_eq!(
            tick(&mut subscriptions, 1_000.0),
            [Outcome::Refused(PUBLIC, SCOPES)]
        );
    }

    #[test]
    fn as_many_refusals_as_suspects_are_about_them_all() {
        let mut subscriptions = open(&[USER, PUBLIC]);
        assert_eq!(refused(&mut subscriptions, SCOPES, 0.0), []);
        assert_eq!(refused(&mut subscriptions, SCOPES, 10.0), []);
        assert_eq!(
            tick(&mut subscriptions, 1_100.0),
            [
                Outcome::Refused(USER, SCOPES),
                Outcome::Refused(PUBLIC, SCOPES)
            ]
        );
    }

    #[test]
    fn a_refusal_that_stays_unassigned_ends_all_suspects() {
        let mut subscriptions = open(&[USER, PUBLIC]);
        assert_eq!(refused(&mut subscriptions, SCOPES, 0.0), []);
        assert_eq!(tick(&mut subscriptions, 1_000.0).len(), 1);
        assert_eq!(tick(&mut subscriptions, 3_000.0).len(), 1);
        assert_eq!(
            tick(&mut subscriptions, 5_000.0),
            [
                Outcome::Refused(USER, SCOPES),
                Outcome::Refused(PUBLIC, SCOPES)
            ]
        );
    }

    #[test]
    fn a_lost_socket_ends_the_search() {
        let mut subscriptions = open(&[USER, PUBLIC]);
        assert_eq!(refused(&mut subscriptions, SCOPES, 0.0), []);
        subscriptions.closed();
        assert!(subscriptions.due.is_infinite());
        assert_eq!(tick(&mut subscriptions, 9_999.0), []);
    }
}
