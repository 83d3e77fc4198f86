//! What is to be done: numbers, four an action, which driver.js carries out in their order.

/// Open a socket; with the token in the query or (0) as subprotocol.
pub const CONNECT: u32 = 0;
/// Close the socket, if there is one.
pub const DISCONNECT: u32 = 1;
/// Subscribe to the stream of this number; to number 0, which no server has, and which therefore
/// has to be answered, by a refusal.
pub const SUBSCRIBE: u32 = 2;
/// Unsubscribe from it.
pub const UNSUBSCRIBE: u32 = 3;
/// Ask over REST whether server and token are good.
pub const PROBE: u32 = 4;
/// The connection's state is another.
pub const STATE: u32 = 5;
/// Hand this to those who listen: the lane, the item.
pub const DELIVER: u32 = 6;
/// The same of a status that was deleted while nobody listened.
pub const DELETED: u32 = 7;
/// Events between these (both exclusive, 0 where it is not known) were missed and cannot be had
/// again: the lane, the items.
pub const GAP: u32 = 8;
/// This lane, or with 0 everything, is no more: the lane, the reason, the refusal's number.
pub const END: u32 = 9;
/// The next request is about this status.
pub const CHECK: u32 = 10;
/// Ask REST: the lane, the ticket, the item after which to begin. Added to it is what to ask for:
/// the number of a numbering, of which without that item the newest is meant; 0 for the statuses
/// named before, as far as they still exist.
pub const FETCH: u32 = 16;

/// What is to be done.
#[derive(Debug, Default)]
pub struct Actions {
    /// Four an action.
    pub numbers: Vec<u32>,
    /// How many of the numbers were read.
    read: usize,
}

impl Actions {
    /// One more.
    pub fn push(&mut self, what: u32, a: u32, b: u32, c: u32) {
        self.numbers.extend_from_slice(&[what, a, b, c]);
    }

    /// The next number, where there is one.
    pub fn take(&mut self) -> Option<u32> {
        let next = self.numbers.get(self.read).copied();
        self.read += 1;
        if next.is_none() {
            self.read = 0;
            self.numbers.clear();
        }
        next
    }
}
