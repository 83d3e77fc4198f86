//! Blurhash: the lowest frequencies of an image in a few characters.

use super::Pixels;

const DIGITS: &[u8; 83] =
    b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
const X: u32 = 4;
const Y: u32 = 4;

pub fn encode(pixels: &Pixels) -> String {
    let mut waves = Vec::new();
    for j in 0..Y {
        for i in 0..X {
            waves.push(wave(pixels, i, j));
        }
    }
    let (average, others) = waves.split_first().expect("there are sixteen");
    let largest = others
        .iter()
        .flatten()
        .fold(0.0_f64, |max, value| max.max(value.abs()));
    let quantised = whole(largest * 166.0 - 0.5, 82);
    let scale = f64::from(quantised + 1) / 166.0;
    let mut hash = String::new();
    push(&mut hash, (X - 1) + (Y - 1) * 9, 1);
    push(&mut hash, quantised, 1);
    let [r, g, b] = average.map(to_srgb);
    push(&mut hash, r << 16 | g << 8 | b, 4);
    for wave in others {
        let [r, g, b] = wave.map(|value| {
            let value = value / scale;
            whole(value.signum() * value.abs().sqrt() * 9.0 + 9.5, 18)
        });
        push(&mut hash, r * 361 + g * 19 + b, 2);
    }
    hash
}

fn wave(pixels: &Pixels, i: u32, j: u32) -> [f64; 3] {
    use std::f64::consts::PI;
    let (width, height) = (f64::from(pixels.width), f64::from(pixels.height));
    let mut sums = [0.0; 3];
    // Sampled in the middle of each pixel, so that an even color has no waves.
    for (index, pixel) in (0_u32..).zip(pixels.rgb.chunks_exact(3)) {
        let (x, y) = (
            f64::from(index % pixels.width) + 0.5,
            f64::from(index / pixels.width) + 0.5,
        );
        let basis = (PI * f64::from(i) * x / width).cos() * (PI * f64::from(j) * y / height).cos();
        for (sum, value) in sums.iter_mut().zip(pixel) {
            *sum += basis * to_linear(*value);
        }
    }
    let weight = if i == 0 && j == 0 { 1.0 } else { 2.0 };
    sums.map(|sum| sum * weight / (width * height))
}

fn to_linear(value: u8) -> f64 {
    let value = f64::from(value) / 255.0;
    if value <= 0.04045 {
        value / 12.92
    } else {
        ((value + 0.055) / 1.055).powf(2.4)
    }
}

fn to_srgb(value: f64) -> u32 {
    let value = value.clamp(0.0, 1.0);
    let value = if value <= 0.003_130_8 {
        value * 12.92
    } else {
        1.055 * value.powf(1.0 / 2.4) - 0.055
    };
    whole(value * 255.0 + 0.5, 255)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(value: f64, most: u32) -> u32 {
    (value.floor().max(0.0) as u32).min(most)
}

fn push(hash: &mut String, value: u32, length: u32) {
    for place in (0..length).rev() {
        let digit = value / 83_u32.pow(place) % 83;
        hash.push(char::from(DIGITS[digit as usize]));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_colour_has_no_waves() {
        let hash = encode(&Pixels {
            width: 8,
            height: 8,
            rgb: vec![255; 8 * 8 * 3],
        });
        assert_eq!(hash.len(), 6 + 15 * 2);
        // The average is white, and each wave has the middle of its range.
        assert!(hash.starts_with("U0TSUA"), "{hash}");
        assert!(
            hash.as_bytes()[6..].chunks(2).all(|pair| pair == b"fQ"),
            "{hash}"
        );
    }

    #[test]
    fn light_and_dark_differ() {
        let rgb = (0..64)
            .flat_map(|at| [if at % 8 < 4 { 255 } else { 0 }; 3])
            .collect();
        let hash = encode(&Pixels {
            width: 8,
            height: 8,
            rgb,
        });
        assert!(hash[6..8] != *"fQ", "{hash}");
    }
}
