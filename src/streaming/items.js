// Entities and events, by the numbers that the hub knows them by. The module compares them by way of
// an import, so there is one list for all clients.

/** `{ id, edited, event, payload, owner }`; number 0 is none. */
const items = [{ id: "", edited: "" }];
const free = [];

/** The number of an item from now on, until `sweep` finds that its owner no longer needs it. */
export function keep(item) {
  const number = free.pop() ?? items.length;
  items[number] = item;
  return number;
}

export const at = (number) => items[number];

/** Forgets the items of an owner, except those that are needed. */
export function sweep(owner, needed) {
  for (const [number, item] of items.entries()) {
    if (item?.owner === owner && !needed.has(number)) {
      items[number] = undefined;
      free.push(number);
    }
  }
}

const order = (a, b) => (a < b ? -1 : +(a > b));

/**
 * By id, which makes a difference of 2; those of the same id by when they were last edited.
 *
 * Numeric ids (snowflakes, sequences) grow in length before they grow in their first digit, and
 * ULIDs all have 26 characters that sort by time: the shorter is the older, and of equals the
 * characters decide. Reading digits as a number would lose the last ones. Times of one server
 * compare as they are written.
 */
export function compare(a, b) {
  const [x, y] = [items[a], items[b]];
  return 2 * (order(x.id.length, y.id.length) || order(x.id, y.id)) || order(x.edited, y.edited);
}
