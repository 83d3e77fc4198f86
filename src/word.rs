//! Word characters, in any script.

/// Whether a character belongs to a word: a letter, a mark, a digit, or a connector. For the server, these
/// are `[[:word:]]`.
pub fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || is_connector(c)
}

/// Whether a character is a letter or a mark.
pub fn is_letter(c: char) -> bool {
    c.is_alphabetic() || is_mark(c)
}

fn is_connector(c: char) -> bool {
    matches!(
        c,
        '_' | '\u{203f}' | '\u{2040}' | '\u{2054}' | '\u{fe33}' | '\u{fe34}' | '\u{fe4d}'
            ..='\u{fe4f}' | '\u{ff3f}'
    )
}

/// Whether a character is a combining mark. The standard library has no table of these. This covers the
/// common blocks, and the usual positions of marks in Indian scripts.
pub fn is_mark(c: char) -> bool {
    match c {
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'..='\u{6ed}'
        | '\u{e31}'
        | '\u{e34}'..='\u{e3a}'
        | '\u{e47}'..='\u{e4e}'
        | '\u{eb1}'
        | '\u{eb4}'..='\u{ebc}'
        | '\u{ec8}'..='\u{ece}'
        | '\u{102b}'..='\u{103e}'
        | '\u{135d}'..='\u{135f}'
        | '\u{17b6}'..='\u{17d3}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20f0}'
        | '\u{302a}'..='\u{302f}'
        | '\u{3099}'..='\u{309a}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{fe20}'..='\u{fe2f}'
        | '\u{e0100}'..='\u{e01ef}' => true,
        '\u{900}'..='\u{dff}' => matches!(c as u32 & 0x7f, 0..=3 | 0x3a..=0x3c | 0x3e..=0x4d),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_of_any_script() {
        for c in "aß9_éЖ中カกक\u{301}\u{94d}\u{e48}٣".chars() {
            assert!(is_word(c), "{c:?}");
        }
        for c in " -.,!?@#。、«»–—🎉€\u{200d}\u{feff}".chars() {
            assert!(!is_word(c), "{c:?}");
        }
    }
}
