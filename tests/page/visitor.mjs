// What the tests of the page share: a sandbox, the built page, a browser, and people who visit.
import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import path from "node:path";
import { after, afterEach, before } from "node:test";
import { launchChromium } from "../../scripts/browser.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { servePage } from "../../scripts/serve.mjs";

const PICTURES = path.join(ROOT, "test-results", "screenshots");
const PATIENCE = 15_000;

/** Starts everything for the tests of one file; what comes back is filled before the first of them. */
export function setUp() {
  const world = {};
  before(async () => {
    [world.sandbox, world.browser] = await Promise.all([startSandbox(), launchChromium()]);
    world.page = await servePage({ sandbox: world.sandbox });
  });
  afterEach(async () => {
    await world.sandbox.clearFaults();
    await world.sandbox.control("DELETE", "/sandbox/streaming");
    await world.sandbox.control("DELETE", "/sandbox/behaviour");
    await world.sandbox.control("DELETE", "/sandbox/rate_limit");
  });
  after(async () => {
    await world.browser?.close();
    await world.page?.stop();
    await world.sandbox?.stop();
  });
  return world;
}

/**
 * Opens a browser of its own on the page. When the test is over, nothing may have complained: no
 * violation of the security policy, no exception, no error in the console but those in `tolerate`.
 */
export async function visit(
  world,
  t,
  { width = 1280, height = 900, theme = "light", tolerate = [], storageState } = {},
) {
  const context = await world.browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    reducedMotion: "reduce",
    storageState,
  });
  const tab = await context.newPage();
  tab.setDefaultTimeout(PATIENCE);
  const complaints = [];
  const complain = (text) => {
    if (!tolerate.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  await tab.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`security policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  tab.on("console", (message) => {
    if (message.type() === "error") complain(`${message.text()} (${message.location().url})`);
  });
  tab.on("pageerror", (error) => complain(String(error.stack)));
  t.after(async () => {
    await context.close();
    assert.deepEqual(complaints, [], "the browser complained");
  });
  await tab.goto(world.page.url);
  return tab;
}

/**
 * Visits as somebody who is logged in: through the form of the sandbox the first time, then with what
 * the browser kept of that.
 */
export async function visitAs(world, t, username, options) {
  world.logins ??= new Map();
  if (!world.logins.has(username)) {
    const tab = await visit(world, t, options);
    await logIn(world, tab, username);
    world.logins.set(username, await tab.context().storageState());
    return tab;
  }
  const tab = await visit(world, t, { ...options, storageState: world.logins.get(username) });
  await homeOf(tab);
  return tab;
}

/** Logs in through the form of the sandbox. */
export async function logIn(world, tab, username) {
  await tab.getByRole("button", { name: "Enter the sandbox" }).click();
  await fillForm(world, tab, username);
  await homeOf(tab);
}

function homeOf(tab) {
  return tab.getByRole("feed", { name: "Home timeline" }).locator("article").first().waitFor();
}

/** The sandbox's own page, where one says who one is. */
export async function fillForm(world, tab, username) {
  await tab.locator("#username").fill(username);
  await tab.locator("#password").fill(world.sandbox.account(username).password);
  await tab.getByRole("button", { name: "Log in and authorize" }).click();
}

/** Something that another person does meanwhile, without a browser. */
export async function as(world, username, method, endpoint, body) {
  const response = await fetch(new URL(endpoint, world.sandbox.url), {
    method,
    headers: {
      authorization: `Bearer ${world.sandbox.account(username).access_token}`,
      ...(body && { "content-type": "application/json" }),
    },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  assert.ok(response.ok, `${username}: ${method} ${endpoint}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

export const post = (world, username, status, more) =>
  as(world, username, "POST", "/api/v1/statuses", { status, ...more });

/** The card of the post with this text, in the view that is open. */
export function card(tab, text) {
  return tab.locator(".view:not([hidden]) article.status", { hasText: text }).first();
}

/** Goes somewhere inside the page, as a link would. */
export async function go(tab, hash) {
  await tab.evaluate((where) => {
    location.hash = where;
  }, hash);
}

/** Waits until `look` gives something true, and returns it. */
export async function until(look, what) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

/**
 * Keeps a picture for people to look at. It checks nothing: a headless browser that draws no frame, which
 * happens when the machine is busy, leaves it out.
 */
export async function picture(tab, name) {
  mkdirSync(PICTURES, { recursive: true });
  const file = path.join(PICTURES, `${name}.png`);
  await tab
    .screenshot({ path: file, timeout: 10_000 })
    .catch(({ message }) => console.log(`no picture of ${name}: ${message.split("\n")[0]}`));
}

/** A small PNG: a sun above two hills. */
export const samplePicture = {
  name: "snow.png",
  mimeType: "image/png",
  buffer: Buffer.from(
    "iVBORw0KGgoAAAANSUhEUgAAAGAAAABAAgMAAACYWpqdAAAADFBMVEX53MDsfUXEinJLPzmnXmc9AAAAr0lEQVR42u2RsRHCMAxFTe5o0rOEp8gIFGifjELJfYqMwD4ZAmFbtuwEUaThOOBX9n/+X3eyc3+9T3s62YCIBsvfBXC0m8juOgRAm0D0zenfAjasxOPSbNcD2e8BjPofHRSEk0TSbK8gPpFI/PN0KxM0kntRm5a9qE+Czk1v01S6vIIORWPtbQMS6RXUQIyUm8MLfQy4ctD9GUwsWoPiZ+J4XvtCHAu5cas5AVu/Cx4FKjzaUkK6LAAAAABJRU5ErkJggg==",
    "base64",
  ),
};
