import type { Account } from "mastodon-wasm";
import { h } from "../dom.ts";
import { plainText } from "../html.ts";
import { accountPath } from "../paths.ts";

export function avatar(
  account: Account,
  size: "small" | "medium" | "large" = "medium",
): HTMLElement {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const src = still ? account.avatar_static : account.avatar;
  return h("img", {
    class: `avatar avatar-${size}`,
    src,
    alt: "",
    loading: "lazy",
    draggable: "false",
  });
}

/**
 * The avatar as a link. The name beside it is a link as well, so screen readers ignore this one.
 */
export function avatarLink(account: Account, size?: "small" | "medium" | "large"): HTMLElement {
  const href = accountPath(account);
  return h(
    "a",
    { class: "avatar-link", href, tabindex: -1, "aria-hidden": "true" },
    avatar(account, size),
  );
}

export function displayName(account: Account): HTMLElement {
  const text = account.display_name || account.username;
  return h("bdi", { class: "display-name" }, plainText(text, account.emojis));
}

export function handle(account: Account): HTMLElement {
  return h("span", { class: "handle" }, `@${account.acct}`);
}
