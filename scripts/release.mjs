// `npm run release`: builds the packages and packs them into build/release: package.tgz, and
// sandbox.tgz for mastodon-wasm-sandbox, which has the same version.
//
// This does not publish: a build runs hundreds of packages of other authors, so it must not be able
// to publish. A pushed tag starts the release, in two jobs of which only the second can publish
// (.github/workflows/release.yml).
//
//   npm run release -- --dry-run   builds, and shows what would be published
import { mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { build } from "./build.mjs";
import { buildSandboxPackage } from "./build-sandbox.mjs";
import { capture, ROOT, run } from "./run.mjs";

const { values } = parseArgs({ options: { "dry-run": { type: "boolean" } } });
const dry = values["dry-run"];

/** The reasons why this tree cannot be released. */
async function obstacles() {
  const read = (name) => readFileSync(path.join(ROOT, name), "utf8");
  const versionIn = (name) => read(name).match(/^version = "(.+)"$/m)[1];
  const version = versionIn("Cargo.toml");
  const sandbox = versionIn("sandbox/wasm/Cargo.toml");
  const tags = await capture("git", ["tag", "--points-at", "HEAD"]);
  return [
    (await capture("git", ["status", "--porcelain"])) !== "" &&
      "there are changes without a commit",
    !tags?.split("\n").includes(`v${version}`) && `this commit has no tag v${version}`,
    sandbox !== version && `sandbox/wasm/Cargo.toml has the version ${sandbox}, not ${version}`,
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
  await buildSandboxPackage();
  const out = path.join(ROOT, "build", "release");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  await pack("pkg", path.join(out, "package.tgz"));
  await pack("pkg-sandbox", path.join(out, "sandbox.tgz"));
} catch (error) {
  console.error(`release: ${error.message}`);
  process.exit(1);
}

/** Packs a folder. Without `file`, only shows what would be packed. */
async function pack(folder, file) {
  const args = [
    "pack",
    `./${folder}`,
    "--ignore-scripts",
    "--pack-destination",
    path.dirname(file),
  ];
  const { output } = await run("npm", [...args, ...(dry ? ["--dry-run"] : [])]);
  const name = output.trimEnd().split("\n").at(-1);
  if (!dry) renameSync(path.join(path.dirname(file), name), file);
}
