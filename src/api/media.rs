//! Pictures, video and sound: uploaded first, posted then.

use crate::api::declare::methods;
use crate::api::endpoint::{delete, get, post, put};
use crate::params::{FocalPoint, Id, RequestOptions, Upload, WriteOptions, options};

options! {
    /// Options of `mediaPost`.
    post MediaPostOptions {
        /// The file's type, where neither the file nor its bytes tell it.
        mime_type: String => "",
        /// What is to be seen or heard, for those who cannot: at most 1500 characters.
        description: String,
        /// The point that stays visible when the picture is cropped.
        focus: FocalPoint,
        /// The file's name, where the file has none or another. Mastodon does not show it, other servers do.
        file_name: String => "",
        /// A picture that stands for a video or a sound.
        thumbnail: Upload,
        /// The picture's type, where neither it nor its bytes tell it.
        thumbnail_mime_type: String => "",
        /// Whether to wait until the server has processed the file, so that it can be posted; it is not
        /// waited for when it is not said.
        synchronous: bool => "",
    }
    /// Options of `mediaUpdate`.
    post MediaUpdateOptions {
        /// What is to be seen or heard, for those who cannot: at most 1500 characters.
        description: String,
        /// The point that stays visible when the picture is cropped.
        focus: FocalPoint,
        /// A picture that stands for a video or a sound.
        thumbnail: Upload,
        /// The picture's type, where neither it nor its bytes tell it.
        thumbnail_mime_type: String => "",
    }
}

methods! {
    /// A file that was uploaded and not posted yet: whether it is processed, and its address.
    ///
    /// `GET /api/v1/media/{id}` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#get)
    ///
    /// `url` is null while the server is still at it. A file that cannot be processed is a
    /// `MastodonAPIError` with status 422; one that was posted is a `MastodonNotFoundError`.
    media(id: Id; RequestOptions) -> "MediaAttachment" =
        get("/api/v1/media/{id}").since([3, 1, 4], [3, 1, 4]);

    /// Deletes a file that was uploaded and not posted.
    ///
    /// `DELETE /api/v1/media/{id}` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#delete)
    ///
    /// One that was posted is a `MastodonAPIError` with status 422.
    mediaDelete(id: Id; WriteOptions) -> "void" =
        delete("/api/v1/media/{id}").since([4, 4, 0], [4, 4, 0]).nothing();

    /// Changes description, focal point or thumbnail of a file that was not posted yet.
    ///
    /// `PUT /api/v1/media/{id}` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#update)
    ///
    /// For media of a posted status, `statusUpdate` takes what `generateMediaEditAttributes` makes.
    mediaUpdate(id: Id; MediaUpdateOptions) -> "MediaAttachment" =
        put("/api/v1/media/{id}").since([2, 3, 0], [3, 2, 0]);

    /// Uploads a picture, a video or a sound, to be attached to a status.
    ///
    /// `POST /api/v2/media` · scope `write:media` ·
    /// [documentation](https://docs.joinmastodon.org/methods/media/#v2)
    ///
    /// Servers process files after they have answered. Until then `url` is null, and a status with
    /// the file is refused with status 422. With `synchronous`, the promise resolves when that is
    /// done: the server is asked again after half a second, then ever less often, for as long as
    /// `timeout` allows. A file that cannot be processed is a `MastodonAPIError` with status 422.
    ///
    /// Servers before 3.1.4 process the file before they answer. `MastodonVersionError` where the
    /// server is known to be older than 3.2.0 and there is a `thumbnail`.
    ///
    /// @example
    /// const media = await m.mediaPost(file, { description: "A cat asleep", synchronous: true });
    /// await m.statusPost("Look!", { media_ids: [media] });
    mediaPost(media_file: Upload => "file"; MediaPostOptions) -> "MediaAttachment" =
        post("/api/v2/media").since([1, 0, 0], [3, 2, 0]).before([3, 1, 4], "/api/v1/media");
}
