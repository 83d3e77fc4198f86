// Reads WebAssembly modules: sections, numbers and texts.

export const SECTION = { custom: 0, imports: 2, global: 6, export: 7, code: 10, data: 11 };

/** Reads a module from a position onward. */
export class Reader {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  byte() {
    return this.bytes[this.at++];
  }

  /** An unsigned LEB128. */
  number() {
    let result = 0;
    for (let shift = 0; ; shift += 7) {
      const part = this.byte();
      result += (part & 127) * 2 ** shift;
      if (part < 128) return result;
    }
  }

  text() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString("utf8", this.at - length, this.at);
  }

  /** Reads this number of bytes. */
  take(length) {
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}

/** The sections, in order: `{ type, body }`. */
export function sectionsOf(module) {
  const reader = new Reader(module, 8);
  const sections = [];
  while (reader.at < module.length) {
    const type = reader.byte();
    sections.push({ type, body: reader.take(reader.number()) });
  }
  return sections;
}

/** How many functions and globals are imported. Their indexes come before those of the module. */
export function importsOf(sections) {
  const counts = { functions: 0, globals: 0 };
  const section = sections.find(({ type }) => type === SECTION.imports);
  if (!section) return counts;
  const reader = new Reader(section.body);
  for (let left = reader.number(); left > 0; left--) {
    reader.text();
    reader.text();
    const kind = reader.byte();
    if (kind === 0) {
      reader.number();
      counts.functions += 1;
    } else if (kind === 3) {
      reader.take(2);
      counts.globals += 1;
    } else {
      if (kind === 1) reader.byte();
      const flags = reader.byte();
      reader.number();
      if (flags & 1) reader.number();
    }
  }
  return counts;
}

/** The bodies of the functions. */
export function bodiesOf(sections) {
  const reader = new Reader(sections.find(({ type }) => type === SECTION.code).body);
  return Array.from({ length: reader.number() }, () => reader.take(reader.number()));
}

/** The names of functions, by index, including imported ones; without the hash that Rust adds. */
export function namesOf(sections) {
  const names = new Map();
  for (const { type, body } of sections) {
    if (type !== SECTION.custom) continue;
    const reader = new Reader(body);
    if (reader.text() !== "name") continue;
    while (reader.at < body.length) {
      const kind = reader.byte();
      const part = new Reader(reader.take(reader.number()));
      if (kind !== 1) continue;
      for (let left = part.number(); left > 0; left--) {
        const number = part.number();
        names.set(number, part.text().replace(/::h[0-9a-f]{16}$|\[[0-9a-f]+\]/g, ""));
      }
    }
  }
  return names;
}
