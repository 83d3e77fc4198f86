//! One file an area, a method a few lines: what to ask.

mod accounts;
mod annual_reports;
mod async_refresh;
mod collections;
mod favourites;
mod filters;
mod hashtags;
mod instance;
mod lists;
mod media;
mod notifications;
mod pagination;
mod polls;
mod relationships;
mod search;
mod statuses;
mod timeline;
mod utility;
