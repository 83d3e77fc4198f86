// An extension may only run its own files, so the package is copied into it.
import { cpSync } from "node:fs";

for (const file of ["browser.js", "mastodon_wasm_bg.wasm"]) {
  cpSync(`node_modules/mastodon-wasm/${file}`, `lib/${file}`);
}
