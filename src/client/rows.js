// The methods, as the table of the module has them (src/api/table.rs).
import { nearest, parameters as read, table } from "mastodon-wasm-glue";
import { parameters } from "../params/check.js";

const VERBS = { G: "GET", H: "HEAD", P: "POST", U: "PUT", A: "PATCH", D: "DELETE" };

/** `431` as a version: 4003001, and `4.3.1` as text. */
const versionOf = ([major, minor, patch]) => major * 1e6 + minor * 1e3 + +patch;

const known = (table) => parameters(read(table), nearest);

/** The lines of the table by the names of their methods, and those that were read. */
const lines = {};
const rows = {};

/** Divides the table, once the module is there; gives places (`.`, `-` or neither, as there) and names. */
export const names = () =>
  table()
    .split("\n")
    .map((line) => {
      const [, place, name] = /^([.-]?)(\w+)/.exec(line);
      lines[name] = line;
      return [place, name];
    });

/** What the table has of a method. */
export const rowOf = (name) => (rows[name] ??= readRow(name, lines[name].split("|")));

function readRow(name, [head, request, versions, answer, defaults, before, required, options]) {
  return {
    name,
    isStatic: head[0] === ".",
    /** Undefined where the result is there at once. */
    verb: VERBS[request[0]],
    path: request.slice(1),
    created: versions && versionOf(versions),
    changed: versions && versionOf(versions.slice(3)),
    json: answer[0] === "j",
    /** `p` for a page, `o` for one that is counted, `n` for nothing. */
    answer: answer.replace(/^j|\..*$/g, ""),
    field: answer.split(".")[1],
    defaults: defaults ? defaults.split("&").map((pair) => pair.split("=")) : [],
    before: before && [versionOf(before), before.slice(3)],
    parameters: {
      required: known(required),
      options: known(options.replace(/^~/, "")),
      loose: options[0] === "~",
      nearest,
    },
  };
}
