// Examples as people have them: a copy of the folder, with the package installed from its tarball.
import { cpSync, readdirSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Miniflare } from "miniflare";
import { createProject } from "../package/project.mjs";

const EXAMPLES = fileURLToPath(new URL("../../examples", import.meta.url));
const WRANGLER = fileURLToPath(new URL("node_modules/wrangler/bin/wrangler.js", import.meta.url));
/** What somebody leaves behind who tries an example where it is. */
const LEFT_OVER = ["node_modules", ".wrangler", "dist", "package-lock.json"];

/** A project as of `createProject` with the files of an example. */
export async function copyExample(name) {
  const project = await createProject();
  cpSync(path.join(EXAMPLES, name), project.folder, {
    recursive: true,
    filter: (file) => !LEFT_OVER.includes(path.basename(file)),
  });
  return project;
}

/** Bundles a Worker as it would be deployed; resolves to what wrangler says. */
export function bundle(project) {
  const args = [WRANGLER, "deploy", "--dry-run", "--outdir", "dist"];
  // No notices of new versions, and nothing told to anybody.
  const env = { WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: project.folder, CI: "true" };
  return project.run(process.execPath, args, env);
}

/** Starts a bundled Worker in the runtime that it is made for. */
export async function startWorker(project, options) {
  const dist = path.join(project.folder, "dist");
  const files = readdirSync(dist);
  const script = files.find((file) => file.endsWith(".js"));
  const modules = files.filter((file) => file.endsWith(".wasm"));
  const worker = new Miniflare({
    modules: [
      { type: "ESModule", path: path.join(dist, script) },
      ...modules.map((file) => ({ type: "CompiledWasm", path: path.join(dist, file) })),
    ],
    modulesRoot: dist,
    compatibilityDate: "2025-09-01",
    ...options,
  });
  return { worker, url: (await worker.ready).origin };
}
