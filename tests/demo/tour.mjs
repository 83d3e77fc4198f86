// A visit of the demo, in any browser that evaluates expressions in its pages: tests/browsers/browsers.mjs.
import assert from "node:assert/strict";
import { buildDemo, DEMO } from "../../scripts/demo.mjs";
import { serveFolder } from "../browsers/site.mjs";

/** Page, worker and module compute on one machine. */
const PATIENCE = 60_000;

/** Builds the demo, serves it as a plain host does, and visits it: all that has to hold in each browser. */
export async function tour(browser) {
  await buildDemo();
  const site = await serveFolder(DEMO, { policy: false, below: "/some/where/" });
  const page = await browser.page(site.url);
  try {
    await entered(page, "mina");
    assert.equal(await page.call("location.pathname"), "/some/where/");

    await page.call(
      `void document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }))`,
    );
    const composer = `document.querySelector("dialog textarea, [role=dialog] textarea")`;
    await until(page, composer, "the composer");
    await page.call(`void (${composer}.value = "Written in a browser",
      ${composer}.dispatchEvent(new Event("input", { bubbles: true })))`);
    await press(page, button("Post", "dialog, [role=dialog]"));
    await shows(page, "Written in a browser");

    await until(page, `document.querySelector(".connection[data-state=open]")`, "the stream");
    await page.call(`(${postAsTheo})("Somebody is at the door")`);
    await press(page, button("new post"));
    await shows(page, "Somebody is at the door");

    await until(page, `(${keeps})("Somebody is at the door")`, "the state that the worker wrote");
    await page.call("void setTimeout(() => location.reload(), delete window.before)");
    await page.call("void (window.before = true)");
    await until(page, "!window.before", "the reload");
    await shows(page, "Written in a browser");
    await shows(page, "Somebody is at the door");
  } finally {
    await page.close();
    await site.stop();
  }
}

/** Something that theo does, from the same browser. To be evaluated in the page, as the next one. */
export async function postAsTheo(status) {
  const ask = async (path, body, token) => {
    const response = await fetch(path, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(token && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  const scopes = "read write";
  const { client_id, client_secret } = await ask("/api/v1/apps", {
    client_name: "theo's",
    redirect_uris: "urn:ietf:wg:oauth:2.0:oob",
    scopes,
  });
  const { accounts } = await (await fetch("sandbox.json")).json();
  const { password } = accounts.find(({ username }) => username === "theo");
  const { access_token } = await ask("/oauth/token", {
    grant_type: "password",
    username: "theo",
    password,
    scope: scopes,
    client_id,
    client_secret,
  });
  return ask("/api/v1/statuses", { status }, access_token);
}

/** Whether a text is in the state that the worker wrote. */
export async function keeps(text) {
  const done = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  const database = await done(indexedDB.open("mastodon-wasm-demo", 1));
  const state = await done(database.transaction("state").objectStore("state").get("snapshot"));
  database.close();
  return new TextDecoder().decode(state).includes(text);
}

/** Logs in on the instance's own page. */
async function entered(page, username) {
  await press(page, button("Enter the sandbox"));
  await press(page, `document.querySelector("button[name=as][value=${username}]")`);
  await until(page, `document.querySelector("[role=feed] article")`, "the timeline");
}

/** The visible button whose name begins or ends so. */
function button(name, inside = "body") {
  return `[...document.querySelectorAll(${JSON.stringify(inside)})]
    .flatMap((element) => [...element.querySelectorAll("button")])
    .find((element) => element.checkVisibility() && !element.disabled &&
      [element.ariaLabel, element.textContent].some((text) => text?.includes(${JSON.stringify(name)})))`;
}

async function press(page, element) {
  await until(page, element, "a button");
  // Clicking may leave the page, and take the answer along.
  await page.call(`void setTimeout((element) => element.click(), 0, ${element})`);
}

const shows = (page, text) =>
  until(
    page,
    `[...document.querySelectorAll("article")].some((one) => one.textContent.includes(${JSON.stringify(text)}))`,
    text,
  );

/** Asks the page until it says something true; between two pages it may say nothing at all. */
async function until(page, expression, what) {
  let last = "";
  for (const end = Date.now() + PATIENCE; Date.now() < end; ) {
    const late = new Promise((resolve) => setTimeout(resolve, 2000));
    const found = page.call(`Promise.resolve(${expression}).then(Boolean)`);
    if (
      await Promise.race([found, late]).catch((error) => {
        last = error.message;
      })
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`not within ${PATIENCE} ms: ${what} ${last}`.trim());
}
