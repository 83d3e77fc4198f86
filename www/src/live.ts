import type { Mastodon, Status, Stream, StreamListener, StreamState } from "mastodon-wasm";
import type { AppEvents } from "./app.ts";
import { toastError } from "./components/toast.ts";
import type { Emitter } from "./emitter.ts";
import type { Statuses } from "./statuses.ts";
import { note } from "./wire.ts";

const stateInterval = 500;

function noteEvent(label: string): void {
  note({ label, outcome: "live", failed: false, milliseconds: null });
}

/**
 * Creates the function that opens the user's stream for as long as the page is open. Its argument
 * is the newest status that the page shows: later ones are delivered, too. Only the first call has
 * an effect.
 */
export function live(
  m: Mastodon,
  statuses: Statuses,
  events: Emitter<AppEvents>,
  signal: AbortSignal,
): (newest?: Status) => void {
  let begun = false;
  return (newest) => {
    if (begun || signal.aborted) return;
    begun = true;
    listen(m, statuses, events, signal, newest);
  };
}

function listen(
  m: Mastodon,
  statuses: Statuses,
  events: Emitter<AppEvents>,
  signal: AbortSignal,
  newest: Status | undefined,
): void {
  const listener: StreamListener = {
    onUpdate(status) {
      noteEvent("update");
      statuses.put(status);
      events.emit("update", status);
    },
    onStatusUpdate(status) {
      noteEvent("status.update");
      statuses.put(status);
    },
    onDelete(id) {
      noteEvent("delete");
      statuses.remove(id);
    },
    onNotification(notification) {
      noteEvent(`notification ${notification.type}`);
      if (notification.status) statuses.put(notification.status);
      events.emit("notification", notification);
    },
    onGap({ from, to }) {
      noteEvent(`gap ${from ?? "…"}–${to ?? "…"}`);
    },
    onAbort(error) {
      note({ label: "stream ended", outcome: error.name, failed: true, milliseconds: null });
      toastError(error, "No longer live");
    },
  };
  const stream = m.streamUser(listener, { resume: newest?.id });
  showState(stream, events, signal);
  signal.addEventListener("abort", () => stream.close());
}

function showState(stream: Stream, events: Emitter<AppEvents>, signal: AbortSignal): void {
  let last: StreamState | undefined;
  const look = () => {
    if (stream.state === last) return;
    last = stream.state;
    events.emit("connection", last);
  };
  look();
  const timer = setInterval(look, stateInterval);
  signal.addEventListener("abort", () => clearInterval(timer));
}
