//! Which subscription a refusal was about.
//!
//! Mastodon answers a subscription that it refuses with an error that does not name the stream,
//! and one that it accepts with silence. Where more than one may be meant, they are asked for
//! again one by one: asking twice does nothing to a stream that stands, and the refused one is
//! refused again. Since a late refusal of another may look like the answer, a stream ends only when
//! it was refused twice in a row.

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
    /// When it was asked for on this socket.
    sent: Option<f64>,
    /// An event came on it, or it was asked for alone and not refused.
    confirmed: bool,
}

impl Subscription {
    /// Whether a refusal may be about it.
    fn is_open(&self, now: f64) -> bool {
        !self.confirmed && self.sent.is_some_and(|sent| now - sent < ACCEPTED)
    }
}

/// A refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// Its number; driver.js knows the words.
    pub number: u32,
    /// The status.
    pub status: u32,
    /// Whether the words speak of a list. They are a hint, no more.
    pub of_list: bool,
}

/// What is subscribed on the socket.
#[derive(Debug, Default)]
pub struct Subscriptions {
    all: Vec<Subscription>,
    open: bool,
    doubt: Option<Doubt>,
    /// Until when a refusal may be about a stream that nobody wants any more.
    strays: f64,
}

/// A refusal that may be about any of several.
#[derive(Debug)]
struct Doubt {
    refusal: Refusal,
    /// How many such came.
    count: usize,
    /// Those that are asked for again, and how many of them were.
    suspects: Vec<Channel>,
    asked: usize,
    /// Until when to wait: for more refusals, then for the answer to the one asked for last.
    due: f64,
    /// The one asked for last was refused, and was asked for once more.
    accused: bool,
    /// Whether it is settled whom the refusal was about.
    found: bool,
}

/// What comes of a refusal or of time passing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// This stream is to be subscribed to.
    Subscribe(Channel),
    /// This stream is refused; it is no longer among the subscriptions.
    Refused(Channel, Refusal),
}

impl Subscriptions {
    /// One more lane wants this stream. Whether it is to be subscribed to.
    pub fn add(&mut self, channel: Channel, now: f64) -> bool {
        if let Some(known) = self.all.iter_mut().find(|own| own.channel == channel) {
            known.wanted += 1;
            return false;
        }
        self.all.push(Subscription {
            channel,
            wanted: 1,
            sent: self.open.then_some(now),
            confirmed: false,
        });
        // Its refusal may be taken for the answer of another while others are in doubt.
        if let Some(doubt) = &mut self.doubt {
            doubt.suspects.push(channel);
        }
        self.open
    }

    /// One lane less wants this stream. Whether it is to be unsubscribed from.
    pub fn remove(&mut self, channel: Channel, now: f64) -> bool {
        let mut sent = false;
        if let Some(own) = self.all.iter_mut().find(|own| own.channel == channel) {
            own.wanted -= 1;
            if own.wanted == 0 {
                sent = own.sent.is_some();
                self.forget(channel, now);
            }
        }
        sent
    }

    /// The socket is open: these are to be subscribed to.
    pub fn opened(&mut self, now: f64) -> impl Iterator<Item = Channel> {
        self.closed();
        self.open = true;
        self.all.iter_mut().map(move |own| {
            own.sent = Some(now);
            own.channel
        })
    }

    /// The socket is gone.
    pub fn closed(&mut self) {
        self.open = false;
        self.doubt = None;
        self.strays = 0.0;
        for own in &mut self.all {
            own.sent = None;
            own.confirmed = false;
        }
    }

    /// An event came on this stream.
    pub fn confirm(&mut self, channel: Channel) {
        if let Some(own) = self.all.iter_mut().find(|own| own.channel == channel) {
            own.confirmed = true;
        }
    }

    /// The server refused something.
    pub fn refused(&mut self, refusal: Refusal, now: f64, out: &mut Vec<Outcome>) {
        if let Some(doubt) = &mut self.doubt {
            let asked = doubt.asked.checked_sub(1);
            let Some(channel) = asked.and_then(|at| doubt.suspects.get(at).copied()) else {
                doubt.count += 1;
                doubt.due = now + QUIET;
                return;
            };
            if doubt.accused {
                doubt.found = true;
                self.end(channel, refusal, now, out);
                self.ask_next(now, out);
            } else {
                doubt.accused = true;
                doubt.due = now + ANSWER;
                out.push(Outcome::Subscribe(channel));
            }
            return;
        }
        let open = self.all.iter().filter(|own| own.is_open(now));
        let mut suspects: Vec<Channel> = open.map(|own| own.channel).collect();
        let likely = |channel: &Channel| {
            refusal.of_list && channel.is_list() || refusal.status == 400 && !channel.is_known()
        };
        if suspects.iter().any(likely) {
            suspects.retain(likely);
        }
        let stray = now < self.strays;
        match suspects.first() {
            None => {}
            Some(only) if suspects.len() == 1 && !stray => self.end(*only, refusal, now, out),
            Some(_) => {
                self.doubt = Some(Doubt {
                    refusal,
                    count: 1,
                    suspects,
                    asked: 0,
                    due: now + QUIET,
                    accused: false,
                    found: stray,
                });
            }
        }
    }

    /// When it wants to be woken.
    pub fn deadline(&self) -> f64 {
        self.doubt.as_ref().map_or(f64::INFINITY, |doubt| doubt.due)
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, out: &mut Vec<Outcome>) {
        let Some(doubt) = self.doubt.as_mut().filter(|doubt| doubt.due <= now) else {
            return;
        };
        if doubt.asked == 0 {
            let all = &self.all;
            let open = |channel: &Channel| {
                let mut all = all.iter();
                all.any(|own| own.channel == *channel && own.is_open(now))
            };
            doubt.suspects.retain(open);
            if !doubt.found && doubt.count >= doubt.suspects.len() {
                return self.end_suspects(now, out);
            }
        }
        self.ask_next(now, out);
    }

    /// Asks for the next suspect again, or ends the search.
    fn ask_next(&mut self, now: f64, out: &mut Vec<Outcome>) {
        let Some(doubt) = &mut self.doubt else {
            return;
        };
        doubt.accused = false;
        while let Some(channel) = doubt.suspects.get(doubt.asked) {
            doubt.asked += 1;
            let mut all = self.all.iter();
            if all.any(|own| own.channel == *channel && !own.confirmed) {
                doubt.due = now + ANSWER;
                return out.push(Outcome::Subscribe(*channel));
            }
        }
        if doubt.found {
            for channel in std::mem::take(&mut doubt.suspects) {
                self.confirm(channel);
            }
            self.doubt = None;
        } else {
            self.end_suspects(now, out);
        }
    }

    /// The refusal cannot be assigned: it ends all that it may be about.
    fn end_suspects(&mut self, now: f64, out: &mut Vec<Outcome>) {
        if let Some(doubt) = self.doubt.take() {
            for channel in doubt.suspects {
                self.end(channel, doubt.refusal, now, out);
            }
        }
    }

    fn end(&mut self, channel: Channel, refusal: Refusal, now: f64, out: &mut Vec<Outcome>) {
        let mut all = self.all.iter();
        if all.any(|own| own.channel == channel && !own.confirmed) {
            let strays = self.strays;
            self.forget(channel, now);
            if self.doubt.is_none() {
                // It was asked for once, and its one answer is used up.
                self.strays = strays;
            }
            out.push(Outcome::Refused(channel, refusal));
        }
    }

    /// Forgets a subscription whose refusal may still be on its way.
    fn forget(&mut self, channel: Channel, now: f64) {
        let strays = &mut self.strays;
        self.all.retain(|own| {
            let other = own.channel != channel;
            if !other && own.sent.is_some() && !own.confirmed {
                *strays = now + ACCEPTED;
            }
            other
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn refusal(status: u32, of_list: bool) -> Refusal {
        Refusal {
            number: 0,
            status,
            of_list,
        }
    }

    /// "Access token does not have the required scopes"
    const SCOPES: Refusal = refusal(401, false);
    /// "Not authorized to stream this list"
    const NOT_YOURS: Refusal = refusal(401, true);
    /// "Unknown stream type"
    const UNKNOWN: Refusal = refusal(400, false);

    const USER: Channel = channel(1, 3);
    const PUBLIC: Channel = channel(2, 1);
    const NONSENSE: Channel = channel(3, 0);

    const fn channel(number: u32, traits: u32) -> Channel {
        Channel { number, traits }
    }

    const fn list(id: u32) -> Channel {
        channel(100 + id, 9)
    }

    fn refused(subscriptions: &mut Subscriptions, refusal: Refusal, now: f64) -> Vec<Outcome> {
        let mut out = Vec::new();
        subscriptions.refused(refusal, now, &mut out);
        out
    }

    fn tick(subscriptions: &mut Subscriptions, now: f64) -> Vec<Outcome> {
        let mut out = Vec::new();
        subscriptions.tick(now, &mut out);
        out
    }

    fn open(channels: &[Channel]) -> Subscriptions {
        let mut subscriptions = Subscriptions::default();
        for channel in channels {
            assert!(!subscriptions.add(*channel, 0.0));
        }
        assert_eq!(subscriptions.opened(0.0).count(), channels.len());
        subscriptions
    }

    #[test]
    fn a_stream_asked_for_twice_is_subscribed_once() {
        let mut subscriptions = open(&[]);
        assert!(subscriptions.add(USER, 0.0));
        assert!(!subscriptions.add(USER, 0.0));
        assert!(!subscriptions.remove(USER, 0.0));
        assert!(subscriptions.remove(USER, 0.0));
        assert!(!subscriptions.remove(USER, 0.0));
    }

    #[test]
    fn every_socket_is_subscribed_to_everything() {
        let mut subscriptions = open(&[USER, PUBLIC]);
        subscriptions.closed();
        assert!(!subscriptions.remove(PUBLIC, 0.0));
        assert!(subscriptions.opened(9.0).eq([USER]));
    }

    #[test]
    fn the_only_one_that_can_be_meant_is_meant() {
        let mut subscriptions = open(&[USER, PUBLIC]);
        subscriptions.confirm(USER);
        assert_eq!(
            refused(&mut subscriptions, SCOPES, 5.0),
            [Outcome::Refused(PUBLIC, SCOPES)]
        );
        // It is forgotten: the next socket does not ask for it.
        assert!(subscriptions.opened(9.0).eq([USER]));
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
        assert!(subscriptions.deadline().is_infinite());
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
        assert!(subscriptions.remove(list(1), 10.0));
        assert_eq!(refused(&mut subscriptions, SCOPES, 100.0), []);
        assert_eq!(
            tick(&mut subscriptions, 1_100.0).len(),
            1,
            "user is asked again"
        );
        assert_eq!(tick(&mut subscriptions, 3_100.0), []);
        assert!(subscriptions.deadline().is_infinite());
    }

    #[test]
    fn an_event_clears_a_suspect() {
        let mut subscriptions = open(&[USER, PUBLIC, list(1)]);
        assert_eq!(refused(&mut subscriptions, SCOPES, 0.0), []);
        subscriptions.confirm(USER);
        subscriptions.confirm(list(1));
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
        assert!(subscriptions.deadline().is_infinite());
        assert_eq!(tick(&mut subscriptions, 9_999.0), []);
    }
}
