// Starts the module and exports its handlers, like the file that `worker-build` generates.

import { fetch, initSync, scheduled } from "./build/rust_worker.js";
import module from "./build/rust_worker_bg.wasm";

initSync({ module });

export default {
  fetch: (request, env, context) => fetch(request, env, context),
  scheduled: (event, env, context) => scheduled(event, env, context),
};
