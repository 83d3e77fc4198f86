// Changes a module so that it records which functions of the crate ran. Each function sets its own
// global, exported under the function's name. LLVM's instrumentation would count lines, but for
// WebAssembly it needs a clang with exactly the same LLVM as the compiler.
import { bodiesOf, importsOf, namesOf, Reader, SECTION, sectionsOf } from "../wasm.mjs";

/** The prefix of these exports; a number and the name of the function follow. */
export const PREFIX = "ran:";

const I32 = 0x7f;
const MUTABLE = 1;
const I32_CONST = 0x41;
const GLOBAL_SET = 0x24;
const END = 0x0b;
const GLOBAL_EXPORT = 3;

/** Encodes a number as LEB128. */
function leb(number) {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) | 128);
  return Buffer.from([...bytes, number]);
}

const sized = (bytes) => Buffer.concat([leb(bytes.length), bytes]);
const text = (string) => sized(Buffer.from(string));

/** Appends entries to a section that is a list. */
function append(body, entries) {
  const reader = new Reader(body);
  const count = reader.number();
  return Buffer.concat([leb(count + entries.length), body.subarray(reader.at), ...entries]);
}

/** The position of a function's first instruction, after its locals. */
function instructionsOf(body) {
  const reader = new Reader(body);
  for (let groups = reader.number(); groups > 0; groups--) {
    reader.number();
    reader.number();
  }
  return reader.at;
}

export function instrument(module) {
  const sections = sectionsOf(module);
  const names = namesOf(sections);
  const imported = importsOf(sections);
  const globals = sections.find(({ type }) => type === SECTION.global).body;
  const first = imported.globals + new Reader(globals).number();

  const watched = [];
  const bodies = bodiesOf(sections).map((body, i) => {
    const name = names.get(imported.functions + i) ?? "";
    if (!/mastodon_wasm/.test(name)) return sized(body);
    const mark = [I32_CONST, 1, GLOBAL_SET, ...leb(first + watched.length)];
    watched.push(name);
    const at = instructionsOf(body);
    return sized(Buffer.concat([body.subarray(0, at), Buffer.from(mark), body.subarray(at)]));
  });

  const changed = {
    [SECTION.global]: append(
      globals,
      watched.map(() => Buffer.from([I32, MUTABLE, I32_CONST, 0, END])),
    ),
    [SECTION.export]: append(
      sections.find(({ type }) => type === SECTION.export).body,
      watched.map((name, i) =>
        Buffer.concat([
          text(`${PREFIX}${i}:${name}`),
          Buffer.from([GLOBAL_EXPORT]),
          leb(first + i),
        ]),
      ),
    ),
    [SECTION.code]: Buffer.concat([leb(bodies.length), ...bodies]),
  };
  return Buffer.concat([
    module.subarray(0, 8),
    ...sections.map(({ type, body }) =>
      Buffer.concat([Buffer.from([type]), sized(changed[type] ?? body)]),
    ),
  ]);
}
