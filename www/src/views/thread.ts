import type { Status } from "mastodon-wasm";
import type { App, View } from "../app.ts";
import { standingComposer } from "../components/composer.ts";
import { failedState, skeleton } from "../components/placeholder.ts";
import { statusCard } from "../components/status-card.ts";
import { drawEach, fill, h } from "../dom.ts";
import { isAbort } from "../problem.ts";

/** A status, with the statuses that it replies to above, and its replies below. */
export function threadView(app: App, signal: AbortSignal, id: string): View {
  const element = h("section", { class: "thread", "aria-label": "Thread" });
  const replies = h("div", { class: "thread-replies" });
  const shown = new Set<string>();

  const addReply = (status: Status) => {
    if (shown.has(status.id) || !status.in_reply_to_id || !shown.has(status.in_reply_to_id)) return;
    shown.add(status.id);
    const card = statusCard(app, status, signal);
    card.classList.add("arriving");
    replies.append(card);
  };

  const load = async () => {
    const known = app.statuses.get(id);
    fill(
      element,
      known ? statusCard(app, known, signal, { focused: true }) : null,
      skeleton("status", 3),
    );
    try {
      const [status, { ancestors, descendants }] = await Promise.all([
        app.m.status(id, { signal }),
        app.m.statusContext(id, { signal }),
      ]);
      for (const each of [...ancestors, status, ...descendants]) if (each) shown.add(each.id);
      const focused = statusCard(app, status, signal, { focused: true });
      fill(
        replies,
        drawEach(descendants, (each) => statusCard(app, each, signal)),
      );
      fill(
        element,
        h(
          "div",
          { class: "thread-ancestors" },
          drawEach(ancestors, (each) => statusCard(app, each, signal)),
        ),
        focused,
        standingComposer(app, {
          draft: { replyTo: status },
          placeholder: "Write a reply",
          withoutContext: true,
        }),
        replies,
      );
      if (ancestors.length > 0) focused.scrollIntoView({ block: "center" });
    } catch (error) {
      if (!isAbort(error)) fill(element, failedState(error, load));
    }
  };

  app.events.on("posted", addReply, signal);
  app.events.on("update", addReply, signal);
  app.events.on("notification", ({ status }) => status && addReply(status), signal);
  void load();
  return {
    title: "Thread",
    element,
    code: `const status = await m.status(id);
const { ancestors, descendants } =
  await m.statusContext(status);

await m.statusPost("Hello!", {
  in_reply_to_id: status,
});`,
  };
}
