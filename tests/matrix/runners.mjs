// Test runners: somebody's tests of their own app, with this package in it.
import assert from "node:assert/strict";
import { chmodSync, existsSync, symlinkSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { recipe } from "./recipes.mjs";
import { expected } from "./scenario.js";

const test = (imports) => `
${imports}
const wanted = ${JSON.stringify(expected)};
test("the package", async () => {
  const caller = JSON.parse(CALLER);
  expect(await scenario(library, caller)).toEqual(wanted);
}, 30_000);
`;

const withCaller = (text, world) =>
  text.replace("JSON.parse(CALLER)", JSON.stringify(world.caller));

const IMPORTS = `
import * as library from "mastodon-wasm";
import { scenario } from "./scenario.js";
`;
const VITEST = `import { expect, test } from "vitest";${IMPORTS}`;
const REQUIRES = `
const library = require("mastodon-wasm");
const { scenario } = require("./scenario.cjs");
`;

/** That tests are where they are said to be. */
const WHERE = `
import { expect, test } from "vitest";
test("Workers", () => expect(navigator.userAgent).toBe("Cloudflare-Workers"));
`;

/** The scenario for runners that know CommonJS alone. */
const scenarioAsCommonJs = (project) => [
  "scenario.cjs",
  project.read("scenario.js").replaceAll("export ", "").concat("module.exports = { scenario };"),
];

/** The blocks of the guide for tests, as files of the names that they begin with. */
const guide = (...names) =>
  Object.fromEntries(names.map((name) => [name, recipe("mjs", `// ${name}`, "testing.md")]));

/** Puts the package with the sandbox beside the one that is tested. */
function withSandbox(project) {
  const folder = fileURLToPath(new URL("../../pkg-sandbox", import.meta.url));
  assert.ok(existsSync(folder), "there is no sandbox to put there: npm run build:sandbox");
  symlinkSync(folder, project.path("node_modules/mastodon-wasm-sandbox"), "junction");
  const command = project.path("node_modules/.bin/mastodon-wasm-sandbox");
  writeFileSync(command, `#!/usr/bin/env node\nimport(${JSON.stringify(`${folder}/cli.js`)});\n`);
  chmodSync(command, 0o755);
}

export default [
  {
    name: "Vitest, in Node",
    packages: { vitest: "5" },
    version: "vitest",
    async run(project, world) {
      project.write("main.test.js", withCaller(test(VITEST), world));
      await project.run("vitest", ["run"]);
    },
  },
  {
    name: "Vitest, a sandbox in the process and one by globalSetup",
    packages: { vitest: "5" },
    version: "vitest",
    files: {
      ...guide("timeline.test.mjs", "sandbox.setup.mjs", "port.test.mjs"),
      "vitest.config.js": 'export default { test: { globalSetup: "./sandbox.setup.mjs" } };',
    },
    async run(project) {
      withSandbox(project);
      const printed = await project.run("vitest", ["run"]);
      assert.match(printed, /Tests +3 passed/);
    },
  },
  {
    name: "Vitest in Workers, a sandbox in the process",
    packages: { vitest: "5", "@cloudflare/vitest-plugin": "1" },
    version: "@cloudflare/vitest-plugin",
    files: guide("timeline.test.mjs", "vitest.config.mjs"),
    async run(project) {
      withSandbox(project);
      project.write("where.test.mjs", WHERE);
      const printed = await project.run("vitest", ["run"]);
      assert.match(printed, /Tests +3 passed/);
    },
  },
  {
    name: "Vitest, in Chromium",
    packages: { vitest: "5", "@vitest/browser-playwright": "5", playwright: "1" },
    version: "vitest",
    async run(project, world) {
      project.write("main.test.js", withCaller(test(VITEST), world));
      project.write(
        "vitest.config.js",
        `
import { playwright } from "@vitest/browser-playwright";
const launchOptions = ${JSON.stringify(world.chromium)};
export default {
  test: {
    browser: {
      enabled: true,
      headless: true,
      provider: playwright({ launchOptions }),
      instances: [{ browser: "chromium" }],
      screenshotFailures: false,
    },
  },
};
`,
      );
      await project.run("vitest", ["run"]);
    },
  },
  {
    name: "Jest, as it is (CommonJS)",
    packages: { jest: "30" },
    version: "jest",
    manifest: { type: "commonjs" },
    async run(project, world) {
      project.write(...scenarioAsCommonJs(project));
      project.write("main.test.js", withCaller(test(REQUIRES), world));
      await project.run("jest", []);
    },
  },
  {
    name: "Jest, ES modules",
    packages: { jest: "30" },
    version: "jest",
    async run(project, world) {
      project.write("main.test.js", withCaller(test(IMPORTS), world));
      await project.run("jest", [], { NODE_OPTIONS: "--experimental-vm-modules" });
    },
  },
  {
    name: "Jest, a sandbox in the process and one by globalSetup",
    packages: { jest: "30" },
    version: "jest",
    files: {
      ...guide("jest.test.mjs", "jest.setup.mjs", "jest.teardown.mjs", "jest-port.test.mjs"),
      "jest.config.js": `export default {
        testMatch: ["**/*.test.mjs"],
        globalSetup: "./jest.setup.mjs",
        globalTeardown: "./jest.teardown.mjs",
      };`,
    },
    async run(project) {
      withSandbox(project);
      await project.run("jest", ["--passWithNoTests=false"], {
        NODE_OPTIONS: "--experimental-vm-modules",
      });
    },
  },
  {
    name: "Jest with jsdom (jest-fixed-jsdom)",
    packages: { jest: "30", "jest-environment-jsdom": "30", "jest-fixed-jsdom": "*" },
    version: "jest",
    manifest: { type: "commonjs" },
    // By itself jsdom has neither TextDecoder nor fetch. jest-fixed-jsdom gives them back.
    async run(project, world) {
      project.write(...scenarioAsCommonJs(project));
      project.write("main.test.js", withCaller(test(REQUIRES), world));
      await project.run("jest", ["--env=jest-fixed-jsdom"]);
    },
  },
].map((each) => ({ group: "test runners", ...each }));
