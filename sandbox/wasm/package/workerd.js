// @ts-check
// Workers compile modules at deployment, and never from bytes.
// @ts-expect-error TypeScript knows no modules of WebAssembly.

import { initSync } from "./glue.js";
import module from "./glue_bg.wasm";
import { provide } from "./sandbox.js";

provide(() => {
  initSync({ module });
});

export { Sandbox } from "./sandbox.js";
