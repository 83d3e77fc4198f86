// @ts-check
// Reads a body up to a limit. Not Rust: the platform's reader and decoder do all the work, and each chunk
// would have to be copied into the module.

/**
 * The part of a body that has arrived: chunks, or text if a custom `fetch` returns no stream.
 *
 * @typedef {{ chunks: Uint8Array[], text?: string }} Arrived
 */

/** @returns {Arrived} */
export const emptyBody = () => ({ chunks: [] });

/**
 * Collects a body in `arrived`, so that a part is available even if the rest never arrives. Resolves to
 * whether the body is complete.
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
 * The text of what has arrived. All chunks are decoded at once, because engines need several times as long
 * with `stream: true`. That is used only if the body is not `complete`: it may end inside a character.
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
 * Encodes a form with files. Returns its bytes and content type: a custom `fetch` may not support the
 * platform's `FormData`.
 *
 * @param {FormData} form
 */
export async function formBytes(form) {
  const response = new Response(form);
  const type = response.headers.get("content-type");
  return [new Uint8Array(await response.arrayBuffer()), type];
}
