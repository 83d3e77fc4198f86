// What a module and the engine keep, in bytes.
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
/** Collects what nothing holds any more. */
export const collect = runInNewContext("gc");

/**
 * Loads a package by `load`, and resolves to what that comes to, beside `used()`, which tells what is in
 * use after a collection. The package keeps the memory of its module to itself, so it is taken from the
 * instance as it is made.
 */
export async function watched(load) {
  let memory;
  const { Instance } = WebAssembly;
  WebAssembly.Instance = class extends Instance {
    constructor(...args) {
      super(...args);
      memory ??= Object.values(this.exports).find((own) => own instanceof WebAssembly.Memory);
    }
  };
  const loaded = await load();
  WebAssembly.Instance = Instance;
  const used = () => {
    collect();
    return { heap: process.memoryUsage().heapUsed, module: memory.buffer.byteLength };
  };
  return { loaded, used };
}
