// @ts-check
// Cloudflare Workers: code may not be compiled at run time, the module comes ready from the bundle. Not
// Rust: an entry brings the module.
import { initSync } from "./mastodon.js";
import module from "./mastodon_wasm_bg.wasm";

initSync(module, true);

export * from "./mastodon.js";
