//! Images, videos and audio files.

use super::declare::{entity, one_of, open_enum};

open_enum! {
    /// The type of a media attachment.
    pub enum MediaType {
        /// Not processed yet, or of a type that the server does not support.
        Unknown = "unknown",
        /// An image.
        Image = "image",
        /// A silent video that loops, usually made from a GIF.
        Gifv = "gifv",
        /// A video.
        Video = "video",
        /// An audio file.
        Audio = "audio",
    }
}

entity! {
    /// An image, video or audio file of a status.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/>
    pub struct MediaAttachment {
        /// Identifies the attachment, for `media_ids` of a new status.
        id: String,
        /// Its type.
        r#type: MediaType,
        /// URL of the file. `null` while the server is still processing it.
        url: Option<String>,
        /// URL of the file on the server that it came from; `null` for local files. Absent on some servers.
        remote_url?: Option<String>,
        /// URL of a smaller version; `null` when there is none, for example for audio files.
        preview_url: Option<String>,
        /// A short URL of the file; may be `null`. Absent since 3.5.0.
        ///
        /// @deprecated
        text_url?: Option<String>,
        /// Size, duration, focal point and colors; `null` when unknown. Absent on some servers.
        meta?: Option<MediaAttachmentMetadataContainer>,
        /// A blurred placeholder, for `decodeBlurhash`; `null` for audio files and while the file is being
        /// processed. Absent on some servers.
        blurhash?: Option<String>,
        /// The description (alt text); `null` when there is none.
        description: Option<String>,
        /// URL of the smaller version on the server that it came from; `null` for local files. Absent on some
        /// servers.
        preview_remote_url?: Option<String>,
    }

    /// Metadata of a media file and of its smaller version.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentMetadataContainer {
        /// The file itself. Absent while it is being processed and for remote files that were not
        /// fetched.
        original?: MediaAttachmentOriginalMetadata,
        /// The smaller version. Absent when there is none.
        small?: MediaAttachmentImageMetadata,
        /// Colors for the player of an audio file, taken from its cover. Absent for other files and before
        /// 4.0.0.
        colors?: MediaAttachmentColors,
        /// The focal point of an image. Absent or `null` when it is not set.
        focus?: Option<MediaAttachmentFocusPoint>,
    }

    /// Metadata of an image.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentImageMetadata {
        /// Width in pixels.
        width: u64,
        /// Height in pixels.
        height: u64,
        /// Width divided by height.
        aspect: f64,
        /// Width and height, as `640x480`.
        size: String,
    }

    /// Metadata of a video, or of an audio file, which has only `duration` and `bitrate`.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentVideoMetadata {
        /// Width in pixels. Absent for audio files.
        width?: u64,
        /// Height in pixels. Absent for audio files.
        height?: u64,
        /// Frames per second, as a fraction: `30/1`. Absent for audio files.
        frame_rate?: String,
        /// Duration in seconds.
        duration: f64,
        /// Bits per second.
        bitrate: u64,
    }

    /// Metadata of an audio file.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentAudioMetadata {
        /// Duration in seconds.
        duration: f64,
        /// Bits per second.
        bitrate: u64,
    }

    /// The focal point: the point of an image that stays visible when it is cropped. The center is 0, 0.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#focus>
    pub struct MediaAttachmentFocusPoint {
        /// From -1 (left edge) to 1 (right edge); `null` when not set.
        x: Option<f64>,
        /// From -1 (bottom edge) to 1 (top edge); `null` when not set.
        y: Option<f64>,
    }

    /// Colors for the player of an audio file.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentColors {
        /// The text color, as `#rrggbb`.
        foreground: String,
        /// The background color, as `#rrggbb`.
        background: String,
        /// The color of controls, as `#rrggbb`.
        accent: String,
    }
}

one_of! {
    /// Metadata of a media file. Its kind depends on the attachment's type.
    pub enum MediaAttachmentOriginalMetadata {
        /// Metadata of an image.
        Image(MediaAttachmentImageMetadata),
        /// Metadata of a video. Metadata of an audio file matches this too.
        Video(MediaAttachmentVideoMetadata),
        /// Metadata of an audio file.
        Audio(MediaAttachmentAudioMetadata),
    }
}
