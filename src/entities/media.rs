//! Pictures, videos and sounds.

use super::declare::{entity, one_of, open_enum};

open_enum! {
    /// What a media attachment is.
    pub enum MediaType {
        /// Not processed yet, or of a kind that the server does not know.
        Unknown = "unknown",
        /// A picture.
        Image = "image",
        /// A silent video that loops, as made of a GIF.
        Gifv = "gifv",
        /// A video.
        Video = "video",
        /// A sound.
        Audio = "audio",
    }
}

entity! {
    /// A picture, video or sound that a post carries.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/>
    pub struct MediaAttachment {
        /// Identifies the attachment; this goes into `media_ids` of a new post.
        id: String,
        /// What it is.
        r#type: MediaType,
        /// Address of the file. `null` while the server is still processing it.
        url: Option<String>,
        /// Address of the file at the server that it came from; `null` for local ones. Absent on some
        /// servers.
        remote_url?: Option<String>,
        /// Address of a smaller version. `null` when there is none, as for sounds.
        preview_url: Option<String>,
        /// A short link to the file. Absent since 3.5.0.
        ///
        /// @deprecated
        text_url?: Option<String>,
        /// Size, length, focus and colors. `null` when the server knows nothing of it. Absent on some
        /// servers.
        meta?: Option<MediaAttachmentMetadataContainer>,
        /// A blurred placeholder, to be drawn with `decodeBlurhash`. `null` for sounds and while the
        /// file is being processed. Absent on some servers.
        blurhash?: Option<String>,
        /// The description (alt text); `null` when there is none.
        description: Option<String>,
        /// Address of the smaller version at the server that it came from; `null` for local ones.
        /// Absent on some servers.
        preview_remote_url?: Option<String>,
    }

    /// What is known of a media file and of its smaller version.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentMetadataContainer {
        /// The file itself. Absent while it is being processed and for remote files that were not
        /// fetched.
        original?: MediaAttachmentOriginalMetadata,
        /// The smaller version. Absent when there is none.
        small?: MediaAttachmentImageMetadata,
        /// The colors of a sound's player, taken from its cover. Absent for others and before 4.0.0.
        colors?: MediaAttachmentColors,
        /// The focal point, which stays visible when a picture is cropped. Absent or `null` when it is not set.
        focus?: Option<MediaAttachmentFocusPoint>,
    }

    /// What is known of a picture.
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

    /// What is known of a video, or of a sound: then the fields about the picture are absent.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentVideoMetadata {
        /// Width in pixels. Absent for sounds.
        width?: u64,
        /// Height in pixels. Absent for sounds.
        height?: u64,
        /// Frames a second, as a fraction: `30/1`. Absent for sounds.
        frame_rate?: String,
        /// Length in seconds.
        duration: f64,
        /// Bits a second.
        bitrate: u64,
    }

    /// What is known of a sound.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentAudioMetadata {
        /// Length in seconds.
        duration: f64,
        /// Bits a second.
        bitrate: u64,
    }

    /// The point of a picture that must stay visible when it is cropped. The middle is 0, 0.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#focus>
    pub struct MediaAttachmentFocusPoint {
        /// From -1 (left edge) to 1 (right edge); `null` when not set.
        x: Option<f64>,
        /// From -1 (lower edge) to 1 (upper edge); `null` when not set.
        y: Option<f64>,
    }

    /// The colors of a sound's player.
    ///
    /// See <https://docs.joinmastodon.org/entities/MediaAttachment/#meta>
    pub struct MediaAttachmentColors {
        /// The color of text, as `#rrggbb`.
        foreground: String,
        /// The color behind it, as `#rrggbb`.
        background: String,
        /// The color of controls, as `#rrggbb`.
        accent: String,
    }
}

one_of! {
    /// What is known of a media file: which of these, follows from the attachment's type.
    pub enum MediaAttachmentOriginalMetadata {
        /// Of a picture.
        Image(MediaAttachmentImageMetadata),
        /// Of a video; a sound reads as one as well.
        Video(MediaAttachmentVideoMetadata),
        /// Of a sound.
        Audio(MediaAttachmentAudioMetadata),
    }
}
