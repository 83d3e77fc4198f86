// The recipes of docs/guide/ that need packages: `npm run test:matrix` runs them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** A block of the page of recipes or another one, by its language and a word in it. */
export function recipe(language, word, name = "recipes.md") {
  const page = fileURLToPath(new URL(`../../docs/guide/${name}`, import.meta.url));
  const blocks = [...readFileSync(page, "utf8").matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)];
  const found = blocks.find(([, name, code]) => name === language && code.includes(word));
  assert.ok(found, `no recipe with ${word}`);
  return found[2];
}
