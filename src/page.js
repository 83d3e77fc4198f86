// Pages: from the `Link` header to the next request. A page is what the server sent, with one property
// that does not show: `pagination`. It holds the next and the previous request as plain JSON, so that it
// can be stored and taken up by another client on another day.

import { illegal, request } from "./client/call.js";
import { send } from "./client/send.js";
import { create, refused } from "./error.js";
import { flat } from "./params/encode.js";

/** The cursors of pages. The server's replace the caller's: the same one twice is an error. */
const CURSORS = ["max_id", "min_id", "since_id", "offset"];

/** Sets a property that does not show. */
export const hide = (value, name, property) =>
  Object.defineProperty(value, name, { value: property });

/** Names and values as an object; a name that comes again becomes a list. */
function collect(pairs, skip = []) {
  const params = {};
  for (const [name, value] of pairs) {
    if (!skip.includes(name))
      params[name] = Object.hasOwn(params, name)
        ? [params[name], String(value)].flat()
        : String(value);
  }
  return params;
}

/** How many entries an answer has: a list's, or the longest of the lists in it (search has three). */
const entries = (page) =>
  Array.isArray(page)
    ? page.length
    : Math.max(0, ...Object.values(page).map((part) => part?.length ?? 0));

/** The stored form of a request. */
export const stored = ({ name, path, pairs }) => ({
  method: name,
  path,
  params: collect(flat(pairs)),
});

/** The targets of a `Link` header: `<https://…?max_id=1>; rel="next", <…>; rel="prev"`. */
export function parseLink(header) {
  const links = {};
  // A comma may stand inside a target, so links are told apart by their brackets.
  for (const [, target, attributes] of header.matchAll(/<([^<>]*)>([^<]*)/g)) {
    const [, relations = ""] = /[;,]\s*rel\s*=\s*("[^"]*|[^;,]*)/i.exec(attributes) ?? [];
    for (const relation of relations.toLowerCase().match(/\w+/g) ?? []) {
      const name = relation === "previous" ? "prev" : relation;
      if (target.trim()) links[name] ??= target.trim();
    }
  }
  return links;
}

/**
 * Puts `pagination` on an answer: the original parameters with those of the link over them; or,
 * where pages are counted, with the next offset.
 */
export function attach(page, header, { name: method, path, pairs, answer }, origin) {
  if (typeof page !== "object" || page === null) return;
  const links = header ? parseLink(header) : {};
  const original = (but) => collect(flat(pairs), but);
  const follow = (target) => {
    if (target === undefined || !URL.canParse(target, origin + path)) return null;
    const url = new URL(target, origin + path);
    const params = { ...original(CURSORS), ...collect(url.searchParams) };
    const info = { method, path: url.pathname, params };
    // Kept, so that following it can be refused by name.
    return url.origin === origin ? info : { ...info, origin: url.origin };
  };
  const pagination = { next: follow(links.next), prev: follow(links.prev) };
  if (answer === "o" && !links.next && !links.prev) {
    const here = Number(original().offset ?? 0);
    const size = entries(page);
    const at = (offset) => ({
      method,
      path,
      params: { ...original(CURSORS), offset: String(offset) },
    });
    if (size) pagination.next = at(here + size);
    if (here) pagination.prev = at(Math.max(0, here - (Number(original().limit) || size)));
  }
  hide(page, "pagination", pagination);
}

/** The stored request of a page, of its `pagination`, or of one direction of it; undefined for neither. */
function find(page, direction) {
  const pagination = page?.pagination ?? page;
  const info = typeof pagination?.path === "string" ? pagination : pagination?.[direction];
  if (info === null || (info === undefined && Array.isArray(page))) return null;
  return typeof info?.path === "string" ? info : undefined;
}

/** The stored request that continues a page in a direction (`"next"` or `"prev"`), or null. */
export function infoOf(method, name, page, direction) {
  let info;
  try {
    info = find(page, direction);
  } catch (cause) {
    throw illegal(method, `\`${name}\` could not be read`, cause);
  }
  if (info === undefined) throw refused(method, name, "a page or its `pagination`", page);
  return info;
}

/** The request that a stored one stands for. */
export function requestOf(method, { origin, path, params }) {
  if (typeof origin === "string") {
    throw create(
      0,
      `${method}: the page continues at ${origin}, which is not this client's server; its token is not sent there`,
    );
  }
  if (!/^\/[^?#\\]*$/.test(path)) throw illegal(method, "this `pagination` has no usable path");
  const pairs = Object.entries(params ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, String(one)]),
  );
  return request(method, path, {
    pairs,
    answer: Object.hasOwn(params ?? {}, "offset") ? "o" : "p",
  });
}

/** The page of a stored request. */
export async function follow(scope, method, info) {
  if (info === null) return null;
  const page = await send(scope, requestOf(method, info));
  rename(page, info.method);
  return page;
}

/** The first method's name stays that of all pages. */
function rename(page, method) {
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

/** The pages, or (`entry`) their entries; with `more`, each beside what continues its page. */
export async function* iterate(scope, method, start, direction, entry, more) {
  const next = (info) => follow(scope, method, info);
  for await (const [page, info] of walk(next, start, direction)) {
    for (const part of entry ? page : [page]) yield more ? [part, info] : part;
  }
}
