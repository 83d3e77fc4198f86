//! Images, video and audio: uploaded first, posted then.

use crate::api::declare::methods;
use crate::client::call::{Call, Work};
use crate::client::send::{send, too_old};
use crate::endpoint::request::Request;
use crate::endpoint::{delete, get, post, put};
use crate::entities::MediaAttachment;
use crate::error::{Class, Error};
use crate::js::{self, Name};
use crate::params::{FocalPoint, Id, RequestOptions, Upload, WriteOptions, options, upload};
use crate::version::Version;

options! {
    /// Options of `mediaPost`.
    post MediaPostOptions {
        /// The file's MIME type. Default: that of the file, or detected from its first bytes.
        mime_type: String => "",
        /// The alternative text, at most 1500 characters.
        description: String,
        /// The point that stays visible when the image is cropped.
        focus: FocalPoint,
        /// The file's name. Default: the name of the `File`. Mastodon does not show it, other servers do.
        file_name: String => "",
        /// A preview image of a video or audio file.
        thumbnail: Upload,
        /// The thumbnail's MIME type. Default: that of the file, or detected from its first bytes.
        thumbnail_mime_type: String => "",
        /// Whether to wait until the server has processed the file, so that it can be posted.
        /// Default: `false`.
        synchronous: bool => "",
    }
    /// Options of `mediaUpdate`.
    post MediaUpdateOptions {
        /// The alternative text, at most 1500 characters.
        description: String,
        /// The point that stays visible when the image is cropped.
        focus: FocalPoint,
        /// A preview image of a video or audio file.
        thumbnail: Upload,
        /// The thumbnail's MIME type. Default: that of the file, or detected from its first bytes.
        thumbnail_mime_type: String => "",
    }
}

methods! {
    /// An uploaded file that was not posted yet: whether it is processed, and its URL.
    ///
    /// `GET /api/v1/media/{id}` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#get)
    ///
    /// `url` is null while the server is processing it. A file that cannot be processed is a
    /// `MastodonAPIError` with status 422; one that was posted is a `MastodonNotFoundError`.
    media as media(id: Id; RequestOptions) -> MediaAttachment =
        get("/api/v1/media/{id}").since([3, 1, 4], [3, 1, 4]);

    /// Deletes an uploaded file that was not posted.
    ///
    /// `DELETE /api/v1/media/{id}` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#delete)
    ///
    /// If it was posted already, a `MastodonAPIError` with status 422.
    media_delete as mediaDelete(id: Id; WriteOptions) -> Nothing =
        delete("/api/v1/media/{id}").since([4, 4, 0], [4, 4, 0]).nothing();

    /// Updates description, focal point or thumbnail of a file that was not posted yet.
    ///
    /// `PUT /api/v1/media/{id}` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#update)
    ///
    /// For media of a posted status, pass the result of `generateMediaEditAttributes` to `statusUpdate`.
    media_update as mediaUpdate(id: Id; MediaUpdateOptions) -> MediaAttachment =
        put("/api/v1/media/{id}").since([2, 3, 0], [3, 2, 0]) => prepare(thumbnail);

    /// Uploads an image, video or audio file to be attached to a status.
    ///
    /// `POST /api/v2/media` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#v2)
    ///
    /// Servers process a file after their response. Until they have finished, `url` is null, and a
    /// status with the file is rejected with status 422. With `synchronous`, the promise resolves when
    /// the file is processed: the server is polled after half a second, then at least every five
    /// seconds, as long as `timeout` allows, and at most for an hour. A file that cannot be processed is a
    /// `MastodonAPIError` with status 422.
    ///
    /// Servers before 3.1.4 process the file before they respond. `MastodonVersionError` if the
    /// server is known to be older than 3.2.0 and there is a `thumbnail`.
    ///
    /// @example
    /// const media = await m.mediaPost(file, { description: "A cat asleep", synchronous: true });
    /// await m.statusPost("Look!", { media_ids: [media] });
    media_post as mediaPost(media_file: Upload => "file"; MediaPostOptions) -> MediaAttachment =
        post("/api/v2/media").since([1, 0, 0], [3, 2, 0]).legacy_path([3, 1, 4], "/api/v1/media")
            => run(media_post);
}

/// Turns a file among the arguments into a `File`, by the type and the name that were given for it.
pub(super) fn complete(
    call: &mut Call,
    file: &'static str,
    mime_type: &str,
    file_name: &str,
) -> Result<(), Error> {
    let (mime_type, file_name) = (call.take_text(mime_type), call.take_text(file_name));
    if !call.has(file) {
        return Ok(());
    }
    let complete = upload::to_file(&call.get(file), file_name, mime_type)
        // A detached buffer, for one.
        .map_err(|cause| {
            call.illegal(&["`", file, "` cannot be read"])
                .with_cause(cause)
        })?;
    call.set(file, complete);
    Ok(())
}

/// Thumbnails came with this version; servers before it ignore them.
const THUMBNAILS: Version = Version::new(3, 2, 0);

fn thumbnail(call: &mut Call) -> Result<(), Error> {
    if call.has("thumbnail")
        && let Some(have) = call.client().too_old_for(THUMBNAILS)
    {
        return Err(too_old(call.name(), THUMBNAILS, have));
    }
    complete(call, "thumbnail", "thumbnail_mime_type", "")
}

/// Milliseconds to wait for the server to process a file before asking; doubled each time.
const FIRST_PAUSE: f64 = 500.0;
const LONGEST_PAUSE: f64 = 5000.0;
/// How often to poll: about an hour. A server that lost the file would never finish.
const QUESTIONS: u32 = 720;

fn media_post(mut call: Call) -> Result<Work, Error> {
    complete(&mut call, "media_file", "mime_type", "file_name")?;
    thumbnail(&mut call)?;
    let synchronous = call.take_flag("synchronous");
    let name = call.name();
    Ok(Box::pin(async move {
        let (scope, request) = call.build()?;
        let mut media = send(&scope, request).await?;
        if !synchronous {
            return Ok(media);
        }
        let mut pause = FIRST_PAUSE;
        for _ in 0..QUESTIONS {
            if js::text_of(&media, "url").is_some() {
                return Ok(media);
            }
            let Some(id) = js::id_text(&js::get(&media, Name::Id)) else {
                return Err(Error::new(
                    Class::Api,
                    &[name, ": the response has no id to ask for"],
                ));
            };
            scope.sleep(pause).await?;
            pause = (pause * 2.0).min(LONGEST_PAUSE);
            let path = ["/api/v1/media/", &js::encode_uri_component(&id)].concat();
            media = send(&scope, Request::get(name, &path)).await?;
        }
        Err(Error::new(
            Class::ReadTimeout,
            &[
                name,
                ": the server has not processed the file within an hour",
            ],
        ))
    }))
}
