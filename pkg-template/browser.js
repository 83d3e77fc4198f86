// @ts-check
// Web pages, with or without a bundler: the module is fetched by the first `init()`. Not Rust: an entry
// brings the module.
import { init } from "./mastodon.js";

init.source = () => {
  const url = new URL("./mastodon_wasm_bg.wasm", import.meta.url);
  // Vite before version 8 moves this script there in development, but leaves the module behind.
  const moved = url.pathname.includes("/node_modules/.vite/deps/");
  return moved ? new URL("../../mastodon-wasm/mastodon_wasm_bg.wasm", url) : url;
};

export * from "./mastodon.js";
