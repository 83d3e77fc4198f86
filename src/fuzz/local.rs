//! Functions that need no server: status length, filters, blurhashes, push messages.

use super::Input;
use crate::blurhash::{Gamma, Math, Picture, side};
use crate::filters::{Filter, Keyword, Matcher, Text, plain_text};
use crate::push::{Message, parameter};
use crate::status_length::{nearly, status_length as length};
use crate::word::is_word;

/// The length of a status. Without links and mentions, it is the number of visible characters. With them, it
/// grows by the length of what is appended.
pub fn status_length(data: &[u8]) {
    let mut input = Input(data);
    let (text, spoiler) = (input.text(), input.text());
    let own = length(&text, &spoiler, nearly);
    assert_eq!(length(&format!("{text} x"), &spoiler, nearly), own + 2);
    let link = length(
        &format!("{text} https://mastodon.example/@a"),
        &spoiler,
        nearly,
    );
    assert_eq!(link, own + 24);
    let mention = length(&format!("{text} @anna@mastodon.example"), &spoiler, nearly);
    assert_eq!(mention, own + 6);
    let links = text.matches("://").count();
    assert!(own <= text.chars().count() + spoiler.chars().count() + 23 * links);
    if !text.contains([':', '@']) {
        // Replaced, so that a lone carriage return does not join with the next line feed.
        let whole = format!("{spoiler}{text}")
            .replace("\r\n", "\n")
            .replace('\r', "\n");
        assert_eq!(own, nearly(&whole));
    }
}

/// Filters: agree with a search that tries every position. Escaped HTML gives the same text as before.
pub fn filters(data: &[u8]) {
    let mut input = Input(data);
    let choice = input.byte();
    let whole_word = choice & 1 > 0;
    let [keyword, content, other, id] = [0; 4].map(|_| input.text());
    let plain = plain_text(&content);
    assert!(plain.len() <= content.len());
    let escaped = content
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    assert_eq!(plain_text(&escaped), content);
    if !content.contains(['<', '&']) {
        assert_eq!(plain, content);
    }
    let filter = Filter {
        contexts: vec!["home".to_owned()],
        expires_at: (choice & 2 > 0).then_some(f64::from(choice)),
        keywords: vec![Keyword {
            text: keyword.clone(),
            whole_word,
        }],
        statuses: vec![id.clone()],
    };
    let now = 100.0;
    let status = |id: Option<String>| Text {
        id,
        content: content.clone(),
        others: vec![other.clone()],
    };
    let matcher = |context| {
        Matcher::new(
            std::slice::from_ref(&filter),
            context,
            now,
            str::to_lowercase,
        )
    };
    let ended = filter.expires_at.is_some_and(|at| at < now);
    assert!(!matcher("public").matches(&status(Some(id.clone()))));
    assert_eq!(matcher("home").matches(&status(Some(id))), !ended);
    let found = is_found(&keyword, &format!("{plain}\n{other}"), whole_word);
    assert_eq!(
        matcher("home").matches(&status(None)),
        found && !ended,
        "{keyword:?}"
    );
}

fn is_found(keyword: &str, text: &str, whole_word: bool) -> bool {
    let prepare = |text: &str| {
        let mut out: Vec<char> = Vec::new();
        for c in text.to_lowercase().chars() {
            let c = if c.is_whitespace() || c == '\u{feff}' {
                ' '
            } else {
                c
            };
            if c != ' ' || out.last() != Some(&' ') {
                out.push(if c == 'ς' { 'σ' } else { c });
            }
        }
        out
    };
    let (keyword, text) = (prepare(keyword), prepare(text));
    let keyword: String = keyword.into_iter().collect();
    let keyword: Vec<char> = keyword.trim_ascii().chars().collect();
    let (Some(first), Some(last)) = (keyword.first(), keyword.last()) else {
        return false;
    };
    let is_word = |c: Option<&char>| c.is_some_and(|c| is_word(*c));
    let mut places = text.windows(keyword.len()).enumerate();
    places.any(|(at, part)| {
        let before = at.checked_sub(1).and_then(|at| text.get(at));
        let inside = is_word(Some(first)) && is_word(before);
        let goes_on = is_word(Some(last)) && is_word(text.get(at + keyword.len()));
        part == keyword && !(whole_word && (inside || goes_on))
    })
}

const MATH: Math = Math {
    cos: f64::cos,
    pow: f64::powf,
};

/// Blurhashes: agree with their definition. An image with one color has only that color.
pub fn blurhash(data: &[u8]) {
    let mut input = Input(data);
    let (width, height) = (
        1 + usize::from(input.byte() % 9),
        1 + usize::from(input.byte() % 9),
    );
    let hash = input.text();
    let number = hash
        .parse::<usize>()
        .ok()
        .filter(|_| hash.len() <= 4 && hash.bytes().all(|byte| byte.is_ascii_digit()));
    let wanted = number
        .map(|number| number * width)
        .filter(|side| (1..=4096).contains(side));
    assert_eq!(side(&hash, width), wanted);
    let digits: Option<Vec<usize>> = hash.chars().map(digit).collect();
    let digits = digits.filter(|digits| {
        digits.first().is_some_and(|size| {
            size / 9 < 9 && digits.len() == 4 + 2 * (size % 9 + 1) * (size / 9 + 1)
        })
    });
    let Some(picture) = Picture::parse(&hash, MATH) else {
        assert!(digits.is_none(), "{hash}");
        return;
    };
    let digits = digits.expect("a hash");
    assert_eq!(
        (picture.columns, picture.rows),
        (digits[0] % 9 + 1, digits[0] / 9 + 1)
    );
    let gamma = Gamma::new(MATH);
    let mut rows = 0;
    picture.draw(width, height, MATH, &mut |row| {
        assert_eq!(row.len(), width);
        for (x, pixel) in row.iter().enumerate() {
            let wanted = light(
                &digits,
                x as f64 / width as f64,
                f64::from(rows) / height as f64,
            );
            for (own, wanted) in pixel.iter().zip(wanted) {
                assert!((own - wanted).abs() < 1e-9, "{own} for {wanted}");
                assert!(gamma.byte(*own) <= gamma.byte(own + 1e-3));
            }
        }
        rows += 1;
    });
    assert_eq!(rows as usize, height);
    let average = digits[2..6].iter().fold(0, |sum, digit| sum * 83 + digit);
    let flat = Picture::parse(&format!("00{}", &hash[2..6]), MATH).expect("a hash of one color");
    flat.draw(1, 1, MATH, &mut |row| {
        let bytes = row[0].map(|light| usize::from(gamma.byte(light)));
        assert_eq!(bytes, [16, 8, 0].map(|shift| average >> shift & 255));
    });
}

const DIGITS: &str =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

fn digit(c: char) -> Option<usize> {
    DIGITS.chars().position(|own| own == c)
}

/// The definition: the light at a position, as a sum over all waves.
fn light(digits: &[usize], x: f64, y: f64) -> [f64; 3] {
    let columns = digits[0] % 9 + 1;
    let number = |from: usize, to: usize| {
        digits[from..to]
            .iter()
            .fold(0, |sum, digit| sum * 83 + digit)
    };
    let loudest = (digits[1] + 1) as f64 / 166.0;
    let mut sum = [0.0; 3];
    for wave in 0..columns * (digits[0] / 9 + 1) {
        let color: [f64; 3] = if wave == 0 {
            [16, 8, 0].map(|shift| {
                let byte = (number(2, 6) >> shift & 255) as f64 / 255.0;
                if byte <= 0.04045 {
                    byte / 12.92
                } else {
                    ((byte + 0.055) / 1.055).powf(2.4)
                }
            })
        } else {
            let strength = number(4 + 2 * wave, 6 + 2 * wave);
            [strength / 361, strength / 19 % 19, strength % 19].map(|part| {
                let part = (part as f64 - 9.0) / 9.0;
                part.signum() * part * part * loudest
            })
        };
        let (i, j) = ((wave % columns) as f64, (wave / columns) as f64);
        let height = (std::f64::consts::PI * i * x).cos() * (std::f64::consts::PI * j * y).cos();
        for (sum, part) in sum.iter_mut().zip(color) {
            *sum += part * height;
        }
    }
    sum
}

/// Push messages: their parts give the whole body again, and a padded text is found again.
pub fn push_message(data: &[u8]) {
    let mut input = Input(data);
    let (encryption, crypto_key) = (input.text(), input.text());
    let padding = input.short();
    let body = input.0;
    if let Some(message) = Message::read(body, &encryption, &crypto_key) {
        assert_eq!((message.salt.len(), message.sender.len()), (16, 65));
        assert!(message.record.len() > 16);
        if message.draft {
            assert_eq!(message.record, body);
            assert!(
                parameter(&encryption, "salt").is_some() && parameter(&crypto_key, "dh").is_some()
            );
        } else {
            let size = &body[16..20];
            assert!(
                message.record.len()
                    <= u32::from_be_bytes(size.try_into().expect("4 bytes")) as usize
            );
            assert_eq!(
                [
                    message.salt.as_slice(),
                    size,
                    &[65][..],
                    &message.sender[..],
                    &message.record[..]
                ]
                .concat(),
                body
            );
        }
        for own in [&[][..], message.sender.as_slice()] {
            let [key, nonce] = message.infos(own);
            assert!(key != nonce && key.starts_with(b"Content-Encoding: ") && nonce.contains(&0));
        }
    }
    let message = |draft| Message {
        draft,
        salt: Vec::new(),
        sender: Vec::new(),
        record: Vec::new(),
    };
    let zeros = vec![0; usize::from(padding)];
    let draft = [&padding.to_be_bytes()[..], &zeros[..], body].concat();
    assert_eq!(message(true).text(&draft), Some(body));
    assert_eq!(
        message(false).text(&[body, &[2][..], &zeros[..]].concat()),
        Some(body)
    );
    assert_eq!(
        message(false).text(&[body, &[1][..], &zeros[..]].concat()),
        None
    );
    for draft in [true, false] {
        if let Some(text) = message(draft).text(body) {
            assert!(text.len() < body.len());
        }
    }
    let value: String = encryption
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    for header in [
        format!("keyid=p256dh; salt=\"{value}\"; rs=4096"),
        format!("dh=x,salt={value}"),
        format!("SALT={value};salt=other"),
    ] {
        assert_eq!(parameter(&header, "salt"), Some(value.as_str()));
    }
}
