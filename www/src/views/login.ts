import { codeBlock } from "../components/code.ts";
import { confirmReset, reset } from "../components/reset.ts";
import { themeSwitch } from "../components/theme-switch.ts";
import { fill, h } from "../dom.ts";
import { icon } from "../icons.ts";
import { landscape, logo } from "../illustrations.ts";
import { describe } from "../problem.ts";
import { hasResident } from "../resident.ts";
import { findSandbox, type Sandbox, type SeededPerson } from "../sandbox.ts";
import { logIn } from "../session.ts";

const code = `await init();
const m =
  (await Mastodon.finishLogin()) ??
  (await Mastodon.restore());

for (const status of await m.timelineHome()) {
  show(status);
}`;

/** The first page for visitors: log in to the sandbox with one click, or to another instance. */
export function loginView(failure?: unknown): HTMLElement {
  const trouble = h("div", { class: "login-trouble", role: "alert" });
  const sandboxPlace = h("div", { class: "login-sandbox" });

  const start = async (instance: string, button: HTMLButtonElement) => {
    fill(trouble);
    button.disabled = true;
    button.setAttribute("aria-busy", "true");
    try {
      await logIn(instance);
    } catch (error) {
      showTrouble(error);
      button.disabled = false;
      button.removeAttribute("aria-busy");
    }
  };

  const showTrouble = (error: unknown) => {
    const { title, message, technical } = describe(error);
    fill(
      trouble,
      icon("alert", 20),
      h("div", null, h("strong", null, title), h("p", null, message), h("code", null, technical)),
    );
  };

  const field = h("input", {
    class: "field",
    id: "instance",
    name: "instance",
    placeholder: "mastodon.social",
    autocomplete: "url",
    autocapitalize: "none",
    spellcheck: "false",
    inputmode: "url",
    required: true,
  });
  const submit = h("button", { class: "button", type: "submit" }, "Log in");
  const form = h(
    "form",
    {
      class: "login-form",
      onsubmit: (event) => {
        event.preventDefault();
        void start(field.value.trim(), submit);
      },
    },
    h("label", { for: "instance" }, "Your instance"),
    h("div", { class: "login-row" }, field, submit),
    h(
      "p",
      { class: "login-hint" },
      "You confirm there. This page never sees your password, and nothing stands between you and your instance.",
    ),
  );

  void findSandbox().then((sandbox) => sandbox && fill(sandboxPlace, sandboxDoor(sandbox, start)));
  if (failure) showTrouble(failure);
  return h(
    "main",
    { class: "login" },
    h(
      "div",
      { class: "login-scene" },
      landscape(),
      h(
        "div",
        { class: "login-words" },
        h("p", { class: "brand" }, logo(), h("span", null, "Tundra")),
        h("h1", null, "A quiet place", h("br"), "to follow the herd."),
      ),
    ),
    h(
      "div",
      { class: "login-side" },
      h("div", { class: "login-card" }, trouble, sandboxPlace, form),
      h(
        "section",
        { class: "login-code" },
        h("h2", null, "All of it in the browser"),
        h(
          "p",
          null,
          "Tundra is the example of ",
          h("strong", null, "mastodon-wasm"),
          ": the whole Mastodon API in one small WebAssembly module, typed, without a server of its own.",
        ),
        codeBlock(code),
      ),
      h("footer", { class: "login-foot" }, themeSwitch()),
    ),
  );
}

function sandboxDoor(
  sandbox: Sandbox,
  start: (instance: string, button: HTMLButtonElement) => Promise<void>,
): HTMLElement {
  const button: HTMLButtonElement = h(
    "button",
    {
      class: "button button-accent button-large",
      type: "button",
      onclick: () => void start(sandbox.url, button),
    },
    "Enter the sandbox",
    icon("arrowRight", 20),
  );
  return h(
    "section",
    null,
    h("h2", null, "Look around"),
    h(
      "p",
      null,
      hasResident
        ? "An instance is running inside this browser, in a Service Worker, with people who live there. What you do stays here. Borrow a name:"
        : "An instance is running on this machine, with people who live there. Borrow a name:",
    ),
    h("ul", { class: "people", role: "list" }, sandbox.accounts.map(person)),
    button,
    hasResident && resetButton(),
    h("p", { class: "login-or" }, h("span", null, "or")),
  );
}

function resetButton(): HTMLElement {
  const ask = async () => {
    if (await confirmReset()) await reset();
  };
  return h(
    "button",
    { class: "button button-small login-reset", type: "button", onclick: () => void ask() },
    "Reset the demo",
  );
}

function person({ username, password, display_name }: SeededPerson): HTMLElement {
  return h(
    "li",
    { class: "person" },
    h("span", { class: "person-letter", "aria-hidden": "true" }, display_name.slice(0, 1)),
    h("strong", null, display_name),
    h("span", { class: "person-keys" }, h("kbd", null, username), h("kbd", null, password)),
  );
}
