// @ts-check
// JavaScript, since only the platform knows where a character ends for the eye, and going through its
// segments from Rust would cross the border for each.

/**
 * How many characters a text has for the eye; undefined where the platform cannot tell.
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
