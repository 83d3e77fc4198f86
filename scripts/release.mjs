// `npm run release`: builds the package and packs it into build/release/package.tgz. Publishing is not in
// here: what builds runs hundreds of packages that others wrote, and may not publish. Pushing the tag is
// what releases, in two jobs of which only the second may (.github/workflows/release.yml).
//
//   npm run release -- --dry-run   builds, and shows what would be published
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { capture, ROOT, run } from "./run.mjs";

const { values } = parseArgs({ options: { "dry-run": { type: "boolean" } } });
const dry = values["dry-run"];

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
    if (!dry) throw new Error(text);
    console.log(`release: it would be refused: ${text}`);
  }
  await build();
  const out = path.join(ROOT, "build", "release");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const pack = ["pack", "./pkg", "--ignore-scripts", "--pack-destination", out];
  const { output } = await run("npm", [...pack, ...(dry ? ["--dry-run"] : [])]);
  const name = output.trimEnd().split("\n").at(-1);
  if (!dry) renameSync(path.join(out, name), path.join(out, "package.tgz"));
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exit(1);
}
