//! From one page to the others.

use crate::api::declare::rows;
use crate::api::endpoint::{at_once, code};
use crate::params::{Kind, Options, RequestOptions, closed, options};
use wasm_bindgen::prelude::*;

closed! {
    /// Which way to go: `"next"` to what is older, `"previous"` to what is newer.
    PaginationDirection: "PaginationDirection" = "next" | "previous";
}

options! {
    /// Options of `paginationIterator` and `paginationPageIterator`.
    get PaginationIteratorOptions {
        /// Which way to go; `"next"` when it is not said.
        direction: PaginationDirection => "",
        /// Gives pairs: what is iterated over, and the stored form of the request that continues the
        /// page it is from (null on the last page).
        return_pagination_info: bool => "",
    }
}

rows! {
    fetchNext(previous_page: Kind::Anything; RequestOptions::TABLE) = code();
    fetchPrevious(next_page: Kind::Anything; RequestOptions::TABLE) = code();
    fetchRemaining(first_page: Kind::Anything; RequestOptions::TABLE) = code();
    getPaginationInfo(page: Kind::Anything, pagination_direction: Kind::OneOf(&["next", "previous"]); &[]) = code();
    paginationIterator(start_page: Kind::Anything; PaginationIteratorOptions::TABLE) = at_once();
    paginationPageIterator(start_page: Kind::Anything; PaginationIteratorOptions::TABLE) = at_once();
}

#[wasm_bindgen(typescript_custom_section)]
const TYPESCRIPT: &str = include_str!("pagination.d.ts");
