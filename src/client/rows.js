// The methods, as the table of the module has them (src/api/table.rs).
import { table } from "mastodon-wasm-glue";

const VERBS = { G: "GET", H: "HEAD", P: "POST", U: "PUT", A: "PATCH", D: "DELETE" };

/** `431` as a version: 4003001, and `4.3.1` as text. */
const versionOf = ([major, minor, patch]) => major * 1e6 + minor * 1e3 + +patch;

/** The rows by their names. */
export const rows = {};

/** Reads the table, once the module is there. */
export function readTable() {
  let at = 0;
  for (const line of table().split("\n")) {
    // The table is plain ASCII, so that a place in it is the same on both sides.
    const end = at + line.length;
    const [head, request, versions, answer, defaults, before, required, options] = line.split("|");
    const [, place, name] = /^([.-]?)(.*)$/.exec(head);
    rows[name] = {
      name,
      /** `.` for a static method, `-` for what is none. */
      place,
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
      /** Where in the table its parameters are. */
      start: end - options.length - required.length - 1,
      end,
    };
    at = end + 1;
  }
}
