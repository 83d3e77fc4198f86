// Search, and what is found for one.
import { isOlder, send, tooOld } from "../client/send.js";

/** What servers before this version pass over in silence. */
const PAGED = 2008000;
const ADVANCED = ["account_id", "offset", "min_id", "max_id"];

function paged(call) {
  const { name, state } = call;
  if (isOlder(state, PAGED) && ADVANCED.some((option) => call.has(option)))
    throw tooOld(name, PAGED, state.version);
  if (call.has("result_type")) call.answer = "o";
}

export const search = {
  search: paged,
  searchV2: paged,

  /** Newer servers say why they suggest somebody; here is who. */
  async suggestions(call) {
    const found = await send(call.scope, call.build());
    return Array.isArray(found) ? found.map((each) => each?.account ?? each) : [];
  },
};
