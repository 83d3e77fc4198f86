// The page that bench.mjs opens: the same measurements as node.mjs, in a browser.
import { answers } from "./answers.js";
import { start } from "./start.js";

const ours = () => import("../pkg/browser.js");

window.answers = async () => {
  // Taken now: measuring replaces the page's `fetch`.
  const page = await (await fetch("/bench/page.json")).json();
  const library = await ours();
  await library.init();
  return answers(library, page);
};

/** As `start`, and the module's own request goes to the network. */
window.start = (name) => {
  const { fetch } = globalThis;
  return start(name, async () => {
    const library = await ours();
    const fake = globalThis.fetch;
    globalThis.fetch = fetch;
    await library.init();
    globalThis.fetch = fake;
    return library;
  });
};
