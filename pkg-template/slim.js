// Bring your own module: `init(source)` takes its URL, its bytes, a Response or a WebAssembly.Module.
export * from "./mastodon.js";
