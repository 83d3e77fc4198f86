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
    /// When it was asked for on this socket.
    sent: Option<f64>,
    /// An event came on it, or it was asked for alone and not refused.
    confirmed: bool,
    /// How many lanes want it.
    wanted: u32,
}

/// A refusal as the server worded it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The status.
    pub status: u16,
    /// The error's text.
    pub error: Box<str>,
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
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// This stream is to be subscribed to.
    Subscribe(Channel),
    /// This stream is refused; it is no longer among the subscriptions.
    Refused(Channel, Refusal),
}

impl Subscriptions {
    /// One more lane wants this stream. Whether it is to be subscribed to.
    pub fn add(&mut self, channel: &Channel, now: f64) -> bool {
        if let Some(known) = self.all.iter_mut().find(|own| own.channel == *channel) {
            known.wanted += 1;
            return false;
        }
        self.all.push(Subscription {
            channel: channel.clone(),
            sent: self.open.then_some(now),
            confirmed: false,
            wanted: 1,
        });
        // Its refusal may be taken for the answer of another while others are in doubt.
        if let Some(doubt) = &mut self.doubt {
            doubt.suspects.push(channel.clone());
        }
        self.open
    }

    /// One lane less wants this stream. Whether it is to be unsubscribed from.
    pub fn remove(&mut self, channel: &Channel, now: f64) -> bool {
        let Some(at) = self.all.iter().position(|own| own.channel == *channel) else {
            return false;
        };
        let Some(subscription) = self.all.get_mut(at) else {
            return false;
        };
        subscription.wanted -= 1;
        if subscription.wanted > 0 {
            return false;
        }
        let sent = subscription.sent.is_some();
        self.take(at, now);
        sent
    }

    /// The socket is open: these are to be subscribed to.
    pub fn opened(&mut self, now: f64) -> impl Iterator<Item = &Channel> {
        self.closed();
        self.open = true;
        for subscription in &mut self.all {
            subscription.sent = Some(now);
        }
        self.all.iter().map(|subscription| &subscription.channel)
    }

    /// The socket is gone.
    pub fn closed(&mut self) {
        self.open = false;
        self.doubt = None;
        self.strays = 0.0;
        for subscription in &mut self.all {
            subscription.sent = None;
            subscription.confirmed = false;
        }
    }

    /// An event came on this stream.
    pub fn confirm(&mut self, channel: &Channel) {
        let mut all = self.all.iter_mut();
        if let Some(subscription) = all.find(|own| own.channel == *channel) {
            subscription.confirmed = true;
        }
    }

    /// The server refused something.
    pub fn refused(&mut self, refusal: Refusal, now: f64) -> Vec<Outcome> {
        let mut out = Vec::new();
        if let Some(doubt) = &mut self.doubt {
            let asked = doubt.asked.checked_sub(1);
            let Some(channel) = asked.and_then(|at| doubt.suspects.get(at)) else {
                doubt.count += 1;
                doubt.due = now + QUIET;
                return out;
            };
            if std::mem::replace(&mut doubt.accused, true) {
                doubt.found = true;
                let channel = channel.clone();
                self.end(&channel, &refusal, now, &mut out);
                self.ask_next(now, &mut out);
            } else {
                doubt.due = now + ANSWER;
                out.push(Outcome::Subscribe(channel.clone()));
            }
            return out;
        }
        let mut suspects = self.unconfirmed(now);
        narrow(&mut suspects, &refusal);
        let stray = now < self.strays;
        match suspects.as_slice() {
            [] => {}
            [only] if !stray => self.end(only, &refusal, now, &mut out),
            _ => {
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
        out
    }

    /// When it wants to be woken.
    pub fn deadline(&self) -> f64 {
        self.doubt.as_ref().map_or(f64::INFINITY, |doubt| doubt.due)
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64) -> Vec<Outcome> {
        let mut out = Vec::new();
        if self.deadline() > now {
            return out;
        }
        let unconfirmed = self.unconfirmed(now);
        if let Some(doubt) = self.doubt.as_mut().filter(|doubt| doubt.asked == 0) {
            doubt
                .suspects
                .retain(|channel| unconfirmed.contains(channel));
            if !doubt.found && doubt.count >= doubt.suspects.len() {
                self.end_suspects(now, &mut out);
                return out;
            }
        }
        self.ask_next(now, &mut out);
        out
    }

    /// Those that a refusal may be about.
    fn unconfirmed(&self, now: f64) -> Vec<Channel> {
        let open = self.all.iter().filter(|own| {
            let recent = own.sent.is_some_and(|sent| now - sent < ACCEPTED);
            recent && !own.confirmed
        });
        open.map(|own| own.channel.clone()).collect()
    }

    /// Asks for the next suspect again, or ends the search.
    fn ask_next(&mut self, now: f64, out: &mut Vec<Outcome>) {
        let Some(doubt) = &mut self.doubt else {
            return;
        };
        doubt.accused = false;
        while let Some(channel) = doubt.suspects.get(doubt.asked) {
            doubt.asked += 1;
            if self
                .all
                .iter()
                .any(|own| own.channel == *channel && !own.confirmed)
            {
                doubt.due = now + ANSWER;
                out.push(Outcome::Subscribe(channel.clone()));
                return;
            }
        }
        if doubt.found {
            for channel in std::mem::take(&mut doubt.suspects) {
                self.confirm(&channel);
            }
            self.doubt = None;
        } else {
            self.end_suspects(now, out);
        }
    }

    /// The refusal cannot be assigned: it ends all that it may be about.
    fn end_suspects(&mut self, now: f64, out: &mut Vec<Outcome>) {
        if let Some(doubt) = self.doubt.take() {
            for channel in &doubt.suspects {
                self.end(channel, &doubt.refusal, now, out);
            }
        }
    }

    fn end(&mut self, channel: &Channel, refusal: &Refusal, now: f64, out: &mut Vec<Outcome>) {
        let mut all = self.all.iter();
        let at = all.position(|own| own.channel == *channel && !own.confirmed);
        if let Some(at) = at {
            // Where it was asked for once, its one answer is used up.
            if self.doubt.is_some() {
                self.take(at, now);
            } else {
                self.all.remove(at);
            }
            out.push(Outcome::Refused(channel.clone(), refusal.clone()));
        }
    }

    /// Forgets a subscription whose refusal may still be on its way.
    fn take(&mut self, at: usize, now: f64) {
        let subscription = self.all.remove(at);
        if subscription.sent.is_some() && !subscription.confirmed {
            self.strays = now + ACCEPTED;
        }
    }
}

/// Leaves only those that the refusal is likely about, if its wording tells. The wording is a
/// hint, no more: where it fits none, all remain.
fn narrow(suspects: &mut Vec<Channel>, refusal: &Refusal) {
    let list = |channel: &Channel| channel.is_list() && refusal.error.contains("list");
    let unknown = |channel: &Channel| refusal.status == 400 && !channel.is_known();
    let likely = |channel: &Channel| list(channel) || unknown(channel);
    if suspects.iter().any(likely) {
        suspects.retain(likely);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(status: u16, error: &str) -> Refusal {
        Refusal {
            status,
            error: error.into(),
        }
    }

    fn scopes() -> Refusal {
        refusal(401, "Access token does not have the required scopes")
    }

    fn user() -> Channel {
        Channel::new("user", 3)
    }

    fn public() -> Channel {
        Channel::new("public", 1)
    }

    fn list(id: &str) -> Channel {
        Channel::new(&["list ", id].concat(), 9)
    }

    fn open(channels: &[Channel]) -> Subscriptions {
        let mut subscriptions = Subscriptions::default();
        for channel in channels {
            assert!(!subscriptions.add(channel, 0.0));
        }
        assert_eq!(subscriptions.opened(0.0).count(), channels.len());
        subscriptions
    }

    #[test]
    fn a_stream_asked_for_twice_is_subscribed_once() {
        let mut subscriptions = open(&[]);
        assert!(subscriptions.add(&user(), 0.0));
        assert!(!subscriptions.add(&user(), 0.0));
        assert!(!subscriptions.remove(&user(), 0.0));
        assert!(subscriptions.remove(&user(), 0.0));
        assert!(!subscriptions.remove(&user(), 0.0));
    }

    #[test]
    fn every_socket_is_subscribed_to_everything() {
        let mut subscriptions = open(&[user(), public()]);
        subscriptions.closed();
        assert!(!subscriptions.remove(&public(), 0.0));
        assert!(subscriptions.opened(9.0).eq([&user()]));
    }

    #[test]
    fn the_only_one_that_can_be_meant_is_meant() {
        let mut subscriptions = open(&[user(), public()]);
        subscriptions.confirm(&user());
        assert_eq!(
            subscriptions.refused(scopes(), 5.0),
            [Outcome::Refused(public(), scopes())]
        );
        // It is forgotten: the next socket does not ask for it.
        assert!(subscriptions.opened(9.0).eq([&user()]));
    }

    #[test]
    fn the_wording_tells_lists_and_unknown_streams() {
        let mut subscriptions = open(&[user(), list("1"), Channel::new("nonsense", 0)]);
        let not_yours = refusal(401, "Not authorized to stream this list");
        assert_eq!(
            subscriptions.refused(not_yours.clone(), 5.0),
            [Outcome::Refused(list("1"), not_yours)]
        );
        let unknown = refusal(400, "Unknown stream type");
        assert_eq!(
            subscriptions.refused(unknown.clone(), 5.0),
            [Outcome::Refused(Channel::new("nonsense", 0), unknown)]
        );
    }

    #[test]
    fn what_was_silently_accepted_is_not_blamed_later() {
        let mut subscriptions = open(&[user()]);
        subscriptions.add(&public(), ACCEPTED);
        assert_eq!(
            subscriptions.refused(scopes(), ACCEPTED + 1.0),
            [Outcome::Refused(public(), scopes())]
        );
        assert_eq!(subscriptions.refused(scopes(), ACCEPTED + 1.0), []);
    }

    #[test]
    fn where_several_may_be_meant_each_is_asked_again() {
        let lists = [list("1"), list("2"), list("3")];
        let mut subscriptions = open(&lists);
        let not_yours = refusal(401, "Not authorized to stream this list");
        assert_eq!(subscriptions.refused(not_yours.clone(), 100.0), []);
        assert_eq!(subscriptions.tick(1_099.0), []);
        let ask = |id: &str| vec![Outcome::Subscribe(list(id))];
        assert_eq!(subscriptions.tick(1_100.0), ask("1"));
        // The first is silent, the second is refused again and again, the third is silent.
        assert_eq!(subscriptions.tick(3_100.0), ask("2"));
        assert_eq!(subscriptions.refused(not_yours.clone(), 3_200.0), ask("2"));
        let mut expected = vec![Outcome::Refused(list("2"), not_yours.clone())];
        expected.extend(ask("3"));
        assert_eq!(subscriptions.refused(not_yours.clone(), 3_300.0), expected);
        assert_eq!(subscriptions.tick(5_300.0), []);
        assert!(subscriptions.deadline().is_infinite());
        assert_eq!(subscriptions.refused(not_yours, 5_400.0), []);
    }

    #[test]
    fn a_late_refusal_of_another_is_no_answer() {
        let mut subscriptions = open(&[list("1"), list("2"), list("3")]);
        let not_yours = refusal(401, "Not authorized to stream this list");
        let mut ended = Vec::new();
        let mut collect = |outcomes: Vec<Outcome>| {
            for outcome in outcomes {
                if let Outcome::Refused(channel, _) = outcome {
                    ended.push(channel);
                }
            }
        };
        collect(subscriptions.refused(not_yours.clone(), 100.0));
        collect(subscriptions.tick(1_100.0));
        // About the second or third, while the first, which is good, is being asked for.
        collect(subscriptions.refused(not_yours.clone(), 1_500.0));
        collect(subscriptions.tick(3_500.0));
        for at in [3_600.0, 3_700.0, 3_800.0, 3_900.0] {
            collect(subscriptions.refused(not_yours.clone(), at));
        }
        assert_eq!(ended, [list("2"), list("3")]);
    }

    #[test]
    fn a_refusal_of_what_nobody_wants_any_more_blames_no_other() {
        let mut subscriptions = open(&[user(), list("1")]);
        assert!(subscriptions.remove(&list("1"), 10.0));
        assert_eq!(subscriptions.refused(scopes(), 100.0), []);
        assert_eq!(subscriptions.tick(1_100.0).len(), 1, "user is asked again");
        assert_eq!(subscriptions.tick(3_100.0), []);
        assert!(subscriptions.deadline().is_infinite());
    }

    #[test]
    fn an_event_clears_a_suspect() {
        let mut subscriptions = open(&[user(), public(), list("1")]);
        assert_eq!(subscriptions.refused(scopes(), 0.0), []);
        subscriptions.confirm(&user());
        subscriptions.confirm(&list("1"));
        // One refusal, one suspect left.
        assert_eq!(
            subscriptions.tick(1_000.0),
            [Outcome::Refused(public(), scopes())]
        );
    }

    #[test]
    fn as_many_refusals_as_suspects_are_about_them_all() {
        let mut subscriptions = open(&[user(), public()]);
        assert_eq!(subscriptions.refused(scopes(), 0.0), []);
        assert_eq!(subscriptions.refused(scopes(), 10.0), []);
        assert_eq!(
            subscriptions.tick(1_100.0),
            [
                Outcome::Refused(user(), scopes()),
                Outcome::Refused(public(), scopes())
            ]
        );
    }

    #[test]
    fn a_refusal_that_stays_unassigned_ends_all_suspects() {
        let mut subscriptions = open(&[user(), public()]);
        assert_eq!(subscriptions.refused(scopes(), 0.0), []);
        assert_eq!(subscriptions.tick(1_000.0).len(), 1);
        assert_eq!(subscriptions.tick(3_000.0).len(), 1);
        assert_eq!(
            subscriptions.tick(5_000.0),
            [
                Outcome::Refused(user(), scopes()),
                Outcome::Refused(public(), scopes())
            ]
        );
    }

    #[test]
    fn a_lost_socket_ends_the_search() {
        let mut subscriptions = open(&[user(), public()]);
        assert_eq!(subscriptions.refused(scopes(), 0.0), []);
        subscriptions.closed();
        assert!(subscriptions.deadline().is_infinite());
        assert_eq!(subscriptions.tick(9_999.0), []);
    }
}
