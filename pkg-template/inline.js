// @ts-check
// Entry for scripts that cannot load a second file: contains the module as base64, which is a third larger.
// Not Rust: an entry loads the module.
import { init } from "./mastodon.js";
import base64 from "./mastodon_wasm_base64.js";

init.source = () => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));

export * from "./mastodon.js";
