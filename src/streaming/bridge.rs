//! The hub as driver.js sees it.

use super::channel::{Channel, Source};
use super::connection::{Probe, State, Token};
use super::hub::{Action, Hub, Options, Reason};
use super::lane::{Event, Failure, Kind, Request};
use super::refusal::Refusal;
use super::sequence::Item;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The driver.
    pub type Hands;
    /// Does something: one of the numbers in [`StreamHub::run`], the lane, a number, another, texts,
    /// an event.
    #[wasm_bindgen(method, structural)]
    fn act(
        this: &Hands,
        what: u32,
        lane: u32,
        number: u32,
        more: u32,
        text: Option<&str>,
        other: Option<&str>,
        event: &JsValue,
    );
}

/// All streams of one client.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct StreamHub {
    hub: RefCell<Hub<JsValue>>,
    /// An answer of REST that is being told.
    items: RefCell<Vec<Item<JsValue>>>,
}

#[wasm_bindgen]
impl StreamHub {
    /// For a platform that has sockets or not.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(sockets: bool) -> Self {
        Self {
            hub: RefCell::new(Hub::new(sockets)),
            items: RefCell::default(),
        }
    }

    /// Somebody listens to a stream. The lane.
    #[wasm_bindgen(skip_typescript)]
    #[allow(clippy::too_many_arguments)]
    pub fn attach(
        &self,
        key: &str,
        traits: u32,
        handshake: f64,
        idle: f64,
        limit: u32,
        polls: bool,
        resume: Option<String>,
        resume_notification: Option<String>,
        now: f64,
    ) -> u32 {
        let channel = Channel::new(key, traits);
        let options = Options {
            handshake,
            idle,
            limit: limit as usize,
            polls,
        };
        let both = channel.sources().count() > 1;
        let resume = |source| {
            let id = if both && source == Source::Notifications {
                &resume_notification
            } else {
                &resume
            };
            id.as_deref().map(Into::into)
        };
        self.hub.borrow_mut().attach(channel, options, resume, now)
    }

    /// Somebody stopped listening to a lane.
    #[wasm_bindgen(skip_typescript)]
    pub fn detach(&self, lane: u32, now: f64) {
        self.hub.borrow_mut().detach(lane, now);
    }

    /// Something happened of which there is no more to say.
    #[wasm_bindgen(skip_typescript)]
    pub fn tell(&self, what: u32, now: f64, random: f64) {
        let hub = &mut *self.hub.borrow_mut();
        match what {
            0 => hub.opened(now),
            1 => hub.closed(now, random),
            2 => hub.heard(now),
            3 => hub.wake(now),
            4 => hub.tick(now, random),
            5 => hub.probed(Probe::Good, now, random),
            6 => hub.probed(Probe::Unauthorized, now, random),
            7 => hub.probed(Probe::Unreachable, now, random),
            8 => hub.hold(now),
            _ => hub.let_go(),
        }
    }

    /// An event came.
    #[wasm_bindgen(skip_typescript)]
    pub fn event(&self, key: &str, kind: u32, id: &str, edited: &str, event: JsValue, now: f64) {
        let kind = match kind {
            1 => Kind::New(Source::Statuses),
            2 => Kind::New(Source::Notifications),
            4 => Kind::New(Source::Conversations),
            8 => Kind::Edit,
            16 => Kind::Delete,
            _ => Kind::Other,
        };
        let mut hub = self.hub.borrow_mut();
        hub.event(key, kind, id, edited, event, now);
    }

    /// The server refused something.
    #[wasm_bindgen(skip_typescript)]
    pub fn refused(&self, status: u16, error: String, now: f64) {
        let error = error.into();
        self.hub
            .borrow_mut()
            .refused(Refusal { status, error }, now);
    }

    /// One entity of an answer.
    #[wasm_bindgen(skip_typescript)]
    pub fn item(&self, id: String, edited: String, event: JsValue) {
        let (id, edited) = (id.into(), edited.into());
        self.items.borrow_mut().push(Item { id, edited, event });
    }

    /// An answer is complete; or there is none: `failure` is the time to wait before the next try in
    /// milliseconds, or -2 where it may be tried at once, -3 where that is no use.
    #[wasm_bindgen(skip_typescript)]
    pub fn fetched(&self, lane: u32, ticket: u32, failure: f64, now: f64) {
        let items = self.items.take();
        let answer = match failure {
            -1.0 => Ok(items),
            -2.0 => Err(Failure::Passing),
            -3.0 => Err(Failure::Lasting),
            wait => Err(Failure::Limited(wait)),
        };
        self.hub.borrow_mut().fetched(lane, ticket, answer, now);
    }

    /// The connection's state, by its place in `STATES` of driver.js.
    #[wasm_bindgen(skip_typescript)]
    pub fn state(&self) -> u32 {
        match self.hub.borrow().state() {
            State::Connecting => 0,
            State::Open => 1,
            State::Waiting => 2,
            State::Polling => 3,
            State::Closed => 4,
        }
    }

    /// When time is to be told again, or infinity.
    #[wasm_bindgen(skip_typescript)]
    pub fn deadline(&self) -> f64 {
        self.hub.borrow().deadline()
    }

    /// Has everything done that is to be done. Nothing is borrowed meanwhile.
    #[wasm_bindgen(skip_typescript)]
    pub fn run(&self, hands: &Hands) {
        loop {
            let actions = self.hub.borrow_mut().take_actions();
            if actions.is_empty() {
                return;
            }
            for action in actions {
                carry_out(hands, action);
            }
        }
    }
}

fn carry_out(hands: &Hands, action: Action<JsValue>) {
    let none = JsValue::UNDEFINED;
    let plain = |what, lane| hands.act(what, lane, 0, 0, None, None, &none);
    let text = |what, lane, number, more, text: &str| {
        hands.act(what, lane, number, more, Some(text), None, &none);
    };
    let number = |reason: &Reason| match reason {
        Reason::Unauthorized => 0,
        Reason::Unconnectable => 1,
        Reason::Refused(refusal) => u32::from(refusal.status),
    };
    match action {
        Action::Connect(token) => plain(0, u32::from(token == Token::Query)),
        Action::Disconnect => plain(1, 0),
        Action::Subscribe(channel) => text(2, 0, 0, 0, channel.key()),
        Action::Unsubscribe(channel) => text(3, 0, 0, 0, channel.key()),
        Action::Ask => plain(4, 0),
        Action::Probe => plain(5, 0),
        Action::Fetch(lane, ticket, request) => match request {
            Request::Newest(source) => {
                hands.act(6, lane, ticket, source as u32, None, None, &none);
            }
            Request::After(source, id) => text(6, lane, ticket, source as u32, &id),
            Request::Statuses(ids) => text(6, lane, ticket, 0, &ids.join(" ")),
        },
        Action::Deliver(lane, event) => match event {
            Event::Whole(event) => hands.act(7, lane, 0, 0, None, None, &event),
            Event::Deleted(id) => text(8, lane, 0, 0, &id),
            Event::Gap(from, to) => {
                hands.act(9, lane, 0, 0, from.as_deref(), to.as_deref(), &none);
            }
        },
        Action::State(_) => plain(10, 0),
        Action::End(lane, reason) => {
            let error = match &reason {
                Reason::Refused(refusal) => Some(&*refusal.error),
                _ => None,
            };
            hands.act(11, lane, number(&reason), 0, error, None, &none);
        }
        Action::EndAll(reason) => hands.act(12, 0, number(&reason), 0, None, None, &none),
    }
}
