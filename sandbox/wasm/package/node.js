// @ts-check
// Node, Deno and Bun: the module is a file beside this one.
import { readFileSync } from "node:fs";
import { initSync } from "./glue.js";
import { provide } from "./sandbox.js";

provide(() => {
  initSync({ module: readFileSync(new URL("./glue_bg.wasm", import.meta.url)) });
});

export { Sandbox } from "./sandbox.js";
