import { Mastodon, type Status, type Visibility } from "mastodon-wasm";
import type { App, Draft } from "../app.ts";
import { fill, h, svg } from "../dom.ts";
import { summary } from "../html.ts";
import { type IconName, icon } from "../icons.ts";
import { attachments } from "./attachments.ts";
import { avatar, displayName } from "./avatar.ts";
import { type PollEditor, pollEditor } from "./poll-editor.ts";
import { visibilities } from "./status-card.ts";
import { toast, toastError } from "./toast.ts";

export interface Composer {
  element: HTMLFormElement;
  readonly dirty: boolean;
  focus(): void;
}

interface ComposerOptions {
  draft?: Draft;
  placeholder?: string;
  /** Whether the status that is replied to is shown directly above. */
  withoutContext?: boolean;
  onDone?(status: Status): void;
}

/** The form for a status: text, warning, images, poll, and visibility. */
export function composer(app: App, options: ComposerOptions): Composer {
  const { m, instance } = app;
  const { draft = {}, placeholder, onDone } = options;
  const { replyTo, edit } = draft;
  let poll: PollEditor | null = null;
  let sending = false;

  const textarea = h("textarea", {
    class: "composer-text",
    rows: 3,
    placeholder: placeholder ?? "What is on your mind?",
    "aria-label": replyTo ? "Your reply" : "Your post",
    oninput: () => update(),
    onpaste: (event) => {
      if (event.clipboardData?.files.length) pictures.add(event.clipboardData.files);
    },
  });
  const beginning = draft.text ?? (replyTo ? mentionsOf(replyTo, app.me.acct) : "");
  textarea.value = beginning;

  const warning = h("input", {
    class: "field composer-warning",
    placeholder: "Content warning",
    "aria-label": "Content warning",
    hidden: true,
    oninput: () => update(),
  });
  const visibility = visibilitySelect(
    replyTo?.visibility ?? edit?.visibility ?? "public",
    Boolean(edit),
  );
  const sensitive = h("input", { type: "checkbox" });
  const sensitiveLabel = h(
    "label",
    { class: "check composer-sensitive", hidden: true },
    sensitive,
    "Cover the pictures",
  );
  const pictures = attachments(m, instance.maxPictures, () => update());
  const pollPlace = h("div", null);
  const counter = h("span", { class: "composer-count" });
  const ring = countRing();
  const send = h(
    "button",
    { class: "button button-accent", type: "submit" },
    edit ? "Save" : replyTo ? "Reply" : "Post",
  );

  const chooser = h("input", {
    type: "file",
    accept: "image/*,video/mp4,video/webm,audio/*",
    multiple: true,
    hidden: true,
    tabindex: -1,
    "aria-hidden": "true",
    onchange: () => {
      pictures.add(chooser.files ?? []);
      chooser.value = "";
    },
  });
  const pictureButton = tool("image", "Add pictures", () => chooser.click());
  const pollButton = tool("poll", "Add a poll", () => {
    poll = poll ? null : pollEditor(m, instance.maxPollOptions, () => update());
    fill(pollPlace, poll?.element);
    poll?.element.querySelector("input")?.focus();
    update();
  });
  const warningButton = tool("alert", "Add a content warning", () => {
    warning.hidden = !warning.hidden;
    (warning.hidden ? textarea : warning).focus();
    update();
  });

  const spoiler = () => (warning.hidden ? "" : warning.value.trim());
  const length = () => Mastodon.getStatusLength(textarea.value, { spoiler_text: spoiler() });

  const update = () => {
    const left = instance.maxCharacters - length();
    const written = edit ? textarea.value : textarea.value.replace(beginning, "");
    const empty = !written.trim() && pictures.count === 0;
    const unfinished = poll !== null && poll.poll() === null;
    ring.show(1 - left / instance.maxCharacters);
    fill(counter, left <= 50 ? left : null);
    counter.classList.toggle("over", left < 0);
    send.disabled = sending || empty || left < 0 || unfinished;
    pollButton.disabled = pictures.count > 0 || Boolean(edit);
    pictureButton.disabled =
      poll !== null || Boolean(edit) || pictures.count >= instance.maxPictures;
    pollButton.setAttribute("aria-pressed", String(poll !== null));
    warningButton.setAttribute("aria-pressed", String(!warning.hidden));
    sensitiveLabel.hidden = pictures.count === 0;
  };

  const submit = async (): Promise<Status> => {
    const text = textarea.value;
    if (edit) {
      const media_ids = edit.media_attachments.map((each) => each.id);
      return m.statusUpdate(edit, text, {
        spoiler_text: spoiler(),
        sensitive: edit.sensitive,
        media_ids,
      });
    }
    const media_ids = await pictures.ids();
    const status = await m.statusPost(text, {
      in_reply_to_id: replyTo?.id,
      visibility: visibility.value as Visibility,
      spoiler_text: spoiler() || undefined,
      sensitive: sensitive.checked || undefined,
      media_ids: media_ids.length > 0 ? media_ids : undefined,
      poll: poll?.poll(),
    });
    // The result is a scheduled status only with `scheduled_at`.
    return status as Status;
  };

  const onsubmit = async (event?: Event) => {
    event?.preventDefault();
    if (send.disabled) return;
    sending = true;
    element.setAttribute("aria-busy", "true");
    update();
    try {
      const status = await submit();
      app.statuses.put(status);
      if (edit) toast("Changes saved", "pencil");
      else {
        toast(replyTo ? "Reply sent" : "Posted");
        app.events.emit("posted", status);
      }
      onDone?.(status);
    } catch (error) {
      toastError(error, edit ? "The changes were not saved" : "The post was not sent");
    } finally {
      sending = false;
      element.removeAttribute("aria-busy");
      update();
    }
  };

  const element = h(
    "form",
    {
      class: "composer",
      onsubmit,
      onkeydown: (event) => {
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void onsubmit();
      },
      ondragover: (event) => event.preventDefault(),
      ondrop: (event) => {
        event.preventDefault();
        pictures.add(event.dataTransfer?.files ?? []);
      },
    },
    replyTo && !options.withoutContext && replyContext(replyTo),
    h(
      "div",
      { class: "composer-main" },
      avatar(app.me),
      h(
        "div",
        { class: "composer-fields" },
        warning,
        textarea,
        pictures.element,
        sensitiveLabel,
        pollPlace,
      ),
    ),
    h(
      "div",
      { class: "composer-bar" },
      h("div", { class: "composer-tools" }, pictureButton, pollButton, warningButton, visibility),
      h("div", { class: "composer-send" }, counter, ring.element, send),
    ),
    chooser,
  );

  const inherited = edit?.spoiler_text || replyTo?.spoiler_text;
  if (inherited) {
    warning.hidden = false;
    warning.value = inherited;
  }
  update();

  return {
    element,
    get dirty() {
      return textarea.value.trim() !== beginning.trim() || pictures.count > 0;
    },
    focus() {
      textarea.focus();
      textarea.setSelectionRange(textarea.value.length, textarea.value.length);
    },
  };
}

/** A composer inside a view, which is cleared after each status. */
export function standingComposer(app: App, options: Omit<ComposerOptions, "onDone">): HTMLElement {
  const place = h("div", { class: "composer-place" });
  const renew = () => fill(place, composer(app, { ...options, onDone: renew }).element);
  renew();
  return place;
}

/** The text of a reply starts with its author and everyone else who was mentioned. */
function mentionsOf(status: Status, me: string): string {
  const people = [status.account.acct, ...status.mentions.map((each) => each.acct)];
  return [...new Set(people)]
    .filter((acct) => acct !== me)
    .map((acct) => `@${acct} `)
    .join("");
}

function replyContext(status: Status): HTMLElement {
  return h(
    "div",
    { class: "composer-context" },
    avatar(status.account, "small"),
    displayName(status.account),
    h("span", { class: "composer-context-text" }, summary(status)),
  );
}

function tool(name: IconName, label: string, onclick: () => void): HTMLButtonElement {
  return h(
    "button",
    { class: "icon-button", type: "button", "aria-label": label, title: label, onclick },
    icon(name, 20),
  );
}

function visibilitySelect(current: string, disabled: boolean): HTMLSelectElement {
  return h(
    "select",
    { class: "select", "aria-label": "Who may see it", disabled },
    Object.entries(visibilities).map(([value, { label, hint }]) =>
      h("option", { value, selected: value === current, title: hint }, label),
    ),
  );
}

/** How much of the allowed length is used. */
function countRing(): { element: SVGSVGElement; show(share: number): void } {
  const used = svg("circle", { class: "ring-used", cx: 12, cy: 12, r: 9, pathLength: 1 });
  const element = svg(
    "svg",
    { class: "ring", viewBox: "0 0 24 24", width: 24, height: 24, "aria-hidden": "true" },
    svg("circle", { class: "ring-all", cx: 12, cy: 12, r: 9 }),
    used,
  );
  return {
    element,
    show(share) {
      used.style.strokeDashoffset = String(1 - Math.min(1, Math.max(0, share)));
      element.classList.toggle("over", share > 1);
    },
  };
}
