import type { Account } from "mastodon-wasm";
import { h } from "../dom.ts";
import { words } from "../html.ts";
import { accountPath } from "../paths.ts";
import { avatarLink, displayName, handle } from "./avatar.ts";

/** An account in a list. */
export function accountRow(account: Account, ...beside: HTMLElement[]): HTMLElement {
  const note = words(account.note);
  return h(
    "article",
    { class: "account-row", tabindex: 0 },
    avatarLink(account),
    h(
      "div",
      { class: "account-text" },
      h(
        "a",
        { class: "byline", href: accountPath(account) },
        displayName(account),
        handle(account),
      ),
      note && h("p", { class: "account-note" }, note),
    ),
    beside,
  );
}
