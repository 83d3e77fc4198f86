// Web pages, with or without a bundler: the module is fetched by the first `init()`.
import { init } from "./mastodon.js";

init.source = () => new URL("./mastodon_wasm_bg.wasm", import.meta.url);

export * from "./mastodon.js";
