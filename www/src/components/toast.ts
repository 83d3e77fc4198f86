import { h } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import { describe, isAbort } from "../problem.ts";

const goodNews = 4_000;
const badNews = 9_000;

/** Says in a corner that something is done. */
export function toast(message: string, name: IconName = "check"): void {
  show(h("p", { class: "toast-title" }, message), name, "toast-good", goodNews);
}

/** Says in a corner what went wrong, for people first and then for developers. */
export function toastError(error: unknown, title?: string): void {
  if (isAbort(error)) return;
  const problem = describe(error);
  const body = h(
    "div",
    { class: "toast-body" },
    h("p", { class: "toast-title" }, title ?? problem.title),
    h("p", null, title ? `${problem.title}. ${problem.message}` : problem.message),
    h("code", { class: "toast-technical" }, problem.technical),
  );
  show(body, "alert", "toast-bad", badNews);
}

function show(body: HTMLElement, name: IconName, kind: string, duration: number): void {
  const close = () => element.remove();
  const element = h(
    "div",
    { class: `toast ${kind}`, role: kind === "toast-bad" ? "alert" : "status" },
    icon(name),
    body,
    h(
      "button",
      { class: "icon-button", type: "button", "aria-label": "Dismiss", onclick: close },
      icon("close", 16),
    ),
  );
  const toasts = document.querySelector("#toasts");
  toasts?.append(element);
  while ((toasts?.childElementCount ?? 0) > 3) toasts?.firstElementChild?.remove();
  let timer = setTimeout(close, duration);
  // Whoever is reading it is not hurried.
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("pointerleave", () => {
    timer = setTimeout(close, duration);
  });
}
