// Faults in pairs, and what the caller does meanwhile: limits during a retry, a refresh during an upload,
// an abort or a closed client in between. Each call ends, in given time, with its result or in the class
// of one of the faults. The pairs come from a seed; time and the instance are in this process.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import FakeTimers from "@sinonjs/fake-timers";
import { init, Mastodon, MastodonError } from "../../pkg/node.js";
import { Sandbox } from "../../pkg-sandbox/node.js";
import { dice } from "../dice.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
/** The longest that any of the calls may take: two waits for a limit, two timeouts. */
const BOUND = 30 * MINUTE;
const PAIRS = Number(process.env.PAIRS ?? 300);
const LIMITS = { "X-RateLimit-Limit": "300", "X-RateLimit-Remaining": "0" };

const PICTURE = Uint8Array.from(
  atob(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  ),
  (character) => character.charCodeAt(0),
);

/** What the server does to a request, and the classes that a call may then end in. */
const FAULTS = {
  "a proxy's 503": [{ status: 503, body: "html" }, "MastodonServiceUnavailableError"],
  "an empty 502": [{ status: 502, body: "empty" }, "MastodonBadGatewayError"],
  "a 500": [{ status: 500 }, "MastodonInternalServerError"],
  "a limit that ends": [
    () => ({
      status: 429,
      headers: { ...LIMITS, "X-RateLimit-Reset": new Date(Date.now() + MINUTE).toISOString() },
    }),
    "MastodonRatelimitError",
  ],
  "a limit of half a minute": [
    { status: 429, headers: { "Retry-After": "30" } },
    "MastodonRatelimitError",
  ],
  "a connection that drops before": [{ drop: "before" }, "MastodonNetworkError"],
  "a connection that drops after": [{ drop: "after" }, "MastodonNetworkError"],
  "an answer that breaks off": [{ drop: "middle" }, "MastodonNetworkError"],
  "an answer that takes ten minutes": [{ latency_ms: 10 * MINUTE }, "MastodonReadTimeout"],
  "broken JSON": [{ body: "broken_json" }, "MastodonAPIError"],
  "a login page": [{ body: "login" }, "MastodonAPIError"],
  "a token that ended": [{ status: 401 }, "MastodonUnauthorizedError"],
};

/** After these the client goes on by itself, into the next one. */
const REPEATED = [
  "a limit that ends",
  "a limit of half a minute",
  "a connection that drops before",
  "a token that ended",
];

const CALLS = {
  timelineHome: (m, options) => m.timelineHome(options),
  statusPost: (m, options) => m.statusPost("Twice in trouble", options),
  statusFavourite: (m, options) => m.statusFavourite(posted, options),
  mediaPost: (m, options) =>
    m.mediaPost(PICTURE, { mime_type: "image/png", synchronous: true, ...options }),
  accountVerifyCredentials: (m, options) => m.accountVerifyCredentials(options),
};

/** What the caller does in the meantime. */
const MEANWHILE = {
  nothing: () => {},
  "aborts it": ({ controller }) => controller.abort(),
  "closes the client": ({ m }) => m.close(),
  "calls once more": ({ m }) => m.timelineHome().catch(() => {}),
};

const turn = () => new Promise((resolve) => setImmediate(resolve));
const turns = async (count = 12) => {
  for (let left = count; left > 0; left -= 1) await turn();
};

let clock;
let sandbox;
let posted;

before(async () => {
  await init();
  sandbox = await Sandbox.start({ seed: 5 });
  // Tokens come with one to refresh them.
  await sandbox.behaviour({ token_lifetime_s: 24 * 3600 });
  ({ id: posted } = await new Mastodon(sandbox.as("theo")).statusPost("Before all this"));
  clock = FakeTimers.install({
    now: Date.now(),
    toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
    shouldClearNativeTimers: true,
  });
});

after(() => {
  clock?.uninstall();
  sandbox?.close();
});

/** Time passes until `done()`, from timer to timer; how much of it, in milliseconds. */
async function pass(done) {
  const begin = Date.now();
  await turns();
  while (!done() && Date.now() - begin < BOUND) {
    clock.next();
    await turns();
  }
  return Date.now() - begin;
}

async function attempt(call, faults, meanwhile, when) {
  await sandbox.clearFaults();
  const credentials = await sandbox.control("POST", "/sandbox/tokens", {
    username: "mina",
    scopes: "read write follow push",
  });
  const m = new Mastodon({
    api_base_url: sandbox.url,
    fetch: sandbox.fetch,
    access_token: credentials.access_token,
    refresh_token: credentials.refresh_token,
    client_id: "sandbox-client",
    client_secret: "sandbox-secret",
  });
  const path = "^/api/v[12]/(timelines|statuses|media|accounts)";
  for (const [fault] of faults) {
    const how = typeof fault === "function" ? fault() : fault;
    await sandbox.faults({ match: { path }, times: 1, ...how });
  }
  const controller = new AbortController();
  let outcome;
  CALLS[call](m, { signal: controller.signal }).then(
    (value) => {
      outcome = { value };
    },
    (error) => {
      outcome = { error };
    },
  );
  const timer = setTimeout(() => MEANWHILE[meanwhile]({ m, controller }), when);
  const time = await pass(() => outcome !== undefined);
  clearTimeout(timer);
  m.close();
  const all = await sandbox.control("GET", "/sandbox/faults");
  const hits = all.reduce((sum, fault) => sum + fault.hits, 0);
  return { outcome, time, hits, token: credentials.access_token };
}

function judge({ outcome, time, token }, faults, meanwhile) {
  assert.ok(outcome, `not done after ${time / SECOND} s`);
  if ("value" in outcome) return assert.ok(outcome.value, "a result");
  const { error } = outcome;
  const told = `${error?.name}: ${error?.message}\n${error?.stack}\n${JSON.stringify(error)}`;
  assert.ok(!told.includes(token), "the token in an error");
  if (meanwhile === "aborts it" && error.name === "AbortError") return;
  assert.ok(error instanceof MastodonError, told);
  const names = faults.map(([, name]) => name);
  if (meanwhile === "closes the client" && /closed/.test(error.message)) return;
  assert.ok(names.includes(error.name), `${told}; expected one of ${names.join(", ")}`);
}

test(`${PAIRS} pairs of faults`, async (t) => {
  const random = dice(11);
  const die = (sides) => Math.floor(random() * sides);
  const any = (all) => Object.keys(all)[die(Object.keys(all).length)];
  const ends = {};
  let both = 0;
  for (let pair = 0; pair < PAIRS; pair += 1) {
    const [call, second, meanwhile] = [any(CALLS), any(FAULTS), any(MEANWHILE)];
    const first = pair % 2 ? any(FAULTS) : REPEATED[die(REPEATED.length)];
    const when = die(2 * MINUTE);
    const faults = [FAULTS[first], FAULTS[second]];
    const what = `${call}: ${first}, then ${second}, while the caller ${meanwhile} after ${when} ms`;
    const result = await attempt(call, faults, meanwhile, when);
    try {
      judge(result, faults, meanwhile);
    } catch (error) {
      error.message = `${what}: ${error.message}`;
      throw error;
    }
    const end = result.outcome.error?.name ?? "a result";
    ends[end] = (ends[end] ?? 0) + 1;
    if (result.hits > 1) both += 1;
  }
  t.diagnostic(`${both} calls met both; ${JSON.stringify(ends)}`);
  assert.ok(both > PAIRS / 4, "few meet the second");
  assert.ok(Object.keys(ends).length > 6, "they end in different ways");
});
