import { h } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";

export interface MenuItem {
  label: string;
  icon: IconName;
  danger?: boolean;
  choose(): void;
}

/** A button with a menu. Arrow keys move in it; Escape and a click outside close it. */
export function menu(button: HTMLButtonElement, items: () => MenuItem[]): HTMLElement {
  const wrapper = h("div", { class: "menu" }, button);
  let list: HTMLElement | null = null;
  let leave: AbortController | undefined;

  const close = (returnFocus = false) => {
    leave?.abort();
    list?.remove();
    list = null;
    button.setAttribute("aria-expanded", "false");
    if (returnFocus) button.focus();
  };

  const open = () => {
    list = h("div", { class: "menu-list", role: "menu" }, items().map(entry));
    wrapper.append(list);
    button.setAttribute("aria-expanded", "true");
    if (list.getBoundingClientRect().bottom > innerHeight - 72) list.classList.add("menu-up");
    leave = new AbortController();
    const { signal } = leave;
    const outside = (event: Event) => {
      if (!wrapper.contains(event.target as Node)) close();
    };
    document.addEventListener("pointerdown", outside, { signal });
    list.querySelector<HTMLElement>("button")?.focus();
  };

  const entry = (item: MenuItem) =>
    h(
      "button",
      {
        type: "button",
        role: "menuitem",
        class: item.danger ? "menu-item menu-danger" : "menu-item",
        onclick: () => {
          close(true);
          item.choose();
        },
      },
      icon(item.icon, 18),
      item.label,
    );

  button.setAttribute("aria-haspopup", "menu");
  button.setAttribute("aria-expanded", "false");
  button.addEventListener("click", () => (list ? close() : open()));
  wrapper.addEventListener("keydown", (event) => {
    if (!list) return;
    const entries = [...list.querySelectorAll<HTMLElement>("button")];
    const at = entries.indexOf(document.activeElement as HTMLElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) entries.at((at + step) % entries.length)?.focus();
    else if (event.key === "Escape") close(true);
    else if (event.key === "Tab") return close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  return wrapper;
}
