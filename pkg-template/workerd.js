// Cloudflare Workers: code may not be compiled at run time, the module comes ready from the bundle.

import { initSync } from "./mastodon.js";
import module from "./mastodon_wasm_bg.wasm";

initSync(module);

export * from "./mastodon.js";
