//! The hub as driver.js sees it: one function in, one out. Each exported or imported function would
//! cost a shim in the module and another in the glue.

use super::channel::{Channel, Source};
use super::connection::{Probe, State, Token};
use super::hub::{Action, Hub, Options, Reason};
use super::id::Id;
use super::lane::{Event, Failure, Kind, Request};
use super::refusal::Refusal;
use super::sequence::Item;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// The driver.
    pub type Hands;
    /// Does something, by its number in `carry_out`.
    #[wasm_bindgen(method, structural)]
    fn act(this: &Hands, what: u32, a: u32, b: u32, c: u32, text: &str, event: &JsValue);
}

/// All streams of one client.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct StreamHub {
    state: RefCell<Told>,
}

#[derive(Debug)]
struct Told {
    hub: Hub<JsValue>,
    /// The answer of REST that is being told.
    items: Vec<Item<JsValue>>,
    /// The options of the stream that will be asked for.
    options: Options,
}

#[wasm_bindgen]
impl StreamHub {
    /// For a platform that has sockets or not.
    #[wasm_bindgen(constructor, skip_typescript)]
    pub fn new(sockets: bool) -> Self {
        Self {
            state: RefCell::new(Told {
                hub: Hub::new(sockets),
                items: Vec::new(),
                options: Options::default(),
            }),
        }
    }

    /// Something happened, or is asked; driver.js has the numbers.
    #[wasm_bindgen(skip_typescript)]
    #[allow(clippy::too_many_arguments)]
    pub fn tell(
        &self,
        what: u32,
        now: f64,
        a: f64,
        b: f64,
        c: f64,
        text: &str,
        event: JsValue,
    ) -> f64 {
        let told = &mut *self.state.borrow_mut();
        let (hub, options) = (&mut told.hub, &mut told.options);
        let (first, second) = text.split_once(' ').unwrap_or((text, ""));
        let id = Id::new(first);
        let edited = Id::new(second).unwrap_or_default();
        match what {
            0 => hub.opened(now),
            1 => hub.closed(now, a),
            2 => hub.heard(now),
            3 => hub.wake(now),
            4 => hub.tick(now, a),
            5 => hub.probed(Probe::Good, now, a),
            6 => hub.probed(Probe::Unauthorized, now, a),
            7 => hub.probed(Probe::Unreachable, now, a),
            8 => hub.hold(now),
            9 => hub.let_go(),
            10 => {
                let [first, second] = &mut options.resume;
                *(if a == 0.0 { first } else { second }) = id;
            }
            11 => {
                options.handshake = a;
                options.idle = b;
            }
            12 => {
                options.limit = a as u32;
                options.polls = b == 1.0;
            }
            13 => {
                let channel = Channel {
                    number: a as u32,
                    traits: b as u32,
                };
                let options = std::mem::take(options);
                return f64::from(hub.attach(channel, options, now));
            }
            14 => hub.detach(a as u32, now),
            15 => {
                let kind = match b as u32 {
                    1 => Kind::New(Source::Statuses),
                    2 => Kind::New(Source::Notifications),
                    4 => Kind::New(Source::Conversations),
                    8 => Kind::Edit,
                    16 => Kind::Delete,
                    _ => Kind::Other,
                };
                let id = id.unwrap_or_default();
                hub.event(a as u32, kind, id, edited, &event, now);
            }
            16 => {
                let refusal = Refusal {
                    number: a as u32,
                    status: b as u32,
                    of_list: c == 1.0,
                };
                hub.refused(refusal, now);
            }
            17 => {
                if let Some(id) = id {
                    told.items.push(Item { id, edited, event });
                }
            }
            18 => {
                let items = std::mem::take(&mut told.items);
                let answer = match c {
                    -1.0 => Ok(items),
                    -2.0 => Err(Failure::Passing),
                    -3.0 => Err(Failure::Lasting),
                    wait => Err(Failure::Limited(wait)),
                };
                hub.fetched(a as u32, b as u32, answer, now);
            }
            19 => {
                return match hub.state() {
                    State::Connecting => 0.0,
                    State::Open => 1.0,
                    State::Waiting => 2.0,
                    State::Polling => 3.0,
                    State::Closed => 4.0,
                };
            }
            _ => return hub.deadline(),
        }
        0.0
    }

    /// Has everything done that is to be done. Nothing is borrowed meanwhile.
    #[wasm_bindgen(skip_typescript)]
    pub fn run(&self, hands: &Hands) {
        loop {
            let actions = self.state.borrow_mut().hub.take_actions();
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
    let mut text = String::new();
    let mut event = JsValue::UNDEFINED;
    let mut write = |id: Option<Id>| {
        if let Some(id) = id {
            id.write(&mut text);
        }
        text.push(' ');
    };
    let number = |reason: Reason| match reason {
        Reason::Unauthorized => (0, 0),
        Reason::Unconnectable => (1, 0),
        Reason::Refused(refusal) => (2, refusal.number),
    };
    let (what, a, b, c) = match action {
        Action::Connect(token) => (0, u32::from(token == Token::Query), 0, 0),
        Action::Disconnect => (1, 0, 0, 0),
        Action::Subscribe(channel) => (2, channel.number, 0, 0),
        Action::Unsubscribe(channel) => (3, channel.number, 0, 0),
        Action::Ask => (4, 0, 0, 0),
        Action::Probe => (5, 0, 0, 0),
        Action::Fetch(lane, ticket, request) => {
            let source = match request {
                Request::Newest(source) => source as u32,
                Request::After(source, id) => {
                    write(Some(id));
                    source as u32
                }
                Request::Statuses(ids) => {
                    for id in ids {
                        write(Some(id));
                    }
                    0
                }
            };
            (6, lane, ticket, source)
        }
        Action::Deliver(lane, delivered) => match delivered {
            Event::Whole(whole) => {
                event = whole;
                (7, lane, 0, 0)
            }
            Event::Deleted(id) => {
                write(Some(id));
                (8, lane, 0, 0)
            }
            Event::Gap(from, to) => {
                write(from);
                write(to);
                (9, lane, 0, 0)
            }
        },
        Action::State => (10, 0, 0, 0),
        Action::End(lane, reason) => {
            let (why, refusal) = number(reason);
            (11, lane, why, refusal)
        }
        Action::EndAll(reason) => (12, 0, number(reason).0, 0),
    };
    hands.act(what, a, b, c, &text, &event);
}
