//! Images: file types, pixels, the preview and its blurhash.

mod blurhash;
pub mod canvas;
pub mod drawings;
pub mod paintings;

use std::io::Cursor;

use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// The blurhash of a gray area, for images whose pixels cannot be decoded here.
pub const PLAIN_BLURHASH: &str = "L6Pj0^jE.AyE_3t7t7R**0o#DgR4";
/// Mastodon's preview has at most as many pixels as 640 by 360.
const SMALL_PIXELS: u32 = 640 * 360;
/// An image with more pixels is not decoded.
const MAX_PIXELS: u64 = 40_000_000;

/// The file extension and media type of an image, by its first bytes.
pub fn kind(bytes: &[u8]) -> Option<(&'static str, &'static str)> {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => Some(("png", "image/png")),
        [0xff, 0xd8, 0xff, ..] => Some(("jpg", "image/jpeg")),
        [b'G', b'I', b'F', b'8', ..] => Some(("gif", "image/gif")),
        [
            b'R',
            b'I',
            b'F',
            b'F',
            _,
            _,
            _,
            _,
            b'W',
            b'E',
            b'B',
            b'P',
            ..,
        ] => Some(("webp", "image/webp")),
        [
            _,
            _,
            _,
            _,
            b'f',
            b't',
            b'y',
            b'p',
            b'a',
            b'v',
            b'i',
            b'f',
            ..,
        ] => Some(("avif", "image/avif")),
        _ => None,
    }
}

/// Width and height of an image, if its header can be read.
pub fn size(bytes: &[u8]) -> Option<(u32, u32)> {
    let le16 = |at: usize| Some(u32::from(*bytes.get(at)?) | u32::from(*bytes.get(at + 1)?) << 8);
    match kind(bytes)?.0 {
        "gif" => Some((le16(6)?, le16(8)?)),
        "webp" => match bytes.get(12..16)? {
            b"VP8 " => Some((le16(26)? & 0x3fff, le16(28)? & 0x3fff)),
            b"VP8L" => {
                let bits = le16(21)? | le16(23)? << 16;
                Some(((bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1))
            }
            b"VP8X" => Some((
                (le16(24)? | u32::from(*bytes.get(26)?) << 16) + 1,
                (le16(27)? | u32::from(*bytes.get(29)?) << 16) + 1,
            )),
            _ => None,
        },
        _ => None,
    }
}

/// Red, green and blue, one byte each, row by row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pixels {
    pub width: u32,
    pub height: u32,
    pub rgb: Vec<u8>,
}

/// The pixels of a PNG or JPEG.
pub fn decode(bytes: &[u8]) -> Option<Pixels> {
    match kind(bytes)?.0 {
        "png" => decode_png(bytes),
        "jpg" => decode_jpeg(bytes),
        _ => None,
    }
}

fn decode_png(bytes: &[u8]) -> Option<Pixels> {
    let mut decoder = png::Decoder::new(Cursor::new(bytes));
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (width, height) = (reader.info().width, reader.info().height);
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return None;
    }
    let mut buffer = vec![0; reader.output_buffer_size()?];
    let info = reader.next_frame(&mut buffer).ok()?;
    let samples = info.color_type.samples();
    let pixels = buffer.get(..info.buffer_size())?.chunks_exact(samples);
    // Transparent pixels are shown on white.
    let over_white = |value: u8, alpha: u8| {
        let blended = u16::from(value) * u16::from(alpha) / 255 + (255 - u16::from(alpha));
        u8::try_from(blended).unwrap_or(u8::MAX)
    };
    let rgb = pixels
        .flat_map(|pixel| match *pixel {
            [grey] => [grey; 3],
            [grey, alpha] => [over_white(grey, alpha); 3],
            [r, g, b] => [r, g, b],
            [r, g, b, alpha] => [
                over_white(r, alpha),
                over_white(g, alpha),
                over_white(b, alpha),
            ],
            _ => [0; 3],
        })
        .collect();
    Some(Pixels { width, height, rgb })
}

fn decode_jpeg(bytes: &[u8]) -> Option<Pixels> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::RGB);
    let mut decoder = JpegDecoder::new_with_options(Cursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (width, height) = decoder.dimensions()?;
    if width as u64 * height as u64 > MAX_PIXELS {
        return None;
    }
    let rgb = decoder.decode().ok()?;
    Some(Pixels {
        width: u32::try_from(width).ok()?,
        height: u32::try_from(height).ok()?,
        rgb,
    })
}

impl Pixels {
    /// The preview: scaled down by averaging, if the image is large.
    pub fn small(&self) -> Self {
        let area = self.width * self.height;
        if area <= SMALL_PIXELS {
            return self.clone();
        }
        let factor = (f64::from(SMALL_PIXELS) / f64::from(area)).sqrt();
        self.scaled(scale(self.width, factor), scale(self.height, factor))
    }

    pub fn scaled(&self, width: u32, height: u32) -> Self {
        let mut rgb = Vec::with_capacity((width * height * 3) as usize);
        for y in 0..height {
            let rows = span(y, height, self.height);
            for x in 0..width {
                let columns = span(x, width, self.width);
                let mut sums = [0_u32; 3];
                for row in rows.clone() {
                    for column in columns.clone() {
                        let at = ((row * self.width + column) * 3) as usize;
                        for (sum, value) in sums.iter_mut().zip(&self.rgb[at..at + 3]) {
                            *sum += u32::from(*value);
                        }
                    }
                }
                let count = rows.len() * columns.len();
                rgb.extend(sums.map(|sum| u8::try_from(sum as usize / count).unwrap_or(u8::MAX)));
            }
        }
        Self { width, height, rgb }
    }

    pub fn png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = png::Encoder::new(&mut bytes, self.width, self.height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        encoder.set_compression(png::Compression::Fast);
        encoder
            .write_header()
            .and_then(|mut writer| writer.write_image_data(&self.rgb))
            .expect("the size fits the pixels, and memory can be written");
        bytes
    }

    pub fn blurhash(&self) -> String {
        // A small image is enough for the few waves of a blurhash.
        blurhash::encode(&self.scaled(self.width.min(32), self.height.min(32)))
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn scale(length: u32, factor: f64) -> u32 {
    ((f64::from(length) * factor).round() as u32).max(1)
}

/// The pixels of the large image that become one pixel of the small image.
fn span(at: u32, small: u32, large: u32) -> std::ops::Range<u32> {
    let start = at * large / small;
    let end = ((at + 1) * large / small).max(start + 1);
    start..end.min(large).max(start + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves() -> Pixels {
        let rgb = (0..100 * 50)
            .flat_map(|at| {
                if at % 100 < 50 {
                    [255, 0, 0]
                } else {
                    [0, 0, 255]
                }
            })
            .collect();
        Pixels {
            width: 100,
            height: 50,
            rgb,
        }
    }

    #[test]
    fn png_survives_the_round_trip() {
        let pixels = halves();
        let png = pixels.png();
        assert_eq!(kind(&png), Some(("png", "image/png")));
        assert_eq!(decode(&png), Some(pixels));
        assert_eq!(decode(b"\x89PNG nonsense"), None);
    }

    #[test]
    fn scaling_averages() {
        let small = halves().scaled(2, 1);
        assert_eq!(small.rgb, [255, 0, 0, 0, 0, 255]);
        let large = Pixels {
            width: 1280,
            height: 720,
            rgb: vec![7; 1280 * 720 * 3],
        };
        assert_eq!((large.small().width, large.small().height), (640, 360));
    }

    #[test]
    fn headers_are_measured() {
        assert_eq!(size(b"GIF89a\x10\x00\x20\x00"), Some((16, 32)));
        assert_eq!(size(b"text"), None);
    }
}
