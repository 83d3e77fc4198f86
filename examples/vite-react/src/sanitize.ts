import DOMPurify from "dompurify";

// What Mastodon's own posts are made of. A sanitiser's defaults keep scripts out, but let forms, styles
// and pictures through: enough to draw a login of their own over the whole page.
const ALLOWED = {
  ALLOWED_TAGS: [
    ...["p", "br", "span", "a", "em", "strong", "b", "i", "u", "s", "del", "code", "pre"],
    ...["blockquote", "ul", "ol", "li"],
  ],
  ALLOWED_ATTR: ["href", "lang", "translate"],
  ALLOWED_URI_REGEXP: /^https?:/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

DOMPurify.addHook("afterSanitizeAttributes", (element) => {
  if (element.tagName !== "A") return;
  element.setAttribute("target", "_blank");
  element.setAttribute("rel", "nofollow noopener noreferrer");
});

/** What people write is HTML that strangers made: this much of it may be shown. */
export const sanitize = (html: string) => DOMPurify.sanitize(html, ALLOWED);
