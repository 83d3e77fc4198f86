// One request and its answer. Whatever a given `fetch` does, it does inside this promise.

/** Calls `fetch`; the answer's head, and its body as text or what broke it. */
export async function exchange(fetch, url, init) {
  const response = await fetch.call(globalThis, url, init);
  const answer = {
    status: response.status,
    // A redirect that was not followed: browsers hide it, others show its status.
    redirect: response.type === "opaqueredirect" || (response.status > 299 && response.status < 400),
    headers: Object.fromEntries(response.headers),
    text: "",
    broken: undefined,
  };
  try {
    answer.text = await response.text();
  } catch (cause) {
    answer.broken = cause ?? null;
  }
  return answer;
}
