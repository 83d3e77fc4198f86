// What is published is what was built from the lock files: no package that was swapped gets into the job
// that may publish. And continuous integration runs all there is.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { ROOT, run } from "../../scripts/run.mjs";
import cases from "../matrix/cases.mjs";

const FOLDER = path.join(ROOT, ".github", "workflows");
const workflows = readdirSync(FOLDER).map((name) => [
  name,
  readFileSync(path.join(FOLDER, name), "utf8"),
]);

/** The jobs of a workflow, by name: what is indented below each. */
function jobs(text) {
  const [, body] = text.split(/^jobs:\n/m);
  const parts = body.split(/^ {2}([\w-]+):\n/m).slice(1);
  const found = {};
  for (let at = 0; at < parts.length; at += 2) found[parts[at]] = parts[at + 1];
  return found;
}

const without = (text) => text.replace(/(^|\s)#.*$/gm, "");

describe("the workflows", () => {
  it("name each action by its commit, and say which version that is", () => {
    assert.ok(workflows.length >= 2);
    for (const [name, text] of workflows) {
      const uses = [...text.matchAll(/uses:.*$/gm)].map(([line]) => line);
      assert.ok(uses.length > 0, name);
      for (const line of uses) assert.match(line, /^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
    }
  });

  it("let only the job publish that runs nothing of others", () => {
    let publishing = 0;
    for (const [name, text] of workflows) {
      const [head] = without(text).split(/^jobs:\n/m);
      assert.match(head, /^permissions:\n {2}contents: read\n/m, name);
      assert.doesNotMatch(head, /write/, `${name}: for all of its jobs`);
      for (const [job, body] of Object.entries(jobs(without(text)))) {
        const publishes = /npm publish|cargo publish|deploy-pages/.test(body);
        assert.equal(/: write/.test(body), publishes, `${name}, ${job}: the right to write`);
        assert.doesNotMatch(body, /secrets\.|NODE_AUTH_TOKEN/, `${name}, ${job}: a token to lose`);
        if (!publishes) continue;
        publishing += 1;
        assert.match(body, /needs: build/);
        assert.doesNotMatch(body, /npm (ci|install|run|test|exec)|npx|node |cache/);
        if (body.includes("npm publish")) {
          assert.match(body, /sha256sum --check/);
          assert.doesNotMatch(body, /checkout|cargo/);
          assert.deepEqual(body.match(/npm publish .*/g), [
            "npm publish ./package.tgz --ignore-scripts --provenance --access public",
            "npm publish ./sandbox.tgz --ignore-scripts --provenance --access public",
          ]);
        } else if (body.includes("cargo publish")) {
          // Packs the source, and compiles nothing.
          assert.deepEqual(body.match(/run: .*/g), [
            "run: cargo publish -p mastodon-wasm --locked --no-verify",
          ]);
        } else {
          assert.doesNotMatch(body, /run:|checkout/);
        }
      }
    }
    assert.equal(publishing, 3);
  });

  it("put no text of an event into a script", () => {
    for (const [name, text] of workflows) {
      for (const [, script] of text.matchAll(/run: (.*(?:\n {10,}.*)*)/g)) {
        assert.doesNotMatch(script, /\$\{\{/, name);
      }
      assert.doesNotMatch(text, /pull_request_target|workflow_run/, name);
    }
  });
});

describe("the workflows run", () => {
  const commands = workflows.flatMap(([name, text]) =>
    [...without(text).matchAll(/^ *(?:- )?run: (.+)$/gm)].map(([, command]) => [name, command]),
  );

  it("commands that there are", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(ROOT, "package.json"), "utf8"));
    let found = 0;
    for (const [name, command] of commands) {
      for (const [, script] of command.matchAll(/npm (?:run )?(test|(?<=run )[\w:]+)/g)) {
        found += 1;
        assert.ok(script in scripts, `${name}: ${command}`);
      }
    }
    assert.ok(found >= 6, `${found} scripts`);
  });

  it("all that .ci/run runs, each case of the matrix once", () => {
    const { test, slow, matrix } = jobs(workflows.find(([name]) => name === "ci.yml")[1]);
    assert.match(test, /run: npm test$/m);
    assert.match(slow, /run: npm run test:slow$/m);
    assert.match(matrix, /run: npm run test:matrix -- --only "\$CASES"$/m);
    const patterns = [...matrix.matchAll(/^ {10}- "(.+)"$/gm)].map(([, text]) => new RegExp(text));
    assert.ok(patterns.length > 1);
    for (const { group, name } of cases) {
      const jobs = patterns.filter((pattern) => pattern.test(`${group}: ${name}`));
      assert.equal(jobs.length, 1, `${group}: ${name}`);
    }
  });
});

describe("what is published", () => {
  const json = (name) => JSON.parse(readFileSync(path.join(ROOT, name), "utf8"));
  /** The names in a package as npm would publish it. */
  async function packed(folder) {
    const args = ["pack", `./${folder}`, "--dry-run", "--json", "--ignore-scripts"];
    const { output } = await run("npm", [...args, "--loglevel=silent"], { show: false });
    // An array up to npm 11, an object by package name from npm 12 on.
    const [{ files }] = Object.values(JSON.parse(output));
    return files.map((file) => file.path);
  }
  /** A pattern of `files`, or of `include`, as npm and cargo read it. */
  const named = (pattern) =>
    new RegExp(
      `^${pattern.replace(/^\//, "").replace(/[.+]/g, "\\$&").replace(/\*/g, "[^/]*")}(/.*)?$`,
    );
  /** What could be in none of them, whatever the patterns say. */
  const PRIVATE =
    /(^|\/)(\.env|\.npmrc|\.git|\.cargo|tests?|fuzz|corpus|artifacts|node_modules)(\/|$)|\.(pem|key|log|tgz)$/;

  for (const folder of ["pkg", "pkg-sandbox"]) {
    it(`is what \`files\` says, in ${folder}`, async () => {
      const { files, exports, bin, scripts } = json(`${folder}/package.json`);
      const names = await packed(folder);
      const always = ["package.json", "README.md"];
      const patterns = files.map(named);
      for (const name of names) {
        assert.ok(always.includes(name) || patterns.some((each) => each.test(name)), name);
        assert.doesNotMatch(name, PRIVATE);
      }
      for (const pattern of files) {
        const used = names.some((name) => named(pattern).test(name));
        assert.ok(used, `${pattern} names nothing`);
      }
      const targets = (of) =>
        typeof of === "string" ? [of] : Object.values(of ?? {}).flatMap(targets);
      const entries = targets([exports, bin]).map((entry) => entry.replace("./", ""));
      assert.ok(entries.length > 5);
      for (const name of entries) assert.ok(names.includes(name), `${name} is missing`);
      for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(names.includes(name), name);
      assert.equal(scripts, undefined, "nothing runs on installation");
      for (const name of names) {
        const content = readFileSync(path.join(ROOT, folder, name), "latin1");
        for (const place of [ROOT, homedir()]) {
          assert.ok(!content.includes(`${place}/`), `${name} tells where it was built`);
        }
      }
    });
  }

  it("is what `include` says, in the crate", async () => {
    const manifest = readFileSync(path.join(ROOT, "Cargo.toml"), "utf8");
    const include = JSON.parse(manifest.match(/^include = (\[.*\])$/m)[1]);
    const args = ["package", "--list", "--allow-dirty", "--offline", "-p", "mastodon-wasm"];
    const { output } = await run("cargo", args, { show: false });
    const names = output.trim().split("\n");
    // What cargo adds by itself.
    const always = ["Cargo.toml", "Cargo.toml.orig", "Cargo.lock", ".cargo_vcs_info.json"];
    const patterns = include.map(named);
    assert.ok(names.length > 100, output);
    for (const name of names.filter((each) => !always.includes(each))) {
      assert.ok(
        patterns.some((each) => each.test(name)),
        name,
      );
      assert.match(name, /\.(rs|js|d\.ts|md)$|^LICENSE-/);
      if (!name.startsWith("src/fuzz")) assert.doesNotMatch(name, PRIVATE);
    }
    for (const pattern of include) assert.ok(names.some((name) => named(pattern).test(name)));
  });
});

describe("the scripts", () => {
  const files = readdirSync(path.join(ROOT, "scripts"), { recursive: true })
    .filter((name) => name.endsWith(".mjs"))
    .map((name) => [name, readFileSync(path.join(ROOT, "scripts", name), "utf8")]);

  it("install by the lock files alone", () => {
    for (const [name, text] of files) {
      const code = text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, "");
      assert.ok(!code.includes("--no-package-lock"), name);
      const cargo = /"cargo"[\s\S]{0,40}"install"/.test(code);
      assert.ok(!cargo || code.includes('"--locked"'), name);
    }
  });

  it("stop where a package is not the one of the lock file", async (t) => {
    const folder = mkdtempSync(path.join(ROOT, "build", "swapped-"));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    mkdirSync(path.join(folder, "swapped"));
    writeFileSync(
      path.join(folder, "swapped", "package.json"),
      '{"name":"swapped","version":"1.0.0"}',
    );
    const { output } = await run("npm", ["pack", "./swapped", "--silent"], {
      cwd: folder,
      show: false,
    });
    const file = `file:${output.trim()}`;
    const dependencies = { swapped: file };
    const integrity = `sha512-${Buffer.alloc(64, 1).toString("base64")}`;
    const packages = {
      "": { dependencies },
      "node_modules/swapped": { version: "1.0.0", resolved: file, integrity },
    };
    writeFileSync(path.join(folder, "package.json"), JSON.stringify({ dependencies }));
    writeFileSync(
      path.join(folder, "package-lock.json"),
      JSON.stringify({ lockfileVersion: 3, requires: true, packages }),
    );
    const call = `import(${JSON.stringify(path.join(ROOT, "scripts/setup.mjs"))}).then((m) =>
      m.npmPackages(${JSON.stringify(path.relative(ROOT, folder))}, "a test"))`;
    for (const CI of ["true", ""]) {
      const attempt = await run(process.execPath, ["-e", call], {
        env: { CI },
        show: false,
        check: false,
      });
      assert.notEqual(attempt.code, 0, attempt.output);
      assert.match(attempt.output, /EINTEGRITY|integrity checksum failed/);
      assert.ok(!readdirSync(folder).includes("node_modules"), "something was installed");
    }
  });
});
