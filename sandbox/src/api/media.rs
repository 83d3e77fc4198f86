//! `/api/v1/media` and `/api/v2/media`: uploads, which are processed for a while.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use mastodon_wasm::entities::MediaAttachment;
use serde_json::{Value, json};

use super::request::At;
use crate::behaviour::MediaResult;
use crate::caller::Caller;
use crate::error::{Answer, ApiError};
use crate::host::{sleep, spawn};
use crate::id::Id;
use crate::instance::{App, Instance};
use crate::params::{Field, Params, Upload};
use crate::picture;
use crate::store::{Media, MediaContent, MediaKind, Store};

const IMAGE_LIMIT: usize = 16 * 1024 * 1024;
const VIDEO_LIMIT: usize = 99 * 1024 * 1024;
const DESCRIPTION_LIMIT: usize = 1500;

pub fn routes() -> Router<Arc<Instance>> {
    Router::new()
        .route("/api/v2/media", post(create))
        .route("/api/v1/media", post(create_and_wait))
        .route("/api/v1/media/{id}", get(one).put(update).delete(delete))
}

fn own(store: &Store, me: Id, id: Id) -> Result<&Media, ApiError> {
    store
        .media
        .get(&id)
        .filter(|media| media.account == me)
        .ok_or_else(ApiError::not_found)
}

/// `POST /api/v2/media` returns 202 at once, or 200 if nothing has to be processed.
async fn create(State(app): App, caller: Caller, params: Params) -> Result<Response, ApiError> {
    let behaviour = app.behaviour();
    let id = receive(&app, &caller, &params)?;
    let status = if behaviour.media_result == MediaResult::Sync {
        process(&app, id, &params);
        StatusCode::OK
    } else {
        let instance = Arc::clone(&app);
        spawn(async move {
            sleep(Duration::from_millis(behaviour.media_processing_ms)).await;
            process(&instance, id, &params);
        });
        StatusCode::ACCEPTED
    };
    let store = app.store();
    let media = store.media.get(&id).ok_or_else(ApiError::not_found)?;
    Ok((status, Json(store.attachment(media))).into_response())
}

/// `POST /api/v1/media`, the older version, responds when the processing is complete.
async fn create_and_wait(
    State(app): App,
    caller: Caller,
    params: Params,
) -> Answer<MediaAttachment> {
    let id = receive(&app, &caller, &params)?;
    sleep(Duration::from_millis(app.behaviour().media_processing_ms)).await;
    process(&app, id, &params);
    let store = app.store();
    let media = store.media.get(&id).filter(|media| !media.failed);
    let media = media
        .ok_or_else(|| ApiError::unprocessable("Error processing thumbnail for uploaded media"))?;
    Ok(Json(store.attachment(media)))
}

fn receive(app: &Instance, caller: &Caller, params: &Params) -> Result<Id, ApiError> {
    let me = caller.person("write:media")?;
    let file = params
        .file("file")
        .ok_or_else(|| ApiError::invalid("File can't be blank"))?;
    if file.bytes.is_empty() {
        return Err(ApiError::invalid("File can't be blank"));
    }
    let kind = kind(file)
        .ok_or_else(|| ApiError::invalid("File content type is invalid, File is invalid"))?;
    let limit = if kind == MediaKind::Image {
        IMAGE_LIMIT
    } else {
        VIDEO_LIMIT
    };
    if file.bytes.len() > limit {
        return Err(ApiError::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            json!({ "error": format!("Validation failed: File must be less than {} MB", limit / 1024 / 1024) }),
        ));
    }
    check_description(params.get("description"))?;
    let mut store = app.store();
    let id = store.new_id();
    let mut media = Media {
        id,
        account: me,
        content: None,
        failed: false,
        kind,
        description: None,
        focus: None,
        status: None,
    };
    let description = params.get("description");
    media.description = description.presence();
    media.focus = focus(params.get("focus"));
    store.media.insert(id, media);
    Ok(id)
}

/// The kind of a file: by its content, otherwise by the content type of the upload.
fn kind(file: &Upload) -> Option<MediaKind> {
    if let Some((extension, _)) = picture::kind(&file.bytes) {
        return Some(if extension == "gif" {
            MediaKind::Gifv
        } else {
            MediaKind::Image
        });
    }
    match file.content_type.split('/').next() {
        Some("video") => Some(MediaKind::Video),
        Some("audio") => Some(MediaKind::Audio),
        _ => None,
    }
}

fn extension(content_type: &str) -> &str {
    match content_type {
        "video/mp4" | "audio/mp4" => "mp4",
        "video/webm" | "audio/webm" => "webm",
        "video/quicktime" => "mov",
        "audio/mpeg" | "audio/mp3" => "mp3",
        "audio/ogg" | "video/ogg" => "ogg",
        "audio/flac" => "flac",
        "audio/wav" | "audio/wave" | "audio/x-wav" => "wav",
        _ => "bin",
    }
}

/// The processing after the 202: size, preview and blurhash.
fn process(app: &Instance, id: Id, params: &Params) {
    let Some(file) = params.file("file") else {
        return;
    };
    let fails = app.behaviour().media_result == MediaResult::Fails;
    let pixels = picture::decode(&file.bytes);
    let thumbnail = params
        .file("thumbnail")
        .and_then(|file| picture::decode(&file.bytes));
    let size = pixels
        .as_ref()
        .map(|pixels| (pixels.width, pixels.height))
        .or_else(|| picture::size(&file.bytes));
    let small = thumbnail
        .as_ref()
        .or(pixels.as_ref())
        .map(picture::Pixels::small);
    let mut store = app.store();
    if fails {
        if let Some(media) = store.media.get_mut(&id) {
            media.failed = true;
        }
        return;
    }
    let (extension, content_type) = match picture::kind(&file.bytes) {
        Some((extension, content_type)) => (extension, content_type.to_owned()),
        None => (extension(&file.content_type), file.content_type.clone()),
    };
    let path = format!("/system/media_attachments/files/{id}/original.{extension}");
    store.add_file(&path, &content_type, file.bytes.clone());
    let mut content = MediaContent {
        preview: None,
        blurhash: None,
        size,
        small: None,
        path,
    };
    if let Some(small) = small {
        let preview = format!("/system/media_attachments/files/{id}/small.png");
        content.blurhash = Some(small.blurhash());
        content.small = Some((small.width, small.height));
        store.add_file(&preview, "image/png", small.png());
        content.preview = Some(preview);
    } else if size.is_some() {
        // A format of which only the size is known: the image is its own preview.
        content.preview = Some(content.path.clone());
        content.small = size;
        content.blurhash = Some(picture::PLAIN_BLURHASH.to_owned());
    }
    if let Some(media) = store.media.get_mut(&id) {
        media.content = Some(content);
    }
}

/// 206 during the processing, 422 if it failed.
async fn one(State(app): App, caller: Caller, At(id): At) -> Result<Response, ApiError> {
    let me = caller.person("write:media")?;
    let store = app.store();
    let media = own(&store, me, id)?;
    if media.failed {
        return Err(ApiError::unprocessable(
            "Error processing thumbnail for uploaded media",
        ));
    }
    let status = if media.content.is_some() {
        StatusCode::OK
    } else {
        StatusCode::PARTIAL_CONTENT
    };
    Ok((status, Json(store.attachment(media))).into_response())
}

async fn update(
    State(app): App,
    caller: Caller,
    At(id): At,
    params: Params,
) -> Answer<MediaAttachment> {
    let me = caller.person("write:media")?;
    check_description(params.get("description"))?;
    let mut store = app.store();
    own(&store, me, id)?;
    let thumbnail = params
        .file("thumbnail")
        .and_then(|file| picture::decode(&file.bytes))
        .map(|pixels| pixels.small());
    if let Some(small) = thumbnail {
        let preview = format!(
            "/system/media_attachments/thumbnails/{}.png",
            store.new_id()
        );
        store.add_file(&preview, "image/png", small.png());
        if let Some(content) = store
            .media
            .get_mut(&id)
            .and_then(|media| media.content.as_mut())
        {
            content.blurhash = Some(small.blurhash());
            content.small = Some((small.width, small.height));
            content.preview = Some(preview);
        }
    }
    let media = store.media.get_mut(&id).ok_or_else(ApiError::not_found)?;
    if params.get("description").is_given() {
        media.description = params.get("description").presence();
    }
    media.focus = focus(params.get("focus")).or(media.focus);
    Ok(Json(store.attachment(own(&store, me, id)?)))
}

/// Applies `media_attributes` of an edited status to one of its media.
pub fn describe(media: &mut Media, attributes: Field<'_>) {
    if attributes.get("description").is_given() {
        media.description = attributes.get("description").presence();
    }
    media.focus = focus(attributes.get("focus")).or(media.focus);
}

async fn delete(State(app): App, caller: Caller, At(id): At) -> Answer<Value> {
    let me = caller.person("write:media")?;
    let mut store = app.store();
    if own(&store, me, id)?.status.is_some() {
        return Err(ApiError::unprocessable(
            "Media attachment is currently used by a status",
        ));
    }
    store.media.remove(&id);
    Ok(Json(json!({})))
}

fn check_description(field: Field<'_>) -> Result<(), ApiError> {
    if field
        .text()
        .is_some_and(|text| text.chars().count() > DESCRIPTION_LIMIT)
    {
        return Err(ApiError::invalid(
            "Description is too long (maximum is 1500 characters)",
        ));
    }
    Ok(())
}

/// `0.5,-0.25`
fn focus(field: Field<'_>) -> Option<(f64, f64)> {
    let text = field.presence()?;
    let (x, y) = text.split_once(',')?;
    let number = |text: &str| {
        text.trim()
            .parse::<f64>()
            .ok()
            .map(|number| number.clamp(-1.0, 1.0))
    };
    Some((number(x)?, number(y)?))
}
