// Each browser: the suite of tests/browsers/, what a bundler made, and the demo.
import { BROWSERS } from "../browsers/browsers.mjs";
import { openSite } from "../browsers/run.mjs";
import { cases } from "../browsers/suite.js";
import { tour } from "../demo/tour.mjs";
import bundlers from "./bundlers.mjs";

const built = bundlers.find(({ name }) => name.startsWith("Vite 8, built"));

const about = (browser) => ({
  group: "browsers",
  missing: BROWSERS[browser].missing,
  versionIn: async (world) => (await world.browser(browser)).version,
});

const suite = (browser) => ({
  ...about(browser),
  name: `${browser}: the suite, ${cases.length} cases`,
  async run(project, world) {
    const site = await openSite(project.folder, world.sandbox);
    const results = [];
    for (const index of cases.keys()) {
      const result = await site.run(await world.browser(browser), index);
      project.note(`${result.ok ? "ok" : "FAILED"} ${result.name} ${result.error ?? ""}`);
      results.push(result);
    }
    site.stop();
    await world.sandbox.reset();
    const failed = results.filter(({ ok }) => !ok);
    const line = ({ name, error }) => `${name}: ${error.split("\n")[0]}`;
    if (failed.length) throw new Error(`${failed.length} failed: ${failed.map(line).join("; ")}`);
    const lacking = results.filter(({ cannot }) => cannot);
    return lacking.map(({ name, cannot }) => `"${name}" not: ${cannot}`).join("; ");
  },
});

const bundled = (browser) => ({
  ...built,
  ...about(browser),
  name: `${browser}: ${built.name}`,
  version: undefined,
  run: (project, world) =>
    built.run(project, { ...world, works: (url) => world.works(url, browser) }),
});

const demo = (browser) => ({
  ...about(browser),
  name: `${browser}: the demo without a server`,
  run: async (_, world) => tour(await world.browser(browser)),
});

const names = Object.keys(BROWSERS);

export default [
  ...names.map(suite),
  // In Chromium it is among the bundlers, and the demo has tests of its own.
  ...names.filter((name) => name !== "Chromium").flatMap((name) => [bundled(name), demo(name)]),
];
