// @ts-check
// Reads a body up to a limit. Not Rust: the platform's reader and decoder do all of it, and every chunk
// would cross the border.

/**
 * Puts the text of a body into `kept` as it arrives, so that what came is there even where the rest never
 * does. Resolves to whether that was all of it.
 *
 * @param {Response} response
 * @param {number} limit bytes
 * @param {{ text: string }} kept
 */
export async function readBody(response, limit, kept) {
  const reader = response.body?.getReader?.();
  if (!reader) {
    // Not every `fetch` that is passed in gives a stream.
    const text = await response.text();
    kept.text = text.slice(0, limit);
    return text.length <= limit;
  }
  const decoder = new TextDecoder();
  for (let size = 0; ; ) {
    const { done, value } = await reader.read();
    // A chunk may be larger than all that is wanted.
    kept.text += decoder.decode(value?.subarray(0, limit - size), { stream: !done });
    if (done) return true;
    size += value.byteLength;
    if (size > limit) {
      reader.cancel().catch(() => {});
      return false;
    }
  }
}

/**
 * A form with files as bytes and their type: a `fetch` that was passed in may not know the platform's
 * `FormData`.
 *
 * @param {FormData} form
 */
export async function formBytes(form) {
  const response = new Response(form);
  const type = response.headers.get("content-type");
  return [new Uint8Array(await response.arrayBuffer()), type];
}
