// Checked values, written: into a path, as a query or form, as multipart, as JSON.

import { isFile } from "./check.js";
import { toFile } from "./upload.js";

/** A text without half characters, which nothing can encode and no server can read. */
const wellFormed = (text) => text.replace(/\p{Cs}/gu, "\ufffd");

/** A text as one segment of a path. */
export const segment = (text) => encodeURIComponent(wellFormed(text));

/** Whether a verb has its parameters in the query. */
export const reads = (verb) => /GET|HEAD/.test(verb);

function flatten(name, value, out) {
  if (Array.isArray(value)) for (const item of value) flatten(`${name}[]`, item, out);
  else if (typeof value === "object" && !isFile(value))
    for (const part of Object.keys(value)) flatten(`${name}[${part}]`, value[part], out);
  else out.push([name, value]);
}

/**
 * Every value under its full name, as Rails reads them: `a[]` for the items of a list, `a[b]` for the
 * parts of an object.
 */
export function flat(pairs) {
  const out = [];
  for (const [name, value] of pairs) flatten(name, value, out);
  return out;
}

/** `a=1&b%5B%5D=2` */
export const form = (pairs) => String(new URLSearchParams(flat(pairs)));

/** One object; brackets in names open objects (`data[alerts][follow]`). */
function json(pairs) {
  const tree = {};
  for (const [name, value] of pairs) {
    const parts = name.replaceAll("]", "").split("[");
    const last = parts.pop();
    let inner = tree;
    for (const part of parts) inner = inner[part] ??= {};
    inner[last] = value;
  }
  return JSON.stringify(tree, (_, value) =>
    typeof value === "string" ? wellFormed(value) : value,
  );
}

/** The body of a request and its type; nothing without parameters: some servers refuse a type alone. */
export function body(request) {
  const { pairs } = request;
  if (reads(request.verb) || !pairs.length) return [];
  const all = flat(pairs);
  if (all.some(([, value]) => isFile(value))) {
    const data = new FormData();
    for (const [name, value] of all) data.append(name, isFile(value) ? toFile(value) : value);
    return [data];
  }
  return request.json
    ? [json(pairs), "application/json"]
    : [form(pairs), "application/x-www-form-urlencoded"];
}
