// The API of Mastodon.py. Its methods are in docs/data/mastodon-py.json, an extract of
// ../shared/api/methods.json, which is not part of this repository.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../run.mjs";

const DATA = path.join(ROOT, "docs/data/mastodon-py.json");
const SHARED = path.join(ROOT, "../shared/api/methods.json");

/**
 * All methods: `{ name, here, area, required, optional, routes }`. `here` is the name in this
 * package; `required` and `optional` are names of parameters.
 */
export const pythonMethods = () => JSON.parse(readFileSync(DATA, "utf8")).methods;

export const pythonVersion = () => JSON.parse(readFileSync(DATA, "utf8")).version;

export const DATA_FILE = path.relative(ROOT, DATA);

/** A new extract; undefined if ../shared is missing. */
export function extractPythonMethods() {
  if (!existsSync(SHARED)) return undefined;
  const methods = JSON.parse(readFileSync(SHARED, "utf8")).map((method) => ({
    name: method.python_name,
    here: method.js_name,
    area: method.group,
    required: method.params.filter((param) => param.required).map((param) => param.name),
    optional: method.params.filter((param) => !param.required).map((param) => param.name),
    routes: method.http.map(({ method: verb, path: route }) => `${verb} ${route}`),
  }));
  return { library: "Mastodon.py", version: "2.3.3", methods };
}
