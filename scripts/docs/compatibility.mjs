// Which servers lack what: docs/data/compatibility.json, written by the compatibility suite.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../run.mjs";

const FILE = path.join(ROOT, "docs/data/compatibility.json");

let data;

function read() {
  data ??= existsSync(FILE) ? JSON.parse(readFileSync(FILE, "utf8")) : {};
  return data;
}

/** The servers that do not have a method. */
export const missingOn = (method) => read().methods?.[method]?.missing ?? [];

/** The servers that leave a field of an entity out. */
export const omittedBy = (entity, field) => read().entities?.[entity]?.[field]?.omitted ?? [];
