// Handling an answer and putting a request together: the same in Node and in a page.
import { decode } from "blurhash";
import { contenders } from "./contenders.js";
import { interleave } from "./measure.js";

const HASH = "LEHV6nWB2yk8pyo0adR*.7kCMdnj";

/** Times by measurement and contender. */
export async function answers(library, page) {
  const options = { limit: 40 };
  const call = (text, given) => {
    const clients = contenders(library, text);
    const bound = Object.entries(clients).map(([name, ask]) => [name, () => ask(given)]);
    return Object.fromEntries(bound);
  };
  const results = {};
  const text = JSON.stringify(page);
  for (const [name, ask] of Object.entries(call(text, options))) {
    const { length } = await ask();
    if (length !== page.length) throw new Error(`${name} gives ${length} of ${page.length}`);
  }
  results.page = await interleave(call(text, options));
  results.status = await interleave(call(JSON.stringify(page.slice(0, 1)), options));
  results.request = await interleave(call("[]", { limit: 40, max_id: "109", local: true }));
  const m = new library.Mastodon({ api_base_url: "https://mastodon.example" });
  for (const side of [32, 256]) {
    results[`blurhash${side}`] = await interleave(
      {
        blurhash: () => decode(HASH, side, side),
        "mastodon-wasm": () =>
          m.decodeBlurhash(HASH, { out_size: [side, side], size_per_component: false }),
      },
      { rounds: 15 },
    );
  }
  return results;
}
