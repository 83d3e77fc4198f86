// `npm run weigh`: which code the module is made of, after `npm run build`. Weighs what the linker
// left before wasm-opt, since that still has names; what counts in the end is gzip, but what is big
// here is big there.
//
//   npm run weigh              by module
//   npm run weigh -- send      the functions whose name contains "send"
import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "./run.mjs";

const TYPE = { custom: 0, imports: 2, code: 10, data: 11 };

const bytes = readFileSync(path.join(ROOT, "build", "glue", "mastodon_wasm_bg.wasm"));
const { functions, data } = weigh(bytes);
const wanted = process.argv[2];

if (wanted) {
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
