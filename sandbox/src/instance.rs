//! The running instance: the store behind its lock, and the state outside the store.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};

use axum::extract::State;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::Config;
use crate::behaviour::Behaviour;
use crate::faults::Faults;
use crate::host::{Clock, Random};
use crate::hub::Hub;
use crate::life::Life;
use crate::lock::lock;
use crate::log::Log;
use crate::push::Push;
use crate::rate_limit::Limiter;
use crate::room::Room;
use crate::seed::Seed;
use crate::snapshot::{self, Kept, NoSnapshot};
use crate::store::{Event, Store};

/// The state that every handler gets.
pub type App = State<Arc<Instance>>;

#[derive(Debug)]
pub struct Instance {
    pub base: String,
    pub clock: Clock,
    seed: Seed,
    random: Random,
    /// Separate from the store's, so that the number of requests does not change the next tokens.
    request_ids: Mutex<Random>,
    pub faults: Faults,
    pub limiter: Limiter,
    pub log: Log,
    pub hub: Hub,
    pub life: Life,
    pub connections: AtomicUsize,
    /// The number of requests so far.
    pub requests: AtomicU32,
    pub room: Arc<Room>,
    /// The kind of server with which the sandbox was started.
    preset: String,
    behaviour: Mutex<Behaviour>,
    store: Mutex<Store>,
    /// Where messages to push services go, if someone sends them.
    pushes: Mutex<Option<UnboundedSender<Push>>>,
}

impl Instance {
    pub fn new(base: String, config: &Config) -> Self {
        Self {
            store: Mutex::new(config.seed.store(
                &base,
                config.clock.clone(),
                config.random.clone(),
            )),
            base,
            seed: config.seed.clone(),
            clock: config.clock.clone(),
            random: config.random.clone(),
            request_ids: Mutex::new(config.random.clone()),
            faults: Faults::default(),
            limiter: Limiter::new(config.rate_limit),
            log: Log::default(),
            hub: Hub::default(),
            life: Life::new(config.life),
            connections: AtomicUsize::new(0),
            requests: AtomicU32::new(0),
            room: Arc::default(),
            behaviour: Mutex::new(Behaviour::of(&config.preset).unwrap_or_default()),
            preset: config.preset.clone(),
            pushes: Mutex::default(),
        }
    }

    /// Locks the store. When it is unlocked, the events of all changes are sent to the streams. So no event
    /// is forgotten, and all sockets get them in the same order.
    pub fn store(&self) -> Locked<'_> {
        Locked {
            store: lock(&self.store),
            hub: &self.hub,
            behaviour: self.behaviour(),
            pushes: lock(&self.pushes).clone(),
        }
    }

    /// The messages to push services from now on.
    pub fn pushes(&self) -> UnboundedReceiver<Push> {
        let (sender, receiver) = unbounded_channel();
        *lock(&self.pushes) = Some(sender);
        receiver
    }

    /// A random UUID, like the request id of Rails.
    pub fn request_id(&self) -> String {
        let mut bytes = [0_u8; 16];
        lock(&self.request_ids).fill(&mut bytes);
        bytes[6] = bytes[6] & 0x0f | 0x40;
        bytes[8] = bytes[8] & 0x3f | 0x80;
        let text = format!("{:032x}", u128::from_be_bytes(bytes));
        [
            &text[..8],
            &text[8..12],
            &text[12..16],
            &text[16..20],
            &text[20..],
        ]
        .join("-")
    }

    pub fn behaviour(&self) -> Behaviour {
        lock(&self.behaviour).clone()
    }

    pub fn set_behaviour(&self, behaviour: Behaviour) {
        *lock(&self.behaviour) = behaviour;
    }

    /// Restores the switches of the start.
    pub fn behave_well(&self) {
        self.set_behaviour(Behaviour::of(&self.preset).unwrap_or_default());
    }

    /// Restores the initial state.
    pub fn reset(&self) {
        self.clear();
        self.clock.reset();
        *lock(&self.request_ids) = self.random.clone();
        self.behave_well();
        *lock(&self.store) = self
            .seed
            .store(&self.base, self.clock.clone(), self.random.clone());
    }

    /// Ends sockets, faults, limits and logs.
    fn clear(&self) {
        self.hub.reset();
        self.faults.clear();
        self.limiter.reset();
        self.log.clear();
        self.requests.store(0, Ordering::Relaxed);
        self.room.clear();
        self.life.reset();
    }

    /// Runs the activity of the accounts, as long as it is enabled.
    pub async fn live(&self) {
        loop {
            self.life.due().await;
            self.life.go_on(&mut self.store());
        }
    }

    /// The state as bytes.
    pub fn snapshot(&self) -> Vec<u8> {
        snapshot::write(&Kept {
            now: self.clock.now(),
            request_ids: lock(&self.request_ids).clone(),
            behaviour: self.behaviour(),
            store: &*lock(&self.store),
        })
    }

    /// Restores the state of a snapshot, which may be from another instance.
    pub fn restore(&self, bytes: &[u8]) -> Result<(), NoSnapshot> {
        let kept: Kept<Store> = snapshot::read(bytes)?;
        self.clear();
        self.clock.set(kept.now);
        *lock(&self.request_ids) = kept.request_ids;
        self.set_behaviour(kept.behaviour);
        *lock(&self.store) = kept.store.moved_to(self.base.clone(), self.clock.clone());
        Ok(())
    }
}

#[derive(Debug)]
pub struct Locked<'a> {
    store: MutexGuard<'a, Store>,
    hub: &'a Hub,
    behaviour: Behaviour,
    pushes: Option<UnboundedSender<Push>>,
}

impl Deref for Locked<'_> {
    type Target = Store;

    fn deref(&self) -> &Store {
        &self.store
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut Store {
        &mut self.store
    }
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        let events = self.store.take_events();
        if !events.is_empty() {
            self.hub.deliver(&self.store, &events, &self.behaviour);
            for event in &events {
                let (Event::Notified(id), Some(pushes)) = (event, &self.pushes) else {
                    continue;
                };
                for push in self.store.pushes_of(*id) {
                    // If the receiver is gone, nobody sends push messages any more.
                    let _ = pushes.send(push);
                }
            }
        }
    }
}
