// `npm run weigh`: what makes the package large, after `npm run build`. The functions are those
// that the linker left, before wasm-opt, because only these have names. Only the size after gzip
// counts, but what is large here is large there.
//
//   npm run weigh              by module of the crate
//   npm run weigh -- send      the functions whose name contains "send"
//   npm run weigh -- --write   writes docs/size.md, and the size in README.md
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { BUDGET, METAFILE, sizes } from "./build.mjs";
import { ROOT } from "./run.mjs";
import { bodiesOf, importsOf, namesOf, SECTION, sectionsOf } from "./wasm.mjs";

/** The files that a page loads. */
const LOADED = ["mastodon_wasm_bg.wasm", "browser.js"];

const linked = readFileSync(path.join(ROOT, "build", "glue", "mastodon_wasm_bg.wasm"));
const { functions, data } = contentsOf(linked);
const wanted = process.argv[2];

/** The parts of the module, by the name of a function. The first match counts. */
const PARTS = {
  "Exported methods: from JavaScript to the call":
    /^mastodon_\w+( externref shim)?$|client::Mastodon>/,
  "Streams: the machine and its driver": /mastodon_wasm::streaming/,
  "Authentication: OAuth, the login in two calls": /mastodon_wasm::(oauth|login|scopes)/,
  "Methods that are more than a row": /mastodon_wasm::api::(?!perform|declare)/,
  "Arguments: checked along the rows, written into requests": /mastodon_wasm::(endpoint|params)/,
  "Calls: sent, limits, retries, timeouts, versions":
    /mastodon_wasm::(client|http|url|version|async_refresh|api::perform)/,
  "Pages and iterators": /mastodon_wasm::(page|walk)/,
  "Errors, and secrets blanked in them": /mastodon_wasm::(error|redact)/,
  "Push messages, filters, blurhash, status length":
    /mastodon_wasm::(push|filters|blurhash|status_length|base64|word)/,
  "Access to the platform, cuts of texts": /mastodon_wasm/,
  "Bindings and futures": /wasm_bindgen|js_sys|web_sys|futures/,
  "Standard library: memory, lists, texts": /./,
};

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);
const gzip = (bytes) => gzipSync(bytes, { level: 9 }).length;

if (wanted === "--write") {
  write();
} else if (wanted) {
  show(functions.filter(({ name }) => name.includes(wanted)));
} else {
  const modules = new Map();
  for (const { name, body } of functions) {
    const module = moduleOf(name);
    modules.set(module, [...(modules.get(module) ?? []), body]);
  }
  modules.set("(data: texts and tables)", [data]);
  show([...modules].map(([name, bodies]) => ({ name, body: Buffer.concat(bodies) })));
}

/** `[part, bytes, gzip of this part alone]` of the functions. */
function parts() {
  const bodies = new Map(Object.keys(PARTS).map((part) => [part, []]));
  for (const { name, body } of functions) {
    const [part] = Object.entries(PARTS).find(([, pattern]) => pattern.test(name));
    bodies.get(part).push(body);
  }
  return [...bodies]
    .map(([part, all]) => [part, Buffer.concat(all)])
    .filter(([, all]) => all.length > 0)
    .map(([part, all]) => [part, all.length, gzip(all)]);
}

/** Divides a common compressed size in proportion to the compressed size of each part alone. */
function divide(entries, whole) {
  const total = sum(entries.map(([, , alone]) => alone));
  return entries
    .map(([part, size, alone]) => [part, size, Math.round((whole * alone) / total)])
    .sort(([, , a], [, , b]) => b - a);
}

function write() {
  const { wasm, js, total } = sizes();
  const file = (...names) => readFileSync(path.join(ROOT, ...names));
  const { inputs } = JSON.parse(readFileSync(METAFILE)).outputs["pkg/browser.js"];
  const glue = (name) => name.startsWith("glue:") || name.startsWith("build/");
  const scripts = Object.entries(inputs).map(([name, { bytesInOutput }]) => [name, bytesInOutput]);
  const files = [
    [
      "the glue that wasm-bindgen writes",
      sum(scripts.filter(([name]) => glue(name)).map(([, size]) => size)),
    ],
    ...scripts.filter(([name]) => !glue(name)).map(([name, size]) => [`\`${name}\``, size]),
  ].map(([name, size]) => [name, size, size]);

  const module = file("pkg", LOADED[0]);
  // In the module, data is as the linker wrote it.
  const [rows, texts] = split(data);
  const compressed = { rows: gzip(rows), texts: gzip(texts) };
  const code = sum(functions.map(({ body }) => body.length));
  const left = module.length - data.length;

  const number = (value) => value.toLocaleString("en");
  const table = (entries) =>
    entries.map(([part, ...cells]) => `| ${part} | ${cells.map(number).join(" | ")} |`).join("\n");
  const brotli = sum(LOADED.map((name) => brotliCompressSync(file("pkg", name)).length));
  const methods = rows.toString().split("\n").length;
  const inside = [
    ...divide(parts(), wasm - compressed.rows - compressed.texts),
    [
      `The rows: ${number(methods)} of methods and their like, with their parameters, as one text`,
      rows.length,
      compressed.rows,
    ],
    ["Messages, names and other texts", texts.length, compressed.texts],
  ].sort(([, , a], [, , b]) => b - a);
  writeFileSync(
    path.join(ROOT, "docs", "size.md"),
    `# Size

Written by \`npm run weigh -- --write\`. A page loads **${number(total)} bytes** (gzip -9; brotli: ${number(brotli)}): ${number(wasm)} of WebAssembly and ${number(js)} of minified JavaScript. \`npm test\` fails above ${number(BUDGET)}; the design allows ${number(112 * 1024)} (112 KiB), and the goal is below ${number(96 * 1024)} (96 KiB).

What is compressed together has no sizes of its own: the last column divides the whole by what each part is compressed alone, and says *about*. The functions are those that the linker left, before \`wasm-opt\` takes another ${Math.round(100 - (100 * left) / code)} % away and the names with it. \`npm run weigh\` lists them by module of the crate, \`npm run weigh -- NAME\` one by one.

## WebAssembly
| | bytes | gzip, about |
|---|---:|---:|
${table(inside)}

## JavaScript
| | minified | gzip, about |
|---|---:|---:|
${table(divide(files, js))}
`,
  );
  const readme = file("README.md").toString();
  const cell = `| mastodon-wasm | ${(total / 1024).toFixed(0)} KB, wasm and JavaScript, all methods, login and streams |`;
  writeFileSync(
    path.join(ROOT, "README.md"),
    readme.replace(/^\| mastodon-wasm \| [^|]*\|/m, cell),
  );
  console.log("docs/size.md and README.md have the size");
}

/** Separates the rows from all other texts in the data. */
function split(bytes) {
  const text = bytes.toString("latin1");
  const lines = [
    ...text.matchAll(/\w+\|[GHPUAD](\/[^|\n]*)?\|\d*\|[^|\n]*\|[^|\n]*\|[^|\n]*\|[^|\n]*\|/g),
  ];
  if (lines.length === 0) throw new Error("the table of methods is not in the module");
  const [begin, last] = [lines[0].index, lines.at(-1).index];
  // The last row ends at the end of its line, or where other data begins.
  const rest = text.slice(last).match(/^[ -~]*/)[0].length;
  const end = last + Math.min(rest, 200);
  return [
    bytes.subarray(begin, end),
    Buffer.concat([bytes.subarray(0, begin), bytes.subarray(end)]),
  ];
}

function show(rows) {
  const total = sum(rows.map(({ body }) => body.length));
  rows.sort((a, b) => b.body.length - a.body.length);
  for (const { name, body } of rows.slice(0, 60)) {
    const share = ((100 * body.length) / total).toFixed(1);
    console.log(`${String(body.length).padStart(7)} ${share.padStart(5)} %  ${name.slice(0, 110)}`);
  }
  console.log(`${String(total).padStart(7)}          ${rows.length} in all`);
}

/** `<mastodon_wasm::client::Client as …>::new` → `mastodon_wasm::client` */
function moduleOf(name) {
  if (PARTS["Exported methods: from JavaScript to the call"].test(name))
    return "(exported methods)";
  const ours = name.match(/mastodon_wasm::\w+(::[a-z]\w*)?/);
  if (ours) return ours[0];
  return name.match(/\w+(::[a-z]\w*)?/)?.[0] ?? name;
}

/** The functions of a WebAssembly module, as `{ name, body }`, and its data. */
function contentsOf(module) {
  const sections = sectionsOf(module);
  const names = namesOf(sections);
  const imported = importsOf(sections).functions;
  return {
    functions: bodiesOf(sections).map((body, i) => ({
      name: names.get(imported + i) ?? "?",
      body,
    })),
    data: sections.find(({ type }) => type === SECTION.data).body,
  };
}
