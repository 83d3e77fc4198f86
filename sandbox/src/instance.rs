//! The running instance: the store behind its lock, and what stands around it.

use std::ops::{Deref, DerefMut};
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::extract::State;

use crate::Config;
use crate::behaviour::Behaviour;
use crate::faults::Faults;
use crate::life::Life;
use crate::log::Log;
use crate::rate_limit::Limiter;
use crate::room::Room;
use crate::seed;
use crate::store::Store;
use crate::streaming::Hub;

/// What every handler gets.
pub type App = State<Arc<Instance>>;

#[derive(Debug)]
pub struct Instance {
    pub base: String,
    pub faults: Faults,
    pub limiter: Limiter,
    pub log: Log,
    pub hub: Hub,
    pub life: Life,
    pub connections: AtomicUsize,
    pub room: Room,
    /// The kind of server that it was started as.
    preset: String,
    behaviour: Mutex<Behaviour>,
    store: Mutex<Store>,
}

impl Instance {
    pub fn new(base: String, config: &Config) -> Self {
        Self {
            store: Mutex::new(seed::store(&base)),
            base,
            faults: Faults::default(),
            limiter: Limiter::new(config.rate_limit),
            log: Log::default(),
            hub: Hub::default(),
            life: Life::new(config.life),
            connections: AtomicUsize::new(0),
            room: Room::default(),
            behaviour: Mutex::new(Behaviour::of(&config.preset).unwrap_or_default()),
            preset: config.preset.clone(),
        }
    }

    /// Locks the store. What is changed while it is locked goes out over the streams when it is
    /// unlocked, so no change can be forgotten and all sockets see one order.
    pub fn store(&self) -> Locked<'_> {
        Locked {
            store: lock(&self.store),
            hub: &self.hub,
            behaviour: self.behaviour(),
        }
    }

    pub fn behaviour(&self) -> Behaviour {
        lock(&self.behaviour).clone()
    }

    pub fn set_behaviour(&self, behaviour: Behaviour) {
        *lock(&self.behaviour) = behaviour;
    }

    /// The switches as they were at the start.
    pub fn behave_well(&self) {
        self.set_behaviour(Behaviour::of(&self.preset).unwrap_or_default());
    }

    /// Everything as it was at the start.
    pub fn reset(&self) {
        self.hub.reset();
        self.faults.clear();
        self.limiter.reset();
        self.log.clear();
        self.room.clear();
        self.life.reset();
        self.behave_well();
        *lock(&self.store) = seed::store(&self.base);
    }
}

/// A panic of one handler must not take the others along.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[derive(Debug)]
pub struct Locked<'a> {
    store: MutexGuard<'a, Store>,
    hub: &'a Hub,
    behaviour: Behaviour,
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
        }
    }
}
