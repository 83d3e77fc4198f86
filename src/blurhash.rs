//! Blurhashes: a few dozen characters that describe a blurred image. <https://blurha.sh>
//!
//! A hash holds a small table of cosine waves, each with a color. A pixel is the sum of all waves at its
//! position, in linear light. Waves along x and y are independent. So the sums over y are computed once per
//! row, and each pixel needs only a sum over x.

#![allow(
    clippy::cast_precision_loss,
    reason = "these numbers have five digits at most"
)]

use std::f64::consts::PI;

const DIGITS: &[u8; 83] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/// Functions that the platform has; the module would have to include its own.
#[derive(Clone, Copy, Debug)]
pub struct Math {
    /// The cosine.
    pub cos: fn(f64) -> f64,
    /// The first number raised to the power of the second.
    pub pow: fn(f64, f64) -> f64,
}

/// Red, green and blue in linear light.
pub type Light = [f64; 3];

/// A decoded hash.
#[derive(Clone, Debug)]
pub struct Picture {
    /// The number of waves along x.
    pub columns: usize,
    /// The number of waves along y.
    pub rows: usize,
    /// The color of each wave, row by row.
    colours: Vec<Light>,
}

impl Picture {
    /// Reads a hash; `None` if it is not valid.
    pub fn parse(hash: &str, math: Math) -> Option<Self> {
        let mut digits = hash.bytes().map(digit);
        let mut number = |length: usize| {
            digits
                .by_ref()
                .take(length)
                .try_fold(0, |sum, digit| Some(sum * 83 + digit?))
        };
        let size = number(1)?;
        let (columns, rows) = (size % 9 + 1, size / 9 + 1);
        if rows > 9 || hash.len() != 4 + 2 * columns * rows {
            return None;
        }
        let loudest = (number(1)? + 1) as f64 / 166.0;
        let average = number(4)?;
        let mut colours = Vec::with_capacity(columns * rows);
        colours.push([16, 8, 0].map(|shift| linear((average >> shift & 255) as f64, math)));
        for _ in 1..columns * rows {
            let strength = number(2)?;
            // Three numbers from -9 to 9. Their squares, with the sign kept, are the strengths.
            let parts = [strength / 361, strength / 19 % 19, strength % 19];
            colours.push(parts.map(|part| {
                let level = (part as f64 - 9.0) / 9.0;
                level * level.abs() * loudest
            }));
        }
        Some(Self {
            columns,
            rows,
            colours,
        })
    }

    /// Computes the image, row by row.
    pub fn draw(&self, width: usize, height: usize, math: Math, row: &mut dyn FnMut(&[Light])) {
        let (across, down) = (
            waves(width, self.columns, math),
            waves(height, self.rows, math),
        );
        let mut sums = vec![[0.0; 3]; self.columns];
        let mut pixels = vec![[0.0; 3]; width];
        for heights in down.chunks_exact(self.rows) {
            sums.fill([0.0; 3]);
            for (height, colours) in heights.iter().zip(self.colours.chunks_exact(self.columns)) {
                for (sum, colour) in sums.iter_mut().zip(colours) {
                    *sum = add(*sum, *colour, *height);
                }
            }
            for (pixel, heights) in pixels.iter_mut().zip(across.chunks_exact(self.columns)) {
                let mut light = [0.0; 3];
                for (height, sum) in heights.iter().zip(&sums) {
                    light = add(light, *sum, *height);
                }
                *pixel = light;
            }
            row(&pixels);
        }
    }
}

#[inline]
fn add([red, green, blue]: Light, [r, g, b]: Light, height: f64) -> Light {
    [red + r * height, green + g * height, blue + b * height]
}

fn digit(byte: u8) -> Option<usize> {
    DIGITS.iter().position(|digit| *digit == byte)
}

/// The height of each wave at each position, grouped by position.
fn waves(length: usize, count: usize, math: Math) -> Vec<f64> {
    let mut heights = Vec::with_capacity(length * count);
    for place in 0..length {
        for wave in 0..count {
            heights.push((math.cos)(PI * (place * wave) as f64 / length as f64));
        }
    }
    heights
}

/// Converts a byte of sRGB to linear light. Half bytes are allowed: they are the limits between two bytes.
fn linear(byte: f64, math: Math) -> f64 {
    if byte > 10.31475 {
        (math.pow)((byte / 255.0 + 0.055) / 1.055, 2.4)
    } else {
        byte / 3294.6
    }
}

const STEPS: usize = 4096;

/// Converts linear light to bytes of sRGB without calling `pow` for each pixel.
#[derive(Debug)]
pub struct Gamma {
    /// The smallest light value of each byte above 0.
    borders: Vec<f64>,
    /// For each step of light, the smallest byte that it can be.
    starts: Vec<u8>,
}

impl Gamma {
    /// Computes the tables.
    pub fn new(math: Math) -> Self {
        let mut gamma = Self {
            borders: (1..256)
                .map(|byte| linear(f64::from(byte) - 0.5, math))
                .collect(),
            starts: Vec::with_capacity(STEPS),
        };
        let mut byte = 0;
        for step in 0..STEPS {
            byte = gamma.find(byte, step as f64 / STEPS as f64);
            gamma.starts.push(byte);
        }
        gamma
    }

    /// The byte for a light value, searching upwards from `byte`.
    #[inline]
    fn find(&self, mut byte: u8, light: f64) -> u8 {
        while self
            .borders
            .get(usize::from(byte))
            .is_some_and(|border| *border <= light)
        {
            byte += 1;
        }
        byte
    }

    /// The byte for a light value.
    #[inline]
    pub fn byte(&self, light: f64) -> u8 {
        if light >= 1.0 {
            return 255;
        }
        // Negative numbers and NaN become step 0.
        let step = (light * STEPS as f64) as usize;
        self.find(self.starts.get(step).copied().unwrap_or_default(), light)
    }
}

/// The longest side of a decoded image. A larger one is a mistake, and may need more memory than there is.
const LONGEST_SIDE: usize = 4096;

/// A side in pixels, from an option: this number of pixels for each of `waves`.
pub fn side(text: &str, waves: usize) -> Option<usize> {
    if text.len() > 4 || !crate::text::is_digits(text) {
        return None;
    }
    let number = text
        .bytes()
        .fold(0, |sum, digit| sum * 10 + usize::from(digit & 15));
    Some(number * waves).filter(|side| (1..=LONGEST_SIDE).contains(side))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::{Duration, Instant};

    const MATH: Math = Math {
        cos: f64::cos,
        pow: f64::powf,
    };

    const HASHES: [&str; 3] = [
        "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
        "LGF5]+Yk^6#M@-5c,1J5@[or[Q6.",
        "eCF6B#-:0JInxr?@s;nmIoWUIko1%NocRk.8xbIUaxR*^+s;RiWAWU",
    ];

    fn drawn(picture: &Picture, width: usize, height: usize) -> Vec<f64> {
        let mut all = Vec::new();
        picture.draw(width, height, MATH, &mut |row| {
            all.extend(row.iter().flatten());
        });
        all
    }

    /// The definition, implemented literally.
    fn slowly(picture: &Picture, width: usize, height: usize) -> Vec<f64> {
        let mut pixels = Vec::new();
        for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
            for part in 0..3 {
                let mut sum = 0.0;
                for at in 0..picture.columns * picture.rows {
                    let (i, j) = (at % picture.columns, at / picture.columns);
                    let wave = (PI * (i * x) as f64 / width as f64).cos()
                        * (PI * (j * y) as f64 / height as f64).cos();
                    sum += picture.colours[at][part] * wave;
                }
                pixels.push(sum);
            }
        }
        pixels
    }

    #[test]
    fn is_drawn_as_the_definition_says() {
        for hash in HASHES {
            let picture = Picture::parse(hash, MATH).expect(hash);
            let wanted = slowly(&picture, 21, 13);
            let got = drawn(&picture, 21, 13);
            assert_eq!(got.len(), wanted.len());
            assert!(
                got.iter().zip(&wanted).all(|(a, b)| (a - b).abs() < 1e-9),
                "{hash}"
            );
        }
    }

    #[test]
    fn a_single_wave_is_one_colour() {
        let mut hash = "00".to_owned();
        for place in [3, 2, 1, 0] {
            hash.push(char::from(DIGITS[0x00ff_8000 / 83_usize.pow(place) % 83]));
        }
        let picture = Picture::parse(&hash, MATH).expect("a hash");
        let gamma = Gamma::new(MATH);
        let bytes: Vec<u8> = drawn(&picture, 3, 2)
            .into_iter()
            .map(|light| gamma.byte(light))
            .collect();
        assert_eq!(bytes, [255, 128, 0].repeat(6));
    }

    #[test]
    fn other_texts_are_none() {
        for text in [
            "",
            "L",
            "LEHV6n",
            "LEHV6nWB2yk8pyo0adR*.7kCMdn",
            "LEHV6nWB2yk8pyo0adR*.7kCMdnjj",
            "LEHV6nWB2yk8pyo0adR*.7kCMdn\"",
            "LEHV6nWB2yk8pyo0adR*.7kCMdé",
            "L❤HV6nWB2yk8pyo0adR*.7kCMdnj",
            "~EHV6n",
            "0000 0",
            "aaaaaa",
            "/bin/sh: /opt/lib/blurhash: Exec format error",
        ] {
            assert!(Picture::parse(text, MATH).is_none(), "{text}");
        }
    }

    #[test]
    fn a_megabyte_of_anything_is_refused_at_once() {
        for part in ["L", "~", "0", "é"] {
            let text = part.repeat(1_000_000 / part.len());
            let begin = Instant::now();
            assert!(Picture::parse(&text, MATH).is_none());
            assert!(begin.elapsed() < Duration::from_millis(50));
        }
    }

    #[test]
    fn light_is_rounded_as_the_formula_does() {
        let gamma = Gamma::new(MATH);
        for step in 0..=200_000 {
            let light = f64::from(step) / 200_000.0;
            let value = if light <= 0.003_130_8 {
                light * 12.92
            } else {
                1.055 * light.powf(1.0 / 2.4) - 0.055
            };
            assert!(
                (f64::from(gamma.byte(light)) - value * 255.0).abs() < 0.501,
                "{light}"
            );
        }
        assert_eq!(
            [-1.0, 7.0, f64::NAN, 1e300].map(|light| gamma.byte(light)),
            [0, 255, 0, 255]
        );
    }

    #[test]
    fn light_comes_back_as_the_byte_that_it_was() {
        let gamma = Gamma::new(MATH);
        for byte in 0..=255 {
            assert_eq!(gamma.byte(linear(f64::from(byte), MATH)), byte);
        }
    }

    #[test]
    fn sides_are_whole_numbers_of_pixels() {
        assert_eq!(side("16", 4), Some(64));
        assert_eq!(side("4096", 1), Some(4096));
        for (text, waves) in [
            ("0", 1),
            ("", 1),
            ("1.5", 2),
            ("-1", 1),
            ("100000", 1),
            ("4097", 1),
            ("1e3", 1),
            ("1000", 5),
            ("9999999999999999999999999", 1),
        ] {
            assert_eq!(side(text, waves), None, "{text}");
        }
    }
}
