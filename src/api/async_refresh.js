// Answers that the server is still working on.

import { idOf, illegal, request } from "../client/call.js";
import { send } from "../client/send.js";
import { requestOf } from "../page.js";
import { segment } from "../params/encode.js";

/** What the header said, where a result carries it. */
function carried(call, name) {
  try {
    const refresh = call.get(name)?.async_refresh;
    return typeof refresh?.id === "string" ? refresh : undefined;
  } catch (cause) {
    throw illegal(call.name, `\`${name}\` could not be read`, cause);
  }
}

/** Seconds until the server wants to be asked: 3 where it names none, and 300 at most. */
const pause = (refresh) => Math.min(refresh.retry ?? 3, 300);

export const asyncRefresh = {
  getAsyncRefreshStatus(call) {
    const name = "result_or_id";
    const id = carried(call, name)?.id ?? idOf(call.name, name, call.get(name));
    call.set(name, id);
  },

  /** The refresh as the entity that the server gives, and the seconds to wait. */
  async getAsyncRefreshInfo(call) {
    const refresh = carried(call, "result");
    // A server that was done would not have sent the header.
    return refresh
      ? [
          { id: refresh.id, status: "running", result_count: refresh.result_count ?? null },
          pause(refresh),
        ]
      : null;
  },

  async awaitAsyncRefresh(call) {
    const { name, scope } = call;
    const result = call.get("result");
    const refresh = carried(call, "result");
    if (!refresh) return result;
    const original = requestOf(name, refresh);
    if (!("pagination" in result)) original.answer = "";
    const path = `/api/v1_alpha/async_refreshes/${segment(refresh.id)}`;
    try {
      for (let left = call.get("max_attempts") ?? Infinity; left > 0; left -= 1) {
        await scope.sleep(pause(refresh) * 1000);
        const question = request("getAsyncRefreshStatus", path, { field: "async_refresh" });
        const now = await send(scope, question);
        if (now?.status !== "running") return await send(scope, original);
      }
    } catch (error) {
      // Time is up: that of the whole call, not that of a request.
      if (!scope.timedOut) throw error;
    }
    return null;
  },
};
