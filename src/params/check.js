// What a JavaScript value means as a parameter. Each gives undefined where it means nothing.

/** The entries of an options object that are neither undefined nor null, as one flat list. */
export function entries(object) {
  const out = [];
  for (const key of Object.keys(object)) {
    const value = object[key];
    if (value !== undefined && value !== null) out.push(key, value);
  }
  return out;
}

/** Neither a list, nor a function, nor a primitive. */
export const isRecord = (value) =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An id, by itself or in something that has one. */
export function id(value) {
  if (isRecord(value)) value = value.id;
  const fits =
    typeof value === "string" ||
    typeof value === "bigint" ||
    (Number.isSafeInteger(value) && value >= 0);
  const text = fits ? String(value) : "";
  // No encoding survives what URLs make of a dot or two.
  return /^\s*$|^\.\.?$/.test(text) ? undefined : text;
}

const isDate = (value) => value instanceof Date && !Number.isNaN(value.getTime());

/** The same, or the first id of an instant: milliseconds since 1970, then 16 bits to count within one. */
export const timelineId = (value) =>
  isDate(value) ? String(BigInt(Math.max(0, value.getTime())) << 16n) : id(value);

/** An instant in ISO 8601. */
export const time = (value) =>
  isDate(value)
    ? value.toISOString()
    : typeof value === "string" && /^\d{4}-/.test(value) && !Number.isNaN(Date.parse(value))
      ? value
      : undefined;

const isPair = (value) => Array.isArray(value) && value.length === 2;

/** Two numbers, with a comma between. */
export const floats = (value) =>
  isPair(value) && value.every(Number.isFinite) ? value.join() : undefined;

/** Name and value pairs, as one flat list. */
export const pairs = (value) =>
  Array.isArray(value) &&
  value.every((row) => isPair(row) && row.every((cell) => typeof cell === "string"))
    ? value.flat()
    : undefined;

/** Something whose bytes can be sent. */
export const isFile = (value) =>
  value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);

/** By shape: a polyfill's signal, or one of another realm, is as good as the platform's. */
export const isSignal = (value) =>
  typeof value?.aborted === "boolean" && typeof value.addEventListener === "function";

/** What a list holds; one thing alone is a list of one. */
export const list = (value) => (Array.isArray(value) ? [...value] : [value]);
