import type { Mastodon } from "mastodon-wasm";
import { h } from "../dom.ts";
import { icon } from "../icons.ts";

const durations = [
  [3_600, "1 hour"],
  [21_600, "6 hours"],
  [86_400, "1 day"],
  [259_200, "3 days"],
  [604_800, "7 days"],
] as const;

export interface PollEditor {
  element: HTMLElement;
  /** The poll for `statusPost`, or null while it has fewer than two options. */
  poll(): ReturnType<Mastodon["makePoll"]> | null;
}

export function pollEditor(m: Mastodon, maxOptions: number, onChange: () => void): PollEditor {
  const options = h("div", { class: "poll-options" });
  const texts = () => [...options.querySelectorAll("input")];

  const addOption = () => {
    const number = texts().length + 1;
    const input = h("input", {
      class: "field",
      maxlength: 50,
      placeholder: `Option ${number}`,
      "aria-label": `Option ${number}`,
      oninput: onChange,
    });
    options.append(input);
    more.hidden = number >= maxOptions;
    return input;
  };

  const more = h(
    "button",
    { class: "text-button", type: "button", onclick: () => addOption().focus() },
    icon("plus", 16),
    "Add an option",
  );
  const duration = h(
    "select",
    { class: "select", "aria-label": "How long the poll is open" },
    durations.map(([seconds, label]) =>
      h("option", { value: seconds, selected: seconds === 86_400 }, label),
    ),
  );
  const multiple = h("input", { type: "checkbox" });
  addOption();
  addOption();

  return {
    element: h(
      "fieldset",
      { class: "poll-editor" },
      h("legend", { class: "visually-hidden" }, "Poll"),
      options,
      h(
        "div",
        { class: "poll-settings" },
        more,
        h("label", { class: "check" }, multiple, "Several choices"),
        duration,
      ),
    ),
    poll() {
      const written = texts()
        .map((input) => input.value.trim())
        .filter(Boolean);
      if (written.length < 2) return null;
      return m.makePoll(written, Number(duration.value), { multiple: multiple.checked });
    },
  };
}
