// `npm run docs`: guides and reference as a site with a search, until you stop it.
//
//   npm run docs                  builds the site and serves it
//   npm run docs -- --port 4000   at this port; default: 8082, or the next free one
//   npm run docs -- --build       builds it into build/docs
//   npm run docs -- --tables      rewrites the tables in docs/from-*.md and README.md
import path from "node:path";
import { parseArgs } from "node:util";
import { needPackages } from "./packages.mjs";
import { portOf } from "./port.mjs";
import { duration, ROOT } from "./run.mjs";

const PORT = 8082;

try {
  await docs();
} catch (error) {
  console.error(`docs: ${error.message}`);
  process.exit(1);
}

async function docs() {
  const { values } = parseArgs({
    options: {
      build: { type: "boolean" },
      port: { type: "string" },
      tables: { type: "boolean" },
    },
  });
  const port = portOf(values.port);
  const begin = Date.now();
  await needPackages();
  if (values.tables) {
    const { writeTables } = await import("./docs/tables.mjs");
    return writeTables();
  }
  const { buildSite, SITE } = await import("./docs/site.mjs");
  await buildSite();
  console.log(`docs: ${path.relative(ROOT, SITE)}/, built in ${duration(Date.now() - begin)}`);
  if (values.build) return;

  const { preview } = await import("vite");
  const server = await preview({
    root: ROOT,
    configFile: false,
    logLevel: "warn",
    build: { outDir: path.relative(ROOT, SITE) },
    preview: {
      host: "127.0.0.1",
      port: port ?? PORT,
      strictPort: port !== undefined,
      open: false,
    },
  });
  const address = server.httpServer.address();
  console.log(`\n  Documentation   http://127.0.0.1:${address.port}/\n\nStop with Ctrl-C.`);
}
