#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| mastodon_wasm::fuzz::error_text(data));
