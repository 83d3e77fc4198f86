// What a JavaScript value means as a parameter, and what is said of one that means nothing.

/** Neither a list, nor a function, nor a primitive. */
const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const isDate = (value) => value instanceof Date && !Number.isNaN(value.getTime());

/** An id, by itself or in something that has one. */
function id(value) {
  if (isRecord(value)) value = value.id;
  const fits =
    typeof value === "string" ||
    typeof value === "bigint" ||
    (Number.isSafeInteger(value) && value >= 0);
  const text = fits ? String(value) : "";
  // No encoding survives what URLs make of a dot or two.
  return /^\s*$|^\.\.?$/.test(text) ? undefined : text;
}

/** The same, or the first id of an instant: milliseconds since 1970, then 16 bits to count within one. */
const timelineId = (value) =>
  isDate(value) ? String(BigInt(Math.max(0, value.getTime())) << 16n) : id(value);

/** An instant in ISO 8601. */
const time = (value) =>
  isDate(value)
    ? value.toISOString()
    : typeof value === "string" && /^\d{4}-/.test(value) && !Number.isNaN(Date.parse(value))
      ? value
      : undefined;

/** Something whose bytes can be sent. */
export function isFile(value) {
  return value instanceof Blob || value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

const isPair = (value) => Array.isArray(value) && value.length === 2;

/** What passes the test, as it is. */
const kept = (test) => (value) => (test(value) ? value : undefined);
const ofType = (type) => kept((value) => typeof value === type);

const AN_ID = "an id: a string that is not empty, a safe integer, or something with an `id`";

/** The kinds by their letters (table.rs), from A on: how to read a value, and what it must be. */
const KINDS = [
  [id, AN_ID],
  [timelineId, `${AN_ID}; or a valid Date`],
  // Servers take the sign for a part of the name.
  [kept((value) => typeof value === "string" && value[0] !== "#"), "a hashtag without its #"],
  [ofType("string"), "a string"],
  [kept((value) => Number.isSafeInteger(value) && value >= 0), "a whole number, 0 or more"],
  [kept(Number.isFinite), "a finite number"],
  [
    // With a comma between.
    (value) => (isPair(value) && value.every(Number.isFinite) ? value.join() : undefined),
    "a pair of finite numbers",
  ],
  [ofType("boolean"), "true or false"],
  [time, "a Date or a string in ISO 8601"],
  // Both spellings start with year, month and day.
  [(value) => time(value)?.slice(0, 10), "a Date or a string like 2026-01-31"],
  [kept(isFile), "a Blob, File, ArrayBuffer or typed array"],
  [
    (value) =>
      Array.isArray(value) &&
      // Not the list's own: it would pass over holes.
      Array.from(value).every((row) => isPair(row) && row.every((cell) => typeof cell === "string"))
        ? { ...value.map(([name, value]) => ({ name, value })) }
        : undefined,
    "a list of [name, value]",
  ],
  [
    // By shape: a polyfill's signal, or one of another realm, is as good as the platform's.
    kept(
      (value) =>
        typeof value?.aborted === "boolean" && typeof value.addEventListener === "function",
    ),
    "an AbortSignal",
  ],
  [kept((value) => Number.isFinite(value) && value > 0), "a number of seconds, finite and above 0"],
  [ofType("function"), "a function"],
  [kept((value) => value !== null && /object|function/.test(typeof value)), "an object"],
  [(value) => value, ""],
];

/** Why a value is refused; who asked for it says it in words (`worded`). */
export class Refusal {
  /** What it must be, or else what the caller's own code threw, or an option that there is none of. */
  constructor(reason) {
    Object.assign(this, reason);
  }
}

/** What the caller's own code throws while it is looked at. */
export function looking(look) {
  try {
    return look();
  } catch (cause) {
    throw cause instanceof Refusal ? cause : new Refusal({ threw: true, cause });
  }
}

/** The letter of an id, for those who check one by themselves. */
export const ID = 65;
/** That of an object with parameters of its own. */
const RECORD = 83;

/** A value of a kind as it goes into the request. */
export function convert(letter, value) {
  const [read, expected] = KINDS[letter - 65];
  const result = looking(() => read(value));
  if (result === undefined && expected) throw new Refusal({ expected, value });
  return result;
}

/** What a list holds; one thing alone is a list of one. */
const items = (value) => looking(() => (Array.isArray(value) ? [...value] : [value]));

/** How a value is read: one of a closed set, an object with parameters of its own, or of a kind. */
function reader(letter, inner, nearest) {
  const known = inner && letter === RECORD && parameters(inner, nearest);
  if (known) return (value) => Object.fromEntries(each(known, value, false, nearest).values());
  if (!inner) return (value) => convert(letter, value);
  return (value) => {
    if (inner.includes(value)) return value;
    throw new Refusal({ expected: `one of ${inner.join(", ")}`, value });
  };
}

/**
 * The parameters of a table by their names, of what the module reads in it (table.rs). `nearest` finds
 * the name that somebody meant.
 */
export function parameters(flat, nearest) {
  const known = new Map();
  for (let at = 0; at < flat.length; at += 5) {
    const [name, wire, list, letter, inner] = flat.slice(at, at + 5);
    const read = reader(letter, inner, nearest);
    known.set(name, { wire, read: list ? (value) => items(value).map(read) : read });
  }
  return known;
}

/** Says of a refusal which parameter it is about: from within, where the parameter is an object. */
function blame(refusal, name) {
  if (refusal.name || refusal.unknown) refusal.within = name;
  else refusal.name = name;
  return refusal;
}

function one(name, { wire, read }, value, given) {
  try {
    given.set(name, [wire, read(value)]);
  } catch (refusal) {
    throw blame(refusal, name);
  }
}

/** Names and values of an object, those that are neither undefined nor null, one after the other. */
function entries(object) {
  const flat = looking(() => {
    if (!isRecord(object)) return;
    const flat = [];
    for (const key of Object.keys(object)) {
      const value = object[key];
      if (value !== undefined && value !== null) flat.push(key, value);
    }
    return flat;
  });
  if (!flat) throw new Refusal({ expected: "an object", value: object });
  return flat;
}

function each(known, object, loose, nearest, given = new Map()) {
  const flat = entries(object);
  for (let at = 0; at < flat.length; at += 2) {
    const name = flat[at];
    const parameter = known.get(name);
    if (parameter) one(name, parameter, flat[at + 1], given);
    else {
      const near = nearest(name, [...known.keys()].join(" "));
      if (near || !loose) throw new Refusal({ unknown: name, near });
    }
  }
  return given;
}

/**
 * Checks the arguments of a call: `values` are the positional ones and the options object. Gives what was
 * passed: name → [name on the wire, value]. What is `undefined` or `null` was not given. `loose`: a name
 * that is unknown and not nearly one of ours belongs to somebody else.
 */
export function check({ required, options, loose, nearest }, values) {
  const given = new Map();
  let at = 0;
  for (const [name, parameter] of required) {
    one(name, parameter, values[at], given);
    at += 1;
  }
  const object = values[at];
  return object === undefined || object === null
    ? given
    : each(options, object, loose, nearest, given);
}
