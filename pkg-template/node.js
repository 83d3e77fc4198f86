// @ts-check
// Entry for Node, Deno and Bun: the code contains the module, so `init()` has nothing to do, and bundlers for
// servers cannot leave a file out. Not Rust: an entry loads the module.
import { Buffer } from "node:buffer";
import { initSync } from "./mastodon.js";
import base64 from "./mastodon_wasm_base64.js";

initSync(Buffer.from(base64, "base64"), true);

export * from "./mastodon.js";
