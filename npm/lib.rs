//! The module of the npm package. All that it exports is in the crate; a program that uses the crate
//! brings an allocator of its own.
#![cfg(target_arch = "wasm32")]

use mastodon_wasm as _;

/// What is allocated are a few lists and texts for the length of a call, and the rows of streams: half of
/// the standard library's allocator would serve none of them (docs/decisions.md).
#[global_allocator]
#[allow(unsafe_code, reason = "the module has one thread")]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };
