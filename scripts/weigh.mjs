// `npm run weigh`: which code the module is made of, after `npm run build`. Weighs what the linker
// left before wasm-opt, since that still has names; what counts in the end is gzip, but what is big
// here is big there.
//
//   npm run weigh              by module
//   npm run weigh -- send      the functions whose name contains "send"
//   npm run weigh -- --write   docs/size.md: the parts of the package, the JavaScript among them
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { BUDGET, METAFILE, sizes } from "./build.mjs";
import { ROOT } from "./run.mjs";

const TYPE = { custom: 0, imports: 2, code: 10, data: 11 };

const bytes = readFileSync(path.join(ROOT, "build", "glue", "mastodon_wasm_bg.wasm"));
const { functions, data } = weigh(bytes);
const wanted = process.argv[2];

/** Part → what belongs to it: of the JavaScript by path, of the module by the path of a function. */
const SCRIPTS = {
  "Calls: arguments checked, written, sent, limits waited for": /^src\/(client|params|http)/,
  "Methods that are more than a row": /^src\/api\//,
  "Streams: sockets, events, what was missed": /^src\/streaming\//,
  "Logins: OAuth, PKCE, storage": /^src\/auth\//,
  "Pages and answers that are still made": /^src\/(page|async_refresh)/,
  "Errors: sixteen classes": /^src\/error/,
  "Glue and loading": /./,
};
const CODE = {
  "Streams: the machine that decides": /^mastodon_wasm::streaming|^StreamHub/,
  "Parameters: read from the rows, names that were meant":
    /^mastodon_wasm::(params|api)|^(nearest|parameters|table)$/,
  "Memory, lists, texts, glue": /./,
};

if (wanted === "--write") {
  write();
} else if (wanted) {
  show(functions.filter(({ name }) => name.includes(wanted)));
} else {
  const modules = new Map();
  for (const { name, size } of functions) {
    const module = moduleOf(name);
    modules.set(module, (modules.get(module) ?? 0) + size);
  }
  modules.set("(data: strings and tables)", data);
  show([...modules].map(([name, size]) => ({ name, size })));
}

/** Bytes by part, of entries of name and size; what fits several parts belongs to the first. */
function divide(parts, entries) {
  const sums = new Map(Object.keys(parts).map((part) => [part, 0]));
  for (const [name, size] of entries) {
    const [part] = Object.entries(parts).find(([, pattern]) => pattern.test(name));
    sums.set(part, sums.get(part) + size);
  }
  return [...sums].sort(([, a], [, b]) => b - a);
}

/** A part's share of what is compressed together. */
function shares(parts, compressed) {
  const sum = parts.reduce((total, [, size]) => total + size, 0);
  return parts.map(([part, size]) => [part, size, Math.round((compressed * size) / sum)]);
}

function write() {
  const { wasm, js, total } = sizes();
  const file = (...names) => readFileSync(path.join(ROOT, ...names));
  const { inputs } = JSON.parse(readFileSync(METAFILE)).outputs["pkg/mastodon.js"];
  const scripts = Object.entries(inputs).map(([name, { bytesInOutput }]) => [name, bytesInOutput]);
  scripts.push(["pkg/browser.js", file("pkg", "browser.js").length]);

  const module = file("pkg", "mastodon_wasm_bg.wasm");
  // The rows stand in the module as they are.
  const rows = module.subarray(...rowsIn(module));
  const compressedRows = gzipSync(rows, { level: 9 }).length;
  const compiled = functions.reduce((sum, { size }) => sum + size, data - rows.length);
  const code = functions.map(({ name, size }) => [moduleOf(name), size]);

  const number = (value) => value.toLocaleString("en");
  const table = (entries) =>
    entries
      .map(([part, size, gzip]) => `| ${part} | ${number(size)} | ${number(gzip)} |`)
      .join("\n");
  const brotli = ["mastodon_wasm_bg.wasm", "mastodon.js", "browser.js"]
    .map((name) => brotliCompressSync(file("pkg", name)).length)
    .reduce((sum, size) => sum + size);
  writeFileSync(
    path.join(ROOT, "docs", "size.md"),
    `# What takes the bytes

Written by \`npm run weigh -- --write\`. A page loads **${number(total)} bytes** (gzip -9; brotli: ${number(brotli)}): ${number(wasm)} of WebAssembly and ${number(js)} of minified JavaScript. The budget is ${number(BUDGET)}, and \`npm test\` fails above it.

What compresses together has no sizes of its own: the last column divides the whole by the bytes before compression, and says *about*. Of the module's code, what is told is what the linker left, before \`wasm-opt\` takes another ${Math.round(100 - (100 * (module.length - rows.length)) / compiled)} % away and the names with it. \`npm run weigh\` lists it by Rust module, \`npm run weigh -- NAME\` by function.

## JavaScript
| | minified | gzip, about |
|---|---:|---:|
${table(shares(divide(SCRIPTS, scripts), js))}

## WebAssembly
| | bytes | gzip, about |
|---|---:|---:|
| The rows: ${number(rows.toString().split("\n").length)} of methods and their like, with their parameters, as one text | ${number(rows.length)} | ${number(compressedRows)} |
${table(shares(divide(CODE, code), wasm - compressedRows))}
`,
  );
  console.log("docs/size.md is written");
}

/** Where the text of the rows begins and ends. */
function rowsIn(module) {
  const text = module.toString("latin1");
  const lines = [...text.matchAll(/[\n -~]{1000,}/g)];
  const [longest] = lines.sort((a, b) => b[0].length - a[0].length);
  return [longest.index, longest.index + longest[0].length];
}

function show(rows) {
  const sum = rows.reduce((total, { size }) => total + size, 0);
  rows.sort((a, b) => b.size - a.size);
  for (const { name, size } of rows.slice(0, 60)) {
    const share = ((100 * size) / sum).toFixed(1);
    console.log(`${String(size).padStart(7)} ${share.padStart(5)} %  ${name.slice(0, 110)}`);
  }
  console.log(`${String(sum).padStart(7)}          ${rows.length} in all`);
}

/** `<mastodon_wasm::client::Client as …>::new` → `mastodon_wasm::client` */
function moduleOf(name) {
  const ours = name.match(/mastodon_wasm::\w+(::[a-z]\w*)?/);
  if (ours) return ours[0];
  return name.match(/\w+(::[a-z]\w*)?/)?.[0] ?? name;
}

/** Reads the sections of a WebAssembly module that matter here. */
function weigh(module) {
  let at = 8;
  const byte = () => module[at++];
  const number = () => {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const part = byte();
      result += (part & 127) * 2 ** shift;
      if (part < 128) return result;
    }
  };
  const text = () => {
    const length = number();
    at += length;
    return module.toString("utf8", at - length, at);
  };
  const limits = () => {
    const flags = byte();
    number();
    if (flags & 1) number();
  };

  let imported = 0;
  let data = 0;
  const sizes = [];
  const names = new Map();
  while (at < module.length) {
    const type = byte();
    const length = number();
    const end = at + length;
    if (type === TYPE.data) data = length;
    if (type === TYPE.imports) {
      for (let left = number(); left > 0; left--) {
        text();
        text();
        const kind = byte();
        if (kind === 0) {
          number();
          imported += 1;
        } else if (kind === 3) at += 2;
        else {
          if (kind === 1) byte();
          limits();
        }
      }
    }
    if (type === TYPE.code) {
      for (let left = number(); left > 0; left--) {
        const size = number();
        sizes.push(size);
        at += size;
      }
    }
    if (type === TYPE.custom && text() === "name") {
      while (at < end) {
        const kind = byte();
        const length = number();
        const next = at + length;
        if (kind === 1) for (let left = number(); left > 0; left--) names.set(number(), text());
        at = next;
      }
    }
    at = end;
  }
  const functions = sizes.map((size, i) => ({
    size,
    name: (names.get(imported + i) ?? "?").replace(/::h[0-9a-f]{16}$|\[[0-9a-f]+\]/g, ""),
  }));
  return { functions, data };
}
