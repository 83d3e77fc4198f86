import type { Account, Relationship } from "mastodon-wasm";
import type { App } from "../app.ts";
import { fill, h } from "../dom.ts";
import { toastError } from "./toast.ts";

/** Follows and unfollows. The new state is shown at once. */
export function followButton(
  app: App,
  account: Account,
  relationship: Relationship,
  onChange?: (relationship: Relationship) => void,
): HTMLButtonElement {
  let now = relationship;

  const draw = () => {
    const on = now.following || now.requested;
    button.className = on ? "button follow follow-on" : "button button-accent follow";
    button.setAttribute("aria-pressed", String(on));
    fill(button, now.following ? "Following" : now.requested ? "Requested" : "Follow");
  };

  const toggle = async () => {
    const before = now;
    const on = now.following || now.requested;
    now = { ...now, following: !on && !account.locked, requested: !on && account.locked };
    draw();
    try {
      now = await (on ? app.m.accountUnfollow(account) : app.m.accountFollow(account));
      onChange?.(now);
    } catch (error) {
      now = before;
      toastError(error, "That did not work");
    }
    draw();
  };

  const button = h("button", { type: "button", onclick: toggle });
  draw();
  return button;
}
