// @ts-check
// Counts visible characters (graphemes). Not Rust: only the platform knows where they end, and each segment
// would have to be copied into the module.

/**
 * The number of visible characters in a text; undefined if the platform has no `Intl.Segmenter`.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
export function countGraphemes(text) {
  if (!Intl.Segmenter) return undefined;
  let count = 0;
  for (const _ of new Intl.Segmenter().segment(text)) count += 1;
  return count;
}
