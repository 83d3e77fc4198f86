// From one page to the others.
import { follow, infoOf, iterate } from "../page.js";

const one = (name, direction) => (call) =>
  follow(call.scope, call.name, infoOf(call.name, name, call.get(name), direction));

const key = (direction) => (direction === "previous" ? "prev" : "next");

const all = (entry) => (call) => {
  infoOf(call.name, "start_page", call.get("start_page"), "next");
  return walk(call, entry);
};

/** The call begins with the first step, since an iterator may never be taken up. */
async function* walk(call, entry) {
  call.open();
  try {
    const [start, direction, more] = ["start_page", "direction", "return_pagination_info"].map(
      (name) => call.get(name),
    );
    yield* iterate(call.scope, call.name, start, key(direction), entry, more);
  } finally {
    call.scope.close();
  }
}

export const pagination = {
  fetchNext: one("previous_page", "next"),
  fetchPrevious: one("next_page", "prev"),
  async fetchRemaining(call) {
    const { scope, name } = call;
    const start = call.get("first_page");
    infoOf(name, "first_page", start, "next");
    const entries = [];
    for await (const entry of iterate(scope, name, start, "next", true)) entries.push(entry);
    return entries;
  },
  getPaginationInfo: async (call) =>
    infoOf(call.name, "page", call.get("page"), key(call.get("pagination_direction"))),
  paginationIterator: all(true),
  paginationPageIterator: all(false),
};
