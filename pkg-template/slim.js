// @ts-check
// Bring your own module: `init(source)` takes its URL, its bytes, a Response or a WebAssembly.Module.
// Not Rust: an entry leaves the module out.
export * from "./mastodon.js";
