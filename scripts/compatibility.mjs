// `npm run compatibility`: tests the package with each kind of server of the sandbox.
//
//   npm run compatibility              compares with docs/compatibility.md
//   npm run compatibility -- --write   writes docs/compatibility.md and docs/data/compatibility.json
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildSandboxPackage } from "./build-sandbox.mjs";
import { ROOT, run } from "./run.mjs";

const { values } = parseArgs({ options: { write: { type: "boolean" } } });
await build({ ifChanged: true });
await buildSandboxPackage({ ifChanged: true });
const test = path.join(ROOT, "tests/compatibility/in-process.test.mjs");
const env = values.write ? { WRITE_COMPATIBILITY: "1" } : {};
const { code } = await run(process.execPath, ["--test", test], { env, check: false });
process.exit(code);
