//! The life of a client's socket: connecting, open, waiting, and checking why it failed.
//!
//! It decides, but does nothing itself: inputs come with the time, and commands are returned.

use super::backoff::{Backoff, STEADY};

/// The state of a connection, as callers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// A socket is being opened.
    Connecting,
    /// A socket is open.
    Open,
    /// Waiting for the next attempt.
    Waiting,
    /// The server refuses sockets. Events are fetched over REST until a socket opens.
    Polling,
    /// There is no connection, and there will be none.
    Closed,
}

impl State {
    /// Its name in JavaScript.
    pub fn name(self) -> &'static str {
        match self {
            Self::Connecting => "connecting",
            Self::Open => "open",
            Self::Waiting => "waiting",
            Self::Polling => "polling",
            Self::Closed => "closed",
        }
    }
}

/// How the token is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// As the name of a subprotocol.
    Subprotocol,
    /// In the query of the URL, where servers and proxies may log it.
    Query,
}

/// How a socket is opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Handshake {
    /// How the token is sent.
    pub token: Token,
    /// Whether the URL names a stream, for servers that ignore `subscribe` (Akkoma).
    pub stream: bool,
}

/// What is known about a socket that failed to open or was closed.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// The status of the response to the upgrade, if the platform exposes it.
    pub status: Option<u16>,
    /// Whether the instance names a streaming server.
    pub named: bool,
}

impl Closed {
    /// Whether the server has streaming, according to REST and the upgrade.
    fn exists(self) -> bool {
        self.named && !matches!(self.status, Some(404 | 405 | 410 | 501))
    }
}

/// The result of a check over REST, after the socket failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Probe<P> {
    /// The server is up, and the token is valid.
    Good,
    /// The token is not valid.
    Unauthorized(P),
    /// The token may be invalid: Takahe and snac return 400 and 422 for an invalid token.
    Doubtful(P),
    /// The server does not respond.
    Unreachable,
}

/// A command to the machine.
#[derive(Debug, PartialEq)]
pub enum Command<P> {
    /// Nothing.
    Nothing,
    /// Open a socket.
    Connect(Handshake),
    /// Close the socket, whether it is open or still being opened.
    Disconnect,
    /// Close the socket and open another.
    Reconnect(Handshake),
    /// Send a message that the server must respond to.
    Ping,
    /// Check over REST whether the server is up and the token is valid.
    Probe,
    /// Check with a list whether the token is valid. Contains the error of the probe.
    Confirm(P),
    /// Fetch events over REST.
    Poll,
    /// Give up: the token is not valid.
    Unauthorized(P),
    /// Give up: the server refuses sockets.
    NoSocket,
}

/// The options of the connection, combined from all listeners.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ConnectionOptions {
    /// How long a socket may take to open, in milliseconds.
    pub open_timeout: f64,
    /// How long it may be silent, in milliseconds.
    pub idle_timeout: f64,
    /// Whether to poll over REST if the server refuses sockets.
    pub polling: bool,
}

/// How long to wait for the response to a ping.
const PONG: f64 = 10_000.0;

/// After sleep or a network change, a socket that was silent for this long gets a ping.
const SUSPICIOUS: f64 = 5_000.0;

/// The interval of polling over REST while the server refuses sockets.
pub const POLL: f64 = 15_000.0;

/// After this many refused sockets in a row, while REST works, polling starts.
const REFUSED: u32 = 3;

/// After this many, without polling, a connection that was never open is given up.
const HOPELESS: u32 = 6;

/// After this many refused sockets, another handshake is tried.
const DOUBT: u32 = 2;

/// After this many sockets in a row that were closed at once, the URL names the stream.
const BRIEF: u32 = 2;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nobody is listening.
    Idle,
    /// A socket is being opened.
    Connecting,
    /// The socket is open.
    Open,
    /// The socket is open, and a ping was sent.
    Pinged,
    /// The socket did not open. REST is being checked for the reason.
    Probing,
    /// Waiting for the next attempt.
    Waiting,
}

/// A client's connection.
#[allow(
    clippy::struct_excessive_bools,
    reason = "they do not depend on one another"
)]
#[derive(Debug)]
pub struct Connection {
    phase: Phase,
    /// When the current phase times out.
    until: f64,
    backoff: Backoff,
    /// When the socket opened, and when the last frame came.
    since: f64,
    heard: f64,
    /// Whether an event came through the current socket.
    events: bool,
    options: ConnectionOptions,
    /// Sockets in a row that did not open although REST worked.
    refused: u32,
    /// Sockets in a row that opened and were closed at once.
    brief: u32,
    /// The handshake of the current socket, and the last one that worked.
    handshake: Handshake,
    proven: Option<Handshake>,
    /// Whether the server has streaming, as far as is known.
    exists: bool,
    /// Handshakes that were tried: each is tried only once.
    tried_query: bool,
    tried_stream: bool,
    /// Whether the URL of the next socket names a stream.
    name_stream: bool,
    /// When to poll over REST next; infinity for never.
    poll: f64,
    /// Whether the platform has WebSockets.
    sockets: bool,
}

const PLAIN: Handshake = Handshake {
    token: Token::Subprotocol,
    stream: false,
};

impl Connection {
    /// A connection without listeners.
    pub fn new(sockets: bool) -> Self {
        Self {
            phase: Phase::Idle,
            until: f64::INFINITY,
            backoff: Backoff::default(),
            since: 0.0,
            heard: 0.0,
            events: false,
            options: ConnectionOptions {
                open_timeout: f64::INFINITY,
                idle_timeout: f64::INFINITY,
                polling: false,
            },
            refused: 0,
            brief: 0,
            handshake: PLAIN,
            proven: None,
            exists: false,
            tried_query: false,
            tried_stream: false,
            name_stream: false,
            poll: f64::INFINITY,
            sockets,
        }
    }

    /// The state, as callers see it.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Idle => State::Closed,
            Phase::Open | Phase::Pinged => State::Open,
            _ if self.poll < f64::INFINITY => State::Polling,
            Phase::Connecting => State::Connecting,
            Phase::Probing | Phase::Waiting => State::Waiting,
        }
    }

    /// Sets the options.
    pub fn configure(&mut self, options: ConnectionOptions) {
        self.options = options;
        if !options.polling {
            self.poll = f64::INFINITY;
        }
        if self.phase == Phase::Open {
            self.until = self.heard + options.idle_timeout;
        }
    }

    /// The first listener was added.
    pub fn start<P>(&mut self, now: f64) -> Command<P> {
        if self.phase == Phase::Idle {
            self.connect(now)
        } else {
            Command::Nothing
        }
    }

    /// The last listener was removed. What is known about the server is kept.
    pub fn stop(&mut self) {
        self.enter(Phase::Idle, f64::INFINITY);
        // If polling had started, it will start after the next refused socket: the server need not be tested
        // again.
        let found_out = self.refused >= REFUSED;
        self.refused = if found_out { REFUSED - 1 } else { 0 };
        self.poll = f64::INFINITY;
        self.brief = 0;
    }

    /// The socket opened.
    pub fn opened(&mut self, now: f64) {
        self.proven = Some(self.handshake);
        self.refused = 0;
        self.poll = f64::INFINITY;
        self.since = now;
        self.events = false;
        self.phase = Phase::Open;
        self.heard(now);
    }

    /// A message came from the server.
    pub fn heard(&mut self, now: f64) {
        self.heard = now;
        if self.state() == State::Open {
            self.enter(Phase::Open, now + self.options.idle_timeout);
        }
    }

    /// An event came from the server.
    pub fn heard_event(&mut self, now: f64) {
        self.events = true;
        self.brief = 0;
        self.heard(now);
    }

    /// The socket was closed, or did not open.
    pub fn closed<P>(&mut self, closed: Closed, now: f64, random: f64) -> Command<P> {
        if self.phase == Phase::Connecting {
            self.exists = closed.exists();
            return self.probe();
        }
        if self.state() == State::Open {
            let lasted = now - self.since;
            if lasted >= STEADY {
                self.brief = 0;
            } else if !self.events {
                self.brief += 1;
                self.name_stream |= self.brief >= BRIEF;
            }
            self.backoff.stood(lasted);
            self.wait(now, random);
        }
        Command::Nothing
    }

    /// The REST check returned.
    pub fn probed<P>(&mut self, probe: Probe<P>, now: f64, random: f64) -> Command<P> {
        if self.phase != Phase::Probing {
            return Command::Nothing;
        }
        match probe {
            Probe::Doubtful(error) => return Command::Confirm(error),
            Probe::Unauthorized(error) => {
                self.wait(now, random);
                return Command::Unauthorized(error);
            }
            Probe::Unreachable => self.wait(now, random),
            Probe::Good => {
                self.wait(now, random);
                self.refused += 1;
                if self.options.polling {
                    if self.refused >= REFUSED && self.poll == f64::INFINITY {
                        return self.poll(now);
                    }
                } else if self.is_hopeless() {
                    return Command::NoSocket;
                }
            }
        }
        Command::Nothing
    }

    /// Whether there will be no socket: the platform has none, or the server has refused all.
    pub fn is_hopeless(&self) -> bool {
        !self.sockets || self.proven.is_none() && self.refused >= HOPELESS
    }

    /// The network is back, or the page is visible again.
    pub fn wake<P>(&mut self, now: f64) -> Command<P> {
        match self.phase {
            Phase::Waiting if self.sockets => self.connect(now),
            Phase::Open if now - self.heard >= SUSPICIOUS => self.ping(now),
            _ => Command::Nothing,
        }
    }

    /// There is a token now: the server is asked anew.
    pub fn renew<P>(&mut self, now: f64) -> Command<P> {
        if self.phase == Phase::Idle {
            return Command::Nothing;
        }
        self.refused = 0;
        self.tried_query = false;
        self.tried_stream = false;
        self.reconnect(now)
    }

    /// REST returned events that the socket should have delivered. If the socket delivered no event at all,
    /// the server may ignore `subscribe`: opens another socket whose URL names a stream.
    pub fn mute<P>(&mut self, now: f64) -> Command<P> {
        if self.state() != State::Open || self.events || self.tried_stream {
            return Command::Nothing;
        }
        self.name_stream = true;
        self.reconnect(now)
    }

    /// When to call [`Connection::timeout`].
    pub fn due(&self) -> f64 {
        self.until.min(self.poll)
    }

    /// The time returned by [`Connection::due`] has come.
    pub fn timeout<P>(&mut self, now: f64, random: f64) -> Command<P> {
        if self.poll <= now {
            return self.poll(now);
        }
        if self.until > now {
            return Command::Nothing;
        }
        match self.phase {
            // A socket that did not open in time is treated like one that failed.
            Phase::Connecting => self.probe(),
            Phase::Waiting => self.connect(now),
            Phase::Open => self.ping(now),
            Phase::Pinged => {
                // The time of silence does not count as open.
                self.backoff.stood(self.heard - self.since);
                self.wait(now, random);
                Command::Disconnect
            }
            Phase::Idle | Phase::Probing => Command::Nothing,
        }
    }

    fn connect<P>(&mut self, now: f64) -> Command<P> {
        if self.sockets {
            self.handshake = self.next_handshake();
            self.tried_query |= self.handshake.token == Token::Query;
            self.tried_stream |= self.handshake.stream;
            self.enter(Phase::Connecting, now + self.options.open_timeout);
            Command::Connect(self.handshake)
        } else if self.options.polling {
            self.enter(Phase::Waiting, f64::INFINITY);
            self.poll(now)
        } else {
            Command::NoSocket
        }
    }

    fn reconnect<P>(&mut self, now: f64) -> Command<P> {
        match self.connect(now) {
            Command::Connect(handshake) => Command::Reconnect(handshake),
            other => other,
        }
    }

    fn ping<P>(&mut self, now: f64) -> Command<P> {
        self.enter(Phase::Pinged, now + PONG);
        Command::Ping
    }

    fn probe<P>(&mut self) -> Command<P> {
        self.enter(Phase::Probing, f64::INFINITY);
        Command::Probe
    }

    fn wait(&mut self, now: f64, random: f64) {
        let wait = self.backoff.next(random);
        self.enter(Phase::Waiting, now + wait);
    }

    fn poll<P>(&mut self, now: f64) -> Command<P> {
        self.poll = now + POLL;
        Command::Poll
    }

    fn enter(&mut self, phase: Phase, until: f64) {
        self.phase = phase;
        self.until = until;
    }

    /// The handshake of the next socket: the last one that worked. If none has worked but REST does, two
    /// others are tried, once each. One sends the token in the URL, if the server has streaming. The other
    /// names a stream in the URL.
    fn next_handshake(&mut self) -> Handshake {
        let known = self.proven.unwrap_or(PLAIN);
        if std::mem::take(&mut self.name_stream) && !self.tried_stream {
            return Handshake {
                stream: true,
                ..known
            };
        }
        if self.proven.is_some() || self.refused < DOUBT {
            return known;
        }
        if self.exists && !self.tried_query {
            return Handshake {
                token: Token::Query,
                stream: false,
            };
        }
        Handshake {
            token: Token::Subprotocol,
            stream: !self.tried_stream,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Done = Command<&'static str>;

    const NAMED: Closed = Closed {
        status: None,
        named: true,
    };

    fn connection(polling: bool) -> Connection {
        let mut connection = Connection::new(true);
        connection.configure(ConnectionOptions {
            open_timeout: 10_000.0,
            idle_timeout: 90_000.0,
            polling,
        });
        connection
    }

    /// The handshakes of sockets that a server refuses one after the other.
    fn refused(connection: &mut Connection, closed: Closed, times: usize) -> Vec<Handshake> {
        let mut handshakes = Vec::new();
        let mut now = 0.0;
        let mut done: Done = connection.start(now);
        while handshakes.len() < times {
            if let Command::Connect(handshake) = done {
                handshakes.push(handshake);
                assert_eq!(connection.closed(closed, now, 0.5), Done::Probe);
                let _: Done = connection.probed(Probe::Good, now, 0.5);
            }
            now = connection.due();
            done = connection.timeout(now, 0.5);
        }
        handshakes
    }

    #[test]
    fn the_token_goes_into_the_url_once_and_a_stream_too() {
        let handshakes = refused(&mut connection(true), NAMED, 8);
        let query = Handshake {
            token: Token::Query,
            stream: false,
        };
        let stream = Handshake {
            token: Token::Subprotocol,
            stream: true,
        };
        let mut expected = vec![PLAIN, PLAIN, query, stream];
        expected.extend([PLAIN; 4]);
        assert_eq!(handshakes, expected);
    }

    #[test]
    fn the_token_never_goes_into_the_url_where_there_is_no_streaming() {
        for closed in [
            Closed::default(),
            Closed {
                status: Some(404),
                named: true,
            },
        ] {
            let handshakes = refused(&mut connection(true), closed, 8);
            assert!(handshakes.iter().all(|own| own.token == Token::Subprotocol));
        }
    }

    #[test]
    fn rest_takes_over_at_once_where_it_had_before() {
        let mut connection = connection(true);
        let refused = refused(&mut connection, Closed::default(), 5);
        assert_eq!((refused.len(), connection.state()), (5, State::Polling));
        // Without listeners, nobody wants polling.
        let options = connection.options;
        connection.configure(ConnectionOptions {
            polling: false,
            ..options
        });
        connection.stop();
        connection.configure(options);
        assert!(matches!(connection.start(0.0), Done::Connect(_)));
        assert_eq!(connection.closed(Closed::default(), 10.0, 0.9), Done::Probe);
        assert_eq!(connection.probed(Probe::Good, 20.0, 0.9), Done::Poll);
        assert_eq!(connection.state(), State::Polling);
        // After a socket opened, the count starts again.
        connection.opened(30.0);
        connection.stop();
        assert!(matches!(connection.start(40.0), Done::Connect(_)));
        assert_eq!(connection.closed(Closed::default(), 50.0, 0.9), Done::Probe);
        assert_eq!(connection.probed(Probe::Good, 60.0, 0.9), Done::Nothing);
    }

    #[test]
    fn sockets_that_are_closed_at_once_are_opened_with_a_stream_in_the_url() {
        let mut connection = connection(true);
        let _: Done = connection.start(0.0);
        for _ in 0..2 {
            connection.opened(1_000.0);
            let _: Done = connection.closed(NAMED, 1_010.0, 0.5);
            let due = connection.due();
            let done: Done = connection.timeout(due, 0.5);
            assert!(matches!(done, Command::Connect(_)), "{done:?}");
        }
        assert!(connection.handshake.stream);
    }

    #[test]
    fn a_socket_that_ignores_subscribe_is_replaced_by_one_that_names_a_stream() {
        let mut connection = connection(true);
        let _: Done = connection.start(0.0);
        connection.opened(10.0);
        let stream = Handshake {
            stream: true,
            ..PLAIN
        };
        assert_eq!(connection.mute(20.0), Done::Reconnect(stream));
        // It does not open: uses the handshake that worked, and never this one again.
        let _: Done = connection.closed(NAMED, 30.0, 0.5);
        let _: Done = connection.probed(Probe::Good, 40.0, 0.5);
        assert_eq!(
            connection.timeout(connection.due(), 0.5),
            Done::Connect(PLAIN)
        );
        connection.opened(5_000.0);
        assert_eq!(connection.mute(5_010.0), Done::Nothing);
    }

    #[test]
    fn one_that_brought_events_is_not_replaced() {
        let mut connection = connection(true);
        let _: Done = connection.start(0.0);
        connection.opened(10.0);
        connection.heard_event(15.0);
        assert_eq!(connection.mute(20.0), Done::Nothing);
    }

    #[test]
    fn what_only_may_be_unauthorized_is_confirmed() {
        let mut connection = connection(true);
        let _: Done = connection.start(0.0);
        let _: Done = connection.closed(NAMED, 10.0, 0.5);
        assert_eq!(
            connection.probed(Probe::Doubtful("422"), 20.0, 0.5),
            Done::Confirm("422")
        );
        assert_eq!(
            connection.probed(Probe::Unauthorized("401"), 30.0, 0.5),
            Done::Unauthorized("401")
        );
    }
}
