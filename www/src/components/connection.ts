import type { StreamState } from "mastodon-wasm";
import type { AppEvents } from "../app.ts";
import { fill, h } from "../dom.ts";
import type { Emitter } from "../emitter.ts";

const words: Record<StreamState, { label: string; title: string }> = {
  connecting: { label: "Connecting", title: "Connecting to the stream of the instance" },
  open: { label: "Live", title: "New posts arrive as they are written" },
  polling: {
    label: "Polling",
    title: "Live connections are refused here; new posts are asked for every few seconds",
  },
  waiting: { label: "Reconnecting", title: "The connection was lost; it will be tried again" },
  closed: { label: "Offline", title: "The stream has ended; reload the page to connect again" },
};

/** Whether the page receives new statuses at the moment. */
export function connectionState(events: Emitter<AppEvents>, signal: AbortSignal): HTMLElement {
  const label = h("span", { class: "connection-label" });
  const element = h(
    "p",
    { class: "connection", role: "status" },
    h("span", { class: "connection-dot" }),
    label,
  );
  const show = (state: StreamState) => {
    element.dataset.state = state;
    element.title = words[state].title;
    fill(label, words[state].label);
  };
  show("connecting");
  events.on("connection", show, signal);
  return element;
}
