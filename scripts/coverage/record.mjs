// `npm run coverage` loads this into every process of the tests. When a process ends, this writes
// down which functions of instrumented modules ran in it and in its browsers' pages.
import { randomUUID } from "node:crypto";
import { writeFileSync } from "node:fs";
import path from "node:path";

const FOLDER = process.env.COVERAGE_FOLDER;
const ran = new Set();

/**
 * Records the modules that are instantiated. Returns a function that lists which of their functions
 * ran. Pages run the source of this function, too.
 */
function watch() {
  const PREFIX = "ran:";
  const seen = [];
  const { Instance, instantiate, instantiateStreaming } = WebAssembly;
  const keep = (result) => {
    seen.push((result.instance ?? result).exports);
    return result;
  };
  WebAssembly.Instance = class extends Instance {
    constructor(...given) {
      super(...given);
      keep(this);
    }
  };
  WebAssembly.instantiate = (...given) => instantiate.apply(WebAssembly, given).then(keep);
  if (instantiateStreaming) {
    WebAssembly.instantiateStreaming = (...given) =>
      instantiateStreaming.apply(WebAssembly, given).then(keep);
  }
  return () =>
    seen.flatMap((exports) =>
      Object.keys(exports).filter((name) => name.startsWith(PREFIX) && exports[name].value),
    );
}

const list = watch();

/** Pages report regularly, because they can be closed at any time. */
const IN_PAGES = `{
  const list = (${watch})();
  setInterval(() => window.coverageRan?.(list()), 100);
}`;

async function join(context) {
  await context.exposeFunction("coverageRan", (names) => {
    for (const name of names) ran.add(name);
  });
  await context.addInitScript(IN_PAGES);
  return context;
}

/** scripts/browser.mjs calls this with each browser that it starts. */
globalThis.recordCoverage = (browser) => {
  const { newContext } = browser;
  browser.newContext = async (...given) => join(await newContext.apply(browser, given));
  browser.newPage = async (...given) => {
    const context = await browser.newContext(...given);
    const page = await context.newPage();
    page.once("close", () => context.close().catch(() => {}));
    return page;
  };
};

process.on("exit", () => {
  for (const name of list()) ran.add(name);
  if (ran.size > 0) {
    writeFileSync(path.join(FOLDER, `${randomUUID()}.json`), JSON.stringify([...ran]));
  }
});
