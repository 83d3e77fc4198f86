// What the sandbox does for clients beside timelines and posts: what waits to be let in, groups, reports and
// moderators, collections, yearly reports.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Mastodon, MastodonNotFoundError } from "../../pkg/node.js";
import { Sandbox } from "../../pkg-sandbox/node.js";
import { openedStream } from "./streams.mjs";

const NOON = Date.parse("2026-08-01T12:00:00Z");

async function start(t, options) {
  const sandbox = await Sandbox.start({ now: NOON, people: ["ada"], ...options });
  t.after(() => sandbox.close());
  const client = (name) => new Mastodon(sandbox.as(name));
  const { access_token } = await sandbox.control("POST", "/sandbox/tokens", {
    username: "mina",
    scopes: "read write follow push admin:read admin:write",
  });
  const moderator = new Mastodon({ ...sandbox.as("mina"), access_token });
  return { sandbox, client, moderator };
}

test("a stranger's private message waits until it is accepted", async (t) => {
  const { client } = await start(t);
  const [theo, ada] = [client("theo"), client("ada")];
  await openedStream(ada, () => {});
  const merged = new Promise((resolve) => {
    ada.streamUser({ onNotificationsMerged: resolve });
  });
  await theo.statusPost("@ada psst", { visibility: "direct" });
  assert.deepEqual(await ada.notifications(), []);
  const all = await ada.notifications({ include_filtered: true });
  assert.deepEqual([all.length, all[0].filtered], [1, true]);
  const { summary } = await ada.notificationsPolicy();
  assert.deepEqual(summary, { pending_requests_count: 1, pending_notifications_count: 1 });
  const [request] = await ada.notificationRequests();
  assert.equal(request.account.username, "theo");
  assert.match(request.last_status.content, /psst/);
  await ada.acceptNotificationRequest(request);
  await merged;
  assert.equal((await ada.notifications()).length, 1);
  assert.deepEqual(await ada.notificationRequests(), []);
  await theo.statusPost("@ada again", { visibility: "direct" });
  assert.equal((await ada.notifications()).length, 2, "the next ones come");
  ada.close();
});

test("a policy filters and drops, and a request is dismissed", async (t) => {
  const { client } = await start(t);
  const [theo, yuki, ada] = [client("theo"), client("yuki"), client("ada")];
  const policy = await ada.updateNotificationsPolicy({ for_not_following: "drop" });
  assert.equal(policy.for_not_following, "drop");
  await theo.statusPost("@ada hello");
  assert.deepEqual(await ada.notifications({ include_filtered: true }), []);
  await ada.updateNotificationsPolicy({ for_not_following: "filter" });
  await yuki.statusPost("@ada hello");
  const [request] = await ada.notificationRequests();
  await ada.dismissNotificationRequest(request);
  assert.deepEqual(await ada.notifications({ include_filtered: true }), []);
});

test("favourites of one post are a group", async (t) => {
  const { client } = await start(t);
  const ada = client("ada");
  const posted = await ada.statusPost("Everybody likes this");
  for (const name of ["mina", "theo", "yuki"]) await client(name).statusFavourite(posted);
  await client("theo").statusPost("@ada and a word");
  const { notification_groups, accounts, statuses } = await ada.groupedNotifications({
    expand_accounts: "full",
  });
  const [mention, favourites] = notification_groups;
  assert.deepEqual(
    [mention.type, favourites.type, favourites.notifications_count],
    ["mention", "favourite", 3],
  );
  assert.equal(favourites.status_id, posted.id);
  assert.deepEqual(favourites.sample_account_ids.length, 3);
  assert.ok(favourites.sample_account_ids.every((id) => accounts.some((one) => one.id === id)));
  assert.ok(statuses.some(({ id }) => id === posted.id));
  const partial = await ada.groupedNotifications({ expand_accounts: "partial_avatars" });
  assert.equal(partial.accounts.length + partial.partial_accounts.length, 3);
  assert.ok(partial.partial_accounts.every(({ avatar }) => avatar));
  const single = await ada.groupedNotifications({ grouped_types: ["follow"] });
  assert.equal(single.notification_groups.length, 4);
  const page = await ada.groupedNotifications({ limit: 1 });
  assert.deepEqual(
    page.notification_groups.map(({ type }) => type),
    ["mention"],
  );
  const next = await ada.fetchNext(page);
  assert.equal(next.notification_groups[0].group_key, favourites.group_key);
  assert.equal(await ada.unreadGroupedNotificationsCount(), 2);
  assert.equal((await ada.groupedNotificationAccounts(favourites.group_key)).length, 3);
  await ada.dismissGroupedNotification(favourites.group_key);
  assert.deepEqual(
    (await ada.notifications()).map(({ type }) => type),
    ["mention"],
  );
});

test("a report reaches a moderator, who suspends and forgives", async (t) => {
  const { client, moderator } = await start(t);
  const [theo, ada] = [client("theo"), client("ada")];
  const me = await ada.me();
  const bad = await ada.statusPost("Buy my bricks");
  const made = await theo.report(me, { status_ids: [bad], comment: "Bricks", rule_ids: ["1"] });
  assert.deepEqual([made.category, made.action_taken], ["violation", false]);
  const [told] = await moderator.notifications({ types: ["admin.report"] });
  assert.equal(told.report.id, made.id);
  const [open] = await moderator.adminReports();
  assert.deepEqual(
    [open.account.username, open.target_account.username, open.statuses[0].id],
    ["theo", "ada", bad.id],
  );
  assert.equal(open.rules[0].text, "Be kind.");
  await moderator.adminAccountModerate(me, { action: "suspend", report_id: made.id });
  assert.deepEqual(await moderator.adminReports(), []);
  assert.equal((await moderator.adminReports({ resolved: true }))[0].action_taken, true);
  await assert.rejects(ada.statusPost("And more"), { status: 403 });
  await assert.rejects(theo.status(bad), MastodonNotFoundError);
  const [suspended] = await moderator.adminAccounts({ status: "suspended" });
  assert.deepEqual([suspended.id, suspended.suspended], [me.id, true]);
  await moderator.adminAccountUnsuspend(me);
  assert.equal((await theo.status(bad)).id, bad.id);
  await ada.statusPost("Sorry");

  await moderator.adminAccountModerate(me, { action: "silence" });
  const seen = async (who) =>
    (await who.timelinePublic()).some((post) => post.account.id === me.id);
  assert.deepEqual([await seen(theo), await seen(ada)], [false, true]);
  await theo.accountFollow(me);
  assert.equal(await seen(theo), true, "who follows sees it");
});

test("only the owner moderates, with a token for it", async (t) => {
  const { sandbox, client } = await start(t);
  await assert.rejects(client("mina").adminReports(), { status: 403 });
  const { access_token } = await sandbox.control("POST", "/sandbox/tokens", {
    username: "theo",
    scopes: "admin:read",
  });
  const theo = new Mastodon({ ...sandbox.as("theo"), access_token });
  await assert.rejects(theo.adminReports(), { status: 403 });
});

test("barriers are made, changed and taken away", async (t) => {
  const { moderator } = await start(t);
  const made = await moderator.adminCreateDomainBlock("Spam.example", { severity: "suspend" });
  assert.deepEqual([made.domain, made.severity], ["spam.example", "suspend"]);
  await assert.rejects(moderator.adminCreateDomainBlock("spam.example"), { status: 422 });
  const changed = await moderator.adminUpdateDomainBlock(made, { public_comment: "Bricks" });
  assert.deepEqual([changed.severity, changed.public_comment], ["suspend", "Bricks"]);
  assert.deepEqual(await moderator.adminDomainBlocks(), [changed]);
  await moderator.adminDeleteDomainBlock(made);
  assert.deepEqual(await moderator.adminDomainBlocks(), []);
  const block = await moderator.adminCreateIpBlock("8.8.8.0/24", "no_access");
  assert.equal(block.ip, "8.8.8.0/24");
  await moderator.adminCreateCanonicalEmailBlock({ email: "e.v.e+1@example.org" });
  assert.equal((await moderator.adminTestCanonicalEmailBlock("eve@example.org")).length, 1);
});

test("figures are counted", async (t) => {
  const { moderator, client } = await start(t);
  await client("ada").statusPost("One more active user");
  const day = 86_400_000;
  const [from, to] = [new Date(NOON - 6 * day), new Date(NOON)];
  const [active, opened] = await moderator.adminMeasures(from, to, {
    active_users: true,
    opened_reports: true,
  });
  assert.equal(active.data.length, 7);
  assert.ok(Number(active.data[6].value) >= 1);
  assert.deepEqual([opened.key, opened.total], ["opened_reports", "0"]);
  const [servers] = await moderator.adminDimensions(from, to, { servers: true });
  assert.ok(servers.data.some(({ key }) => key === "faro.example"));
  const cohorts = await moderator.adminRetention(from, to, { frequency: "day" });
  assert.equal(cohorts.length, 7);
});

test("a trend that is rejected does not trend, until it is approved", async (t) => {
  const { moderator, client } = await start(t);
  const [top] = await client("theo").trendingTags();
  const trending = async () => (await client("theo").trendingTags()).map(({ name }) => name);
  await moderator.adminRejectTrendingTag(top);
  assert.ok(!(await trending()).includes(top.name));
  assert.ok((await moderator.adminTrendingTags()).some(({ name }) => name === top.name));
  await moderator.adminApproveTrendingTag(top);
  assert.equal((await trending())[0], top.name);
  const [link] = await moderator.adminTrendingLinks();
  await moderator.adminRejectTrendingLink(link.id);
  assert.ok((await client("theo").trendingLinks()).every(({ url }) => url !== link.url));
});

test("a collection is made, shown and left", async (t) => {
  const { client } = await start(t);
  const [theo, ada] = [client("theo"), client("ada")];
  const me = await ada.me();
  const { collection } = await theo.collectionCreate("Good people", { tag_name: "Kind" });
  assert.deepEqual([collection.tag.name, collection.item_count], ["kind", 0]);
  const { collection_item } = await theo.collectionItemAdd(collection, me);
  const shown = await ada.collection(collection);
  assert.deepEqual(
    shown.accounts.map(({ username }) => username),
    ["theo", "ada"],
  );
  assert.equal((await ada.accountInCollections(me)).collections[0].id, collection.id);
  await ada.collectionItemRevoke(collection, collection_item);
  assert.deepEqual((await ada.accountInCollections(me)).collections, []);
  await assert.rejects(ada.collectionDelete(collection), { status: 403 });
  await theo.collectionDelete(collection);
  await assert.rejects(ada.collection(collection), MastodonNotFoundError);
});

test("a yearly report is there when it has been made", async (t) => {
  const { client } = await start(t);
  const [theo, ada] = [client("theo"), client("ada")];
  assert.equal((await ada.annualReportState(2026)).state, "ineligible");
  assert.equal((await theo.annualReportState(2026)).state, "eligible");
  await theo.annualReportGenerate(2026);
  assert.equal((await theo.annualReportState(2026)).state, "available");
  const { annual_reports, statuses } = await theo.annualReports();
  const [{ year, data, schema_version }] = annual_reports;
  assert.deepEqual([year, schema_version, data.time_series.length], [2026, 2, 12]);
  assert.ok(statuses.some(({ id }) => id === data.top_statuses.by_favourites));
  await theo.annualReportRead(2026);
  assert.deepEqual((await theo.annualReports()).annual_reports, []);
});

test("a thread from elsewhere is refreshed", async (t) => {
  const { sandbox, client } = await start(t);
  const theo = client("theo");
  const remote = (await theo.timelinePublic()).find(({ account }) => account.acct.includes("@"));
  const context = await theo.statusContext(remote);
  const refreshing = await theo.getAsyncRefreshStatus(context);
  assert.equal(refreshing.status, "running");
  sandbox.advance(5000);
  assert.equal((await theo.getAsyncRefreshStatus(context)).status, "finished");
});

test("a profile is shown as a form, and changed by it", async (t) => {
  const { client } = await start(t);
  const ada = client("ada");
  const before = await ada.profile();
  assert.deepEqual([before.avatar, before.note], [null, ""]);
  const after = await ada.profileUpdate({ note: "Computes", show_media: false });
  assert.deepEqual([after.note, after.show_media], ["Computes", false]);
  assert.equal((await ada.profile()).formatted_note, "<p>Computes</p>");
});

for (const standard of [false, true]) {
  test(`a push message is sent, encrypted${standard ? " as RFC 8291 has it" : ""}`, async (t) => {
    let sent;
    const message = new Promise((resolve) => {
      sent = (endpoint, request) => resolve({ endpoint, ...request });
    });
    const { client } = await start(t, { push: sent });
    const ada = client("ada");
    const [secrets, keys] = await ada.pushSubscriptionGenerateKeys();
    const endpoint = "https://push.example/ada";
    await ada.pushSubscriptionSet(endpoint, keys, { mention_events: true, standard });
    await client("theo").statusPost("@ada look at this");
    const got = await message;
    assert.equal(got.endpoint, endpoint);
    assert.equal(got.headers["content-encoding"], standard ? "aes128gcm" : "aesgcm");
    const { encryption = "", "crypto-key": key = "" } = got.headers;
    const told = await ada.pushSubscriptionDecryptPush(got.body, secrets, encryption, key);
    const { configuration } = await ada.instanceV2();
    assert.equal((await ada.pushSubscription()).server_key, configuration.vapid.public_key);
    const claims = await signed(got.headers, configuration.vapid.public_key);
    assert.deepEqual(claims, {
      aud: "https://push.example",
      exp: NOON / 1000 + 86_400,
      sub: "mailto:mina@example.org",
    });
    assert.equal(told.title, "You were mentioned by Theo Lindqvist");
    assert.equal(told.body, "@ada look at this");
    assert.equal(told.access_token, (await ada.persistableLoginCredentials()).access_token);
  });
}

/** What the token of a message says (RFC 8292), which `key` has to have signed. */
async function signed({ authorization, "crypto-key": legacy }, key) {
  const bare = key.replaceAll("=", "");
  const scheme = legacy ? /^WebPush (?<token>\S+)$/ : /^vapid t=(?<token>[^,]+),k=(?<sender>\S+)$/;
  const { token, sender } = authorization.match(scheme).groups;
  assert.equal(sender ?? legacy.match(/p256ecdsa=(\S+)/)[1], bare);
  const [header, claims, signature] = token
    .split(".")
    .map((part) => Buffer.from(part, "base64url"));
  assert.deepEqual(JSON.parse(header), { typ: "JWT", alg: "ES256" });
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const raw = Buffer.from(bare, "base64url");
  const senderKey = await crypto.subtle.importKey("raw", raw, curve, false, ["verify"]);
  const how = { name: "ECDSA", hash: "SHA-256" };
  const text = Buffer.from(token.slice(0, token.lastIndexOf(".")));
  assert.ok(await crypto.subtle.verify(how, senderKey, signature, text), "the key has signed it");
  return JSON.parse(claims);
}
