use mastodon_wasm::entities::{
    MediaAttachment, MediaAttachmentFocusPoint, MediaAttachmentImageMetadata,
    MediaAttachmentMetadataContainer, MediaAttachmentOriginalMetadata,
};

use crate::id::Id;
use crate::store::{Media, Store};

impl Store {
    pub fn attachments(&self, ids: &[Id]) -> Vec<MediaAttachment> {
        ids.iter()
            .filter_map(|id| self.media.get(id))
            .map(|media| self.attachment(media))
            .collect()
    }

    /// While a file is being processed, its attachment has an id but no URL.
    pub fn attachment(&self, media: &Media) -> MediaAttachment {
        let content = media.content.as_ref();
        let image = |(width, height): (u32, u32)| MediaAttachmentImageMetadata {
            width: width.into(),
            height: height.into(),
            size: format!("{width}x{height}"),
            aspect: f64::from(width) / f64::from(height.max(1)),
            other: serde_json::Map::new(),
        };
        let original = content.and_then(|content| content.size).map(image);
        MediaAttachment {
            id: media.id.to_string(),
            r#type: media.kind.as_str().into(),
            url: content.map(|content| self.url(&content.path)),
            preview_url: content
                .and_then(|content| content.preview.as_deref())
                .map(|path| self.url(path)),
            remote_url: Some(None),
            preview_remote_url: Some(None),
            text_url: Some(None),
            meta: Some(Some(MediaAttachmentMetadataContainer {
                original: original.map(MediaAttachmentOriginalMetadata::Image),
                small: content.and_then(|content| content.small).map(image),
                colors: None,
                focus: media.focus.map(|(x, y)| {
                    Some(MediaAttachmentFocusPoint {
                        x: Some(x),
                        y: Some(y),
                        other: serde_json::Map::new(),
                    })
                }),
                other: serde_json::Map::new(),
            })),
            description: media.description.clone(),
            blurhash: Some(content.and_then(|content| content.blurhash.clone())),
            other: serde_json::Map::new(),
        }
    }
}
