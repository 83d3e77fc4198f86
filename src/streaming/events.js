// Which events there are, what they mean for the hub, and how their payloads are written.

// The numberings that events of a stream belong to, and lists (channel.rs).
const STATUSES = 1;
export const NOTIFICATIONS = 2;
export const CONVERSATIONS = 4;
const LIST = 8;
/** Beside them: REST may take over. */
export const POLLS = 16;

export const traits = (name) =>
  name === "user"
    ? STATUSES | NOTIFICATIONS
    : name === "user:notification"
      ? NOTIFICATIONS
      : name === "direct"
        ? CONVERSATIONS
        : name === "list"
          ? STATUSES | LIST
          : +/^(public(:local|:remote)?(:media)?|hashtag(:local)?)$/.test(name);

// What else an event can mean (lane.rs), and how a payload is written that is no JSON.
export const EDIT = 8;
const DELETE = 16;
export const ID = 32;
export const ABSENT = 64;

export const EVENTS = {
  __proto__: null,
  update: STATUSES,
  notification: NOTIFICATIONS,
  conversation: CONVERSATIONS,
  "status.update": EDIT,
  delete: DELETE | ID,
  announcement: 0,
  "announcement.reaction": 0,
  "announcement.delete": ID,
  filters_changed: ABSENT,
  notifications_merged: ABSENT,
};

/** An id digit for digit, also where a server wrote it as JSON: what was parsed as a number is rounded. */
export function idText(payload, frame) {
  if (typeof payload === "number")
    return /"payload"\s*:\s*(\d+)/.exec(frame)?.[1] ?? String(payload);
  return typeof payload === "string" ? payload.trim().replace(/^"(.*)"$/, "$1") : payload;
}

/** An event, with the id of what it carries and when that was last edited, as far as there are such. */
export function entity(kind, event, payload) {
  const of = kind === CONVERSATIONS ? payload?.last_status : payload;
  const id = kind & DELETE ? payload : kind & 31 && of?.id;
  return { event, payload, id: `${id || ""}`, edited: `${of?.edited_at ?? ""}` };
}
