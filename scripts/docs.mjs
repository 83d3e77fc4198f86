// `npm run docs`: guides and reference as a site with a search, until you stop it.
//
//   npm run docs                  builds it and serves it
//   npm run docs -- --build       builds it into build/docs
//   npm run docs -- --tables      makes the tables in docs/from-*.md anew
import { parseArgs } from "node:util";
import { writeTables } from "./docs/tables.mjs";

const { values } = parseArgs({
  options: { build: { type: "boolean" }, tables: { type: "boolean" } },
});
if (values.tables) await writeTables();
