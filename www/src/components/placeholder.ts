import { MastodonUnauthorizedError } from "mastodon-wasm";
import { h } from "../dom.ts";
import { icon } from "../icons.ts";
import { logo, type Scene, scene } from "../illustrations.ts";
import { describe } from "../problem.ts";

/** Shown instead of an empty list. */
export function emptyState(
  picture: Scene,
  title: string,
  text: string,
  ...more: HTMLElement[]
): HTMLElement {
  return h(
    "div",
    { class: "placeholder" },
    scene(picture),
    h("h2", null, title),
    h("p", null, text),
    more,
  );
}

/** Shown instead of a part that could not be loaded. */
export function failedState(error: unknown, retry: () => void): HTMLElement {
  const problem = describe(error);
  // Without a login, a retry does not help; a reload shows the login page.
  const expired = error instanceof MastodonUnauthorizedError;
  const onclick = expired ? () => location.reload() : retry;
  const button = h(
    "button",
    { class: "button button-accent", type: "button", onclick },
    icon("retry", 18),
    expired ? "Log in again" : "Try again",
  );
  return h(
    "div",
    { class: "placeholder", role: "alert" },
    scene("storm"),
    h("h2", null, problem.title),
    h("p", null, problem.message),
    h("code", { class: "placeholder-technical" }, problem.technical),
    button,
  );
}

/** Shown while a part is loading. */
export function openingState(): HTMLElement {
  const label = h("span", { class: "visually-hidden" }, "Opening");
  return h("main", { class: "opening" }, h("div", { role: "status" }, logo(72), label));
}

/** A skeleton of the content that is loading. */
export function skeleton(kind: "status" | "account" | "profile", count: number): HTMLElement {
  const bar = (width: string) => h("span", { class: `bone bone-${width}` });
  const item = () =>
    h(
      "div",
      { class: `skeleton skeleton-${kind}` },
      h("span", { class: "bone bone-avatar" }),
      h(
        "div",
        { class: "skeleton-lines" },
        bar("third"),
        bar("full"),
        kind === "account" ? null : bar("half"),
      ),
    );
  return h(
    "div",
    { class: "skeletons", role: "status" },
    h("span", { class: "visually-hidden" }, "Loading"),
    Array.from({ length: count }, item),
  );
}
