//! A small drawing library for the images of the seed: colors, soft shapes, hills.

use serde::{Deserialize, Serialize};

use super::Pixels;

pub type Colour = [f64; 3];

/// `0xfaf7f2` as red, green and blue from 0 to 1.
pub fn rgb(hex: u32) -> Colour {
    [hex >> 16 & 0xff, hex >> 8 & 0xff, hex & 0xff].map(|value| f64::from(value) / 255.0)
}

pub fn mix(a: Colour, b: Colour, t: f64) -> Colour {
    let t = t.clamp(0.0, 1.0);
    [0, 1, 2].map(|channel| a[channel] + (b[channel] - a[channel]) * t)
}

/// A color gradient: the color at a position between its stops.
pub fn ramp(stops: &[(f64, u32)], at: f64) -> Colour {
    let Some((first, rest)) = stops.split_first() else {
        return [0.0; 3];
    };
    let mut before = *first;
    for stop in rest {
        if at < stop.0 {
            return mix(
                rgb(before.1),
                rgb(stop.1),
                (at - before.0) / (stop.0 - before.0),
            );
        }
        before = *stop;
    }
    rgb(before.1)
}

/// Pseudorandom numbers, the same at every start.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// From 0 up to 1, without 1.
    pub fn next(&mut self) -> f64 {
        f64::from(u32::try_from(self.bits() >> 32).unwrap_or_default()) / 4_294_967_296.0
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.next()
    }

    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss
    )]
    pub fn below(&mut self, count: usize) -> usize {
        ((self.next() * count as f64) as usize).min(count.saturating_sub(1))
    }
}

/// An image being drawn. Positions are in pixels from the upper left corner.
pub struct Canvas {
    width: u32,
    height: u32,
    cells: Vec<Colour>,
}

impl Canvas {
    /// Starts with a color for each height, from 0 at the top to 1 at the bottom.
    pub fn new(width: u32, height: u32, sky: impl Fn(f64) -> Colour) -> Self {
        let mut cells = Vec::with_capacity((width * height) as usize);
        for y in 0..height {
            let colour = sky(f64::from(y) / f64::from(height));
            cells.extend((0..width).map(|_| colour));
        }
        Self {
            width,
            height,
            cells,
        }
    }

    pub fn size(&self) -> (f64, f64) {
        (f64::from(self.width), f64::from(self.height))
    }

    /// Draws a color over a part of the image. `cover` returns how opaque it is, from 0 to 1.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn lay(
        &mut self,
        from: (f64, f64),
        to: (f64, f64),
        cover: impl Fn(f64, f64) -> f64,
        colour: impl Fn(f64, f64) -> Colour,
    ) {
        let clamp = |value: f64, most: u32| value.clamp(0.0, f64::from(most)) as u32;
        for y in clamp(from.1.floor(), self.height)..clamp(to.1.ceil() + 1.0, self.height) {
            for x in clamp(from.0.floor(), self.width)..clamp(to.0.ceil() + 1.0, self.width) {
                let (fx, fy) = (f64::from(x) + 0.5, f64::from(y) + 0.5);
                let strength = cover(fx, fy);
                if strength > 0.0 {
                    let cell = &mut self.cells[(y * self.width + x) as usize];
                    *cell = mix(*cell, colour(fx, fy), strength);
                }
            }
        }
    }

    pub fn disc(&mut self, (cx, cy): (f64, f64), radius: f64, colour: Colour) {
        let cover = |x: f64, y: f64| radius - (x - cx).hypot(y - cy) + 0.5;
        self.lay(
            (cx - radius - 1.0, cy - radius - 1.0),
            (cx + radius + 1.0, cy + radius + 1.0),
            cover,
            |_, _| colour,
        );
    }

    /// A disc from which a second disc, shifted by `(dx, dy)`, is cut out.
    pub fn crescent(
        &mut self,
        (cx, cy): (f64, f64),
        radius: f64,
        (dx, dy): (f64, f64),
        colour: Colour,
    ) {
        let cover = |x: f64, y: f64| {
            let inside = radius - (x - cx).hypot(y - cy) + 0.5;
            let outside = (x - cx - dx).hypot(y - cy - dy) - radius * 0.9 + 0.5;
            inside.min(outside)
        };
        let low = (cx - radius - 1.0, cy - radius - 1.0);
        self.lay(
            low,
            (cx + radius + 1.0, cy + radius + 1.0),
            cover,
            |_, _| colour,
        );
    }

    /// Light around a position, which fades outward.
    pub fn glow(&mut self, (cx, cy): (f64, f64), radius: f64, colour: Colour, strength: f64) {
        let cover = |x: f64, y: f64| {
            let near = 1.0 - (x - cx).hypot(y - cy) / radius;
            if near > 0.0 {
                strength * near * near
            } else {
                0.0
            }
        };
        self.lay(
            (cx - radius, cy - radius),
            (cx + radius, cy + radius),
            cover,
            |_, _| colour,
        );
    }

    pub fn block(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), colour: Colour) {
        self.lay(
            (x, y),
            (x + width - 1.0, y + height - 1.0),
            |_, _| 1.0,
            |_, _| colour,
        );
    }

    /// A stroke with round ends.
    pub fn stroke(&mut self, a: (f64, f64), b: (f64, f64), thickness: f64, colour: Colour) {
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).max(1e-9);
        let cover = |x: f64, y: f64| {
            let along = (((x - a.0) * dx + (y - a.1) * dy) / length).clamp(0.0, 1.0);
            thickness - (x - a.0 - along * dx).hypot(y - a.1 - along * dy) + 0.5
        };
        let low = (
            a.0.min(b.0) - thickness - 1.0,
            a.1.min(b.1) - thickness - 1.0,
        );
        let high = (
            a.0.max(b.0) + thickness + 1.0,
            a.1.max(b.1) + thickness + 1.0,
        );
        self.lay(low, high, cover, |_, _| colour);
    }

    /// The area below a line, lighter at its upper edge: hills, dunes, water.
    pub fn ground(&mut self, line: impl Fn(f64) -> f64, top: Colour, bottom: Colour) {
        let (width, height) = self.size();
        let lines: Vec<f64> = (0..self.width).map(|x| line(f64::from(x))).collect();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let at = |x: f64| lines[(x as usize).min(lines.len() - 1)];
        self.lay(
            (0.0, 0.0),
            (width, height),
            |x, y| y - at(x) + 0.5,
            |x, y| mix(top, bottom, (y - at(x)) / (height - at(x)).max(1.0)),
        );
    }

    pub fn stars(&mut self, count: usize, below: f64, dice: &mut Dice) {
        let (width, height) = self.size();
        for _ in 0..count {
            let place = (dice.next() * width, dice.next() * height * below);
            let size = dice.between(0.4, 1.6);
            self.disc(
                place,
                size,
                mix(rgb(0x00ff_f7e0), rgb(0x00bf_d4ff), dice.next()),
            );
        }
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    pub fn pixels(&self) -> Pixels {
        let rgb = self
            .cells
            .iter()
            .flatten()
            .map(|value| (value.clamp(0.0, 1.0) * 255.0).round() as u8)
            .collect();
        Pixels {
            width: self.width,
            height: self.height,
            rgb,
        }
    }
}

/// The skyline of a range of hills: a sum of a few waves.
pub fn hills(height: f64, swing: f64, length: f64, seed: u64) -> impl Fn(f64) -> f64 {
    let mut dice = Dice::new(seed);
    let shifts: Vec<f64> = (0..4).map(|_| dice.next() * 6.3).collect();
    move |x| {
        let waves = [(1.0, 1.0), (0.5, 2.1), (0.22, 4.7), (0.08, 11.3)];
        let sum: f64 = waves
            .iter()
            .zip(&shifts)
            .map(|((size, speed), shift)| size * (x / length * speed + shift).sin())
            .sum();
        height - swing * sum
    }
}
