// How far the account has read.
import { illegal } from "../client/call.js";

export const preferences = {
  markersGet(call) {
    if (!call.has("timeline")) call.set("timeline", ["home", "notifications"]);
  },

  markersSet(call) {
    const [timelines, ids] = [call.take("timelines"), call.take("last_read_ids")];
    if (timelines.length !== ids.length)
      throw illegal(call.name, "`timelines` and `last_read_ids` must have the same length");
    for (const [at, name] of timelines.entries()) call.set(name, { last_read_id: ids[at] });
  },
};
