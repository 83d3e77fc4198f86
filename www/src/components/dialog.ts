import { type Child, h } from "../dom.ts";
import { icon } from "../icons.ts";

interface DialogOptions {
  title: string;
  class?: string;
  /** Called before the dialog closes by Escape, its button or a click beside it. */
  mayClose?(): boolean | Promise<boolean>;
}

export interface Dialog {
  element: HTMLDialogElement;
  close(): void;
}

/** Opens a modal dialog. The browser keeps the focus inside, and restores it afterwards. */
export function openDialog(options: DialogOptions, ...content: Child[]): Dialog {
  const close = () => element.close();
  const dismiss = async () => {
    if ((await options.mayClose?.()) ?? true) close();
  };
  const element = h(
    "dialog",
    { class: `dialog ${options.class ?? ""}`, "aria-label": options.title },
    h(
      "div",
      { class: "dialog-header" },
      h("h2", null, options.title),
      h(
        "button",
        { class: "icon-button", type: "button", "aria-label": "Close", onclick: dismiss },
        icon("close"),
      ),
    ),
    h("div", { class: "dialog-content" }, content),
  );
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    void dismiss();
  });
  element.addEventListener("pointerdown", (event) => {
    if (event.target === element) void dismiss();
  });
  element.addEventListener("close", () => element.remove());
  document.body.append(element);
  element.showModal();
  return { element, close };
}

/** Asks before something that cannot be undone. */
export function confirmDialog(
  title: string,
  question: string,
  yes: string,
  no = "Keep it",
): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (value: boolean) => () => {
      resolve(value);
      dialog.close();
    };
    const dialog = openDialog(
      { title, class: "dialog-small" },
      h("p", null, question),
      h(
        "div",
        { class: "dialog-buttons" },
        h(
          "button",
          { class: "button", type: "button", autofocus: true, onclick: answer(false) },
          no,
        ),
        h("button", { class: "button button-danger", type: "button", onclick: answer(true) }, yes),
      ),
    );
    dialog.element.addEventListener("close", () => resolve(false));
  });
}
