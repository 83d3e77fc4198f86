// A few days of streams, in Node and in a page. `npm run soak` goes on for as long as one likes.
import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import FakeTimers from "@sinonjs/fake-timers";
import { buildSync } from "esbuild";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { serveFolder } from "../browsers/site.mjs";
import { Simulation } from "./simulation.js";

const SEED = 1;
const DAYS = 2;

function judged({ complaints, figures }, t) {
  t.diagnostic(JSON.stringify(figures));
  assert.deepEqual(complaints, []);
  assert.ok(figures.events > 500 && figures.reconnects > 20, "nothing happened");
}

test("days of streams in Node", async (t) => {
  const { init, Mastodon } = await import("../../pkg/node.js");
  const { Sandbox } = await import("../../pkg-sandbox/node.js");
  await init();
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const simulation = new Simulation({ Mastodon, Sandbox, FakeTimers, seed: SEED, turn });
  const complaints = [];
  await simulation.start();
  try {
    while (simulation.figures.days < DAYS) complaints.push(...(await simulation.day()));
  } finally {
    simulation.stop();
  }
  judged({ complaints, figures: simulation.figures }, t);
});

test("days of streams in a page", { skip: missing() }, async (t) => {
  const script = buildSync({
    stdin: {
      contents: `
        export { Simulation } from "./simulation.js";
        export { default as FakeTimers } from "@sinonjs/fake-timers";`,
      resolveDir: import.meta.dirname,
    },
    bundle: true,
    format: "esm",
    // Only in Node does it look for these, and does without them elsewhere.
    external: ["util", "timers", "timers/promises"],
    write: false,
  });
  const folder = path.join(ROOT, "target", "soak");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "soak.js"), script.outputFiles[0].contents);
  writeFileSync(path.join(folder, "index.html"), "<title>.</title>");
  const site = await serveFolder(ROOT, { policy: false });
  const browser = await launchChromium();
  t.after(async () => {
    await browser.close();
    site.stop();
  });
  const page = await browser.newPage();
  await page.goto(`${site.url}target/soak/`);
  const result = await page.evaluate(
    async ({ seed, days }) => {
      const { Simulation, FakeTimers } = await import("/target/soak/soak.js");
      const { init, Mastodon } = await import("/pkg/browser.js");
      const { Sandbox } = await import("/pkg-sandbox/browser.js");
      await init();
      const { port1, port2 } = new MessageChannel();
      const turn = () =>
        new Promise((resolve) => {
          port1.onmessage = resolve;
          port2.postMessage(0);
        });
      const simulation = new Simulation({ Mastodon, Sandbox, FakeTimers, seed, turn });
      const complaints = [];
      await simulation.start();
      while (simulation.figures.days < days) complaints.push(...(await simulation.day()));
      simulation.stop();
      return { complaints, figures: simulation.figures };
    },
    { seed: SEED + 1, days: DAYS },
  );
  judged(result, t);
});

function missing() {
  return !findChromium() && process.env.CI !== "true" && "no Chromium or Chrome here";
}
