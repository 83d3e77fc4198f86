// A call: what a caller passed, checked, on its way to being a request.
import { create, ILLEGAL_ARGUMENT, refused } from "../error.js";
import { check, convert, ID, looking, Refusal } from "../params/check.js";
import { segment } from "../params/encode.js";
import { Scope } from "./scope.js";

/** The error for a bad argument that no table describes. */
export const illegal = (method, message, cause) =>
  create(ILLEGAL_ARGUMENT, `${method}: ${message}`, cause);

/** Refuses what no header can carry: `fetch` would, in words that nobody understands. */
export function headerValue(method, name, value) {
  if (/[^\t -~\x80-\xff]/.test(value))
    throw illegal(method, `\`${name}\` has characters that no header can carry`);
  return value;
}

/** The error for a refusal; without a name, it is the options object that was refused. */
export function worded(method, refusal) {
  if (!(refusal instanceof Refusal)) return refusal;
  const { name = "options", within, expected, value, unknown, near, cause } = refusal;
  const where = within ? `${method}'s \`${within}\`` : method;
  if (unknown !== undefined) {
    const hint = near ? `; did you mean \`${near}\`?` : "";
    const message = `unknown option \`${unknown.slice(0, 60)}\` for ${where}${hint}`;
    return create(ILLEGAL_ARGUMENT, message);
  }
  return expected
    ? refused(where, name, expected, value)
    : illegal(where, `\`${name}\` could not be read: an accessor of it threw`, cause);
}

/** Looks at an argument in code of a method's own; what the caller's own code throws is the cause. */
export function inspect(method, name, look) {
  try {
    return looking(look);
  } catch (refusal) {
    throw worded(method, Object.assign(refusal, { name }));
  }
}

/** An id that a method finds by itself. */
export const idOf = (method, name, value) => inspect(method, name, () => convert(ID, value));

/** The arguments of a call, checked: name → [name on the wire, value]. */
export function checked(row, values, method = row.name) {
  try {
    return check(row.parameters, values);
  } catch (refusal) {
    throw worded(method, refusal);
  }
}

/** One request, for methods that take several. */
export const request = (name, path, more) => ({
  name,
  verb: "GET",
  path,
  pairs: [],
  secrets: [],
  repeatable: true,
  ...more,
});

/** What goes out of what was given: names on the wire and values. */
const outgoing = (given) => [...given.values()].filter(([wire]) => wire);

export class Call {
  /** What must not be seen, nor follow a redirect: see send.js. */
  secrets = [];

  constructor(state, row, values) {
    Object.assign(this, row);
    this.state = state;
    /** What was passed, as it was passed. */
    this.values = values;
    this.given = checked(row, values);
    if (state.ended)
      throw create(0, `${row.name}: this client was closed with \`free()\`; make a new one`);
  }

  /** From here on the call takes time. */
  open() {
    this.key = headerValue(this.name, "idempotency_key", this.take("idempotency_key"));
    this.repeatable = /GET|HEAD|PUT|DELETE/.test(this.verb);
    this.scope = new Scope(this.state, this.name, this.take("signal"), this.take("timeout"));
  }

  has(name) {
    return this.given.has(name);
  }

  get(name) {
    return this.given.get(name)?.[1];
  }

  /** Takes an argument out, so that it is not sent. */
  take(name) {
    const value = this.get(name);
    this.given.delete(name);
    return value;
  }

  /** Puts one in; one that was there keeps its name on the wire, and its place. */
  set(name, value, wire = this.given.get(name)?.[0] ?? name) {
    this.given.set(name, [wire, value]);
  }

  /** Everything that goes out, as an object. */
  sent() {
    return Object.fromEntries(outgoing(this.given));
  }

  /** Turns the arguments into the request: into the holes of its path first, the rest beside it. */
  build() {
    this.path = this.path.replace(/\{(\w+)\}/g, (_, name) => this.#segment(name));
    const sent = outgoing(this.given);
    const unsaid = ([name]) => !sent.some(([wire]) => wire === name);
    this.pairs = [...this.defaults.filter(unsaid), ...sent];
    const lang = ["lang", this.state.lang];
    if (lang[1] && unsaid(lang)) this.pairs.push(lang);
    return this;
  }

  /** A value as one segment of a path. No encoding survives what URLs make of a dot or two. */
  #segment(name) {
    const text = String(this.take(name) ?? "");
    if (/^\.{0,2}$/.test(text))
      throw illegal(this.name, `\`${name}\` must not be empty, "." or ".."`);
    return segment(text);
  }
}
