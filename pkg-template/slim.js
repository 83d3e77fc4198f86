// @ts-check
// Entry without a module: `init(source)` takes its URL, its bytes, a Response or a WebAssembly.Module. Not
// Rust: an entry chooses how the module is loaded.
export * from "./mastodon.js";
