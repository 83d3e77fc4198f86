// Rate limits: what the headers say, and how long to wait. Times are milliseconds since 1970, by this
// machine's clock.

/** The longest single wait. A limit that lasts longer is asked about again. */
export const LONGEST = 300_000;
/** How often a 429 that does not say when to come back is tried again. */
const ATTEMPTS = 5;

/**
 * When the limit is reset, or undefined. Mastodon sends ISO 8601, GoToSocial epoch seconds, some
 * proxies the seconds that are left. `skew` is how far the server's clock is ahead of ours, where that
 * is known.
 */
export function resetAt(header, now, skew) {
  const text = header?.trim();
  // Nothing that is still running was reset in the seventies.
  const at = /^\d{1,15}$/.test(text)
    ? text < 1e8
      ? now + text * 1000
      : text * 1000 - skew
    : Date.parse(text) - skew;
  return Number.isFinite(at) ? at : undefined;
}

/** Milliseconds to wait before the next request so as not to run into the limit. */
export function beforeRequest(limit, method, now, last, factor) {
  const left = limit ? limit.reset - now : 0;
  if (left <= 0 || method === "throw") return 0;
  const wait =
    limit.remaining < 1
      ? left
      : method === "pace"
        ? (left / limit.remaining - (now - last)) / factor
        : 0;
  return Math.min(Math.max(wait, 0), LONGEST);
}

/**
 * Milliseconds to wait after a 429: until the reset where it is known and ahead; else one second,
 * doubled each time. Undefined when it was tried often enough.
 */
export function afterRefusal(reset, now, attempt) {
  // A little more than the server says: its clock and ours tick apart.
  if (reset > now) return Math.min(reset - now + 100, LONGEST);
  return attempt < ATTEMPTS ? 1000 * 2 ** attempt : undefined;
}
