// What docs/benchmarks.md says in figures, as bounds that no slow or busy machine crosses: each is a
// ratio of two things measured in turn, and the best round counts. `npm run bench` has the figures.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { interleave } from "../../bench/measure.js";
import { Mastodon } from "../../pkg/node.js";

const HOME = "https://mastodon.example";
const PAGE = JSON.stringify(
  JSON.parse(readFileSync(new URL("../../bench/page.json", import.meta.url))),
);

/** The best ratio of ours to the floor, for answers of this text. */
async function ratio(text, options) {
  const fetch = async () => new Response(text, { headers: { "content-type": "application/json" } });
  const m = new Mastodon({ api_base_url: HOME, access_token: "token", fetch });
  const headers = { authorization: "Bearer token" };
  const { floor, ours } = await interleave(
    {
      floor: async () => {
        const query = new URLSearchParams(options);
        return (await fetch(`${HOME}/api/v1/timelines/home?${query}`, { headers })).json();
      },
      ours: () => m.timelineHome(options),
    },
    { rounds: 15, slice: 25 },
  );
  return Math.min(...ours.map((time, at) => time / floor[at]));
}

describe("figures", () => {
  it("a page of 40 statuses takes hardly longer than parsing it", async () => {
    const best = await ratio(PAGE, { limit: 40 });
    assert.ok(best < 1.2, `${best.toFixed(2)} of the floor`);
  });

  it("a call costs a few times what an empty answer does", async () => {
    const best = await ratio("[]", { limit: 40, max_id: "109", local: true });
    assert.ok(best < 5, `${best.toFixed(2)} of the floor`);
  });
});
