//! One file per area. A few lines per method describe its request.

mod accounts;
mod admin;
mod annual_reports;
pub(crate) mod async_refresh;
mod authentication;
#[cfg(feature = "npm")]
mod class;
mod collections;
mod conversations;
pub(crate) mod declare;
mod endorsements;
mod favourites;
mod filters;
mod hashtags;
mod instance;
mod lists;
mod login;
mod media;
mod notifications;
mod pagination;
pub(crate) mod perform;
mod polls;
mod preferences;
mod profile;
mod push;
mod registration;
mod relationships;
mod reports;
pub(crate) mod request;
mod routes;
mod search;
pub(crate) mod statuses;
pub(crate) mod streaming;
mod suggestions;
mod timeline;
mod trends;
pub(crate) mod utility;

use crate::endpoint::{Endpoint, table};

/// The options types of all areas.
#[cfg(feature = "typed")]
pub(crate) mod options {
    pub use {
        super::accounts::*, super::admin::accounts::*, super::admin::domains::*,
        super::admin::reports::*, super::admin::sign_ups::*, super::admin::statistics::*,
        super::admin::trends::*, super::async_refresh::*, super::authentication::*,
        super::collections::*, super::endorsements::*, super::filters::*, super::hashtags::*,
        super::instance::*, super::lists::*, super::login::*, super::media::*,
        super::notifications::*, super::pagination::*, super::polls::*, super::preferences::*,
        super::profile::*, super::push::*, super::registration::*, super::reports::*,
        super::search::*, super::statuses::*, super::streaming::*, super::suggestions::*,
        super::timeline::*, super::trends::*, super::utility::*,
    };
}

/// The methods, area by area.
const AREAS: &[&[Endpoint]] = &[
    accounts::METHODS,
    admin::accounts::METHODS,
    admin::domains::METHODS,
    admin::reports::METHODS,
    admin::sign_ups::METHODS,
    admin::statistics::METHODS,
    admin::trends::METHODS,
    annual_reports::METHODS,
    async_refresh::METHODS,
    collections::METHODS,
    conversations::METHODS,
    endorsements::METHODS,
    favourites::METHODS,
    filters::METHODS,
    hashtags::METHODS,
    instance::METHODS,
    lists::METHODS,
    media::METHODS,
    notifications::METHODS,
    pagination::METHODS,
    polls::METHODS,
    preferences::METHODS,
    profile::METHODS,
    push::METHODS,
    relationships::METHODS,
    reports::METHODS,
    search::METHODS,
    statuses::METHODS,
    streaming::METHODS,
    suggestions::METHODS,
    authentication::METHODS,
    login::METHODS,
    registration::METHODS,
    timeline::METHODS,
    trends::METHODS,
    utility::METHODS,
    request::ROWS,
];

const SIZE: usize = table::write::<0>(AREAS).len;
static BYTES: [u8; SIZE] = table::write::<SIZE>(AREAS).bytes;
// Converted once, in a static: checking that it is UTF-8 takes as long as the rest of a small call.
static TABLE: &str = crate::params::table::text_of(&BYTES);

/// The index of a method's line in the table.
pub(crate) const fn index_of(name: &str) -> usize {
    table::index_of(AREAS, name)
}

/// The method at this index.
pub(crate) fn row(index: usize) -> Option<std::rc::Rc<table::Row>> {
    table::row(TABLE, index)
}

#[cfg(test)]
mod tests {
    use super::AREAS;
    use crate::params::{Kind, Param};
    use serde_json::{Value, json};

    /// The names that a parameter has on the wire: its own, or those of an object's fields.
    fn wire_names(params: &[Param], inside: &str) -> Vec<String> {
        let name_of = |wire: &str| {
            if inside.is_empty() {
                wire.to_owned()
            } else {
                format!("{inside}[{wire}]")
            }
        };
        let sent = params.iter().filter(|param| !param.wire.is_empty());
        sent.flat_map(|param| {
            let mut kind = &param.kind;
            while let Kind::Nullable(inner) = kind {
                kind = inner;
            }
            match kind {
                Kind::Record(fields) | Kind::Records(fields) => {
                    wire_names(fields, &name_of(param.wire))
                }
                _ => vec![name_of(param.wire)],
            }
        })
        .collect()
    }

    #[test]
    #[ignore = "prints the rows for scripts/compare.mjs"]
    fn rows_as_json() {
        let rows = AREAS.iter().flat_map(|area| area.iter());
        let rows: Vec<Value> = rows
            .filter(|row| !row.path.is_empty())
            .map(|row| {
                let mut params = wire_names(row.required, "");
                params.extend(wire_names(row.options, ""));
                params.extend(row.defaults.iter().map(|(name, _)| (*name).to_owned()));
                json!({
                    "name": row.name,
                    "verb": row.verb.as_str(),
                    "path": row.path,
                    "legacy_path": row.legacy_path.map(|(_, path)| path),
                    "params": params,
                })
            })
            .collect();
        assert!(!rows.is_empty());
        println!("{}", Value::from(rows));
    }
}
