// The site: the pages in docs/ and the generated reference, built by VitePress.
import path from "node:path";
import { build } from "vitepress";
import { ROOT } from "../run.mjs";
import { writeReference } from "./reference.mjs";

export const SITE = path.join(ROOT, "build/docs");

/** Builds the site into build/docs. Rejects if a link is broken. */
export async function buildSite() {
  writeReference();
  await build(path.join(ROOT, "docs"));
}
