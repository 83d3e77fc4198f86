// Answers that the server is still working on: the `Mastodon-Async-Refresh` header.
import { hide, stored } from "./page.js";

/** Reads `id="…", retry=3, result_count=12`; undefined where it names no id. */
export function parse(header = "") {
  const refresh = {};
  for (const part of header.split(/[,;]/)) {
    const [, name, value] = /^\s*(\w+)\s*=\s*"?(.*?)"?\s*$/.exec(part) ?? [];
    if (name === "id") refresh.id = value;
    else if (/^\d+$/.test(value)) refresh[name] = Number(value);
  }
  return refresh.id ? refresh : undefined;
}

/** Puts `async_refresh` on an answer, not enumerable: what the header says, and the request to repeat. */
export function attach(value, header, request) {
  const refresh = header && parse(header);
  if (refresh && typeof value === "object" && value) {
    const { id, retry, result_count } = refresh;
    hide(value, "async_refresh", { ...stored(request), id, retry, result_count });
  }
}
