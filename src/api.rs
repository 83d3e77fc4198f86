//! One file an area, a method a few lines: what to ask.

mod notifications;
mod pagination;
mod timeline;
