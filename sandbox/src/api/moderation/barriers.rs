//! Blocked and allowed servers, addresses and e-mails: five tables with the same endpoints.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use axum::extract::State;
use axum::http::Uri;
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::{
    AdminCanonicalEmailBlock, AdminDomainAllow, AdminDomainBlock, AdminEmailDomainBlock,
    AdminIpBlock,
};
use serde::Serialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::moderator;
use crate::api::request::{At, Listing};
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::Params;
use crate::store::Store;

/// A row of one of these tables.
trait Barrier: Clone + Serialize + Send + Sync + 'static {
    /// The name in the path and in the scopes.
    const NAME: &'static str;

    fn table(store: &Store) -> &BTreeMap<Id, Self>;
    fn table_mut(store: &mut Store) -> &mut BTreeMap<Id, Self>;
    fn make(store: &Store, id: Id, params: &Params) -> Result<Self, ApiError>;

    /// Applies the parameters of a request.
    fn change(&mut self, _: &Store, _: &Params) -> Result<(), ApiError> {
        Err(ApiError::not_found())
    }
}

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .merge(table::<AdminDomainBlock>())
        .merge(table::<AdminDomainAllow>())
        .merge(table::<AdminEmailDomainBlock>())
        .merge(table::<AdminIpBlock>())
        .merge(table::<AdminCanonicalEmailBlock>())
        .route("/api/v1/admin/canonical_email_blocks/test", post(test))
}

fn table<T: Barrier>() -> Router<Arc<Instance>> {
    let path = format!("/api/v1/admin/{}", T::NAME);
    Router::new()
        .route(&path, get(many::<T>).post(create::<T>))
        .route(
            &format!("{path}/{{id}}"),
            get(one::<T>).put(update::<T>).delete(delete::<T>),
        )
}

fn may<T: Barrier>(store: &Store, caller: &Caller, verb: &str) -> Result<Id, ApiError> {
    moderator(store, caller, &format!("admin:{verb}:{}", T::NAME))
}

async fn many<T: Barrier>(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<T> {
    let store = app.store();
    may::<T>(&store, &caller, "read")?;
    let listing = Listing::people(&app, &uri, &params).limits(100, 200);
    let rows = T::table(&store).iter().rev();
    let page = listing.page(rows, |(id, _)| **id, |(_, row)| (*row).clone());
    Ok(page)
}

async fn one<T: Barrier>(State(app): App, caller: Caller, At(id): At) -> Answer<T> {
    let store = app.store();
    may::<T>(&store, &caller, "read")?;
    let row = T::table(&store).get(&id).cloned();
    row.map(Json).ok_or_else(ApiError::not_found)
}

async fn create<T: Barrier>(State(app): App, caller: Caller, params: Params) -> Answer<T> {
    let mut store = app.store();
    may::<T>(&store, &caller, "write")?;
    let id = store.counters.barriers.next();
    let row = T::make(&store, id, &params)?;
    T::table_mut(&mut store).insert(id, row.clone());
    Ok(Json(row))
}

async fn update<T: Barrier>(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<T> {
    let mut store = app.store();
    may::<T>(&store, &caller, "write")?;
    let row = T::table(&store).get(&id).cloned();
    let mut row = row.ok_or_else(ApiError::not_found)?;
    row.change(&store, &params)?;
    T::table_mut(&mut store).insert(id, row.clone());
    Ok(Json(row))
}

async fn delete<T: Barrier>(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let mut store = app.store();
    may::<T>(&store, &caller, "write")?;
    let row = T::table_mut(&mut store).remove(&id);
    row.map(|_| Json(json!({}))).ok_or_else(ApiError::not_found)
}

fn domain(params: &Params) -> Result<String, ApiError> {
    let name = params.get("domain").presence();
    name.map(|name| name.trim().to_lowercase())
        .ok_or_else(|| ApiError::invalid("Domain can't be blank"))
}

fn hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

impl Barrier for AdminDomainBlock {
    const NAME: &'static str = "domain_blocks";

    fn table(store: &Store) -> &BTreeMap<Id, Self> {
        &store.barriers.domain_blocks
    }

    fn table_mut(store: &mut Store) -> &mut BTreeMap<Id, Self> {
        &mut store.barriers.domain_blocks
    }

    fn make(store: &Store, id: Id, params: &Params) -> Result<Self, ApiError> {
        let domain = domain(params)?;
        let mut known = Self::table(store).values();
        if let Some(known) = known.find(|known| known.domain == domain) {
            let body =
                json!({ "error": "Domain has already been taken", "existing_domain_block": known });
            return Err(ApiError::new(
                axum::http::StatusCode::UNPROCESSABLE_ENTITY,
                body,
            ));
        }
        let mut row = Self {
            id: id.to_string(),
            digest: Some(Some(hex(domain.as_bytes()))),
            domain,
            created_at: clock::iso(store.clock.now()),
            severity: "silence".into(),
            ..Self::default()
        };
        row.change(store, params)?;
        Ok(row)
    }

    fn change(&mut self, _: &Store, params: &Params) -> Result<(), ApiError> {
        if let Some(severity) = params.get("severity").presence() {
            if !["silence", "suspend", "noop"].contains(&severity.as_str()) {
                let error = format!("'{severity}' is not a valid severity");
                return Err(ApiError::unprocessable(&error));
            }
            self.severity = severity.as_str().into();
        }
        let flag = |name: &str, was: bool| params.get(name).flag().unwrap_or(was);
        self.reject_media = flag("reject_media", self.reject_media);
        self.reject_reports = flag("reject_reports", self.reject_reports);
        self.obfuscate = flag("obfuscate", self.obfuscate);
        let text = |name: &str, was: &mut Option<String>| {
            if params.get(name).is_there() {
                *was = params.get(name).text();
            }
        };
        text("private_comment", &mut self.private_comment);
        text("public_comment", &mut self.public_comment);
        Ok(())
    }
}

impl Barrier for AdminDomainAllow {
    const NAME: &'static str = "domain_allows";

    fn table(store: &Store) -> &BTreeMap<Id, Self> {
        &store.barriers.domain_allows
    }

    fn table_mut(store: &mut Store) -> &mut BTreeMap<Id, Self> {
        &mut store.barriers.domain_allows
    }

    fn make(store: &Store, id: Id, params: &Params) -> Result<Self, ApiError> {
        Ok(Self {
            id: id.to_string(),
            domain: domain(params)?,
            created_at: clock::iso(store.clock.now()),
            other: serde_json::Map::new(),
        })
    }
}

impl Barrier for AdminEmailDomainBlock {
    const NAME: &'static str = "email_domain_blocks";

    fn table(store: &Store) -> &BTreeMap<Id, Self> {
        &store.barriers.email_domain_blocks
    }

    fn table_mut(store: &mut Store) -> &mut BTreeMap<Id, Self> {
        &mut store.barriers.email_domain_blocks
    }

    fn make(store: &Store, id: Id, params: &Params) -> Result<Self, ApiError> {
        Ok(Self {
            id: id.to_string(),
            domain: domain(params)?,
            created_at: clock::iso(store.clock.now()),
            history: Vec::new(),
            allow_with_approval: Some(params.get("allow_with_approval").is_true()),
            other: serde_json::Map::new(),
        })
    }
}

impl Barrier for AdminIpBlock {
    const NAME: &'static str = "ip_blocks";

    fn table(store: &Store) -> &BTreeMap<Id, Self> {
        &store.barriers.ip_blocks
    }

    fn table_mut(store: &mut Store) -> &mut BTreeMap<Id, Self> {
        &mut store.barriers.ip_blocks
    }

    fn make(store: &Store, id: Id, params: &Params) -> Result<Self, ApiError> {
        if !params.get("ip").is_given() {
            return Err(ApiError::invalid("Ip can't be blank"));
        }
        let mut row = Self {
            id: id.to_string(),
            created_at: clock::iso(store.clock.now()),
            ..Self::default()
        };
        if !params.get("severity").is_given() {
            return Err(ApiError::invalid("Severity can't be blank"));
        }
        row.change(store, params)?;
        Ok(row)
    }

    fn change(&mut self, store: &Store, params: &Params) -> Result<(), ApiError> {
        if let Some(ip) = params.get("ip").presence() {
            let (address, length) = ip.split_once('/').unwrap_or((&ip, ""));
            let address: std::net::IpAddr = address
                .parse()
                .map_err(|_| ApiError::invalid("Ip is invalid"))?;
            let whole = if address.is_ipv4() { "32" } else { "128" };
            let length = if length.is_empty() { whole } else { length };
            self.ip = format!("{address}/{length}");
        }
        if let Some(severity) = params.get("severity").presence() {
            let all = ["sign_up_requires_approval", "sign_up_block", "no_access"];
            if !all.contains(&severity.as_str()) {
                let error = format!("'{severity}' is not a valid severity");
                return Err(ApiError::unprocessable(&error));
            }
            self.severity = severity.as_str().into();
        }
        if let Some(comment) = params.get("comment").text() {
            self.comment = comment;
        }
        if let Some(seconds) = params.get("expires_in").int() {
            self.expires_at = Some(clock::iso(clock::after(store.clock.now(), seconds)));
        }
        Ok(())
    }
}

impl Barrier for AdminCanonicalEmailBlock {
    const NAME: &'static str = "canonical_email_blocks";

    fn table(store: &Store) -> &BTreeMap<Id, Self> {
        &store.barriers.canonical_email_blocks
    }

    fn table_mut(store: &mut Store) -> &mut BTreeMap<Id, Self> {
        &mut store.barriers.canonical_email_blocks
    }

    fn make(_: &Store, id: Id, params: &Params) -> Result<Self, ApiError> {
        let given = params.get("canonical_email_hash").presence();
        let hash = given.or_else(|| {
            params
                .get("email")
                .presence()
                .map(|email| canonical(&email))
        });
        Ok(Self {
            id: id.to_string(),
            canonical_email_hash: hash
                .ok_or_else(|| ApiError::invalid("Canonical email hash can't be blank"))?,
            other: serde_json::Map::new(),
        })
    }
}

/// The address without what mail servers ignore: case, dots, and everything after a plus sign.
fn canonical(email: &str) -> String {
    let email = email.trim().to_lowercase();
    let (name, domain) = email.split_once('@').unwrap_or((&email, ""));
    let name = name.split('+').next().unwrap_or_default().replace('.', "");
    hex(format!("{name}@{domain}").as_bytes())
}

async fn test(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<Vec<AdminCanonicalEmailBlock>> {
    let store = app.store();
    may::<AdminCanonicalEmailBlock>(&store, &caller, "read")?;
    let email = params.get("email").presence();
    let hash = canonical(&email.ok_or_else(|| ApiError::bad_request("email is missing"))?);
    let rows = AdminCanonicalEmailBlock::table(&store).values();
    Ok(Json(
        rows.filter(|row| row.canonical_email_hash == hash)
            .cloned()
            .collect(),
    ))
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn one_mailbox_has_one_hash() {
        assert_eq!(
            canonical("M.I.N.A+spam@Example.org"),
            canonical("mina@example.org")
        );
        assert_ne!(canonical("mina@example.org"), canonical("mina@example.com"));
    }
}
