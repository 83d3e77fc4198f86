//! The module of the npm package. The crate contains everything that it exports; only the allocator is added
//! here. Other programs that use the crate bring their own allocator.
#![cfg(target_arch = "wasm32")]

use mastodon_wasm as _;

/// Allocations are mostly short-lived lists and texts of a call, and the data of streams. For these, the
/// standard library's allocator would be 2.2 KB larger without any benefit (docs/decisions.md).
#[global_allocator]
#[allow(unsafe_code, reason = "the module has one thread")]
static ALLOCATOR: lol_alloc::AssumeSingleThreaded<lol_alloc::FreeListAllocator> =
    unsafe { lol_alloc::AssumeSingleThreaded::new(lol_alloc::FreeListAllocator::new()) };
