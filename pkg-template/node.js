// Node, Deno and Bun: the module is read from disk, so that `init()` has nothing left to do.
import { readFileSync } from "node:fs";
import { initSync } from "./mastodon.js";

initSync(readFileSync(new URL("./mastodon_wasm_bg.wasm", import.meta.url)));

export * from "./mastodon.js";
