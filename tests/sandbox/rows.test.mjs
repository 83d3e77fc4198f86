// Every row of the package's table of methods, asked of the sandbox. What it does not answer is the list in
// the package's README; what it answers is of the declared types, and has the fields that Mastodon's answers
// have, where some were recorded.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { before, test } from "node:test";
import { Sandbox } from "../../pkg-sandbox/node.js";
import { ROOT } from "../../scripts/run.mjs";
import { inventory } from "../unbreakable/inventory.mjs";
import { callEverything, PEOPLE } from "./calls.mjs";
import { declared, kindOf, refused, results, Shapes, typeOf } from "./shapes.mjs";

const README = new URL("../../sandbox/wasm/package/README.md", import.meta.url);
const RECORDINGS = process.env.MASTODON_RECORDINGS ?? path.join(ROOT, "..", "shared", "recordings");

/** What is sent where the method makes something else of it; of the first, it makes a further request. */
const BODIES = {
  "GET /.well-known/nodeinfo": undefined,
  "GET /api/v1/notifications/requests/merged": undefined,
  "GET /api/v1/notifications/unread_count": "UnreadNotificationsCount",
  "GET /api/v2/notifications/unread_count": "UnreadNotificationsCount",
  "GET /api/v1_alpha/async_refreshes/{id}": undefined,
  "POST /api/v1/accounts": "Token",
  "POST /api/v1/apps": "Application",
  "POST /oauth/token": "Token",
};

/** Where the sandbox differs from the recorded answers, and why it may. Each of them has to occur. */
const DIFFERENCES = [
  [/^AdminAccount\.(approved|confirmed|disabled|email|role) is null, not \w+$/, "of other servers"],
  [/^AdminDomainBlock\.public_comment is null, not string$/, "none was given"],
  [
    /^(NotificationGroup|GET \S+\.notification_groups\[\])\.status_id is missing$/,
    "it is about no post",
  ],
  [/^Quote\.quoted_status is null, not object$/, "the quote was revoked"],
  [/\.pinned is missing$/, "only its author is told whether a post is pinned"],
  [/^(\S+ \S+|Status)\.application is missing$/, "of posts from other servers"],
  [/^MediaAttachment\.(blurhash|preview_url) is null, not string$/, "it is still being processed"],
  [/^POST \/api\/v2\/media\.meta\.\w+ is missing$/, "it is still being processed"],
  [
    /^MediaAttachmentMetadataContainer\.(original|small) is missing$/,
    "it is still being processed",
  ],
  [
    /^GET \/api\/v1\/media\/\{id\}\.meta\.[\w.]+ is missing$/,
    "recorded of a video, asked of a picture",
  ],
];

const routes = new Map();
for (const { name, routes: own } of inventory()) {
  // `timeline()` asks for those that have routes of their own.
  for (const route of own.filter((route) => !route.includes("{timeline}")))
    routes.set(route, [...(routes.get(route) ?? []), name]);
}

const templates = [...routes.keys()]
  .map((route) => {
    const pattern = route.replaceAll(/[.]/g, "\\.").replaceAll(/\{\w+\}/g, "[^/]+");
    return { route, pattern: new RegExp(`^${pattern}/?$`), open: route.split("{").length };
  })
  .sort((one, other) => one.open - other.open);

const routeOf = (method, path) =>
  templates.find(({ pattern }) => pattern.test(`${method} ${path}`))?.route;

function typesOf(route) {
  if (!(route in BODIES)) return routes.get(route).flatMap(results);
  return BODIES[route] ? [declared(BODIES[route])] : [];
}

/** What was answered with a JSON object or array: `{ route, body, type }`, the type where there is one. */
const answers = [];
const asked = new Set();

before(async () => {
  const now = Date.parse("2026-08-01T12:00:00Z");
  const sandbox = await Sandbox.start({ now, people: PEOPLE, rate_limit: 10_000 });
  await callEverything(sandbox, async (url, init) => {
    const response = await sandbox.fetch(url, init);
    const route = routeOf(init?.method ?? "GET", new URL(url).pathname);
    const text = await response.clone().text();
    if (route) asked.add(route);
    if (!route || !response.ok || !/^[[{]./.test(text)) return response;
    const body = JSON.parse(text);
    const type = typeOf(body, typesOf(route));
    if (Object.keys(body).length > 0) answers.push({ route, body, type });
    return response;
  });
  sandbox.close();
});

/** Whether somebody is there who answers, be it that there is no such thing or that it must not be. */
async function isAnswered(sandbox, route) {
  const [method, path] = route.split(" ");
  const url = `${sandbox.url}${path.replaceAll(/\{\w+\}/g, "1")}`;
  const headers = { authorization: `Bearer ${sandbox.as("mina").access_token}` };
  const response = await sandbox.fetch(url, { method, headers, redirect: "manual" });
  const text = await response.text();
  if (response.status === 405 || response.status === 501) return false;
  if (response.status !== 404) return true;
  return text.startsWith("{") && JSON.parse(text).error !== "Not Found";
}

test("what the sandbox does not answer stands in its README", async (t) => {
  assert.ok(routes.size > 250, "the methods are read");
  const [, section] = readFileSync(README, "utf8").split("## Missing routes\n");
  const said = [...section.split("\n## ")[0].matchAll(/^- `([^`]+)`/gm)].map(([, route]) => route);
  const missing = [...routes.keys()].filter((route) => !asked.has(route));
  assert.deepEqual(missing.sort(), said.sort(), "these are not asked in calls.mjs");
  t.diagnostic(`${asked.size} of ${routes.size} routes are answered`);
  const sandbox = await Sandbox.start();
  t.after(() => sandbox.close());
  for (const route of said) assert.equal(await isAnswered(sandbox, route), false, route);
  assert.equal(await isAnswered(sandbox, "GET /api/v1/statuses/{id}"), true);
});

test("its answers are of the types that the package declares", (t) => {
  const seen = new Map();
  for (const answer of answers) seen.set(`${answer.route} ${outline(answer.body)}`, answer);
  const samples = [...seen.values()].filter(({ route }) => !(route in BODIES && !BODIES[route]));
  const untyped = samples.filter(({ type }) => !type).map(({ route }) => route);
  assert.deepEqual(untyped, [], "the methods return something else");
  const wrong = refused(samples).map(({ sample, why }) => `${sample.route}: ${why}`);
  assert.deepEqual([...new Set(wrong)], []);
  t.diagnostic(`${samples.length} kinds of answers`);
});

test("a field that is not declared, is missing, or is of another type is refused", () => {
  const { body, type } = answers.find(({ route }) => route === "GET /api/v1/tags/{hashtag}");
  const why = (changed) => refused([{ body: { ...body, ...changed }, type }]).map(({ why }) => why);
  assert.deepEqual(why({}), []);
  assert.match(why({ moss: 1 }).join(), /'"moss"' does not exist in type/);
  assert.match(why({ name: 1 }).join(), /'number' is not assignable to type 'string'/);
  assert.match(why({ name: undefined }).join(), /'name'|"name"/);
});

test("its answers have the fields that Mastodon's have", (t) => {
  if (!existsSync(RECORDINGS)) {
    assert.ok(!process.env.CI, `no recordings at ${RECORDINGS}`);
    t.skip(`no recordings at ${RECORDINGS}`);
    return;
  }
  const recorded = readRecordings();
  const held = new Set();
  const found = new Set();
  for (const { route, body, type } of answers) {
    if (recorded.has(route) || recorded.has(`${route}[]`)) held.add(route);
    for (const difference of recorded.differences(body, type, route)) found.add(difference);
  }
  t.diagnostic(`${held.size} routes are held against recorded answers`);
  assert.ok(held.size > 100);
  const unexpected = [...found].filter((one) => !DIFFERENCES.some(([which]) => which.test(one)));
  assert.deepEqual(unexpected, []);
  const gone = DIFFERENCES.filter(([which]) => ![...found].some((one) => which.test(one)));
  assert.deepEqual(gone, [], "these do not occur any more");
});

/** What is known from the recorded answers of current servers. */
function readRecordings() {
  const shapes = new Shapes();
  for (const folder of ["cassettes", "cassettes_entity_tests"]) {
    const at = path.join(RECORDINGS, "recordings", folder);
    for (const file of readdirSync(at)) {
      const { base_url, interactions } = JSON.parse(readFileSync(path.join(at, file), "utf8"));
      // Mastodon 4.6.4, and mastodon.social with what came after it. The third has an old one.
      if (!/localhost|mastodon\.social/.test(base_url)) continue;
      for (const { request, response } of interactions) {
        const route = routeOf(request.method, request.path);
        const { status, body_json: body } = response;
        if (!route || status >= 300 || !/array|object/.test(kindOf(body))) continue;
        shapes.add(body, typeOf(body, typesOf(route)), route);
      }
    }
  }
  return shapes;
}

/** What an answer is made of: answers that are made of the same need to be looked at once. */
function outline(value) {
  if (Array.isArray(value)) return `[${[...new Set(value.map(outline))].sort()}]`;
  if (kindOf(value) !== "object") return kindOf(value);
  return `{${Object.entries(value).map(([name, field]) => `${name}:${outline(field)}`)}}`;
}
