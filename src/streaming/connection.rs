//! The life of a client's one socket: connecting, standing, waiting, and telling why not.
//!
//! It decides and does nothing: what happens goes in with the time, what is to be done comes out.

use super::backoff::Backoff;

/// What callers see of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum State {
    /// A socket is being opened.
    Connecting,
    /// A socket stands.
    Open,
    /// The next attempt is due later.
    Waiting,
    /// The server refuses sockets; events are fetched over REST until it takes one.
    Polling,
    /// There is no connection, and none will be made.
    Closed,
}

/// How the token travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u32)]
pub enum Token {
    /// As the name of a subprotocol.
    Subprotocol,
    /// In the query of the URL, where servers and proxies may log it.
    Query,
}

/// What REST says while the socket fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// Server and token are good.
    Good,
    /// The token is not.
    Unauthorized,
    /// The server does not answer either.
    Unreachable,
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nothing.
    Nothing,
    /// Open a socket.
    Connect(Token),
    /// Drop the socket, be it open or being opened.
    Disconnect,
    /// Send something that the server has to answer.
    Ask,
    /// Ask over REST whether server and token are good.
    Probe,
    /// Fetch what there is over REST.
    Poll,
    /// Give up: the token is not good.
    Unauthorized,
    /// Give up: the server refuses sockets.
    Refused,
}

/// How long the server may take to answer when it is asked for a sign of life.
const ANSWER: f64 = 10_000.0;

/// After a sleep or on a new network, a socket that was silent for this long is asked.
const SUSPICIOUS: f64 = 5_000.0;

/// How often the server is asked over REST when it refuses sockets.
const POLL: f64 = 15_000.0;

/// After how many refused sockets in a row, with REST in order, REST takes over.
const REFUSED: u32 = 3;

/// After how many, where REST may not take over, a connection that never stood is given up.
const HOPELESS: u32 = 6;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Nobody listens.
    Idle,
    /// A socket is being opened.
    Connecting,
    /// The socket stands.
    Open,
    /// It does, and the server was asked for a sign of life.
    Asked,
    /// The socket did not open, and REST is being asked why.
    Probing,
    /// The next attempt is due later.
    Waiting,
}

/// A client's connection.
#[derive(Debug)]
pub struct Connection {
    phase: Phase,
    /// When the present phase ends by itself.
    until: f64,
    backoff: Backoff,
    /// Since when the socket stands, and when the last frame came.
    since: f64,
    heard: f64,
    /// How long the socket may take to open, and how long it may be silent.
    handshake: f64,
    idle: f64,
    /// Sockets that did not open in a row, though REST was in order.
    refused: u32,
    /// Whether the token was accepted as a subprotocol, or only in the query.
    proven: Option<Token>,
    /// Whether REST may take over, and when it is asked next: infinity while it need not.
    polls: bool,
    poll: f64,
    /// Whether there are sockets on this platform.
    sockets: bool,
}

impl Connection {
    /// A connection that nobody needs yet; `proven` is what is known from earlier.
    pub fn new(sockets: bool, proven: Option<Token>) -> Self {
        Self {
            phase: Phase::Idle,
            until: f64::INFINITY,
            backoff: Backoff::default(),
            since: 0.0,
            heard: 0.0,
            handshake: f64::INFINITY,
            idle: f64::INFINITY,
            refused: 0,
            proven,
            polls: false,
            poll: f64::INFINITY,
            sockets,
        }
    }

    /// What callers see.
    pub fn state(&self) -> State {
        match self.phase {
            Phase::Idle => State::Closed,
            Phase::Open | Phase::Asked => State::Open,
            _ if self.poll < f64::INFINITY => State::Polling,
            Phase::Connecting => State::Connecting,
            Phase::Probing | Phase::Waiting => State::Waiting,
        }
    }

    /// What those who listen ask for: how long the socket may take to open and how long it may be
    /// silent, in milliseconds, and whether REST may take over.
    pub fn configure(&mut self, handshake: f64, idle: f64, polls: bool) {
        self.handshake = handshake;
        self.idle = idle;
        self.polls = polls;
        if !polls {
            self.poll = f64::INFINITY;
        }
        if self.phase == Phase::Open {
            self.until = self.heard + idle;
        }
    }

    /// Somebody listens.
    pub fn start(&mut self, now: f64) -> Step {
        if self.phase == Phase::Idle {
            self.connect(now)
        } else {
            Step::Nothing
        }
    }

    /// Nobody listens any more. What is known of the server is kept.
    pub fn stop(&mut self) {
        self.enter(Phase::Idle, f64::INFINITY);
        self.poll = f64::INFINITY;
        self.refused = 0;
    }

    /// The socket opened.
    pub fn opened(&mut self, now: f64) {
        self.proven = Some(self.token());
        self.refused = 0;
        self.poll = f64::INFINITY;
        self.since = now;
        self.phase = Phase::Open;
        self.heard(now);
    }

    /// Something came from the server.
    pub fn heard(&mut self, now: f64) {
        self.heard = now;
        if self.state() == State::Open {
            self.enter(Phase::Open, now + self.idle);
        }
    }

    /// The socket closed, or did not open.
    pub fn closed(&mut self, now: f64, random: f64) -> Step {
        if self.phase == Phase::Connecting {
            return self.probe();
        }
        if self.state() == State::Open {
            self.backoff.stood(now - self.since);
            self.wait(now, random);
        }
        Step::Nothing
    }

    /// REST answered.
    pub fn probed(&mut self, probe: Probe, now: f64, random: f64) -> Step {
        if self.phase != Phase::Probing {
            return Step::Nothing;
        }
        self.wait(now, random);
        match probe {
            Probe::Unauthorized => return Step::Unauthorized,
            Probe::Unreachable => return Step::Nothing,
            Probe::Good => {}
        }
        self.refused += 1;
        if self.polls {
            if self.refused >= REFUSED && self.poll == f64::INFINITY {
                return self.poll(now);
            }
        } else if self.proven.is_none() && self.refused >= HOPELESS {
            return Step::Refused;
        }
        Step::Nothing
    }

    /// The network came back, or the page is seen again.
    pub fn wake(&mut self, now: f64) -> Step {
        match self.phase {
            Phase::Waiting if self.sockets => self.connect(now),
            Phase::Open if now - self.heard >= SUSPICIOUS => self.ask(now),
            _ => Step::Nothing,
        }
    }

    /// When it wants to be woken.
    pub fn deadline(&self) -> f64 {
        self.until.min(self.poll)
    }

    /// Time passed.
    pub fn tick(&mut self, now: f64, random: f64) -> Step {
        if self.poll <= now {
            return self.poll(now);
        }
        if self.until > now {
            return Step::Nothing;
        }
        match self.phase {
            // What did not open in time is closed, and treated as what did not open.
            Phase::Connecting => self.probe(),
            Phase::Waiting => self.connect(now),
            Phase::Open => self.ask(now),
            Phase::Asked => {
                // The silence does not count as having stood.
                self.backoff.stood(self.heard - self.since);
                self.wait(now, random);
                Step::Disconnect
            }
            Phase::Idle | Phase::Probing => Step::Nothing,
        }
    }

    fn connect(&mut self, now: f64) -> Step {
        if self.sockets {
            self.enter(Phase::Connecting, now + self.handshake);
            Step::Connect(self.token())
        } else if self.polls {
            self.enter(Phase::Waiting, f64::INFINITY);
            self.poll(now)
        } else {
            Step::Refused
        }
    }

    fn ask(&mut self, now: f64) -> Step {
        self.enter(Phase::Asked, now + ANSWER);
        Step::Ask
    }

    fn probe(&mut self) -> Step {
        self.enter(Phase::Probing, f64::INFINITY);
        Step::Probe
    }

    fn wait(&mut self, now: f64, random: f64) {
        let wait = self.backoff.next(random);
        self.enter(Phase::Waiting, now + wait);
    }

    fn poll(&mut self, now: f64) -> Step {
        self.poll = now + POLL;
        Step::Poll
    }

    fn enter(&mut self, phase: Phase, until: f64) {
        self.phase = phase;
        self.until = until;
    }

    /// How the token is to travel. In the query only when the subprotocol never worked and failed
    /// twice with REST in order, and then only every other time until it has worked.
    fn token(&self) -> Token {
        match self.proven {
            Some(token) => token,
            None if self.refused >= 2 && self.refused.is_multiple_of(2) => Token::Query,
            None => Token::Subprotocol,
        }
    }
}
