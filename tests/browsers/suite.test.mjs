// The suite in Chromium. `npm run test:matrix` runs it in Firefox and WebKit as well.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { createProject } from "../package/project.mjs";
import { BROWSERS } from "./browsers.mjs";
import { openSite } from "./run.mjs";
import { cases } from "./suite.js";

describe("the suite in Chromium", () => {
  let project;
  let sandbox;
  let site;
  let browser;
  before(async () => {
    project = await createProject();
    sandbox = await startSandbox();
    site = await openSite(project.folder, sandbox);
    browser = await BROWSERS.Chromium.launch();
  });
  after(async () => {
    await browser?.close();
    site?.stop();
    await sandbox?.stop();
    project?.remove();
  });

  for (const [index, { name }] of cases.entries()) {
    it(name, async () => {
      const { error, cannot } = await site.run(browser, index);
      // There is nothing in it that Chromium cannot do.
      assert.equal(error ?? cannot, undefined);
    });
  }
});
