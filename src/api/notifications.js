// Notifications: one or many, and what older servers call them.
import { illegal } from "../client/call.js";
import { isOlder } from "../client/send.js";

/** One entry of a list where the option `id` was given: it goes behind the path. */
export function byId(call) {
  if (!call.has("id")) return;
  call.path += "/{id}";
  call.answer = "";
}

const ALL_BUT_MENTIONS = ["follow", "favourite", "reblog", "poll", "follow_request"];

export const notifications = {
  notifications(call) {
    const others = call.has("types") || call.has("exclude_types");
    if (call.has("mentions_only") && others)
      throw illegal(call.name, "`mentions_only` excludes `types` and `exclude_types`");
    if (call.take("mentions_only")) {
      // Before 3.5.0, a server could only be told what not to send.
      if (isOlder(call.state, 3005000)) call.set("exclude_types", ALL_BUT_MENTIONS);
      else call.set("types", ["mention"]);
    }
    byId(call);
  },

  notificationsDismiss(call) {
    if (isOlder(call.state, 2009002)) call.path = "/api/v1/notifications/dismiss";
  },
};
