import type { Mastodon } from "mastodon-wasm";
import { fill, h } from "../dom.ts";
import { recentExchanges, watchExchanges } from "../wire.ts";

const rows = 9;

/** The latest requests to the instance, and its stream events. */
export function wirePanel(m: Mastodon, signal: AbortSignal): HTMLElement {
  const list = h("ol", { class: "wire-list", role: "list" });
  const limit = h("p", { class: "wire-limit" });
  const draw = () => {
    fill(
      list,
      recentExchanges()
        .slice(0, rows)
        .map(({ label, outcome, failed, milliseconds }) =>
          h(
            "li",
            { class: failed ? "wire-row wire-failed" : "wire-row" },
            h("span", { class: "wire-label", title: label }, label),
            h("span", { class: `wire-outcome wire-${outcome}` }, outcome),
            h("span", { class: "wire-time" }, milliseconds === null ? "" : `${milliseconds} ms`),
          ),
        ),
    );
    const { ratelimit } = m;
    fill(limit, ratelimit && `${ratelimit.remaining} of ${ratelimit.limit} requests left`);
  };
  // Several requests often end at once.
  let frame = 0;
  const soon = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  };
  watchExchanges(soon, signal);
  draw();
  return h("section", { class: "panel wire" }, h("h2", null, "On the wire"), list, limit);
}
