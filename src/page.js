// Pages, where they are JavaScript values: the property that does not show, and what is stored of it.

/** The cursors of pages. The server's replace the caller's: the same one twice is an error. */
const CURSORS = ["max_id", "min_id", "since_id", "offset"];

/** Sets a property that does not show. */
export const hide = (value, name, property) =>
  Object.defineProperty(value, name, { value: property });

/** A flat list of names and values as an object; a name that comes again becomes a list. */
function collect(flat, skip = []) {
  const params = {};
  for (let at = 0; at < flat.length; at += 2) {
    const [name, value] = flat.slice(at, at + 2);
    if (!skip.includes(name))
      params[name] = Object.hasOwn(params, name) ? [params[name], value].flat() : value;
  }
  return params;
}

/** How many entries an answer has: a list's, or the longest of the lists in it (search has three). */
const entries = (page) =>
  Array.isArray(page)
    ? page.length
    : Math.max(0, ...Object.values(page).map((part) => part?.length ?? 0));

/** The stored form of a request. */
export const stored = (method, path, flat) => ({ method, path, params: collect(flat) });

/**
 * Puts `pagination` on an answer: the original parameters with those of the link over them; or,
 * where pages are counted, with the next offset.
 */
export function attach(page, next, prev, method, path, flat, origin, counted) {
  if (typeof page !== "object" || page === null) return;
  const original = collect(flat, CURSORS);
  const follow = (target) => {
    if (target === undefined || !URL.canParse(target, origin + path)) return null;
    const url = new URL(target, origin + path);
    const own = collect([...url.searchParams].flat());
    const info = { method, path: url.pathname, params: { ...original, ...own } };
    // Kept, so that following it can be refused by name.
    return url.origin === origin ? info : { ...info, origin: url.origin };
  };
  const pagination = { next: follow(next), prev: follow(prev) };
  if (counted && !next && !prev) {
    const here = Number(collect(flat).offset ?? 0);
    const size = entries(page);
    const at = (offset) => ({ method, path, params: { ...original, offset: String(offset) } });
    if (size) pagination.next = at(here + size);
    if (here) pagination.prev = at(Math.max(0, here - (Number(original.limit) || size)));
  }
  hide(page, "pagination", pagination);
}

/** The stored request of a page, of its `pagination`, or of one direction of it; undefined for neither. */
export function find(page, direction) {
  const pagination = page?.pagination ?? page;
  const info = typeof pagination?.path === "string" ? pagination : pagination?.[direction];
  if (info === null || (info === undefined && Array.isArray(page))) return null;
  return typeof info?.path === "string" ? info : undefined;
}

/** A stored request's parameters as a flat list. */
export const flatten = (info) =>
  Object.entries(info.params ?? {}).flatMap(([name, value]) =>
    [value].flat().flatMap((one) => [name, String(one)]),
  );

/** The first method's name stays that of all pages. */
export function rename(page, method) {
  for (const info of [page?.pagination?.next, page?.pagination?.prev])
    if (info) info.method = method;
}

/** Some servers send empty pages that have a next one; this many in a row are the end. */
const EMPTY_PAGES = 3;

/** Every page from a page or a stored one on, as far as `follow` (a request's page, or null) goes. */
async function* walk(follow, start, direction) {
  let page = start?.pagination || Array.isArray(start) ? start : null;
  let info = find(start, direction);
  for (let empty = 0; ; ) {
    if (page) yield [page, find(page, direction)];
    if (!info || empty >= EMPTY_PAGES) return;
    page = await follow(info);
    if (!page) return;
    empty = entries(page) ? 0 : empty + 1;
    const next = find(page, direction);
    // A page that continues with itself would never end.
    info = JSON.stringify(next) === JSON.stringify(info) ? null : next;
  }
}

/** The pages, or (`flat`) their entries; with `more`, each beside what continues its page. */
export async function* iterate(steps, start, direction, flat, more) {
  try {
    for await (const [page, info] of walk((request) => steps.follow(request), start, direction)) {
      for (const part of flat ? page : [page]) yield more ? [part, info] : part;
    }
  } finally {
    steps.free();
  }
}

/** All entries in one list. */
export async function gather(steps, start) {
  const all = [];
  for await (const entry of iterate(steps, start, "next", true, false)) all.push(entry);
  return all;
}
