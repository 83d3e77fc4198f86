// Run by bench.mjs in the Node that is measured; prints JSON.
//
//   node node.mjs answers | start <contender> | memory [calls]
import { readFileSync } from "node:fs";

const OURS = new URL("../pkg/node.js", import.meta.url);
const page = () => JSON.parse(readFileSync(new URL("page.json", import.meta.url)));

const jobs = {
  async answers() {
    const [{ answers }, library] = await Promise.all([import("./answers.js"), import(OURS)]);
    return answers(library, page());
  },

  /** From before the import until the first request is handed to the platform, in milliseconds. */
  async start(name) {
    const { start } = await import("./start.js");
    return start(name, () => import(OURS));
  },

  /** The module's memory and the heap, in bytes, as calls go by. */
  async memory(most = "100000") {
    const last = Number(most);
    const { Instance } = WebAssembly;
    let memory;
    WebAssembly.Instance = class extends Instance {
      constructor(...given) {
        super(...given);
        memory ??= Object.values(this.exports).find((one) => one instanceof WebAssembly.Memory);
      }
    };
    const { Mastodon } = await import(OURS);
    const text = JSON.stringify(page().slice(0, 1));
    const m = new Mastodon({
      api_base_url: "https://mastodon.example",
      access_token: "token",
      fetch: async () => new Response(text, { headers: { "content-type": "application/json" } }),
    });
    const seen = [];
    for (let calls = 0; calls <= last; calls += 1) {
      if ([1_000, 10_000, 50_000, last].includes(calls)) {
        await new Promise((resolve) => setTimeout(resolve, 50));
        globalThis.gc();
        globalThis.gc();
        const heap = process.memoryUsage().heapUsed;
        seen.push({ calls, wasm: memory?.buffer.byteLength ?? 0, heap });
      }
      await m.timelineHome({ limit: 40, local: true });
    }
    return seen;
  },
};

const [job, ...given] = process.argv.slice(2);
const result = await jobs[job](...given);
// A request that is never answered would keep the process.
process.stdout.write(JSON.stringify(result), () => process.exit());
