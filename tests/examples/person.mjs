// What people do in the sandbox while an example runs.
import assert from "node:assert/strict";

const PATIENCE = 10_000;

/** One request of somebody in the sandbox; resolves to the answer. */
export async function as(sandbox, username, method, path, body) {
  const response = await fetch(new URL(path, sandbox.url), {
    method,
    headers: {
      authorization: `Bearer ${sandbox.account(username).access_token}`,
      "content-type": "application/json",
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text);
}

/** Asks again and again until something holds; resolves to it. */
export async function until(holds, what) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const result = await holds();
    if (result) return result;
    if (Date.now() > end) assert.fail(`not within ${PATIENCE} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
