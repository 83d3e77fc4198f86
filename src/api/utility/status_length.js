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

export function statusLength(text, spoilerText) {
  const counted = text
    .replace(new RegExp(LINKS, "giu"), `$1${"x".repeat(23)}`)
    .replace(new RegExp(MENTIONS, "giu"), "$1");
  // Together, as the server does: a text may begin with an accent.
  const whole = spoilerText + counted;
  if (!Intl.Segmenter) return whole.match(CHARACTERS)?.length ?? 0;
  let length = 0;
  for (const _ of new Intl.Segmenter().segment(whole)) length += 1;
  return length;
}
