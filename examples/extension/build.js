// An extension may run no code but its own files: the package goes beside them.
import { cpSync } from "node:fs";

for (const file of ["browser.js", "mastodon_wasm_bg.wasm"]) {
  cpSync(`node_modules/mastodon-wasm/${file}`, `lib/${file}`);
}
