// Versions of servers: of Mastodon and of what calls itself compatible. A version is a number,
// 4003001 for 4.3.1.

function leading(text) {
  // What follows the first number that is none by itself is no version any more: `4.2.0rc1`.
  const [, ...parts] = /^v*(\d*)(?:\.(\d*)(?:\.(\d*))?)?/.exec(text);
  return parts.reduce((sum, part) => sum * 1e3 + Math.min(part ?? 0, 999), 0);
}

/**
 * Reads what an instance says of itself. Never fails: what cannot be read is 0.
 *
 * Forks append: `2.7.2 (compatible; Pleroma 2.5.0)`, `4.4.0-beta.1+glitch`. Some put Mastodon's
 * version behind a plus (`0.8.1+3.1.0`), others a build name (`0.20.1+git-57cb4fe`).
 */
export function parseVersion(text) {
  const [before, after = ""] = text.split(" ")[0].split("+");
  const behind = leading(after);
  return behind >= 1e6 && after.includes(".") ? behind : leading(before);
}

/** `4.3.1` */
export const printVersion = (version) =>
  [version / 1e6, (version / 1e3) % 1e3, version % 1e3].map(Math.trunc).join(".");
