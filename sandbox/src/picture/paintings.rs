//! The photos of the seed, drawn by code: real pixels, so size and blurhash are correct.

use std::sync::OnceLock;

use bytes::Bytes;

use super::canvas::{Canvas, Colour, Dice, hills, mix, ramp, rgb};

const WIDTH: u32 = 960;
const HEIGHT: u32 = 640;

/// An image of the seed. What the API returns about it is stored here, so it is drawn only when it is
/// requested.
#[derive(Debug)]
pub struct Painting {
    pub name: &'static str,
    pub size: (u32, u32),
    pub small_size: (u32, u32),
    pub blurhash: &'static str,
    paint: fn() -> Canvas,
    /// The PNG files, generated once for all sandboxes of a process.
    files: OnceLock<Files>,
}

#[derive(Debug)]
struct Files {
    large: Bytes,
    small: Bytes,
}

impl Painting {
    const fn new(
        name: &'static str,
        size: (u32, u32),
        small_size: (u32, u32),
        blurhash: &'static str,
        paint: fn() -> Canvas,
    ) -> Self {
        Self {
            name,
            size,
            small_size,
            blurhash,
            paint,
            files: OnceLock::new(),
        }
    }

    fn files(&self) -> &Files {
        self.files.get_or_init(|| {
            let pixels = (self.paint)().pixels();
            Files {
                large: pixels.png().into(),
                small: pixels.small().png().into(),
            }
        })
    }

    pub fn png(&self) -> Bytes {
        self.files().large.clone()
    }

    pub fn small_png(&self) -> Bytes {
        self.files().small.clone()
    }
}

static PAINTINGS: [Painting; 10] = [
    Painting::new(
        "dawn",
        (960, 640),
        (588, 392),
        "U$IN2dWBWCofNya#ayj?0#f*j[ayxCoKfkay",
        dawn,
    ),
    Painting::new(
        "fern",
        (720, 960),
        (416, 554),
        "UB5s_RR7HbtPQWbatiafR7kBoeaypGjuagay",
        fern,
    ),
    Painting::new(
        "night_train",
        (960, 640),
        (588, 392),
        "U64oEFRiWBofIoRiogogRKaxj]j]-rogWAWA",
        night_train,
    ),
    Painting::new(
        "synth",
        (960, 640),
        (588, 392),
        "UQBWPZafR*WV01j[oej[_3WVayjZ4oj[ofaz",
        synth,
    ),
    Painting::new(
        "moon_city",
        (960, 640),
        (588, 392),
        "ULB.=_?H9Z4o%MxtM|IU0dIo%L-:DkIV%L-:",
        moon_city,
    ),
    Painting::new(
        "lighthouse",
        (960, 640),
        (588, 392),
        "UWAn}xT0nijYR.VskCkC8xaebHj@xst7WBaz",
        lighthouse,
    ),
    Painting::new(
        "dunes",
        (960, 640),
        (588, 392),
        "URA+zBWYfPfR0$jYayj[-3oJj[a}b0WXfkj[",
        dunes,
    ),
    Painting::new(
        "tea",
        (960, 640),
        (588, 392),
        "U%J9bkWCaxj@_4a{j[j[Rljsj]j[NZoLayay",
        tea,
    ),
    Painting::new(
        "bread",
        (800, 800),
        (480, 480),
        "UTFEcGjt0$azt6fQj[fQ0ha}?Ej@oefQayj@",
        bread,
    ),
    Painting::new(
        "lanterns",
        (1200, 630),
        (662, 348),
        "UEA+m*R+xGR-EljtS2WV0xazs.oe^5Nbjbs.",
        lanterns,
    ),
];

pub fn painting(name: &str) -> Option<&'static Painting> {
    PAINTINGS.iter().find(|painting| painting.name == name)
}

fn dawn() -> Canvas {
    let sky = |y: f64| {
        ramp(
            &[
                (0.0, 0x2b_3a67),
                (0.3, 0x7d_6b9e),
                (0.5, 0xf2_9e7d),
                (0.66, 0xff_d9a0),
            ],
            y,
        )
    };
    let mut canvas = Canvas::new(WIDTH, HEIGHT, sky);
    canvas.stars(30, 0.2, &mut Dice::new(3));
    canvas.glow((610.0, 385.0), 420.0, rgb(0xff_e3b0), 0.8);
    canvas.disc((610.0, 385.0), 46.0, rgb(0xff_f6dc));
    let ranges = [
        (400.0, 46.0, 260.0, 0xd9_8f86),
        (445.0, 40.0, 200.0, 0x9c_6b83),
        (500.0, 36.0, 150.0, 0x5d_4a6e),
        (565.0, 30.0, 120.0, 0x2f_2c4a),
    ];
    for (seed, (height, swing, length, colour)) in (11..).zip(ranges) {
        let top = rgb(colour);
        canvas.ground(
            hills(height, swing, length, seed),
            top,
            mix(top, rgb(0xff_c9a0), 0.16),
        );
    }
    // Terraces on the nearest hill, and a few trees on its ridge.
    let ridge = hills(565.0, 30.0, 120.0, 14);
    let mut dice = Dice::new(21);
    for _ in 0..26 {
        let x = dice.next() * f64::from(WIDTH);
        let (y, tall) = (ridge(x), dice.between(10.0, 34.0));
        canvas.stroke((x, y + 6.0), (x, y - tall), 1.4, rgb(0x22_2038));
        canvas.disc((x, y - tall), tall * 0.36, rgb(0x25_233d));
        canvas.disc(
            (x + tall * 0.2, y - tall * 0.7),
            tall * 0.28,
            rgb(0x25_233d),
        );
    }
    canvas
}

fn fern() -> Canvas {
    let mut canvas = Canvas::new(720, 960, |y| {
        ramp(&[(0.0, 0x0c_2b22), (0.6, 0x0a_3a2a), (1.0, 0x06_1c18)], y)
    });
    canvas.glow((430.0, 260.0), 620.0, rgb(0x9f_d98a), 0.42);
    let mut dice = Dice::new(5);
    for (x, lean, tall, colour) in [
        (120.0, -0.3, 620.0, 0x1c_5a3c),
        (610.0, 0.34, 660.0, 0x1f_6641),
        (260.0, -0.12, 780.0, 0x2f_8a52),
        (500.0, 0.16, 830.0, 0x44_a862),
        (370.0, 0.02, 880.0, 0x7c_cf74),
    ] {
        frond(&mut canvas, x, lean, tall, rgb(colour));
    }
    for _ in 0..40 {
        let place = (dice.next() * 720.0, dice.next() * 960.0);
        canvas.glow(place, dice.between(3.0, 14.0), rgb(0xea_ffd0), 0.5);
    }
    canvas
}

/// One leaf of a fern: a curved stem with leaflets that get smaller toward the tip.
fn frond(canvas: &mut Canvas, x: f64, lean: f64, tall: f64, colour: Colour) {
    let stem = |t: f64| (x + lean * tall * t * t, 960.0 - tall * (t - 0.18 * t * t));
    let steps = 44;
    for step in 0..steps {
        let t = f64::from(step) / f64::from(steps);
        let (here, next) = (stem(t), stem(t + 1.0 / f64::from(steps)));
        canvas.stroke(
            here,
            next,
            3.2 * (1.0 - t) + 0.6,
            mix(colour, rgb(0x10_2418), 0.35),
        );
        let reach = (1.0 - t).powf(0.8) * (0.35 + 2.4 * t).min(1.0) * 150.0;
        for side in [-1.0, 1.0] {
            let tip = (here.0 + side * reach, here.1 - reach * 0.42);
            let middle = (here.0.midpoint(tip.0), here.1.midpoint(tip.1) - reach * 0.1);
            let shade = mix(colour, rgb(0xe6_ffc0), 0.25 * t);
            canvas.stroke(here, middle, 5.4 * (1.0 - t) + 0.9, shade);
            canvas.stroke(middle, tip, 3.2 * (1.0 - t) + 0.6, shade);
        }
    }
}

fn night_train() -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT, |y| {
        ramp(&[(0.0, 0x07_0b1f), (0.5, 0x16_2350), (0.75, 0x3a_4f86)], y)
    });
    let mut dice = Dice::new(8);
    canvas.stars(220, 0.6, &mut dice);
    canvas.crescent((760.0, 130.0), 38.0, (16.0, -10.0), rgb(0xf3_f0e0));
    canvas.glow((750.0, 136.0), 220.0, rgb(0xdc_e6ff), 0.3);
    canvas.ground(hills(380.0, 50.0, 170.0, 4), rgb(0x24_3360), rgb(0x14_1c3c));
    canvas.ground(hills(430.0, 28.0, 110.0, 9), rgb(0x15_1f42), rgb(0x0b_1128));
    canvas.ground(|_| 500.0, rgb(0x0a_0f22), rgb(0x05_0812));
    for car in 0..4 {
        let x = 40.0 + f64::from(car) * 226.0;
        canvas.block((x, 440.0), (214.0, 62.0), rgb(0x1b_2d6b));
        canvas.block((x, 438.0), (214.0, 6.0), rgb(0x2f_479c));
        canvas.block((x, 486.0), (214.0, 5.0), rgb(0xd6_b25e));
        for window in 0..6 {
            let lit = dice.next() > 0.25;
            let place = (x + 14.0 + f64::from(window) * 33.0, 454.0);
            canvas.block(
                place,
                (22.0, 20.0),
                if lit { rgb(0xff_dc8c) } else { rgb(0x10_1a40) },
            );
            if lit {
                canvas.glow((place.0 + 11.0, 470.0), 46.0, rgb(0xff_c86a), 0.28);
                canvas.glow((place.0 + 11.0, 560.0), 60.0, rgb(0xff_c86a), 0.14);
            }
        }
        for wheel in [30.0, 62.0, 152.0, 184.0] {
            canvas.disc((x + wheel, 504.0), 8.0, rgb(0x06_0914));
        }
    }
    canvas.block((0.0, 512.0), (f64::from(WIDTH), 3.0), rgb(0x55_618c));
    canvas
}

fn synth() -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT, |y| {
        ramp(&[(0.0, 0x2a_2622), (1.0, 0x16_1412)], y)
    });
    let colours = [0xf2_6b4e, 0xf2_b84e, 0x5f_c9a8, 0x6a_a8f0, 0xd8_8ae0];
    let mut dice = Dice::new(17);
    for row in 0..4 {
        for column in 0..7 {
            let place = (
                100.0 + f64::from(column) * 127.0,
                100.0 + f64::from(row) * 105.0,
            );
            canvas.disc((place.0 + 3.0, place.1 + 5.0), 34.0, rgb(0x0b_0a09));
            canvas.disc(place, 34.0, rgb(0x3b_3630));
            canvas.disc(place, 27.0, rgb(0x4c_463e));
            let angle = dice.between(-2.4, 2.4);
            let tip = (place.0 + 27.0 * angle.sin(), place.1 - 27.0 * angle.cos());
            canvas.stroke(place, tip, 3.0, rgb(0xf6_efe2));
            let lamp = rgb(colours[dice.below(colours.len())]);
            canvas.glow((place.0 + 44.0, place.1 - 34.0), 26.0, lamp, 0.6);
            canvas.disc(
                (place.0 + 44.0, place.1 - 34.0),
                4.5,
                mix(lamp, [1.0; 3], 0.4),
            );
        }
    }
    for key in 0..16 {
        let x = 30.0 + f64::from(key) * 56.5;
        canvas.block((x, 520.0), (53.0, 130.0), rgb(0xef_e8da));
    }
    for key in [0, 1, 3, 4, 5, 7, 8, 10, 11, 12, 14] {
        canvas.block(
            (68.0 + f64::from(key) * 56.5, 520.0),
            (32.0, 72.0),
            rgb(0x17_1513),
        );
    }
    // Hanging cables between the patch points.
    for (from, to, colour) in [
        ((100.0, 205.0), (480.0, 310.0), 0xf2_6b4e),
        ((354.0, 100.0), (862.0, 205.0), 0x5f_c9a8),
        ((227.0, 415.0), (735.0, 100.0), 0xf2_b84e),
    ] {
        let sag = 90.0;
        let point = |t: f64| {
            (
                from.0 + (to.0 - from.0) * t,
                from.1 + (to.1 - from.1) * t + sag * 4.0 * t * (1.0 - t),
            )
        };
        for step in 0..60 {
            let t = f64::from(step) / 60.0;
            canvas.stroke(point(t), point(t + 1.0 / 60.0), 4.0, rgb(colour));
        }
    }
    canvas
}

fn moon_city() -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT, |y| {
        ramp(&[(0.0, 0x1a_1036), (0.45, 0x55_2a6b), (0.8, 0xe0_6c8c)], y)
    });
    let mut dice = Dice::new(29);
    canvas.stars(120, 0.5, &mut dice);
    canvas.glow((330.0, 230.0), 330.0, rgb(0xff_d9ec), 0.5);
    canvas.disc((330.0, 230.0), 120.0, rgb(0xff_f2e6));
    for (x, y, size) in [
        (290.0, 200.0, 22.0),
        (370.0, 260.0, 30.0),
        (320.0, 290.0, 14.0),
        (385.0, 190.0, 12.0),
    ] {
        canvas.disc((x, y), size, rgb(0xf6_dccf));
    }
    for (layer, base, colour) in [
        (0, 300.0, 0x5c_2f6e),
        (1, 380.0, 0x35_1d4f),
        (2, 470.0, 0x1a_1030),
    ] {
        let mut x = -10.0;
        while x < f64::from(WIDTH) {
            let wide = (dice.between(36.0, 90.0) / 12.0).round() * 12.0;
            let top = (base + dice.between(0.0, 120.0)) / 12.0;
            let top = top.round() * 12.0;
            canvas.block((x, top), (wide, f64::from(HEIGHT) - top), rgb(colour));
            let mut y = top + 12.0;
            while layer > 0 && y < f64::from(HEIGHT) - 20.0 {
                let mut window = x + 6.0;
                while window < x + wide - 10.0 {
                    if dice.next() < 0.28 {
                        canvas.block(
                            (window, y),
                            (6.0, 8.0),
                            rgb([0xff_d36e, 0xff_a3c4, 0x8c_e0ff][dice.below(3)]),
                        );
                    }
                    window += 12.0;
                }
                y += 18.0;
            }
            x += wide + 4.0;
        }
    }
    // A cat that watches.
    let ink = rgb(0x0a_0614);
    canvas.block((690.0, 566.0), (270.0, 80.0), ink);
    canvas.disc((790.0, 540.0), 34.0, ink);
    canvas.disc((790.0, 492.0), 24.0, ink);
    canvas.stroke((772.0, 484.0), (768.0, 460.0), 6.0, ink);
    canvas.stroke((808.0, 484.0), (812.0, 460.0), 6.0, ink);
    canvas.stroke((820.0, 560.0), (870.0, 530.0), 6.0, ink);
    canvas.stroke((870.0, 530.0), (866.0, 500.0), 5.0, ink);
    canvas
}

fn lighthouse() -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT, |y| {
        ramp(&[(0.0, 0x0f_3550), (0.4, 0x2f_7f96), (0.62, 0xbf_e0d0)], y)
    });
    canvas.glow((250.0, 400.0), 380.0, rgb(0xff_eec2), 0.55);
    canvas.ground(
        |x| 410.0 + (x / 19.0).sin() * 1.5,
        rgb(0x3d_93a0),
        rgb(0x0f_3d52),
    );
    let mut dice = Dice::new(31);
    for _ in 0..260 {
        let y = dice.between(416.0, 630.0);
        let long = (y - 400.0) * dice.between(0.1, 0.35);
        let x = dice.next() * f64::from(WIDTH);
        canvas.stroke(
            (x, y),
            (x + long, y),
            0.7,
            mix(rgb(0x9f_dcd8), rgb(0x2a_6f84), dice.next()),
        );
    }
    let cliff = |x: f64| {
        if x < 560.0 {
            700.0
        } else {
            470.0 - ((x - 560.0) / 70.0).min(1.4) * 60.0 + (x / 13.0).sin() * 4.0
        }
    };
    canvas.ground(cliff, rgb(0x5a_6b4c), rgb(0x2d_2b2c));
    // The light first, because the tower is in front of it.
    let lamp = (760.0, 168.0);
    canvas.glow(lamp, 300.0, rgb(0xff_f3c4), 0.5);
    for step in 0..8 {
        let at = 250.0 + f64::from(step) * 28.0;
        let half = |y: f64| 22.0 + (y - 190.0) * 0.07;
        let colour = if step % 2 == 0 {
            rgb(0xf4_f0e6)
        } else {
            rgb(0xc8_4638)
        };
        let at = at - 60.0;
        for line in 0..46 {
            let y = at + f64::from(line);
            canvas.stroke((760.0 - half(y), y), (760.0 + half(y), y), 0.8, colour);
        }
    }
    canvas.block((734.0, 148.0), (52.0, 40.0), rgb(0x2c_3440));
    canvas.block((742.0, 154.0), (36.0, 28.0), rgb(0xff_f0b8));
    canvas.stroke((730.0, 146.0), (790.0, 146.0), 3.0, rgb(0x8c_2f28));
    canvas.disc((760.0, 140.0), 16.0, rgb(0xa8_3a30));
    for (x, y) in [
        (180.0, 150.0),
        (230.0, 180.0),
        (120.0, 210.0),
        (400.0, 120.0),
    ] {
        canvas.stroke((x - 14.0, y - 5.0), (x, y), 1.6, rgb(0xf4_f4f0));
        canvas.stroke((x, y), (x + 14.0, y - 6.0), 1.6, rgb(0xf4_f4f0));
    }
    canvas
}

fn dunes() -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT, |y| {
        ramp(&[(0.0, 0x06_0a24), (0.5, 0x1d_2a5e), (0.72, 0x6a_4f7c)], y)
    });
    let mut dice = Dice::new(41);
    canvas.stars(420, 0.68, &mut dice);
    // The Milky Way: many faint lights along a diagonal.
    for _ in 0..220 {
        let t = dice.next();
        let place = (
            80.0 + 820.0 * t + dice.between(-60.0, 60.0),
            420.0 - 420.0 * t + dice.between(-46.0, 46.0),
        );
        canvas.glow(place, dice.between(12.0, 46.0), rgb(0xc8_c8ff), 0.07);
    }
    for (seed, height, swing, length, top, bottom) in [
        (2, 440.0, 26.0, 210.0, 0x8c_5f5a, 0x4d_3547),
        (6, 490.0, 30.0, 260.0, 0xb8_7a52, 0x5c_3a3e),
        (12, 560.0, 34.0, 300.0, 0xd9_9a5e, 0x6b_4038),
    ] {
        canvas.ground(hills(height, swing, length, seed), rgb(top), rgb(bottom));
    }
    let tent = (250.0, 540.0);
    for line in 0..50 {
        let y = f64::from(line);
        canvas.stroke(
            (tent.0 - y, tent.1 + y),
            (tent.0 + y, tent.1 + y),
            0.8,
            rgb(0x3a_2028),
        );
    }
    canvas.glow((tent.0, tent.1 + 36.0), 70.0, rgb(0xff_c070), 0.6);
    canvas
}

fn tea() -> Canvas {
    let mut canvas = Canvas::new(WIDTH, HEIGHT, |y| {
        ramp(&[(0.0, 0xbf_dfe6), (0.45, 0xf1_f0d8)], y)
    });
    canvas.ground(hills(250.0, 60.0, 190.0, 7), rgb(0x9f_c2b8), rgb(0xc9_dcc4));
    canvas.ground(
        hills(320.0, 46.0, 160.0, 19),
        rgb(0x74_a98a),
        rgb(0xa8_cc9c),
    );
    for row in 0..12 {
        let depth = f64::from(row);
        let height = 380.0 + depth * depth * 1.4 + depth * 8.0;
        let green = mix(rgb(0x5f_a05e), rgb(0x1f_5a34), depth / 12.0);
        canvas.ground(
            hills(height, 22.0 + depth, 150.0 + depth * 12.0, 23),
            mix(green, rgb(0xd8_f0a0), 0.3),
            mix(green, rgb(0x10_3020), 0.4),
        );
    }
    let mut dice = Dice::new(47);
    for _ in 0..5 {
        let place = (dice.between(80.0, 880.0), dice.between(410.0, 560.0));
        canvas.stroke(
            (place.0, place.1),
            (place.0, place.1 + 16.0),
            4.0,
            rgb(0x7a_2f3c),
        );
        canvas.stroke(
            (place.0 - 10.0, place.1 - 6.0),
            (place.0 + 10.0, place.1 - 6.0),
            2.4,
            rgb(0xe8_d08a),
        );
        canvas.disc((place.0, place.1 - 9.0), 5.0, rgb(0xe8_d08a));
    }
    for band in 0..3 {
        canvas.glow(
            (200.0 + f64::from(band) * 300.0, 300.0),
            260.0,
            rgb(0xff_ffff),
            0.3,
        );
    }
    canvas
}

fn bread() -> Canvas {
    let mut canvas = Canvas::new(800, 800, |y| ramp(&[(0.0, 0x6b_5a4a), (1.0, 0x4a_3d33)], y));
    let mut dice = Dice::new(53);
    for plank in 0..7 {
        let y = f64::from(plank) * 118.0;
        canvas.block((0.0, y), (800.0, 3.0), rgb(0x33_2a22));
        for _ in 0..14 {
            let (x, at) = (dice.next() * 800.0, y + dice.between(10.0, 108.0));
            canvas.stroke(
                (x, at),
                (x + dice.between(30.0, 160.0), at),
                0.8,
                rgb(0x57_483b),
            );
        }
    }
    let middle = (400.0, 410.0);
    canvas.glow((420.0, 450.0), 360.0, rgb(0x1c_140e), 0.8);
    for step in 0..60 {
        let t = f64::from(step) / 60.0;
        let colour = ramp(
            &[
                (0.0, 0x5e_2f14),
                (0.3, 0x9c_5a26),
                (0.7, 0xd1_8f45),
                (1.0, 0xe9_b872),
            ],
            t,
        );
        canvas.disc(
            (middle.0 - 20.0 * t, middle.1 - 24.0 * t),
            270.0 - 190.0 * t,
            colour,
        );
    }
    for cut in -3..=3 {
        let x = middle.0 + f64::from(cut) * 58.0;
        let tall = 190.0 - f64::from(cut * cut) * 12.0;
        for step in 0..30 {
            let t = f64::from(step) / 30.0;
            let point = |t: f64| (x + 26.0 * (t * 3.1).sin(), middle.1 - tall + 2.0 * tall * t);
            let thick = 9.0 * (t * std::f64::consts::PI).sin() + 1.0;
            canvas.stroke(point(t), point(t + 1.0 / 30.0), thick, rgb(0xf6_e3b8));
        }
    }
    for _ in 0..500 {
        let (angle, far) = (dice.next() * 6.3, dice.next().sqrt() * 260.0);
        canvas.disc(
            (middle.0 + far * angle.cos(), middle.1 + far * angle.sin()),
            dice.between(0.5, 1.7),
            rgb(0xff_f6e0),
        );
    }
    canvas
}

fn lanterns() -> Canvas {
    let mut canvas = Canvas::new(1200, 630, |y| {
        ramp(&[(0.0, 0x1c_1a3a), (0.5, 0x4a_3568), (0.8, 0xc8_6a5c)], y)
    });
    let mut dice = Dice::new(61);
    canvas.stars(90, 0.5, &mut dice);
    canvas.ground(hills(470.0, 24.0, 220.0, 3), rgb(0x2b_2348), rgb(0x17_1228));
    for _ in 0..26 {
        let size = dice.between(7.0, 26.0);
        let place = (dice.next() * 1200.0, dice.between(60.0, 560.0));
        canvas.glow(place, size * 5.0, rgb(0xff_b25c), 0.42);
        for line in 0..30 {
            let t = f64::from(line) / 30.0;
            let half = size * (0.55 + 0.45 * (t * std::f64::consts::PI).sin());
            let y = place.1 - size + 2.0 * size * t;
            canvas.stroke(
                (place.0 - half, y),
                (place.0 + half, y),
                size / 20.0,
                mix(rgb(0xff_e9a8), rgb(0xf2_7a3c), t),
            );
        }
    }
    canvas.ground(hills(560.0, 14.0, 140.0, 8), rgb(0x17_1228), rgb(0x0c_0918));
    canvas
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_a_painting_is_what_it_looks_like() {
        for painting in &PAINTINGS {
            let pixels = (painting.paint)().pixels();
            let small = pixels.small();
            assert_eq!(
                (
                    painting.size,
                    painting.small_size,
                    painting.blurhash.to_owned()
                ),
                (
                    (pixels.width, pixels.height),
                    (small.width, small.height),
                    small.blurhash()
                ),
                "{}",
                painting.name
            );
        }
    }
}
