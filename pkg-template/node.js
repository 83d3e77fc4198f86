// Node, Deno and Bun: the module is part of the package's code, so that `init()` has nothing left to do
// and bundlers for servers have no file to lose.
import { Buffer } from "node:buffer";
import { initSync } from "./mastodon.js";
import base64 from "./mastodon_wasm_base64.js";

initSync(Buffer.from(base64, "base64"));

export * from "./mastodon.js";
