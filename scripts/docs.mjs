// `npm run docs`: guides and reference as a site with a search, until you stop it.
//
//   npm run docs                  builds the site and serves it
//   npm run docs -- --port 4000   at this port; without, at 8082 or the next that is free
//   npm run docs -- --build       builds it into build/docs
//   npm run docs -- --tables      makes the tables in docs/from-*.md anew
//
// The reference is made from the package in pkg/. Where there is one, it is taken as it is, so that
// whoever unpacks the published package there needs no Rust; else it is built.
import { existsSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
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
  if (existsSync(path.join(ROOT, "pkg/index.d.ts"))) {
    console.log("docs: from pkg/ as it is; npm run build makes it anew");
  } else {
    const { build } = await import("./build.mjs");
    await build({ ifChanged: true });
  }

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

function portOf(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, got "${text}"`);
  }
  return port;
}
