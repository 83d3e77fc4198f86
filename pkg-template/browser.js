// @ts-check
// Entry for web pages, with or without a bundler: the first `init()` fetches the module. Not Rust: an entry
// loads the module.
import { init } from "./mastodon.js";

init.source = () => {
  const url = new URL("./mastodon_wasm_bg.wasm", import.meta.url);
  // In development, Vite before version 8 moves this script there, but not the module.
  const moved = url.pathname.includes("/node_modules/.vite/deps/");
  return moved ? new URL("../../mastodon-wasm/mastodon_wasm_bg.wasm", url) : url;
};

export * from "./mastodon.js";
