import type { PreviewCard, Status } from "mastodon-wasm";
import type { App } from "../app.ts";
import { fill, h, isWeb } from "../dom.ts";
import { plainText, statusContent, summary } from "../html.ts";
import { type IconName, icon } from "../icons.ts";
import { accountPath, statusPath } from "../paths.ts";
import { ageOf, fullDate } from "../time.ts";
import { avatarLink, displayName, handle } from "./avatar.ts";
import { gallery } from "./gallery.ts";
import { pollOf } from "./poll.ts";
import { statusActions } from "./status-actions.ts";

export const visibilities: Record<string, { icon: IconName; label: string; hint: string }> = {
  public: { icon: "globe", label: "Public", hint: "Everyone, and in the public timelines" },
  unlisted: {
    icon: "moon",
    label: "Quiet public",
    hint: "Everyone, but not in timelines and search",
  },
  private: { icon: "lock", label: "Followers", hint: "Only those who follow you" },
  direct: { icon: "mail", label: "Mentioned people", hint: "Only those named in the post" },
};

const visibilityOf = ({ visibility }: Status) =>
  Object.hasOwn(visibilities, visibility) ? visibilities[visibility] : undefined;

interface CardOptions {
  /** The status that a thread is about: larger, and with its full date. */
  focused?: boolean;
}

/** A status in a timeline. For a boost, the boosted status. */
export function statusCard(
  app: App,
  status: Status,
  signal: AbortSignal,
  { focused = false }: CardOptions = {},
): HTMLElement {
  const shown = status.reblog ?? status;
  app.statuses.put(status);
  const body = h("div", { class: "status-body" });
  const header = h("div", { class: "status-meta" });
  const element = h(
    "article",
    {
      class: focused ? "status status-focused" : "status",
      tabindex: 0,
      "data-status": shown.id,
      "data-entry": status.id,
      "aria-label": `${shown.account.display_name || shown.account.username}: ${excerpt(shown)}`,
    },
    status.reblog && boostedBy(status),
    h(
      "div",
      { class: "status-main" },
      avatarLink(shown.account, focused ? "large" : "medium"),
      header,
      body,
      statusActions(app, shown, signal),
    ),
  );

  const draw = (current: Status) => {
    fill(header, byline(current, focused));
    fill(body, repliesTo(current, app), text(app, current), focused && fullMeta(current));
  };
  let drawn = shown;
  draw(shown);
  app.statuses.watch(
    shown.id,
    (next) => {
      if (!next) return fadeOut(element);
      // The buttons update the counts; only an edit changes the content.
      if (next.edited_at !== drawn.edited_at) draw(next);
      drawn = next;
    },
    signal,
  );
  if (!focused) element.addEventListener("click", (event) => openThread(event, shown));
  return element;
}

function excerpt(status: Status): string {
  const text = summary(status);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}

function fadeOut(element: HTMLElement): void {
  element.classList.add("leaving");
  setTimeout(() => element.remove(), 250);
}

/** A click on a card opens its thread, unless it was on a link, a button or selected text. */
function openThread(event: MouseEvent, status: Status): void {
  const interactive = "a, button, input, label, video, audio, textarea, .gallery, .menu";
  if ((event.target as Element).closest(interactive)) return;
  if (getSelection()?.toString()) return;
  location.hash = statusPath(status);
}

function boostedBy(status: Status): HTMLElement {
  return h(
    "p",
    { class: "status-reason" },
    icon("boost", 16),
    h("a", { href: accountPath(status.account) }, displayName(status.account)),
    " boosted",
  );
}

function byline(status: Status, focused: boolean): HTMLElement[] {
  const { account } = status;
  const visibility = visibilityOf(status);
  const name = h(
    "a",
    { class: "byline", href: accountPath(account) },
    displayName(account),
    handle(account),
  );
  const facts = h("span", { class: "status-facts" });
  if (visibility && status.visibility !== "public") {
    facts.append(
      h(
        "span",
        {
          class: "status-visibility",
          title: visibility.label,
          role: "img",
          "aria-label": visibility.label,
        },
        icon(visibility.icon, 15),
      ),
    );
  }
  if (status.edited_at) {
    facts.append(
      h(
        "span",
        {
          class: "status-edited",
          title: `Edited ${fullDate(status.edited_at)}`,
          role: "img",
          "aria-label": "Edited",
        },
        icon("pencil", 15),
      ),
    );
  }
  if (!focused)
    facts.append(
      h("a", { class: "status-link", href: statusPath(status) }, ageOf(status.created_at)),
    );
  return [name, facts];
}

function repliesTo(status: Status, app: App): HTMLElement | null {
  if (!status.in_reply_to_id) return null;
  const parent = app.statuses.get(status.in_reply_to_id);
  const mentioned = status.mentions.find((each) => each.id === status.in_reply_to_account_id);
  const self = status.in_reply_to_account_id === status.account.id;
  const whom = self ? "their own post" : `@${mentioned?.acct ?? parent?.account.acct ?? "a post"}`;
  return h(
    "a",
    { class: "status-reply", href: statusPath({ id: status.in_reply_to_id }) },
    icon("reply", 15),
    `Replies to ${self || mentioned || parent ? whom : "a post"}`,
  );
}

/** The content of a status, behind its content warning if it has one. */
function text(app: App, status: Status): (HTMLElement | null)[] {
  const inside = [
    status.content
      ? h("div", { class: "content", lang: status.language, dir: "auto" }, statusContent(status))
      : null,
    status.poll ? pollOf(app, status, status.poll) : null,
    // Behind a warning, sensitive media do not need a second cover.
    gallery(app.m, status.spoiler_text ? { ...status, sensitive: false } : status),
    quoted(status),
    status.card && status.media_attachments.length === 0 && !status.quote
      ? linkPreview(status.card)
      : null,
  ];
  if (!status.spoiler_text) return inside;
  const hidden = h("div", { class: "warned", hidden: true }, inside);
  const label = h("span", null, "Show");
  const toggle = h(
    "button",
    {
      class: "warning",
      type: "button",
      "aria-expanded": "false",
      onclick: () => {
        hidden.hidden = !hidden.hidden;
        fill(label, hidden.hidden ? "Show" : "Hide");
        toggle.setAttribute("aria-expanded", String(!hidden.hidden));
      },
    },
    icon("alert", 18),
    h(
      "span",
      { class: "warning-text", dir: "auto" },
      plainText(status.spoiler_text, status.emojis),
    ),
    label,
  );
  return [toggle, hidden];
}

function quoted(status: Status): HTMLElement | null {
  const inner = status.quote && "quoted_status" in status.quote ? status.quote.quoted_status : null;
  if (!inner) return null;
  return h(
    "a",
    { class: "quoted", href: statusPath(inner) },
    h("span", { class: "quoted-by" }, displayName(inner.account), handle(inner.account)),
    h("span", { class: "quoted-text" }, summary(inner)),
  );
}

function linkPreview(card: PreviewCard): HTMLElement {
  const from = card.provider_name || (isWeb(card.url) && new URL(card.url).hostname);
  return h(
    "a",
    { class: "preview", href: card.url, target: "_blank", rel: "nofollow noopener noreferrer" },
    card.image && h("img", { src: card.image, alt: "", loading: "lazy" }),
    h(
      "span",
      { class: "preview-text" },
      h("span", { class: "preview-from" }, from),
      h("strong", null, card.title),
      card.description && h("span", { class: "preview-description" }, card.description),
    ),
  );
}

function fullMeta(status: Status): HTMLElement {
  const visibility = visibilityOf(status);
  return h(
    "p",
    { class: "status-date" },
    h("time", { datetime: status.created_at }, fullDate(status.created_at)),
    visibility && ` · ${visibility.label}`,
    status.application && ` · ${status.application.name}`,
    status.edited_at && ` · edited ${fullDate(status.edited_at)}`,
  );
}
