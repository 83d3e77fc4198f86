//! The drawings of the instance, as SVG: avatars, headers, custom emoji, the icon.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::LazyLock;

use bytes::Bytes;

use super::canvas::Dice;

/// The path of the avatar for accounts that have none.
pub const MISSING_AVATAR: &str = "/avatars/original/missing.png";
pub const MISSING_HEADER: &str = "/headers/original/missing.png";

static FILES: LazyLock<HashMap<String, Bytes>> = LazyLock::new(draw);

/// The SVG file at a path. Every sandbox has the same ones.
pub fn drawing(path: &str) -> Option<&'static Bytes> {
    FILES.get(path)
}

fn draw() -> HashMap<String, Bytes> {
    let mut files = HashMap::new();
    let mut add = |path: &str, drawing: String| {
        files.insert(path.to_owned(), drawing.into());
    };
    for (name, drawing) in [
        ("mina", mina()),
        ("theo", theo()),
        ("yuki", yuki()),
        ("noor", noor()),
        ("tidebot", tidebot()),
        ("lucia", lucia()),
        ("samir", samir()),
        ("wei", wei()),
    ] {
        add(&format!("/avatars/{name}.svg"), avatar(&drawing));
    }
    for (name, sky, hill, light) in [
        (
            "mina",
            "#cfe8d5",
            ["#8fc49b", "#5d9c72", "#2f6b4c"],
            "#fff4c9",
        ),
        (
            "theo",
            "#243056",
            ["#2f3f73", "#1f2a52", "#131b38"],
            "#f2d58a",
        ),
        (
            "yuki",
            "#f6d5e5",
            ["#d9a5cb", "#a374b5", "#5f4a8b"],
            "#fff7ef",
        ),
        (
            "noor",
            "#fbe3c0",
            ["#f0b878", "#d98a4e", "#9c5a34"],
            "#fffaf0",
        ),
        (
            "tidebot",
            "#c9e6ef",
            ["#7fbfd2", "#4a93b3", "#2a5f85"],
            "#ffffff",
        ),
        (
            "lucia",
            "#bfe0e2",
            ["#6fb0b8", "#3f7f95", "#1f4f6b"],
            "#fff0c2",
        ),
        (
            "samir",
            "#2a2350",
            ["#5c3f5e", "#8c5a52", "#c98a52"],
            "#fff1c4",
        ),
        (
            "wei",
            "#eef2dc",
            ["#b8d3a0", "#7fae78", "#477a57"],
            "#ffffff",
        ),
    ] {
        add(
            &format!("/headers/{name}.svg"),
            header(name, sky, hill, light),
        );
    }
    add(MISSING_AVATAR, avatar(&missing()));
    add(
        MISSING_HEADER,
        header(
            "missing",
            "#d5d3dc",
            ["#c4c1cf", "#b2aec0", "#a09bb1"],
            "#e6e4ec",
        ),
    );
    add("/pictures/icon.svg", avatar(&lantern()));
    for (shortcode, _, drawing) in EMOJIS {
        add(&emoji_path(shortcode), svg(64, 64, drawing));
    }
    files
}

/// The custom emoji: shortcode, category, drawing.
pub const EMOJIS: [(&str, &str, &str); 6] = [
    ("fern", "Garden", FERN),
    ("watering_can", "Garden", WATERING_CAN),
    ("night_train", "Travel", NIGHT_TRAIN),
    ("synth_wave", "Music", SYNTH_WAVE),
    ("pixel_cat", "Animals", PIXEL_CAT),
    ("lantern", "Lanternfield", LANTERN),
];

/// The path of the image of a custom emoji.
pub fn emoji_path(shortcode: &str) -> String {
    format!("/emoji/{shortcode}.svg")
}

fn svg(width: u32, height: u32, body: &str) -> String {
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\">{body}</svg>"
    )
}

fn avatar(body: &str) -> String {
    svg(400, 400, body)
}

/// Three ranges of hills under a light. Each header has its own shapes.
fn header(name: &str, sky: &str, hill: [&str; 3], light: &str) -> String {
    let mut dice = Dice::new(name.bytes().map(u64::from).sum());
    let (x, y) = (dice.between(260.0, 1240.0), dice.between(90.0, 200.0));
    let mut body = format!(
        "<rect width=\"1500\" height=\"500\" fill=\"{sky}\"/><circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"62\" fill=\"{light}\"/>\
         <circle cx=\"{x:.0}\" cy=\"{y:.0}\" r=\"120\" fill=\"{light}\" opacity=\".25\"/>"
    );
    for (index, colour) in (0..).zip(hill) {
        let base = 250.0 + f64::from(index) * 75.0;
        let mut path = format!("M0 {base:.0}");
        let mut at = 0.0;
        while at < 1500.0 {
            let step = dice.between(170.0, 330.0);
            let (lift, end) = (dice.between(-80.0, 80.0), base + dice.between(-36.0, 36.0));
            let _ = write!(
                path,
                "S{:.0} {:.0} {:.0} {end:.0}",
                at + step / 2.0,
                base + lift,
                at + step
            );
            at += step;
        }
        let _ = write!(body, "<path d=\"{path}V500H0Z\" fill=\"{colour}\"/>");
    }
    svg(1500, 500, &body)
}

/// Head and shoulders on a background. The details of each person are drawn behind and before them.
fn portrait(ground: &str, skin: &str, clothes: &str, behind: &str, before: &str) -> String {
    format!(
        "<rect width=\"400\" height=\"400\" fill=\"{ground}\"/>{behind}\
         <path d=\"M60 400c4-82 60-118 140-118s136 36 140 118z\" fill=\"{clothes}\"/>\
         <path d=\"M172 240h56v52c0 34-56 34-56 0z\" fill=\"{skin}\"/>\
         <path d=\"M172 258c16 16 40 16 56 0v14c-16 14-40 14-56 0z\" fill=\"#000\" opacity=\".12\"/>\
         <ellipse cx=\"200\" cy=\"188\" rx=\"72\" ry=\"84\" fill=\"{skin}\"/>\
         <circle cx=\"174\" cy=\"190\" r=\"7\" fill=\"#221c22\"/><circle cx=\"226\" cy=\"190\" r=\"7\" fill=\"#221c22\"/>\
         <path d=\"M176 226c14 14 34 14 48 0\" fill=\"none\" stroke=\"#221c22\" stroke-width=\"6\" stroke-linecap=\"round\"/>\
         <path d=\"M200 196l-6 18h10\" fill=\"none\" stroke=\"#000\" stroke-opacity=\".22\" stroke-width=\"5\" stroke-linecap=\"round\" stroke-linejoin=\"round\"/>\
         {before}"
    )
}

fn mina() -> String {
    let mut curls = String::new();
    for (x, y, r) in [
        (128, 160, 44),
        (150, 110, 50),
        (200, 88, 54),
        (250, 110, 50),
        (272, 160, 44),
        (122, 208, 34),
        (278, 208, 34),
    ] {
        let _ = write!(
            curls,
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{r}\" fill=\"#2b1a17\"/>"
        );
    }
    let leaves = "<g fill=\"#5fa86a\"><path d=\"M20 380c10-90 60-130 70-200 10 80-10 150-70 200z\"/><path d=\"M380 380c-10-90-60-130-70-200-10 80 10 150 70 200z\"/></g>\
                  <g fill=\"#8ccf83\"><path d=\"M0 300c40-30 60-60 66-110 14 60-10 110-66 140z\"/><path d=\"M400 300c-40-30-60-60-66-110-14 60 10 110 66 140z\"/></g>";
    let front = "<path d=\"M130 150c20-46 120-46 140 0-40-18-100-18-140 0z\" fill=\"#2b1a17\"/>\
                 <circle cx=\"270\" cy=\"118\" r=\"20\" fill=\"#f4a03c\"/><circle cx=\"270\" cy=\"118\" r=\"9\" fill=\"#fff2c4\"/>\
                 <g fill=\"none\" stroke=\"#e9c46a\" stroke-width=\"5\"><circle cx=\"174\" cy=\"190\" r=\"22\"/><circle cx=\"226\" cy=\"190\" r=\"22\"/><path d=\"M196 188h8\"/></g>";
    portrait(
        "#e8f3df",
        "#8a5a3c",
        "#2f7a5b",
        &format!("{leaves}{curls}"),
        front,
    )
}

fn theo() -> String {
    let behind = "<g stroke=\"#f2d58a\" stroke-width=\"4\" fill=\"none\" opacity=\".8\"><path d=\"M0 120h60l20-60 30 120 30-90 20 30h240\"/></g>\
                  <g fill=\"#f2d58a\"><circle cx=\"330\" cy=\"70\" r=\"3\"/><circle cx=\"60\" cy=\"40\" r=\"3\"/><circle cx=\"360\" cy=\"190\" r=\"2\"/><circle cx=\"30\" cy=\"220\" r=\"2\"/></g>";
    let front = "<path d=\"M124 176c-8-80 40-106 82-104 52 2 82 34 70 104-8-34-26-52-60-56-40 0-76 6-92 56z\" fill=\"#d9a441\"/>\
                 <path d=\"M134 214c4 70 44 84 66 84s62-14 66-84c-14 22-34 24-66 24s-52-2-66-24z\" fill=\"#c98f33\"/>\
                 <path d=\"M178 236c12 10 32 10 44 0\" fill=\"none\" stroke=\"#fff3e0\" stroke-width=\"7\" stroke-linecap=\"round\"/>\
                 <g fill=\"none\" stroke=\"#1b2144\" stroke-width=\"14\"><path d=\"M118 190c0-130 164-130 164 0\"/></g>\
                 <rect x=\"100\" y=\"176\" width=\"32\" height=\"58\" rx=\"14\" fill=\"#f26b4e\"/><rect x=\"268\" y=\"176\" width=\"32\" height=\"58\" rx=\"14\" fill=\"#f26b4e\"/>";
    portrait("#2c3768", "#f0c7a4", "#4b5aa8", behind, front)
}

fn yuki() -> String {
    let behind = "<circle cx=\"290\" cy=\"110\" r=\"84\" fill=\"#fff6df\"/>\
                  <path d=\"M108 300c-10-90-6-210 92-214 98 4 102 124 92 214z\" fill=\"#241b3a\"/>";
    let front = "<path d=\"M126 190c0-70 20-100 74-100s74 30 74 100c-8-24-16-36-22-46-10 14-18 18-26 22 0-10-2-18-6-26-18 22-56 34-94 50z\" fill=\"#241b3a\"/>\
                 <g fill=\"#e58aa8\" opacity=\".55\"><circle cx=\"150\" cy=\"212\" r=\"14\"/><circle cx=\"250\" cy=\"212\" r=\"14\"/></g>\
                 <g fill=\"#7d5fd0\"><path d=\"M130 110l-8-56 50 34z\"/><path d=\"M270 110l8-56-50 34z\"/></g>\
                 <g fill=\"#ffc9dc\"><path d=\"M136 102l-4-30 26 18z\"/><path d=\"M264 102l4-30-26 18z\"/></g>\
                 <path d=\"M150 318l50 40 50-40\" fill=\"none\" stroke=\"#fff\" stroke-width=\"10\" stroke-linecap=\"round\"/>";
    portrait("#c9b3ee", "#f6d7c3", "#7d5fd0", behind, front)
}

fn noor() -> String {
    let behind = "<circle cx=\"200\" cy=\"200\" r=\"170\" fill=\"#ffd79a\"/>\
                  <path d=\"M100 330c-10-60-16-250 100-250s110 190 100 250z\" fill=\"#b5432f\"/>";
    let front = "<path d=\"M126 200c-8-80 22-122 74-122s82 42 74 122c-2-60-36-82-74-82s-72 22-74 82z\" fill=\"#c9533b\"/>\
                 <path d=\"M140 262c30 34 90 34 120 0 10 40-10 70-60 70s-70-30-60-70z\" fill=\"#c9533b\"/>\
                 <g fill=\"#f6e3b8\"><circle cx=\"70\" cy=\"340\" r=\"34\"/><circle cx=\"330\" cy=\"346\" r=\"28\"/></g>\
                 <g stroke=\"#b97a3a\" stroke-width=\"5\" stroke-linecap=\"round\"><path d=\"M54 330l30 18M60 350l22-26M318 338l22 14\"/></g>";
    portrait("#fbe9cf", "#c98e63", "#8c3a2b", behind, front)
}

fn tidebot() -> String {
    "<rect width=\"400\" height=\"400\" fill=\"#d6eef4\"/><path d=\"M0 290c60-40 90 30 150 0s90 30 150 0 70 10 100 0v110H0z\" fill=\"#4a93b3\"/>\
     <path d=\"M0 330c60-34 90 26 150 0s90 26 150 0 70 8 100 0v70H0z\" fill=\"#2a5f85\"/>\
     <path d=\"M200 60v50\" stroke=\"#33414e\" stroke-width=\"8\"/><circle cx=\"200\" cy=\"52\" r=\"14\" fill=\"#f26b4e\"/>\
     <rect x=\"96\" y=\"106\" width=\"208\" height=\"168\" rx=\"42\" fill=\"#f7fbfc\" stroke=\"#33414e\" stroke-width=\"8\"/>\
     <rect x=\"124\" y=\"140\" width=\"152\" height=\"86\" rx=\"26\" fill=\"#1f3442\"/>\
     <g fill=\"#7be0d0\"><circle cx=\"166\" cy=\"178\" r=\"14\"/><circle cx=\"234\" cy=\"178\" r=\"14\"/></g>\
     <path d=\"M178 206c14 10 30 10 44 0\" fill=\"none\" stroke=\"#7be0d0\" stroke-width=\"6\" stroke-linecap=\"round\"/>\
     <rect x=\"70\" y=\"160\" width=\"22\" height=\"56\" rx=\"11\" fill=\"#33414e\"/><rect x=\"308\" y=\"160\" width=\"22\" height=\"56\" rx=\"11\" fill=\"#33414e\"/>"
        .to_owned()
}

fn lucia() -> String {
    let behind = "<path d=\"M0 250h400v150H0z\" fill=\"#3f8fa5\"/><path d=\"M300 60l70 190h-60z\" fill=\"#fff1c0\" opacity=\".6\"/>\
                  <path d=\"M112 320c-26-120-20-236 88-236s114 116 88 236z\" fill=\"#6b3524\"/>";
    let front = "<path d=\"M122 158c16-70 140-70 156 0-50-12-106-12-156 0z\" fill=\"#f4efe2\"/>\
                 <path d=\"M118 158c52-16 112-16 164 0v16c-52-14-112-14-164 0z\" fill=\"#c8463a\"/>\
                 <g stroke=\"#f4efe2\" stroke-width=\"12\"><path d=\"M86 346h228M78 374h244\"/></g>";
    portrait("#bfe3e4", "#e0a982", "#24507a", behind, front)
}

fn samir() -> String {
    let behind = "<g fill=\"#ffeec2\"><circle cx=\"70\" cy=\"70\" r=\"4\"/><circle cx=\"120\" cy=\"40\" r=\"3\"/><circle cx=\"330\" cy=\"60\" r=\"4\"/><circle cx=\"360\" cy=\"140\" r=\"3\"/><circle cx=\"40\" cy=\"170\" r=\"3\"/></g>\
                  <path d=\"M330 40a50 50 0 1 0 30 80 40 40 0 1 1-30-80z\" fill=\"#ffeec2\"/>";
    let front = "<path d=\"M124 190c-6-76 28-110 76-110s82 34 76 110c-10-40-20-60-34-68-30 10-60 10-84 0-16 10-26 30-34 68z\" fill=\"#1c1512\"/>\
                 <path d=\"M132 208c2 66 34 92 68 92s66-26 68-92c-14 30-24 34-40 32-18-4-38-4-56 0-16 2-26-2-40-32z\" fill=\"#2a201b\"/>\
                 <path d=\"M178 244c14 8 30 8 44 0\" fill=\"none\" stroke=\"#f3dcc6\" stroke-width=\"6\" stroke-linecap=\"round\"/>";
    portrait("#33285e", "#b97f56", "#e0b15e", behind, front)
}

fn wei() -> String {
    let behind = "<circle cx=\"200\" cy=\"190\" r=\"160\" fill=\"#cfe3b8\"/><path d=\"M120 290c-14-100-6-200 80-204 86 4 94 104 80 204z\" fill=\"#3a332f\"/>";
    let front = "<path d=\"M128 176c2-60 26-86 72-86s70 26 72 86c-26-8-40-22-52-44-18 26-52 40-92 44z\" fill=\"#3a332f\"/>\
                 <circle cx=\"200\" cy=\"76\" r=\"30\" fill=\"#3a332f\"/><path d=\"M160 70h80\" stroke=\"#c9483a\" stroke-width=\"8\" stroke-linecap=\"round\"/>\
                 <path d=\"M150 330h100v20c0 30-100 30-100 0z\" fill=\"#fff\"/><path d=\"M250 334c30-4 30 26 2 24\" fill=\"none\" stroke=\"#fff\" stroke-width=\"8\"/>\
                 <path d=\"M180 316c-8-14 8-20 0-34M212 316c-8-14 8-20 0-34\" fill=\"none\" stroke=\"#fff\" stroke-width=\"5\" stroke-linecap=\"round\" opacity=\".8\"/>";
    portrait("#eaf2d7", "#efc9a5", "#5f8f5a", behind, front)
}

fn missing() -> String {
    "<rect width=\"400\" height=\"400\" fill=\"#c8c4d4\"/><circle cx=\"200\" cy=\"160\" r=\"74\" fill=\"#eceaf2\"/>\
     <path d=\"M60 400c4-96 60-140 140-140s136 44 140 140z\" fill=\"#eceaf2\"/>"
        .to_owned()
}

fn lantern() -> String {
    format!(
        "<rect width=\"400\" height=\"400\" rx=\"80\" fill=\"#2b2348\"/><g transform=\"translate(40 40) scale(5)\">{LANTERN}</g>"
    )
}

const FERN: &str = "<g fill=\"none\" stroke-linecap=\"round\"><path d=\"M12 60C26 44 40 26 56 6\" stroke=\"#2f7a4c\" stroke-width=\"4\"/><path d=\"M20 50l-12-8M20 50l12 6M28 40L14 30M28 40l16 6M36 30L22 18M36 30l16 4M44 21L34 9M44 21l13 1\" stroke=\"#54b06a\" stroke-width=\"6\"/></g>";
const WATERING_CAN: &str = "<path d=\"M14 28h28l3 28H11z\" fill=\"#4aa3b8\"/><path d=\"M42 34l14-14 4 4-17 20z\" fill=\"#3c8799\"/><path d=\"M16 28c0-18 24-18 24 0\" fill=\"none\" stroke=\"#3c8799\" stroke-width=\"5\"/><path d=\"M54 10l8 12\" stroke=\"#3c8799\" stroke-width=\"5\" stroke-linecap=\"round\"/><g fill=\"#8fd3ea\"><circle cx=\"60\" cy=\"34\" r=\"3\"/><circle cx=\"55\" cy=\"44\" r=\"3\"/><circle cx=\"62\" cy=\"50\" r=\"3\"/></g>";
const NIGHT_TRAIN: &str = "<rect x=\"4\" y=\"4\" width=\"56\" height=\"56\" rx=\"14\" fill=\"#1b2450\"/><circle cx=\"48\" cy=\"15\" r=\"5\" fill=\"#f4e6b4\"/><rect x=\"10\" y=\"24\" width=\"44\" height=\"22\" rx=\"6\" fill=\"#4b66c9\"/><g fill=\"#ffd98a\"><rect x=\"14\" y=\"29\" width=\"9\" height=\"8\"/><rect x=\"27\" y=\"29\" width=\"9\" height=\"8\"/><rect x=\"40\" y=\"29\" width=\"9\" height=\"8\"/></g><g fill=\"#c9d2f5\"><circle cx=\"20\" cy=\"48\" r=\"5\"/><circle cx=\"44\" cy=\"48\" r=\"5\"/></g><path d=\"M6 55h52\" stroke=\"#c9d2f5\" stroke-width=\"3\"/>";
const SYNTH_WAVE: &str = "<rect x=\"2\" y=\"12\" width=\"60\" height=\"40\" rx=\"8\" fill=\"#2a2622\"/><path d=\"M8 32c4-18 10-18 14 0s10 18 14 0 10-18 14 0 6 8 8 0\" fill=\"none\" stroke=\"#5fe0b8\" stroke-width=\"4\" stroke-linecap=\"round\"/>";
const PIXEL_CAT: &str = "<g fill=\"#f2a65a\"><path d=\"M8 8h8v8h8v8h16v-8h8V8h8v32h-8v16H16V40H8z\"/></g><g fill=\"#2a1c30\"><path d=\"M16 24h8v8h-8zM40 24h8v8h-8zM28 36h8v6h-8z\"/></g><g fill=\"#fff\"><path d=\"M20 42h24v8H20z\"/></g>";
const LANTERN: &str = "<path d=\"M32 2v8\" stroke=\"#f2d58a\" stroke-width=\"4\" stroke-linecap=\"round\"/><path d=\"M18 12h28v6H18zM18 48h28v6H18z\" fill=\"#8c3a2b\"/><path d=\"M18 18c-12 8-12 22 0 30h28c12-8 12-22 0-30z\" fill=\"#f2843c\"/><path d=\"M27 18c-6 8-6 22 0 30M37 18c6 8 6 22 0 30\" fill=\"none\" stroke=\"#ffd98a\" stroke-width=\"3\"/><path d=\"M32 54v8M26 54v5M38 54v5\" stroke=\"#f2d58a\" stroke-width=\"3\" stroke-linecap=\"round\"/>";
