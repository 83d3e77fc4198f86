// @ts-check
// Reads a body up to a limit. Not Rust: the platform's reader and decoder do all the work, and every chunk
// would cross the border.

/**
 * The part of a body that has arrived: chunks, or text if the `fetch` option returns no stream.
 *
 * @typedef {{ chunks: Uint8Array[], text?: string }} Arrived
 */

/** @returns {Arrived} */
export const emptyBody = () => ({ chunks: [] });

/**
 * Collects a body in `arrived`, so that a part is there even if the rest never arrives. Resolves to
 * whether the body was complete.
 *
 * @param {Response} response
 * @param {number} limit bytes
 * @param {Arrived} arrived
 */
export async function readBody(response, limit, arrived) {
  const reader = response.body?.getReader?.();
  if (!reader) {
    const text = await response.text();
    arrived.text = text.slice(0, limit);
    return text.length <= limit;
  }
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    if (done) return true;
    // A chunk may be larger than the limit.
    arrived.chunks.push(value.subarray(0, limit - size));
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {});
      return false;
    }
  }
}

const decoder = new TextDecoder();

/**
 * The text of what has arrived, which may be `complete`. All chunks are decoded at once: engines take several times as long for
 * `stream: true`, which only a body that is cut needs, perhaps within a character.
 *
 * @param {Arrived} arrived
 * @param {boolean} complete
 */
export function bodyText({ chunks, text }, complete) {
  if (text !== undefined) return text;
  const bytes = chunks.length === 1 ? chunks[0] : joined(chunks);
  return complete ? decoder.decode(bytes) : new TextDecoder().decode(bytes, { stream: true });
}

/** @param {Uint8Array[]} chunks */
function joined(chunks) {
  const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

/**
 * A form with files as bytes, and their type: a `fetch` option may not support the platform's `FormData`.
 *
 * @param {FormData} form
 */
export async function formBytes(form) {
  const response = new Response(form);
  const type = response.headers.get("content-type");
  return [new Uint8Array(await response.arrayBuffer()), type];
}
