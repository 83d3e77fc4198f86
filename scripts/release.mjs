// `npm run release`: builds and publishes the package, with npm's statement of where it was built
// (provenance). Only a run of continuous integration can make that statement, and npm refuses to publish
// without: pushing the tag is what releases (.github/workflows/release.yml).
//
//   npm run release -- --dry-run   builds, and shows what would be published
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { capture, ROOT, run } from "./run.mjs";

const { values } = parseArgs({ options: { "dry-run": { type: "boolean" } } });
const dry = values["dry-run"] ? ["--dry-run"] : [];

/** What speaks against releasing this tree. */
async function obstacles() {
  const read = (name) => readFileSync(path.join(ROOT, name), "utf8");
  const version = read("Cargo.toml").match(/^version = "(.+)"$/m)[1];
  const tags = await capture("git", ["tag", "--points-at", "HEAD"]);
  return [
    (await capture("git", ["status", "--porcelain"])) !== "" &&
      "there are changes without a commit",
    !tags?.split("\n").includes(`v${version}`) && `this commit has no tag v${version}`,
    !read("CHANGELOG.md").includes(`## [${version}]`) && `CHANGELOG.md does not have ${version}`,
  ].filter(Boolean);
}

try {
  const problems = await obstacles();
  if (problems.length) {
    const text = problems.join("; ");
    if (!dry.length) throw new Error(text);
    console.log(`release: it would be refused: ${text}`);
  }
  await build();
  await run("npm", ["publish", "./pkg", ...dry]);
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exit(1);
}
