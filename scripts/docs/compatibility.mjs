// Which servers lack a method, or behave differently. The data is docs/data/compatibility.json,
// which `npm run compatibility -- --write` generates.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../run.mjs";

const FILE = path.join(ROOT, "docs/data/compatibility.json");

let data;

function read() {
  data ??= existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : { servers: [], areas: [] };
  return data;
}

/** The kinds of servers: `[{ preset, name, version }]`. */
export const testedServers = () => read().servers;

/**
 * The results for a method: `{ lacking, differing }`. `lacking` has names of servers, `differing`
 * texts such as `GoToSocial (no languages)`.
 */
export function compatibilityOf(method) {
  const { servers, areas } = read();
  const checks = areas
    .flatMap((area) => area.checks)
    .filter(({ methods }) => methods.includes(method));
  const lacking = new Set();
  const differing = new Set();
  for (const check of checks) {
    for (const { preset, name } of servers) {
      const { state, how } = check.servers[preset];
      if (state === "none") lacking.add(name);
      else if (state === "differs") differing.add(`${name} (${how})`);
    }
  }
  return { lacking: [...lacking], differing: [...differing] };
}
