//! Entities for the moderators of a server.

mod accounts;
mod blocks;
mod measures;
mod reports;

pub use accounts::*;
pub use blocks::*;
pub use measures::*;
pub use reports::*;
