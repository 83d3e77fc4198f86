//! Blurhashes: a few dozen letters that stand for a blurred picture. <https://blurha.sh>
//!
//! A hash holds a small table of cosine waves, each with a colour. A pixel is the sum of all waves at
//! its place, in linear light. Waves along x and y are independent, so that a row's sums over y are
//! worked out once a row, and a pixel costs one sum over x.

// Sizes, places and digits are all far below what a float holds.
#![allow(clippy::cast_precision_loss)]

/// A colour in linear light: red, green, blue.
pub type Colour = [f32; 3];

/// What a hash says.
#[derive(Debug, PartialEq)]
pub struct Blurhash {
    /// How many waves there are along x, 1 to 9.
    pub columns: usize,
    /// How many there are along y, 1 to 9.
    pub rows: usize,
    /// The colours of the waves, row by row.
    colours: Vec<Colour>,
}

/// The functions that every platform has and that WebAssembly lacks.
#[derive(Clone, Copy, Debug)]
pub struct Maths {
    /// The cosine of an angle in radians.
    pub cos: fn(f64) -> f64,
    /// The first number to the power of the second.
    pub pow: fn(f64, f64) -> f64,
}

const DIGITS: &[u8; 83] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/// Reads a number of base 83.
fn number(digits: &[u8]) -> Option<u32> {
    digits.iter().try_fold(0, |sum: u32, digit| {
        let value = DIGITS.iter().position(|known| known == digit)?;
        sum.checked_mul(83)?.checked_add(u32::try_from(value).ok()?)
    })
}

/// From a byte of sRGB to linear light. Half bytes are allowed: they are the borders between bytes.
fn linear(byte: f64, maths: Maths) -> f64 {
    let value = byte / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        (maths.pow)((value + 0.055) / 1.055, 2.4)
    }
}

impl Blurhash {
    /// Reads a hash. `None` where it is none.
    pub fn parse(text: &str, maths: Maths) -> Option<Self> {
        let mut rest = text.as_bytes();
        let mut take = |count| {
            let (digits, after) = rest.split_at_checked(count)?;
            rest = after;
            number(digits)
        };
        let size = take(1)?;
        if size > 80 {
            return None;
        }
        let (columns, rows) = ((size % 9 + 1) as usize, (size / 9 + 1) as usize);
        let loudest = (take(1)? + 1) as f32 / 166.0;
        let average = take(4)?;
        let byte = |shift: u32| linear(f64::from(average >> shift & 255), maths) as f32;
        let mut colours = vec![[byte(16), byte(8), byte(0)]];
        for _ in 1..columns * rows {
            let wave = take(2)?;
            // Three numbers from -9 to 9, whose squares are the strength.
            colours.push([wave / 361, wave / 19 % 19, wave % 19].map(|level| {
                let level = (level as f32 - 9.0) / 9.0;
                level * level.abs() * loudest
            }));
        }
        rest.is_empty().then_some(Self {
            columns,
            rows,
            colours,
        })
    }

    /// Works the picture out, row by row.
    pub fn draw(
        &self,
        width: usize,
        height: usize,
        maths: Maths,
        each_row: &mut dyn FnMut(&[Colour]),
    ) {
        let across = waves(width, self.columns, maths);
        let down = waves(height, self.rows, maths);
        let mut row = vec![Colour::default(); width];
        for down in down.chunks_exact(self.rows) {
            let mut sums = [Colour::default(); 9];
            for (colours, wave) in self.colours.chunks_exact(self.columns).zip(down) {
                add(&mut sums, colours, *wave);
            }
            for (pixel, waves) in row.iter_mut().zip(across.chunks_exact(self.columns)) {
                *pixel = Colour::default();
                for (colour, wave) in sums.iter().zip(waves) {
                    for (sum, part) in pixel.iter_mut().zip(colour) {
                        *sum += part * wave;
                    }
                }
            }
            each_row(&row);
        }
    }
}

fn add(sums: &mut [Colour], colours: &[Colour], wave: f32) {
    for (sum, colour) in sums.iter_mut().zip(colours) {
        for (sum, part) in sum.iter_mut().zip(colour) {
            *sum += part * wave;
        }
    }
}

/// How high each of some waves is at each place, place by place.
fn waves(length: usize, count: usize, maths: Maths) -> Vec<f32> {
    let mut heights = Vec::new();
    for place in 0..length {
        let angle = std::f64::consts::PI * place as f64 / length as f64;
        for wave in 0..count {
            heights.push((maths.cos)(angle * wave as f64) as f32);
        }
    }
    heights
}

/// From linear light to bytes of sRGB, without a power for each pixel.
#[derive(Debug)]
pub struct Gamma {
    /// The least light of each byte.
    borders: [f32; 256],
    /// For each 1024th of light, the byte that it is at least.
    starts: Vec<u8>,
}

const STEPS: f32 = 1024.0;

impl Gamma {
    /// Makes the tables.
    pub fn new(maths: Maths) -> Self {
        let mut borders = [0.0; 256];
        for (byte, border) in borders.iter_mut().enumerate().skip(1) {
            *border = linear(byte as f64 - 0.5, maths) as f32;
        }
        let mut byte = 0;
        let mut starts = Vec::new();
        for step in 0..=STEPS as u16 {
            byte = find(&borders, byte, f32::from(step) / STEPS);
            starts.push(byte);
        }
        Self { borders, starts }
    }

    /// The byte for an amount of light.
    pub fn byte(&self, light: f32) -> u8 {
        let light = light.clamp(0.0, 1.0);
        let start = self.starts.get((light * STEPS) as usize).copied();
        find(&self.borders, start.unwrap_or(0), light)
    }
}

/// The byte for an amount of light, looked for from `byte` up.
fn find(borders: &[f32; 256], mut byte: u8, light: f32) -> u8 {
    while borders
        .get(usize::from(byte) + 1)
        .is_some_and(|border| *border <= light)
    {
        byte += 1;
    }
    byte
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATHS: Maths = Maths {
        cos: f64::cos,
        pow: f64::powf,
    };

    fn bytes(hash: &str, width: usize, height: usize) -> Vec<[u8; 3]> {
        let gamma = Gamma::new(MATHS);
        let mut out = Vec::new();
        let hash = Blurhash::parse(hash, MATHS).unwrap();
        hash.draw(width, height, MATHS, &mut |row| {
            out.extend(row.iter().map(|colour| colour.map(|part| gamma.byte(part))));
        });
        out
    }

    /// The definition, word for word: what `draw` does faster.
    fn slowly(hash: &Blurhash, width: usize, height: usize) -> Vec<[f64; 3]> {
        let mut out = Vec::new();
        for y in 0..height {
            for x in 0..width {
                let mut pixel = [0.0; 3];
                for (at, colour) in hash.colours.iter().enumerate() {
                    let (i, j) = (at % hash.columns, at / hash.columns);
                    let wave = |n: usize, place: usize, of: usize| {
                        (std::f64::consts::PI * n as f64 * place as f64 / of as f64).cos()
                    };
                    for (sum, part) in pixel.iter_mut().zip(colour) {
                        *sum += f64::from(*part) * wave(i, x, width) * wave(j, y, height);
                    }
                }
                out.push(pixel);
            }
        }
        out
    }

    #[test]
    fn draws_as_the_definition_says() {
        for text in [
            "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
            "LGF5]+Yk^6#M@-5c,1J5@[or[Q6.",
            "eCF6B#-:0JInxr?@s;nmIoWUIko1%NocRk.8xbIUaxR*^+s;RiWAWU",
        ] {
            let hash = Blurhash::parse(text, MATHS).unwrap();
            let mut at = 0;
            let expected = slowly(&hash, 21, 13);
            hash.draw(21, 13, MATHS, &mut |row| {
                for pixel in row {
                    for (part, wanted) in pixel.iter().zip(expected[at]) {
                        assert!((f64::from(*part) - wanted).abs() < 1e-5);
                    }
                    at += 1;
                }
            });
            assert_eq!(at, 21 * 13);
        }
    }

    #[test]
    fn a_single_wave_is_one_colour() {
        // Size 0: one wave; 0: loudness; then #ff8000 in base 83.
        let colour = 0x00ff_8000_u32;
        let digits: String = (0..4)
            .rev()
            .map(|place| DIGITS[(colour / 83_u32.pow(place) % 83) as usize] as char)
            .collect();
        let pixels = bytes(&["00", &digits].concat(), 3, 2);
        assert_eq!(pixels, vec![[255, 128, 0]; 6]);
    }

    #[test]
    fn the_tables_round_as_the_formula_does() {
        let gamma = Gamma::new(MATHS);
        for step in 0..=200_000 {
            let light = f64::from(step) / 200_000.0;
            let value = if light <= 0.003_130_8 {
                light * 12.92
            } else {
                1.055 * light.powf(1.0 / 2.4) - 0.055
            };
            let exact = value * 255.0;
            let got = f64::from(gamma.byte(light as f32));
            assert!((got - exact).abs() < 0.501, "{light}: {got} for {exact}");
        }
        assert_eq!(gamma.byte(-1.0), 0);
        assert_eq!(gamma.byte(7.0), 255);
        assert_eq!(gamma.byte(f32::NAN), 0);
    }

    #[test]
    fn every_byte_survives_the_way_to_light_and_back() {
        let gamma = Gamma::new(MATHS);
        for byte in 0..=255_u8 {
            assert_eq!(gamma.byte(linear(f64::from(byte), MATHS) as f32), byte);
        }
    }

    #[test]
    fn what_is_no_hash_is_refused() {
        for text in [
            "",
            "L",
            "LEHV6n",
            "LEHV6nWB2yk8pyo0adR*.7kCMdn",
            "LEHV6nWB2yk8pyo0adR*.7kCMdnjj",
            "LEHV6nWB2yk8pyo0adR*.7kCMdn\"",
            "LEHV6nWB2yk8pyo0adR*.7kCMdé",
            "~EHV6n",
            "0000 0",
        ] {
            assert_eq!(Blurhash::parse(text, MATHS), None, "{text}");
        }
    }
}
