//! The hub as driver.js sees it: numbers in, numbers out. Each exported or imported function would
//! cost a shim in the module and another in the glue.

use super::channel::Channel;
use super::connection::Probe;
use super::hub::Hub;
use super::item::Item;
use super::refusal::Refusal;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/streaming/items.js")]
extern "C" {
    /// The order of two items. It calls nobody.
    pub fn compare(a: Item, b: Item) -> i32;
}

/// All streams of one client.
#[wasm_bindgen(skip_typescript)]
#[derive(Debug)]
pub struct StreamHub {
    state: RefCell<Told>,
}

#[derive(Debug)]
struct Told {
    hub: Hub,
    /// The items of what will be told next.
    items: Vec<Item>,
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
            }),
        }
    }

    /// Something happened, or is asked; driver.js has the numbers.
    #[wasm_bindgen(skip_typescript)]
    pub fn tell(&self, what: u32, now: f64, a: f64, b: f64, c: f64) -> f64 {
        let told = &mut *self.state.borrow_mut();
        let hub = &mut told.hub;
        let (first, second, third) = (a as u32, b as u32, c as u32);
        match what {
            0 => hub.opened(now),
            1 => hub.closed(now, a),
            2 => hub.wake(now),
            3 => hub.tick(now, a),
            4 => hub.probed(Probe::Good, now, a),
            5 => hub.probed(Probe::Unauthorized, now, a),
            6 => hub.probed(Probe::Unreachable, now, a),
            7 => hub.configure(a, b, c > 0.0),
            8 => {
                let channel = Channel {
                    number: first,
                    traits: second & 15,
                };
                let mut resume = told.items.drain(..);
                let resume = [(); 2].map(|()| resume.next().unwrap_or_default());
                return f64::from(hub.attach(channel, third, second > 15, resume, now));
            }
            9 => hub.detach(first, now),
            10 => hub.event(first, second, third, now),
            11 => {
                let refusal = Refusal {
                    number: first,
                    status: second,
                    of_list: third > 0,
                };
                hub.refused(refusal, now);
            }
            12 => told.items.push(first),
            13 => {
                hub.fetched(first, second, c, &told.items, now);
                told.items.clear();
            }
            14 => return f64::from(u32::from(hub.holds(first))),
            _ => return hub.deadline(),
        }
        0.0
    }

    /// What is to be done: action.rs.
    #[wasm_bindgen(skip_typescript)]
    pub fn take(&self) -> Vec<u32> {
        self.state.borrow_mut().hub.take_actions()
    }
}
