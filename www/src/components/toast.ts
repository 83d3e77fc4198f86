import { h } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import { describe, isAbort } from "../problem.ts";

const goodNews = 4_000;
const badNews = 9_000;

const toasts = h("div", { class: "toasts", role: "region", "aria-label": "Messages" });

/** A modal dialog covers the rest of the page, so messages are shown inside it. */
function place(): void {
  const dialogs = document.querySelectorAll("dialog[open]");
  const dialog = [...dialogs].at(-1);
  (dialog ?? document.body).append(toasts);
  dialog?.addEventListener("close", place, { once: true });
}

/** Shows a success message in a corner. */
export function toast(message: string, name: IconName = "check"): void {
  show(h("p", { class: "toast-title" }, message), name, "toast-good", goodNews);
}

/** Shows an error message in a corner, for users first and then for developers. */
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
  toasts.append(element);
  while (toasts.childElementCount > 3) toasts.firstElementChild?.remove();
  place();
  let timer = setTimeout(close, duration);
  // The message stays while it has the focus or the pointer.
  element.addEventListener("pointerenter", () => clearTimeout(timer));
  element.addEventListener("focusin", () => clearTimeout(timer));
  element.addEventListener("pointerleave", () => {
    timer = setTimeout(close, duration);
  });
}
