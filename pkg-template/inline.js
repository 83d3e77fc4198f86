// @ts-check
// Where no file can stand beside the script: the module is part of it, as base64. A third larger. Not
// Rust: an entry brings the module.
import { init } from "./mastodon.js";
import base64 from "./mastodon_wasm_base64.js";

init.source = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

export * from "./mastodon.js";
