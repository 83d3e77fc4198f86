//! The hubs as driver.js sees them: numbers in, numbers out, by one function. Each further one, or a
//! class, would cost a shim in the module and another in the glue.

use super::channel::Channel;
use super::connection::{Probe, Token};
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

/// The hub of a client.
struct Told {
    hub: Hub,
    /// The items of what will be told next.
    items: Vec<Item>,
}

thread_local! {
    /// All hubs, by their numbers. driver.js gives the number of a client that is gone to another.
    static HUBS: RefCell<Vec<Told>> = const { RefCell::new(Vec::new()) };
}

/// Tells a hub what happened, or asks it; driver.js has the numbers. To JavaScript this function is
/// what a class would be.
#[wasm_bindgen(js_name = StreamHub, skip_typescript)]
pub fn tell(number: usize, what: u32, now: f64, a: f64, b: f64, c: f64) -> f64 {
    HUBS.with_borrow_mut(|hubs| {
        if what == 0 {
            let proven = match b {
                1.0 => Some(Token::Subprotocol),
                2.0 => Some(Token::Query),
                _ => None,
            };
            let new = Told {
                hub: Hub::new(a > 0.0, proven),
                items: Vec::new(),
            };
            match hubs.get_mut(number) {
                Some(told) => *told = new,
                None => hubs.push(new),
            }
        }
        let told = hubs.get_mut(number);
        told.map_or(-1.0, |told| one(told, what, now, a, b, c))
    })
}

fn one(told: &mut Told, what: u32, now: f64, a: f64, b: f64, c: f64) -> f64 {
    let hub = &mut told.hub;
    let (first, second, third) = (a as u32, b as u32, c as u32);
    match what {
        1 => hub.opened(now),
        2 => hub.closed(now, a),
        3 => hub.wake(now),
        4 => hub.tick(now, a),
        5 => hub.probed(Probe::Good, now, a),
        6 => hub.probed(Probe::Unauthorized, now, a),
        7 => hub.probed(Probe::Unreachable, now, a),
        8 => hub.configure(a, b, c > 0.0),
        9 => {
            let channel = Channel {
                number: first,
                traits: second & 15,
            };
            let id = hub.attach(channel, third, second > 15, &told.items, now);
            told.items.clear();
            return id.into();
        }
        10 => hub.detach(first, now),
        11 => hub.event(first, second, third, now),
        12 => {
            let refusal = Refusal {
                number: first,
                status: second,
                of_list: third > 0,
            };
            hub.refused(refusal, now);
        }
        13 => told.items.push(first),
        14 => {
            hub.fetched(first, second, c, &told.items, now);
            told.items.clear();
        }
        15 => hub.needs(),
        16 => return hub.deadline(),
        // What is to be done: action.rs.
        17 => return hub.take().map_or(-1.0, f64::from),
        _ => {}
    }
    0.0
}
