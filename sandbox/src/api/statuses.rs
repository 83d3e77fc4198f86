//! `/api/v1/statuses`

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use axum::{Json, Router};
use mastodon_wasm::entities::{Account, Context, PreviewCard, Status, StatusEdit, StatusSource};
use serde_json::{Value, json};

use super::request::{At, Listing};
use crate::behaviour::Idempotency;
use crate::caller::Caller;
use crate::clock;
use crate::error::{Answer, ApiError};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::page::PageAnswer;
use crate::params::{Field, Params};
use crate::store::{self, Draft, DraftPoll, Edit, QuotePolicy, ScheduledStatus, Store, Visibility};
use crate::text;

const MAX_CHARACTERS: usize = 500;
const MAX_MEDIA: usize = 4;
const MAX_PINS: usize = 5;
/// A status cannot be scheduled for an earlier time than this from now.
const MIN_SCHEDULE_SECONDS: i64 = 300;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v1/statuses", get(many).post(create))
        .route("/api/v1/statuses/{id}", get(one).put(update).delete(delete))
        .route("/api/v1/statuses/{id}/context", get(context))
        .route("/api/v1/statuses/{id}/card", get(card))
        .route("/api/v1/statuses/{id}/source", get(source))
        .route("/api/v1/statuses/{id}/history", get(history))
        .route("/api/v1/statuses/{id}/reblogged_by", get(reblogged_by))
        .route("/api/v1/statuses/{id}/favourited_by", get(favourited_by))
        .route("/api/v1/statuses/{id}/translate", post(translate))
        .route("/api/v1/statuses/{id}/favourite", post(favourite))
        .route("/api/v1/statuses/{id}/unfavourite", post(unfavourite))
        .route("/api/v1/statuses/{id}/reblog", post(reblog))
        .route("/api/v1/statuses/{id}/unreblog", post(unreblog))
        .route("/api/v1/statuses/{id}/bookmark", post(bookmark))
        .route("/api/v1/statuses/{id}/unbookmark", post(unbookmark))
        .route("/api/v1/statuses/{id}/pin", post(pin))
        .route("/api/v1/statuses/{id}/unpin", post(unpin))
        .route("/api/v1/statuses/{id}/mute", post(mute))
        .route("/api/v1/statuses/{id}/unmute", post(unmute))
        .route("/api/v1/statuses/{id}/quotes", get(quotes))
        .route(
            "/api/v1/statuses/{id}/quotes/{quoting_id}/revoke",
            post(revoke_quote),
        )
        .route(
            "/api/v1/statuses/{id}/interaction_policy",
            put(interaction_policy),
        )
        .route("/api/v1/favourites", get(favourites))
        .route("/api/v1/bookmarks", get(bookmarks))
}

/// The status, if the viewer can see it.
fn existing(store: &Store, viewer: Option<Id>, id: Id) -> Result<&store::Status, ApiError> {
    store.status_for(viewer, id).ok_or_else(ApiError::not_found)
}

/// The user's own status. For those of others, the response is 404.
fn own(store: &Store, me: Id, id: Id) -> Result<&store::Status, ApiError> {
    store
        .statuses
        .get(&id)
        .filter(|status| status.account == me)
        .ok_or_else(ApiError::not_found)
}

async fn one(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    Ok(Json(
        store.render_status(existing(&store, viewer, id)?, viewer),
    ))
}

async fn many(State(app): App, caller: Caller, params: Params) -> Answer<Vec<Status>> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    let rows = params
        .get("id")
        .ids()
        .into_iter()
        .take(40)
        .filter_map(|id| store.status_for(viewer, id))
        .collect::<Vec<_>>();
    Ok(Json(store.statuses_of(rows, viewer)))
}

/// Reads and checks a new status. Everything is checked here, so a draft can always be published.
fn draft(store: &Store, me: Id, app: Option<Id>, params: &Params) -> Result<Draft, ApiError> {
    let posting = &store
        .accounts
        .get(&me)
        .ok_or_else(ApiError::not_found)?
        .posting;
    let spoiler_text = params.get("spoiler_text").text().unwrap_or_default();
    let media = media(store, me, None, params)?;
    let poll = poll(params.get("poll"))?;
    if poll.is_some() && !media.is_empty() {
        return Err(ApiError::invalid(
            "Cannot attach a poll and media at the same time",
        ));
    }
    let quote = params
        .get("quoted_status_id")
        .id()
        .or_else(|| params.get("quote_id").id());
    if let Some(quote) = quote {
        let quoted = store
            .status_for(Some(me), quote)
            .ok_or_else(ApiError::not_found)?;
        if !store.may_quote(me, quoted) {
            return Err(ApiError::invalid("You are not allowed to quote this post"));
        }
    }
    let text = params.get("status").text().unwrap_or_default();
    // A content warning without text becomes the text. Media, a poll or a quote need no text.
    let (text, spoiler_text) = if text.trim().is_empty() && !spoiler_text.is_empty() {
        (spoiler_text, String::new())
    } else {
        (text, spoiler_text)
    };
    check_text(
        &text,
        &spoiler_text,
        !media.is_empty() || poll.is_some() || quote.is_some(),
    )?;
    let in_reply_to = params.get("in_reply_to_id");
    let in_reply_to = if in_reply_to.presence().is_some() {
        let parent = in_reply_to
            .id()
            .and_then(|id| store.status_for(Some(me), id));
        let parent = parent.ok_or_else(|| {
            ApiError::new(
                StatusCode::NOT_FOUND,
                json!({
                    "error": "The post you are trying to reply to does not appear to exist."
                }),
            )
        })?;
        Some(parent.reblog_of.unwrap_or(parent.id))
    } else {
        None
    };
    let visibility = match params.get("visibility").presence() {
        Some(name) => Visibility::parse(&name)
            .ok_or_else(|| ApiError::invalid("Visibility is not included in the list"))?,
        None => posting.privacy,
    };
    let policy = params
        .get("quote_approval_policy")
        .presence()
        .and_then(|name| QuotePolicy::parse(&name));
    Ok(Draft {
        account: me,
        text,
        sensitive: params.get("sensitive").flag().unwrap_or(posting.sensitive)
            || !spoiler_text.is_empty(),
        spoiler_text,
        visibility,
        language: params
            .get("language")
            .presence()
            .or_else(|| posting.language.clone())
            .or_else(|| Some("en".to_owned())),
        in_reply_to,
        media,
        poll,
        quote,
        quote_policy: policy.unwrap_or(posting.quote_policy),
        app,
    })
}

fn check_text(text: &str, spoiler_text: &str, may_be_empty: bool) -> Result<(), ApiError> {
    if text.trim().is_empty() && !may_be_empty {
        return Err(ApiError::invalid("Text can't be blank"));
    }
    if text::length(text) + spoiler_text.chars().count() > MAX_CHARACTERS {
        return Err(ApiError::invalid(&format!(
            "Text character limit of {MAX_CHARACTERS} exceeded"
        )));
    }
    Ok(())
}

fn media(store: &Store, me: Id, status: Option<Id>, params: &Params) -> Result<Vec<Id>, ApiError> {
    let texts = params.get("media_ids").texts();
    let wanted: Vec<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
    if wanted.len() > MAX_MEDIA {
        return Err(ApiError::invalid("Cannot attach more than 4 files"));
    }
    let mut ids = Vec::new();
    for text in wanted {
        let known = text
            .parse()
            .ok()
            .and_then(|id| store.media.get(&id))
            .filter(|media| media.account == me);
        let known = known
            .filter(|media| media.status.is_none() || media.status == status)
            .ok_or_else(|| {
                ApiError::unprocessable(&format!(
                    "Media ({text}) either do not exist or are already attached to another post"
                ))
            })?;
        if known.failed {
            return Err(ApiError::invalid(
                "Cannot attach files that failed to be processed",
            ));
        }
        if known.content.is_none() {
            return Err(ApiError::invalid(
                "Cannot attach files that have not finished processing. Try again in a moment!",
            ));
        }
        ids.push(known.id);
    }
    Ok(ids)
}

fn poll(field: Field<'_>) -> Result<Option<DraftPoll>, ApiError> {
    if !field.is_given() {
        return Ok(None);
    }
    let options: Vec<String> = field
        .get("options")
        .texts()
        .into_iter()
        .filter(|option| !option.trim().is_empty())
        .collect();
    if options.len() < 2 {
        return Err(ApiError::invalid("Options must be more than one item"));
    }
    if options.len() > 4 {
        return Err(ApiError::invalid("Options can't contain more than 4 items"));
    }
    if options.iter().any(|option| option.chars().count() > 50) {
        return Err(ApiError::invalid(
            "Options can't be longer than 50 characters each",
        ));
    }
    if options
        .iter()
        .enumerate()
        .any(|(index, option)| options[..index].contains(option))
    {
        return Err(ApiError::invalid("Options contain duplicate items"));
    }
    let expires_in = field.get("expires_in").int().unwrap_or(0);
    if expires_in < 300 {
        return Err(ApiError::invalid("Expires at is too soon"));
    }
    if expires_in > 2_629_746 {
        return Err(ApiError::invalid("Expires at is too far into the future"));
    }
    Ok(Some(DraftPoll {
        options,
        expires_in,
        multiple: field.get("multiple").is_true(),
        hide_totals: field.get("hide_totals").is_true(),
    }))
}

async fn create(
    State(app): App,
    caller: Caller,
    headers: HeaderMap,
    params: Params,
) -> Result<Response, ApiError> {
    let me = caller.person("write:statuses")?;
    let idempotency = app.behaviour().idempotency;
    let mut store = app.store();
    let key = headers
        .get("idempotency-key")
        .and_then(|key| key.to_str().ok())
        .filter(|key| !key.is_empty());
    let key = key
        .filter(|_| idempotency != Idempotency::Ignore)
        .map(|key| (me, key.to_owned()));
    if let Some(done) = key
        .as_ref()
        .and_then(|key| store.idempotency.get(key))
        .copied()
    {
        if idempotency == Idempotency::Error {
            let body = json!({ "error": "Something went wrong on our end" });
            return Err(ApiError::new(StatusCode::INTERNAL_SERVER_ERROR, body));
        }
        if let Some(scheduled) = store.scheduled.get(&done) {
            return Ok(Json(store.render_scheduled(scheduled)).into_response());
        }
        if let Some(status) = store.statuses.get(&done) {
            return Ok(Json(store.render_status(status, Some(me))).into_response());
        }
    }
    let draft = draft(&store, me, caller.app(), &params)?;
    let at = params.get("scheduled_at");
    if at.presence().is_some() {
        let too_soon = || ApiError::invalid("Scheduled at must be in the future");
        let at = at.time().ok_or_else(too_soon)?;
        let now = store.clock.now();
        // As in Mastodon, a time in the past means now.
        if at > now {
            if at <= clock::after(now, MIN_SCHEDULE_SECONDS) {
                return Err(too_soon());
            }
            let id = store.counters.scheduled.next();
            let row = ScheduledStatus {
                id,
                account: me,
                at,
                draft,
            };
            let answer = store.render_scheduled(&row);
            store.scheduled.insert(id, row);
            if let Some(key) = key {
                store.idempotency.insert(key, id);
            }
            return Ok(Json(answer).into_response());
        }
    }
    let id = store.publish(draft);
    if let Some(key) = key {
        store.idempotency.insert(key, id);
    }
    let status = store.statuses.get(&id).ok_or_else(ApiError::not_found)?;
    Ok(Json(store.render_status(status, Some(me))).into_response())
}

async fn update(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Status> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    let before = own(&store, me, id)?.clone();
    for attributes in params.get("media_attributes").items() {
        let known = attributes
            .get("id")
            .id()
            .and_then(|id| store.media.get_mut(&id))
            .filter(|media| media.account == me);
        let known = known.ok_or_else(ApiError::not_found)?;
        super::media::describe(known, attributes);
    }
    // As in Mastodon, an edit replaces the whole status: what is left out is removed. Only media stay if
    // `media_ids` is left out.
    let media = if params.get("media_ids").is_given() {
        media(&store, me, Some(id), &params)?
    } else {
        before.media.clone()
    };
    let draft_poll = poll(params.get("poll"))?;
    let same_poll = match (
        &draft_poll,
        before.poll.and_then(|poll| store.polls.get(&poll)),
    ) {
        (Some(new), Some(old)) => new.options == old.options && new.multiple == old.multiple,
        (None, None) => true,
        _ => false,
    };
    let text = params.get("status").text().unwrap_or_default();
    let spoiler_text = params.get("spoiler_text").text().unwrap_or_default();
    check_text(
        &text,
        &spoiler_text,
        !media.is_empty() || draft_poll.is_some() || before.quote.is_some(),
    )?;
    let change = Edit {
        text,
        sensitive: params.get("sensitive").flag().unwrap_or(false) || !spoiler_text.is_empty(),
        spoiler_text,
        language: params
            .get("language")
            .presence()
            .or(before.language.clone()),
        media,
        poll: draft_poll.filter(|_| !same_poll),
        drop_poll: !same_poll,
        quote_policy: params
            .get("quote_approval_policy")
            .presence()
            .and_then(|name| QuotePolicy::parse(&name)),
    };
    // An edit without a change is none.
    let changed = change.text != before.text
        || change.spoiler_text != before.spoiler_text
        || change.sensitive != before.sensitive
        || change.language != before.language
        || change.media != before.media
        || change.drop_poll
        || !params.get("media_attributes").items().is_empty()
        || change
            .quote_policy
            .is_some_and(|policy| policy != before.quote_policy);
    if changed {
        store.edit(id, change);
    }
    Ok(Json(store.render_status(own(&store, me, id)?, Some(me))))
}

/// Returns the source, so that the status can be rewritten.
async fn delete(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Status> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    let row = own(&store, me, id)?.clone();
    let mut answer = store.render_status(&row, Some(me));
    answer.content = None;
    answer.text = Some(Some(row.text.clone()));
    store.delete_status(id);
    for media in &row.media {
        if params.get("delete_media").is_true() {
            store.media.remove(media);
        } else if let Some(media) = store.media.get_mut(media) {
            media.status = None;
        }
    }
    Ok(Json(answer))
}

async fn context(State(app): App, caller: Caller, At(id): At) -> Result<Response, ApiError> {
    let viewer = caller.viewer("read:statuses")?;
    let mut store = app.store();
    let refresh = viewer.and_then(|_| store.refresh(id));
    let status = existing(&store, viewer, id)?;
    let mut ancestors = Vec::new();
    let mut next = status.in_reply_to;
    while let Some(parent) = next.and_then(|id| store.statuses.get(&id)) {
        if store.visible(viewer, parent) {
            ancestors.push(parent);
        }
        next = parent.in_reply_to;
    }
    ancestors.reverse();
    let descendants = descendants(&store, viewer, id);
    let mut response = Json(Context {
        ancestors: store.statuses_of(ancestors, viewer),
        descendants: store.statuses_of(descendants, viewer),
        other: serde_json::Map::new(),
    })
    .into_response();
    if let Some(refresh) = refresh.and_then(|text| HeaderValue::from_str(&text).ok()) {
        response
            .headers_mut()
            .insert("mastodon-async-refresh", refresh);
    }
    Ok(response)
}

/// Replies and their replies, in depth-first order. Not recursive, because users decide how deep a thread is.
fn descendants(store: &Store, viewer: Option<Id>, id: Id) -> Vec<&store::Status> {
    let replies = |id: &Id| {
        let ids = store.replies.get(id).map_or(&[][..], Vec::as_slice);
        ids.iter().rev().copied()
    };
    let mut found = Vec::new();
    let mut open: Vec<Id> = replies(&id).collect();
    while let Some(id) = open.pop() {
        if let Some(status) = store.status_for(viewer, id) {
            let hidden =
                viewer.is_some_and(|me| me != status.account && store.hides(me, status.account));
            if !hidden {
                found.push(status);
            }
            open.extend(replies(&id));
        }
    }
    found
}

async fn card(State(app): App, caller: Caller, At(id): At) -> Answer<Option<PreviewCard>> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    Ok(Json(store.card_of(existing(&store, viewer, id)?)))
}

async fn source(State(app): App, caller: Caller, At(id): At) -> Answer<StatusSource> {
    let me = caller.person("read:statuses")?;
    let store = app.store();
    let status = existing(&store, Some(me), id)?;
    if status.account != me {
        return Err(ApiError::not_allowed());
    }
    Ok(Json(StatusSource {
        id: id.to_string(),
        text: status.text.clone(),
        spoiler_text: status.spoiler_text.clone(),
        content_type: None,
        other: serde_json::Map::new(),
    }))
}

async fn history(State(app): App, caller: Caller, At(id): At) -> Answer<Vec<StatusEdit>> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    Ok(Json(store.history(existing(&store, viewer, id)?)))
}

async fn reblogged_by(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Account> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    existing(&store, viewer, id)?;
    // The cursors are ids of the boosts.
    let page = Listing::people(&app, &uri, &params).page(
        store.reblogs.to(id),
        |edge| edge.data,
        |edge| store.account(edge.from),
    );
    Ok(page)
}

async fn favourited_by(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Account> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    existing(&store, viewer, id)?;
    let page =
        Listing::people(&app, &uri, &params)
            .of_accounts(&store, store.favourites.to(id), |edge| edge.from);
    Ok(page)
}

/// Like most small instances, the sandbox has no translator.
async fn translate(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let viewer = caller.viewer("read:statuses")?;
    existing(&app.store(), viewer, id)?;
    Err(crate::error::no_route().await)
}

/// Applies an action to a status, and returns the status. For a boost, both mean the boosted status.
fn act(
    app: &Instance,
    caller: &Caller,
    scope: &str,
    id: Id,
    act: impl FnOnce(&mut Store, Id, Id) -> Result<(), ApiError>,
) -> Answer<Status> {
    let me = caller.person(scope)?;
    let mut store = app.store();
    let status = existing(&store, Some(me), id)?;
    let id = status.reblog_of.unwrap_or(id);
    act(&mut store, me, id)?;
    Ok(Json(
        store.render_status(existing(&store, Some(me), id)?, Some(me)),
    ))
}

async fn favourite(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:favourites", id, |store, me, id| {
        store.favourite(me, id);
        Ok(())
    })
}

async fn unfavourite(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:favourites", id, |store, me, id| {
        store.unfavourite(me, id);
        Ok(())
    })
}

async fn bookmark(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:bookmarks", id, |store, me, id| {
        store.bookmarks.add(me, id, ());
        Ok(())
    })
}

async fn unbookmark(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:bookmarks", id, |store, me, id| {
        store.bookmarks.remove(me, id);
        Ok(())
    })
}

/// Returns the boost, which is a status that contains the boosted one.
async fn reblog(State(app): App, caller: Caller, At(id): At, params: Params) -> Answer<Status> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    let status = existing(&store, Some(me), id)?;
    let original = status.reblog_of.unwrap_or(id);
    let (author, visibility) = (status.account, status.visibility);
    let allowed = visibility.is_open() || visibility == Visibility::Private && author == me;
    if !allowed {
        return Err(ApiError::not_allowed());
    }
    let wanted = params
        .get("visibility")
        .presence()
        .and_then(|name| Visibility::parse(&name));
    let visibility = if visibility == Visibility::Private {
        visibility
    } else {
        wanted.unwrap_or(Visibility::Public)
    };
    let boost = store
        .reblog(me, original, visibility)
        .ok_or_else(ApiError::not_found)?;
    Ok(Json(store.render_status(
        existing(&store, Some(me), boost)?,
        Some(me),
    )))
}

async fn unreblog(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:statuses", id, |store, me, id| {
        store.unreblog(me, id);
        Ok(())
    })
}

async fn pin(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:accounts", id, |store, me, id| {
        let now = store.clock.now();
        let pinned = store
            .statuses
            .values()
            .filter(|status| status.account == me && status.pinned_at.is_some())
            .count();
        let status = store
            .statuses
            .get_mut(&id)
            .ok_or_else(ApiError::not_found)?;
        if status.account != me {
            return Err(ApiError::invalid("Someone else's post cannot be pinned"));
        }
        if status.visibility == Visibility::Direct {
            return Err(ApiError::invalid(
                "Posts that are only visible to mentioned users cannot be pinned",
            ));
        }
        if status.pinned_at.is_some() {
            return Err(ApiError::invalid("You have already pinned that post"));
        }
        if pinned >= MAX_PINS {
            return Err(ApiError::invalid(
                "You have already pinned the maximum number of posts",
            ));
        }
        status.pinned_at = Some(now);
        Ok(())
    })
}

async fn unpin(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:accounts", id, |store, me, id| {
        if let Some(status) = store
            .statuses
            .get_mut(&id)
            .filter(|status| status.account == me)
        {
            status.pinned_at = None;
        }
        Ok(())
    })
}

async fn mute(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:mutes", id, |store, me, id| {
        let thread = store.statuses.get(&id).map(|status| status.conversation);
        store
            .muted_threads
            .extend(thread.map(|thread| (me, thread)));
        Ok(())
    })
}

async fn unmute(State(app): App, caller: Caller, At(id): At) -> Answer<Status> {
    act(&app, &caller, "write:mutes", id, |store, me, id| {
        if let Some(thread) = store.statuses.get(&id).map(|status| status.conversation) {
            store.muted_threads.remove(&(me, thread));
        }
        Ok(())
    })
}

async fn quotes(
    State(app): App,
    caller: Caller,
    uri: Uri,
    At(id): At,
    params: Params,
) -> PageAnswer<Status> {
    let viewer = caller.viewer("read:statuses")?;
    let store = app.store();
    existing(&store, viewer, id)?;
    let rows = store
        .quotes_of(id)
        .filter(|quote| store.visible(viewer, quote));
    let page = Listing::statuses(&app, &uri, &params).of_statuses(&store, rows, viewer);
    Ok(page)
}

async fn revoke_quote(
    State(app): App,
    caller: Caller,
    Path((id, quoting)): Path<(String, String)>,
) -> Answer<Status> {
    let me = caller.person("write:statuses")?;
    let mut store = app.store();
    let id: Id = id.parse().map_err(|_| ApiError::not_found())?;
    let quoting: Id = quoting.parse().map_err(|_| ApiError::not_found())?;
    own(&store, me, id)?;
    let quote = store
        .statuses
        .get_mut(&quoting)
        .and_then(|status| status.quote.as_mut());
    let quote = quote
        .filter(|quote| quote.status == id)
        .ok_or_else(ApiError::not_found)?;
    quote.revoked = true;
    store.emit(store::Event::StatusEdited(quoting));
    Ok(Json(store.render_status(
        existing(&store, Some(me), quoting)?,
        Some(me),
    )))
}

async fn interaction_policy(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<Status> {
    let me = caller.person("write:statuses")?;
    let policy = params
        .get("quote_approval_policy")
        .presence()
        .and_then(|name| QuotePolicy::parse(&name));
    let policy = policy
        .ok_or_else(|| ApiError::invalid("Quote approval policy is not included in the list"))?;
    let mut store = app.store();
    own(&store, me, id)?;
    if let Some(status) = store.statuses.get_mut(&id) {
        status.quote_policy = policy;
    }
    store.emit(store::Event::StatusEdited(id));
    Ok(Json(store.render_status(own(&store, me, id)?, Some(me))))
}

async fn favourites(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<Status> {
    let me = caller.person("read:favourites")?;
    let store = app.store();
    let page = marked(&app, &store, &uri, &params, me, &store.favourites);
    Ok(page)
}

async fn bookmarks(
    State(app): App,
    caller: Caller,
    uri: Uri,
    params: Params,
) -> PageAnswer<Status> {
    let me = caller.person("read:bookmarks")?;
    let store = app.store();
    let page = marked(&app, &store, &uri, &params, me, &store.bookmarks);
    Ok(page)
}

/// A page of statuses that a user bookmarked or favourited. The cursors are ids of these marks.
fn marked(
    app: &Instance,
    store: &Store,
    uri: &Uri,
    params: &Params,
    me: Id,
    marks: &store::Edges<()>,
) -> crate::page::Page<Status> {
    let rows = marks.from(me).filter_map(|edge| {
        store
            .status_for(Some(me), edge.to)
            .map(|status| (edge.id, status))
    });
    Listing::statuses(app, uri, params).page(
        rows,
        |(id, _)| *id,
        |(_, status)| store.render_status(status, Some(me)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_lie_as_deep_as_they_like() {
        const DEPTH: u64 = 50_000;
        let mut store = crate::seed::sample();
        let public = store
            .statuses
            .values()
            .find(|status| store.visible(None, status))
            .cloned();
        let first = public.expect("the seed has a public status");
        for number in 1..=DEPTH {
            let mut status = first.clone();
            (status.id, status.in_reply_to) = (Id(number), Some(Id(number - 1)));
            store.replies.insert(Id(number - 1), vec![status.id]);
            store.statuses.insert(status.id, status);
        }
        assert_eq!(descendants(&store, None, Id(0)).len() as u64, DEPTH);
    }
}
