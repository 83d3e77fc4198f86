// The same page in each browser.
import { BROWSERS } from "./browsers.mjs";
import bundlers from "./bundlers.mjs";

const built = bundlers.find(({ name }) => name.startsWith("Vite 8, built"));
const plain = bundlers.find(({ name }) => name.startsWith("no bundler"));

const others = Object.keys(BROWSERS).filter((name) => name !== "Chromium");

export default others.flatMap((browser) =>
  [built, plain].map((each) => ({
    ...each,
    group: "browsers",
    name: `${browser}: ${each.name}`,
    missing: BROWSERS[browser].missing,
    version: undefined,
    versionIn: async (world) => (await world.browser(browser)).version,
    run: (project, world) =>
      each.run(project, { ...world, works: (url) => world.works(url, browser) }),
  })),
);
