// `npm run sandbox`: only the sandbox, for the tests of an app or for trying things out. The
// arguments after `--` are those of the sandbox, see sandbox/README.md:
//
//   npm run --silent sandbox -- --json --port 4100
import { spawn } from "node:child_process";
import { buildSandbox } from "./sandbox.mjs";

const program = await buildSandbox().catch((error) => {
  console.error(`sandbox: ${error.message}`);
  process.exit(1);
});
const child = spawn(program, process.argv.slice(2), { stdio: "inherit" });
process.on("exit", () => child.kill("SIGTERM"));
child.on("close", (status) => process.exit(status ?? 1));
