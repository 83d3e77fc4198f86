//! One file an area, a method a few lines: what to ask.

pub(crate) mod declare;
pub mod endpoint;
pub mod request;
pub(crate) mod table;
mod timeline;
mod utility;

use endpoint::Endpoint;

/// The methods, area by area.
const AREAS: &[&[Endpoint]] = &[
    timeline::METHODS,
    utility::METHODS,
    crate::client::ROWS,
];

const SIZE: usize = table::write::<0>(AREAS).len;
static BYTES: [u8; SIZE] = table::write::<SIZE>(AREAS).bytes;

/// The line of a method in the table.
pub(crate) const fn index_of(name: &str) -> usize {
    table::index_of(AREAS, name)
}

/// A method by its line.
pub(crate) fn row(index: usize) -> Option<std::rc::Rc<table::Row>> {
    table::row(str::from_utf8(&BYTES).unwrap_or_default(), index)
}
