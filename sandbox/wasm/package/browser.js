// @ts-check
// Browsers and bundlers: the module is fetched from the folder of this script.
import init from "./glue.js";
import { provide } from "./sandbox.js";

provide(() => init({ module_or_path: new URL("./glue_bg.wasm", import.meta.url) }));

export { Sandbox } from "./sandbox.js";
