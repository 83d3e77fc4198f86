import DOMPurify from "dompurify";
import type { CustomEmoji, Status } from "mastodon-wasm";
import { h } from "./dom.ts";
import { accountPath, tagPath } from "./paths.ts";

const allowed = {
  ALLOWED_TAGS: [
    ...["p", "br", "span", "a", "em", "strong", "b", "i", "u", "s", "del", "small", "sub", "sup"],
    ...["code", "pre", "blockquote", "ul", "ol", "li", "h1", "h2", "h3", "h4", "ruby", "rt", "rp"],
  ],
  ALLOWED_ATTR: ["href", "class", "lang", "translate", "start", "reversed", "value"],
  ALLOWED_URI_REGEXP: /^https?:/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true as const,
};

/** The classes of Mastodon's own markup. Others could look like a part of this page. */
const knownClasses = new Set(["invisible", "ellipsis", "mention", "hashtag", "h-card", "u-url"]);

/** HTML from an instance, sanitized, with images for its custom emoji. */
export function richText(html: string, emojis: CustomEmoji[]): DocumentFragment {
  const fragment = DOMPurify.sanitize(html, allowed);
  for (const element of fragment.querySelectorAll("[class]")) {
    const classes = [...element.classList].filter((name) => knownClasses.has(name));
    element.className = classes.join(" ");
  }
  for (const link of fragment.querySelectorAll("a")) {
    link.target = "_blank";
    link.rel = "nofollow noopener noreferrer";
  }
  drawEmojis(fragment, emojis);
  return fragment;
}

/** The content of a status; its mentions and hashtags lead to our own pages. */
export function statusContent(status: Status): DocumentFragment {
  const fragment = richText(status.content ?? "", status.emojis);
  for (const link of fragment.querySelectorAll("a")) {
    const path = pathWithin(status, link);
    if (!path) continue;
    link.href = path;
    link.removeAttribute("target");
    link.removeAttribute("rel");
  }
  return fragment;
}

function pathWithin(status: Status, link: HTMLAnchorElement): string | undefined {
  const mention = status.mentions.find((each) => each.url === link.href);
  if (mention) return accountPath(mention);
  const name = link.textContent?.replace(/^#/, "").toLowerCase();
  if (!link.classList.contains("hashtag") && !link.textContent?.startsWith("#")) return undefined;
  const tag = status.tags.find((each) => each.name.toLowerCase() === name);
  return tag && tagPath(tag.name);
}

/** HTML from an instance as one line of text. */
export function words(html: string): string {
  const fragment = DOMPurify.sanitize(html, allowed);
  for (const end of fragment.querySelectorAll("p, br, li")) end.after(" ");
  return fragment.textContent?.trim() ?? "";
}

/** The text of a status in one line, or its content warning if it has one. */
export function summary(status: Status): string {
  return status.spoiler_text || words(status.content ?? "");
}

/** Plain text, such as a name, with images for custom emoji. */
export function plainText(text: string, emojis: CustomEmoji[]): DocumentFragment {
  const fragment = document.createDocumentFragment();
  fragment.append(text);
  drawEmojis(fragment, emojis);
  return fragment;
}

function drawEmojis(fragment: DocumentFragment, emojis: CustomEmoji[]): void {
  if (emojis.length === 0) return;
  const byShortcode = new Map(emojis.map((emoji) => [emoji.shortcode, emoji]));
  const walker = document.createTreeWalker(fragment, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) texts.push(walker.currentNode as Text);
  for (const text of texts) {
    const parts = text.data.split(/:([A-Za-z0-9_]{2,}):/);
    if (parts.length === 1) continue;
    // Every second part was between colons.
    const nodes = parts.map((part, index) => {
      if (index % 2 === 0) return part;
      const emoji = byShortcode.get(part);
      return emoji ? emojiPicture(emoji) : `:${part}:`;
    });
    text.replaceWith(...nodes);
  }
}

function emojiPicture(emoji: CustomEmoji): HTMLImageElement {
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const name = `:${emoji.shortcode}:`;
  const src = still ? emoji.static_url : emoji.url;
  return h("img", { class: "emoji", src, alt: name, title: name, draggable: "false" });
}
