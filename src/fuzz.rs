//! Fuzzing. For each target of cargo-fuzz (fuzz/), a function reads bytes as its input and checks properties
//! that hold for every input. `cargo test` calls the same functions with the inputs in fuzz/corpus.

#![allow(clippy::missing_panics_doc, reason = "what does not hold is a panic")]
#![allow(
    clippy::cast_precision_loss,
    reason = "these numbers have five digits at most"
)]

mod answers;
mod entities;
mod local;
mod login;
mod machine;
mod secrets;
mod streams;

pub use answers::{error_text, link_header, rate_limit, version};
pub use entities::entity;
pub use local::{blurhash, filters, push_message, status_length};
pub use login::{address, callback, scopes};
pub use machine::machine;
pub use secrets::{base64, redact};
pub use streams::{entity_id, envelope, world};

/// A target: its name, and the function that checks its properties.
pub type Target = (&'static str, fn(&[u8]));

/// All targets, by name.
pub const TARGETS: [Target; 18] = [
    ("address", address),
    ("base64", base64),
    ("blurhash", blurhash),
    ("callback", callback),
    ("entity", entity),
    ("entity_id", entity_id),
    ("envelope", envelope),
    ("error_text", error_text),
    ("filters", filters),
    ("link_header", link_header),
    ("machine", machine),
    ("push_message", push_message),
    ("rate_limit", rate_limit),
    ("redact", redact),
    ("scopes", scopes),
    ("status_length", status_length),
    ("version", version),
    ("world", world),
];

/// An input, which is read from its beginning.
#[derive(Debug)]
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The next byte; 0 after the end.
    fn byte(&mut self) -> u8 {
        let (first, rest) = self.0.split_first().unwrap_or((&0, &[]));
        self.0 = rest;
        *first
    }

    /// A number from the next two bytes.
    fn short(&mut self) -> u16 {
        u16::from_be_bytes([self.byte(), self.byte()])
    }

    /// The text up to the next zero byte, or to the end.
    fn text(&mut self) -> String {
        let end = self.0.iter().position(|byte| *byte == 0);
        let (text, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest.get(1..).unwrap_or_default();
        String::from_utf8_lossy(text).into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::TARGETS;
    use proptest::prelude::*;
    use proptest::sample::Index;
    use std::collections::BTreeSet;
    use std::fs;
    use std::panic::catch_unwind;
    use std::path::{Path, PathBuf};
    use std::sync::LazyLock;

    /// An input in the corpus, with its file.
    type Kept = (PathBuf, Vec<u8>);

    /// The inputs of each target, in the order of `TARGETS`.
    static KEPT: LazyLock<Vec<Vec<Kept>>> = LazyLock::new(|| {
        let read = |name| {
            let files = fs::read_dir(folder().join("corpus").join(name)).unwrap();
            let mut paths: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
            paths.sort();
            let inputs = paths.into_iter().map(|path| {
                let data = fs::read(&path).unwrap();
                (path, data)
            });
            inputs.collect()
        };
        TARGETS.iter().map(|(name, _)| read(name)).collect()
    });

    fn folder() -> PathBuf {
        Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz")
    }

    /// The names of the files in a folder, without their extensions.
    fn names(folder: &Path) -> BTreeSet<String> {
        let files = fs::read_dir(folder).unwrap();
        files
            .map(|file| file.unwrap().path())
            .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned())
            .collect()
    }

    #[test]
    fn every_target_has_a_program_and_a_corpus() {
        let targets: BTreeSet<String> = TARGETS.map(|(name, _)| name.to_owned()).into();
        assert_eq!(names(&folder().join("fuzz_targets")), targets);
        assert_eq!(names(&folder().join("corpus")), targets);
        let manifest = fs::read_to_string(folder().join("Cargo.toml")).unwrap();
        for name in &targets {
            assert!(
                manifest.contains(&format!("name = \"{name}\"\n")),
                "{name} is in fuzz/Cargo.toml"
            );
            let program = folder().join("fuzz_targets").join(format!("{name}.rs"));
            let call = format!("mastodon_wasm::fuzz::{name}(data)");
            assert!(fs::read_to_string(program).unwrap().contains(&call));
        }
    }

    #[test]
    fn what_holds_for_every_input_holds_for_those_that_were_kept() {
        for ((name, target), inputs) in TARGETS.iter().zip(KEPT.iter()) {
            assert!(!inputs.is_empty(), "nothing was kept for {name}");
            for (path, data) in inputs {
                let holds = catch_unwind(|| target(data)).is_ok();
                assert!(holds, "{}", path.display());
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn what_holds_for_every_input_holds_near_those_that_were_kept(
            which: Index,
            changes: Vec<(Index, u8)>,
            more: Vec<u8>,
        ) {
            for ((_, target), inputs) in TARGETS.iter().zip(KEPT.iter()) {
                let mut data = which.get(inputs).1.clone();
                for (place, byte) in changes.iter().take(if data.is_empty() { 0 } else { 8 }) {
                    *place.get_mut(&mut data) = *byte;
                }
                data.extend_from_slice(&more);
                target(&data);
            }
        }
    }
}
