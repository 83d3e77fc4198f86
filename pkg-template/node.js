// @ts-check
// Node, Deno and Bun: the module is part of the package's code, so that `init()` has nothing left to do
// and bundlers for servers have no file to lose. Not Rust: an entry brings the module.
import { Buffer } from "node:buffer";
import { initSync } from "./mastodon.js";
import base64 from "./mastodon_wasm_base64.js";

initSync(Buffer.from(base64, "base64"), true);

export * from "./mastodon.js";
