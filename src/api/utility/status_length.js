// How long a status is, as the server counts it. The expressions follow those of the server, which are
// Twitter's; its list of top-level domains is left out (it is longer than this package): any two
// letters will do.

const LETTER = String.raw`\p{L}\p{M}\p{N}`;
const WORD = String.raw`${LETTER}\p{Pc}`;
const PATH = String.raw`[^\s<>()?]`;
/** Parentheses of a path are in pairs, one pair in another at most. */
const PAIR = String.raw`\((?:${PATH}+|${PATH}*\(${PATH}+\)${PATH}*)\)`;
const WIDE = String.raw`\u{a0}-\u{d7ff}\u{f900}-\u{10ffff}`;

/** What stands before a link (group 1), and the link. */
const LINKS = [
  String.raw`(^|[^A-Za-z0-9@\uff20$#\uff03\ufffe\ufeff\uffff])`,
  String.raw`(?:https?|dat|dweb|ipfs|ipns|ssb|gopher|gemini):\/\/`,
  String.raw`(?:[${LETTER}](?:[${LETTER}_\-]*[${LETTER}])?\.)+`,
  String.raw`(?:xn--[a-z0-9\-]+|[\p{L}\p{M}]{2,})(?=[^0-9A-Za-z@+\-]|$)`,
  String.raw`(?::\d+)?`,
  // A punctuation mark at the end belongs to the sentence.
  String.raw`(?:\/(?:(?:${PATH}|${PAIR})*(?:[^\s()?!*"'「」<>;:=,.$%\[\]~&|@]|${PAIR}))?)?`,
  String.raw`(?:\?[a-z0-9!?*'();:&=+$\/%#\[\]\-_.,~|@^${WIDE}]*[a-z0-9_&=#\/\-${WIDE}])?`,
].join("");

/** A mention of somebody elsewhere: what counts of it (group 1), and the server, which does not. */
const MENTIONS = [
  String.raw`((?:^|[^=\/${WORD}])@[a-z0-9_]+(?:[.\-]+[a-z0-9_]+)*)`,
  String.raw`@[${WORD}.\-]{1,252}[${WORD}](?![.\-]*[${WORD}]|[@\uff20]|:\/\/)`,
].join("");

/** One character to the eye, nearly: for platforms without `Intl.Segmenter`. */
const CHARACTERS =
  /\r\n|\p{RI}\p{RI}|.(?:[\p{M}\p{EMod}\u{e0020}-\u{e007f}]|\u200d\p{ExtPict})*/gsu;

/** Letters and signs, such as those of Latin, Cyrillic and Chinese, of which two never make one. */
const ALONE = String.raw`\0-\x7f\xc0-\u02ff\u0400-\u0481\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fff`;
const OTHER = new RegExp(`[^${ALONE}]`);
/** Runs of them, and what is between: there each end may belong to what is beside it. */
const RUNS = new RegExp(
  `[${ALONE}]?[^${ALONE}]+(?:[${ALONE}][^${ALONE}]+)*[${ALONE}]?|[${ALONE}]+(?![^${ALONE}])`,
  "g",
);

function characters(text) {
  // Segmenting takes microseconds a character; most text needs none.
  let length = 0;
  for (const run of text.replaceAll("\r\n", "\n").match(RUNS) ?? []) {
    if (!OTHER.test(run)) length += run.length;
    else if (Intl.Segmenter) for (const _ of new Intl.Segmenter().segment(run)) length += 1;
    else length += run.match(CHARACTERS).length;
  }
  return length;
}

export function statusLength(text, spoilerText) {
  const counted = text
    .replace(new RegExp(LINKS, "giu"), `$1${"x".repeat(23)}`)
    .replace(new RegExp(MENTIONS, "giu"), "$1");
  // Together, as the server does: a text may begin with an accent.
  return characters(spoilerText + counted);
}
