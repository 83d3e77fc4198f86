// `npm test` on a machine that has no browser, and to which none can be brought.
import assert from "node:assert/strict";
import { mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { run, which } from "../../scripts/run.mjs";

const skip = process.platform === "linux" ? false : "other systems have places of their own";

describe("without a browser", { skip }, () => {
  let folder;

  before(() => {
    folder = mkdtempSync(path.join(realpathSync(tmpdir()), "mastodon-wasm-no-browser-"));
    // What a build needs, but neither apt-get nor npx.
    for (const name of ["cargo", "rustc", "rustup", "cc", "wasm-bindgen", "wasm-pack"]) {
      const found = which(name);
      if (found)
        symlinkSync(realpathSync(path.dirname(found)) + path.sep + name, path.join(folder, name));
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const test = (CI) =>
    run(process.execPath, ["scripts/test.mjs", "--only", "suite,size"], {
      env: {
        CI,
        PATH: folder,
        HOME: folder,
        CHROME_PATH: "",
        CARGO_HOME: process.env.CARGO_HOME ?? path.join(homedir(), ".cargo"),
        RUSTUP_HOME: process.env.RUSTUP_HOME ?? path.join(homedir(), ".rustup"),
      },
      show: false,
      check: false,
    });

  it("the last lines say what was not run, and how to get one", async () => {
    const { code, output } = await test("");
    assert.match(output, /^browser: /m, "it says that it tries to bring one");
    const lines = output.trimEnd().split("\n");
    assert.equal(lines.at(-1), "0 passed, 0 failed", output);
    const last = lines.slice(-6).join("\n");
    assert.match(last, /no browser here/);
    assert.match(last, /not run.*: suite\.$/im);
    assert.match(last, /CHROME_PATH/);
    assert.match(last, /npm test -- --only suite$/m);
    assert.equal(code, 0);
  });

  it("it fails in continuous integration", async () => {
    const { code, output } = await test("true");
    assert.equal(output.trimEnd().split("\n").at(-1), "0 passed, 1 failed", output);
    assert.equal(code, 1);
  });
});
