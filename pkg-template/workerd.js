// @ts-check
// Entry for Cloudflare Workers: code cannot be compiled at run time, so the bundle contains the compiled
// module. Not Rust: an entry loads the module.
import { initSync } from "./mastodon.js";
import module from "./mastodon_wasm_bg.wasm";

initSync(module, true);

export * from "./mastodon.js";
