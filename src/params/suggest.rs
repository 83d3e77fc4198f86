//! "Did you mean …?"

/// The name that was probably meant, if any is similar enough.
pub fn nearest<'a>(typed: &str, names: &mut dyn Iterator<Item = &'a str>) -> Option<&'a str> {
    // About a third of the characters may be wrong: `limt` is `limit`, but `x` is nothing.
    nearest_within(typed, names, typed.len().min(60) / 3)
}

/// The most similar name, if at most so many characters are wrong.
pub fn nearest_within<'a>(
    typed: &str,
    names: &mut dyn Iterator<Item = &'a str>,
    wrong: usize,
) -> Option<&'a str> {
    let mut best = None;
    let mut bound = wrong + 1;
    for name in names {
        let distance = distance(typed, name, bound);
        if distance < bound {
            bound = distance;
            best = Some(name);
        }
    }
    best
}

/// The Levenshtein distance: how many characters must be inserted, deleted or replaced. `bound` if the text
/// is too long to be a name. Case, `-` and `_` are ignored: `maxId` and `max-id` equal `max_id`.
fn distance(a: &str, b: &str, bound: usize) -> usize {
    if a.len() > 64 {
        return bound;
    }
    let fold = |text: &str| -> Vec<u8> {
        text.bytes()
            .filter(|c| !matches!(c, b'_' | b'-'))
            .map(|c| c.to_ascii_lowercase())
            .collect()
    };
    let (a, b) = (fold(a), fold(b));
    // For each prefix of `b`, `row` holds its distance to the prefix of `a` so far.
    let mut row: Vec<usize> = (1..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let (mut diagonal, mut left) = (i, i + 1);
        for (cell, y) in row.iter_mut().zip(&b) {
            let above = *cell;
            *cell = (diagonal + usize::from(x != y))
                .min(above + 1)
                .min(left + 1);
            (diagonal, left) = (above, *cell);
        }
    }
    row.pop().unwrap_or(a.len())
}

#[cfg(test)]
mod tests {
    use super::nearest;

    const NAMES: [&str; 4] = ["visibility", "max_id", "min_id", "limit"];

    #[test]
    fn typos_find_the_option() {
        for (typed, meant) in [
            ("visiblity", "visibility"),
            ("maxId", "max_id"),
            ("max-id", "max_id"),
            ("limits", "limit"),
            ("LIMIT", "limit"),
        ] {
            assert_eq!(
                nearest(typed, &mut NAMES.into_iter()),
                Some(meant),
                "{typed}"
            );
        }
    }

    #[test]
    fn what_is_far_from_all_finds_none() {
        for typed in ["", "x", "colour", &"l".repeat(1_000_000)] {
            assert_eq!(nearest(typed, &mut NAMES.into_iter()), None);
        }
    }
}
