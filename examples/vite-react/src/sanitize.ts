import DOMPurify from "dompurify";

// The HTML that Mastodon's statuses contain. The defaults of a sanitizer remove scripts, but allow forms,
// styles and images: enough to draw a fake login over the whole page.
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

/** Statuses are HTML from strangers: only these elements and attributes may be shown. */
export const sanitize = (html: string) => DOMPurify.sanitize(html, ALLOWED);
