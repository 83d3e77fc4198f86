// Lets tests import files of src/ by themselves, without the WebAssembly module: what they would take
// from its glue is not there.
import { register } from "node:module";

const glue = "export const nearest = undefined, parameters = undefined, table = undefined;";
const hooks = `export const resolve = (name, context, next) =>
  name === "mastodon-wasm-glue"
    ? { url: "data:text/javascript,${encodeURIComponent(glue)}", shortCircuit: true }
    : next(name, context);`;
register(`data:text/javascript,${encodeURIComponent(hooks)}`);
