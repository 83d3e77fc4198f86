import { h } from "../dom.ts";
import { type IconName, icon } from "../icons.ts";
import { currentTheme, setTheme, type Theme } from "../theme.ts";

const choices: [Theme, IconName, string][] = [
  ["light", "sun", "Light"],
  ["auto", "settings", "As the system"],
  ["dark", "moon", "Dark"],
];

export function themeSwitch(): HTMLElement {
  const element = h("div", { class: "theme-switch", role: "group", "aria-label": "Colours" });
  const draw = () => {
    const now = currentTheme();
    for (const button of element.querySelectorAll("button")) {
      button.setAttribute("aria-pressed", String(button.value === now));
    }
  };
  for (const [theme, name, label] of choices) {
    const onclick = () => {
      setTheme(theme);
      draw();
    };
    element.append(
      h(
        "button",
        { type: "button", value: theme, "aria-label": label, title: label, onclick },
        icon(name, 17),
      ),
    );
  }
  draw();
  return element;
}
