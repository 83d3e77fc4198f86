// Filters, applied as the server applies them: to a status or to what it boosts, in all of its text.
import { illegal, inspect } from "../client/call.js";
import { refused } from "../error.js";

const LETTER = String.raw`[\p{L}\p{M}\p{N}\p{Pc}]`;
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'", apos: "'", nbsp: " " };

/** The objects (statuses, or notifications and the like that hold one) that no filter matches. */
function apply(objects, filters, context) {
  const active = filters.filter(
    (filter) =>
      filter.context.includes(context) &&
      !(filter.expires_at && Date.parse(filter.expires_at) < Date.now()),
  );
  const words = active.flatMap((filter) => filter.keywords ?? (filter.phrase ? [filter] : []));
  const ids = new Set(
    active.flatMap((filter) => filter.statuses ?? []).map((entry) => entry.status_id),
  );
  const pattern = words.map(expression).filter(Boolean).join("|");
  const matcher = pattern ? new RegExp(pattern, "iu") : undefined;
  return objects.filter((object) => {
    const outer = "status" in object ? object.status : object;
    const status = outer?.reblog ?? outer;
    return !status || !(ids.has(status.id) || matcher?.test(text(status)));
  });
}

/** A keyword (or a filter of the first version, which is one) as an expression. */
function expression(word) {
  const phrase = (word.keyword ?? word.phrase).trim();
  const escaped = phrase.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replace(/\s+/g, "\\s+");
  if (!word.whole_word) return escaped;
  // A border only beside a letter: `#tag` has none in front.
  const starts = new RegExp(`^${LETTER}`, "u").test(phrase);
  const ends = new RegExp(`${LETTER}$`, "u").test(phrase);
  return `${starts ? `(?:^|(?!${LETTER})[^])` : ""}${escaped}${ends ? `(?!${LETTER})` : ""}`;
}

/** Everything in a status that people read, without its HTML. */
function text(status) {
  const media = (status.media_attachments ?? []).map((medium) => medium.description);
  const poll = (status.poll?.options ?? []).map((option) => option.title);
  const content = (status.content ?? "")
    .replace(/<br\s*\/?>|<\/p>/gi, "\n")
    .replace(/<[^>]*>/g, "")
    .replace(/&(#39|\w+);/g, (entity, name) => ENTITIES[name] ?? entity);
  return [status.spoiler_text, content, ...media, ...poll].filter(Boolean).join("\n\n");
}

export const filters = {
  async filtersApply(call) {
    const { name } = call;
    const [objects, filters, context] = ["objects", "filters", "context"].map((of) => call.get(of));
    for (const [which, value] of Object.entries({ objects, filters })) {
      if (!inspect(name, which, () => Array.isArray(value)))
        throw refused(name, which, "a list", value);
    }
    try {
      return apply(objects, filters, context);
    } catch (cause) {
      throw illegal(name, "one of the `objects` or `filters` could not be read", cause);
    }
  },
};
