// Statuses: what is done to them before they are sent.
import { idOf, illegal } from "../client/call.js";
import { isOlder, ownId, send } from "../client/send.js";
import { complete } from "../params/upload.js";

/** A key that no other call has. `randomUUID` is there in secure contexts alone. */
const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

/** A status may be sent twice and is posted once: that is what the key is for. */
function publishable(call) {
  const { feature_set } = call.state;
  if (call.has("quote_id") && feature_set !== "fedibird") {
    throw illegal(
      call.name,
      '`quote_id` needs `feature_set: "fedibird"`; elsewhere it is `quoted_status_id`',
    );
  }
  const strict = call.take("strict_content_type");
  if (strict && call.has("content_type") && feature_set !== "pleroma")
    throw illegal(call.name, '`content_type` needs `feature_set: "pleroma"`');
  call.key ??= randomKey();
  call.repeatable = true;
}

/** Whom a reply is to, as ids and handles: the author first, then those mentioned. */
const people = (status, untag) =>
  [status.account, ...(untag ? [] : (status.mentions ?? []))].map(({ id, acct }) => [
    String(id),
    acct,
  ]);

/** A reply behind the handles of those whom it is to. Nobody is there twice, oneself only as the author. */
export const address = ([author, ...others], own, text) =>
  [...new Map([author, ...others.filter(([id]) => id !== own && id !== author[0])]).values()]
    .map((acct) => `@${acct} `)
    .join("") + text;

/** A file in one string. */
async function dataUrl(file) {
  let binary = "";
  for (const byte of new Uint8Array(await file.arrayBuffer())) binary += String.fromCharCode(byte);
  return `data:${file.type};base64,${btoa(binary)}`;
}

export const statuses = {
  statusCard(call) {
    if (!isOlder(call.state, 3000000)) return;
    call.path += "/card";
    call.field = undefined;
  },

  statusPost: publishable,
  toot: publishable,

  /** Media whose descriptions are edited stay attached, also where `media_ids` does not name them. */
  statusUpdate(call) {
    const edits = call.get("media_attributes");
    if (!edits) return;
    const edited = edits.map(({ id }) => id).filter(Boolean);
    call.set("media_ids", [...new Set([...(call.take("media_ids") ?? []), ...edited])]);
  },

  /** Read before anything is waited for: the status is the caller's, and may be another one then. */
  statusReply(call) {
    publishable(call);
    const status = call.take("to_status");
    let to;
    try {
      to = people(status, call.take("untag"));
      for (const name of ["visibility", "spoiler_text"]) {
        const inherited = status[name];
        if (!call.has(name) && inherited && typeof inherited === "string")
          call.set(name, inherited);
      }
    } catch (cause) {
      const message = "`to_status` must be a whole status, as the server gave it";
      throw illegal(call.name, message, cause);
    }
    call.set("in_reply_to_id", idOf(call.name, "to_status", status));
    return ownId(call.scope).then((own) => {
      call.set("status", address(to, own, call.get("status")));
      return send(call.scope, call.build());
    });
  },

  generateMediaEditAttributes(call) {
    complete(call, "thumbnail", "thumb_mimetype");
    return edit(call);
  },
};

async function edit(call) {
  const file = call.get("thumbnail");
  if (file) call.set("thumbnail", await dataUrl(file));
  return call.sent();
}
