//! One file an area, a method a few lines: what to ask.

mod annual_reports;
mod async_refresh;
mod collections;
mod filters;
mod instance;
mod notifications;
mod pagination;
mod timeline;
mod utility;
