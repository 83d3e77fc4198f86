// What is tried with each server, and how what comes of it is told. A check resolves to nothing where
// all is as on Mastodon, and to the difference where it is not; `none()` says that the server does not
// have it. Whatever else goes wrong fails the test.
import assert from "node:assert/strict";

// RFC 7636, appendix B.
const VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CALLBACK = "https://app.example/callback";
/** One pixel. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
/** A stream without a socket asks every few seconds, and more rarely where nothing happens. */
const PATIENCE = 90_000;

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Thrown by `none()`. */
export class None extends Error {}

/** Carries out a call that a server may not have: then the check ends, and says so. */
async function orNone(call) {
  try {
    return await call;
  } catch (error) {
    if ([404, 405, 501].includes(error.status)) throw new None(error.message, { cause: error });
    throw error;
  }
}

/** Whether the server has it. */
async function has(call) {
  try {
    await orNone(call);
    return true;
  } catch (error) {
    if (error instanceof None) return false;
    throw error;
  }
}

/** The parts of a check that this server lacks, as one text; nothing where it lacks none. */
async function lacking(parts) {
  const missing = [];
  for (const [name, call] of Object.entries(parts)) {
    if (!(await has(call()))) missing.push(name);
  }
  if (missing.length === Object.keys(parts).length) throw new None();
  return missing.length > 0 ? `no ${missing.join(", ")}` : undefined;
}

const rejection = (promise) =>
  promise.then(
    () => assert.fail("it should have been refused"),
    (error) => error,
  );

async function until(holds, what, milliseconds = PATIENCE) {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    assert.ok(Date.now() < end, `not within ${milliseconds} ms: ${what}`);
    await pause(20);
  }
}

async function collect(iterable, most) {
  const items = [];
  for await (const item of iterable) {
    items.push(item);
    if (items.length >= most) break;
  }
  return items;
}

const ids = (items) => items.map(({ id }) => id);
const differences = (...all) => all.filter(Boolean).join("; ") || undefined;

async function application(world, scopes) {
  const { Mastodon, sandbox } = world;
  const server = { api_base_url: sandbox.url, ...sandbox.client };
  const app = await Mastodon.createApp("A program", {
    api_base_url: sandbox.url,
    scopes,
    redirect_uris: [CALLBACK],
    fetch: sandbox.fetch,
  });
  return new Mastodon({ ...app, ...server });
}

/** What a person does on the server's page. */
async function decide(world, url, decision) {
  const body = new URL(url).searchParams;
  for (const [name, value] of Object.entries(decision)) body.set(name, value);
  const answer = await world.sandbox.fetch(`${world.sandbox.url}/oauth/authorize`, {
    method: "POST",
    body,
    redirect: "manual",
  });
  return new URL(answer.headers.get("location"));
}

async function loggedIn(world, scopes) {
  const m = await application(world, scopes);
  const url = await m.authRequestUrl({
    scopes,
    redirect_uris: CALLBACK,
    code_verifier: VERIFIER,
    state: "s",
  });
  const code = (await decide(world, url, { as: "mina" })).searchParams.get("code");
  await m.logIn({ code, code_verifier: VERIFIER, redirect_uri: CALLBACK, scopes });
  return m;
}

/** A fetch like that of a page: what the server's preflight does not allow is never sent. */
function inPage({ fetch }, origin = "https://app.example") {
  const simple = new Set(["accept", "accept-language", "content-language", "range"]);
  return async (url, init) => {
    const names = [...new Headers(init.headers).keys()].filter((name) => !simple.has(name));
    const preflight = await fetch(url, {
      method: "OPTIONS",
      headers: {
        origin,
        "user-agent": "a page",
        "access-control-request-method": init.method,
        "access-control-request-headers": names.join(","),
      },
    });
    const words = (name) => (preflight.headers.get(name) ?? "").toLowerCase().split(/\s*,\s*/);
    const methods = words("access-control-allow-methods");
    const headers = words("access-control-allow-headers");
    const allowed =
      methods.includes(init.method.toLowerCase()) && names.every((name) => headers.includes(name));
    if (!allowed) throw new TypeError("Failed to fetch");
    const sent = { ...init.headers, origin, "user-agent": "a page" };
    return fetch(url, { ...init, headers: sent });
  };
}

/**
 * The areas, in the order of the table. `methods` are those that a difference here concerns. Each
 * `run` gets the clients of three people (`mina`, `theo`, `yuki`) and the sandbox. `inPage` ones are run
 * where there is a document, and by themselves.
 */
export const AREAS = [
  {
    area: "Instance",
    checks: [
      {
        name: "the instance, in either form",
        methods: ["instance", "instanceV1", "instanceV2"],
        async run({ mina }) {
          const { version } = await mina.instance();
          assert.equal(await mina.retrieveMastodonVersion(), version);
          assert.equal((await mina.instanceV1()).version, version);
          return lacking({
            "second version": () => mina.instanceV2(),
            "first version": () => mina.instanceV1(),
          });
        },
      },
      {
        name: "calls checked by the server's version",
        methods: [],
        async run({ client }) {
          const m = client("mina", { version_check_mode: "created" });
          await m.timelineHome();
          await m.notifications();
        },
      },
      {
        name: "rules, languages, emojis",
        methods: ["instanceRules", "instanceLanguages", "customEmojis"],
        run: ({ mina }) =>
          lacking({
            rules: () => mina.instanceRules(),
            languages: () => mina.instanceLanguages(),
            emojis: () => mina.customEmojis(),
          }),
      },
      {
        name: "trends, suggestions, announcements",
        methods: ["trendingTags", "suggestions", "announcements"],
        run: ({ mina }) =>
          lacking({
            trends: () => mina.trendingTags(),
            suggestions: () => mina.suggestions(),
            announcements: () => mina.announcements(),
          }),
      },
    ],
  },
  {
    area: "Login",
    checks: [
      {
        name: "with a code, PKCE and state",
        methods: ["createApp", "authRequestUrl", "logIn"],
        async run(world) {
          const scopes = ["read", "write", "follow", "push"];
          const m = await loggedIn(world, scopes);
          assert.equal((await m.accountVerifyCredentials()).username, "mina");
          const missing = scopes.filter((scope) => !m.scopes.includes(scope));
          return missing.length > 0 ? `never grants ${missing.join(", ")}` : undefined;
        },
      },
      {
        name: "with narrow scopes",
        methods: ["authRequestUrl", "logIn"],
        async run(world) {
          const scopes = ["read", "write:statuses"];
          const m = await loggedIn(world, scopes);
          await m.timelineHome();
          const granted = m.scopes.join(" ");
          return granted === scopes.join(" ") ? undefined : `grants ${granted}`;
        },
      },
      {
        name: "a user who does not authorize the app",
        methods: ["authRequestUrl"],
        async run(world) {
          const m = await application(world, ["read"]);
          const url = await m.authRequestUrl({
            scopes: ["read"],
            redirect_uris: CALLBACK,
            state: "s/t",
          });
          const { searchParams } = await decide(world, url, { decision: "deny" });
          assert.equal(searchParams.get("error"), "access_denied");
          return searchParams.get("state") === "s/t" ? undefined : "returns without state";
        },
      },
      {
        name: "as an application, without an account",
        methods: ["logInApp", "appVerifyCredentials"],
        async run(world) {
          const m = await application(world, ["read"]);
          assert.ok(await m.logInApp({ scopes: ["read"] }));
          const told = await m.appVerifyCredentials().catch((error) => error);
          if (told instanceof Error) return `a token, but ${told.status} at appVerifyCredentials`;
        },
      },
      {
        name: "a token that expires",
        methods: ["logIn", "persistableLoginCredentials"],
        async run(world) {
          const { token_lifetime_s } = await world.sandbox.control("GET", "/sandbox/behaviour");
          const m = await loggedIn(world, ["read"]);
          const first = m.persistableLoginCredentials();
          assert.equal(first.expires_in ?? null, token_lifetime_s);
          if (token_lifetime_s === null) return;
          await world.sandbox.control("POST", "/sandbox/behaviour", { token_lifetime_s: 1 });
          const short = await loggedIn(world, ["read"]);
          const { access_token } = short.persistableLoginCredentials();
          await world.sandbox.control("POST", "/sandbox/behaviour", { token_lifetime_s });
          await pause(1200);
          const all = await Promise.all([short.timelineHome(), short.accountVerifyCredentials()]);
          assert.equal(all[1].username, "mina");
          assert.notEqual(short.persistableLoginCredentials().access_token, access_token);
          return "tokens expire, and are refreshed";
        },
      },
      {
        name: "logout",
        methods: ["logOut", "revokeAccessToken"],
        async run(world) {
          const m = await loggedIn(world, ["read"]);
          const { access_token } = m.persistableLoginCredentials();
          await m.logOut();
          assert.equal(m.persistableLoginCredentials().access_token, undefined);
          const { Mastodon, sandbox } = world;
          const left = new Mastodon({ api_base_url: sandbox.url, access_token, ...sandbox.client });
          const still = await left.accountVerifyCredentials().then(
            () => true,
            () => false,
          );
          return still ? "removes the token; the server has no revocation" : undefined;
        },
      },
    ],
  },
  {
    area: "Posting",
    checks: [
      {
        name: "a post: reply, edit, delete",
        methods: ["statusPost", "statusReply", "statusUpdate", "statusDelete"],
        async run({ mina, theo }) {
          const post = await mina.statusPost("Moss on the north side", {
            spoiler_text: "plants",
            visibility: "unlisted",
            language: "en",
          });
          assert.deepEqual([post.visibility, post.spoiler_text], ["unlisted", "plants"]);
          const reply = await theo.statusReply(post, "Which moss?");
          assert.equal(reply.in_reply_to_id, post.id);
          const { descendants } = await mina.statusContext(post);
          assert.deepEqual(ids(descendants), [reply.id]);
          const edited = await mina.statusUpdate(post, "Moss on every side");
          assert.match(edited.content, /every side/);
          await mina.statusDelete(post);
          assert.equal((await rejection(mina.status(post))).name, "MastodonNotFoundError");
        },
      },
      {
        name: "source and history of a post",
        methods: ["statusSource", "statusHistory"],
        async run({ mina }) {
          const post = await mina.statusPost("One");
          await mina.statusUpdate(post, "Two");
          return lacking({
            source: () => mina.statusSource(post),
            history: () => mina.statusHistory(post),
          });
        },
      },
      {
        name: "media with a description",
        methods: ["mediaPost", "mediaUpdate", "statusPost"],
        async run({ mina }) {
          const media = await mina.mediaPost(PICTURE, {
            mime_type: "image/png",
            description: "A field",
            synchronous: true,
          });
          await mina.mediaUpdate(media, { description: "A field at dusk" });
          const post = await mina.statusPost("", { media_ids: [media] });
          assert.equal(post.media_attachments[0].id, media.id);
          assert.equal(post.media_attachments[0].description, "A field at dusk");
        },
      },
      {
        name: "a poll, and voting",
        methods: ["statusPost", "pollVote", "poll"],
        async run({ mina, theo, warnings }) {
          const post = await mina.statusPost("Moss or fern?", {
            poll: { options: ["moss", "fern"], expires_in: 3600 },
          });
          if (!post.poll) {
            assert.ok(
              warnings.some((words) => words.includes("poll")),
              "nothing was said",
            );
            return "posted without its poll, with a warning";
          }
          const voted = await theo.pollVote(post.poll, [1]);
          assert.equal(voted.options[1].votes_count, 1);
          const asked = await has(theo.poll(post.poll));
          const unsaid = voted.voted === null ? "does not say whether one voted" : undefined;
          return differences(asked ? undefined : "cannot be asked for by itself", unsaid);
        },
      },
      {
        name: "a scheduled post",
        methods: ["scheduledStatuses", "scheduledStatusUpdate", "scheduledStatusDelete"],
        async run({ mina }) {
          const at = new Date(Date.now() + 3_600_000);
          if (!(await has(mina.scheduledStatuses()))) throw new None();
          const scheduled = await mina.statusPost("Later", { scheduled_at: at });
          await mina.scheduledStatusUpdate(scheduled, new Date(+at + 60_000));
          assert.deepEqual(ids(await mina.scheduledStatuses()), [scheduled.id]);
          await mina.scheduledStatusDelete(scheduled);
        },
      },
      {
        name: "a lost response",
        methods: ["statusPost", "statusReply"],
        async run({ mina, sandbox }) {
          await sandbox.faults({
            match: { method: "POST", path: "^/api/v1/statuses" },
            drop: "after",
            times: 1,
          });
          const text = "Said once";
          const told = await mina.statusPost(text).catch((error) => error);
          await sandbox.clearFaults();
          const { id } = await mina.me();
          const own = await mina.accountStatuses(id, { limit: 5 });
          const count = own.filter(({ content }) => content.includes(text)).length;
          assert.equal(count, 1, "posted twice");
          if (!(told instanceof Error)) return;
          assert.equal(told.name, "MastodonNetworkError");
          assert.match(told.message, /may have/);
          return "not repeated: the error says that it may have been posted";
        },
      },
      {
        name: "from a page, with its preflights",
        methods: ["statusPost", "accountUpdateCredentials"],
        inPage: true,
        async run({ client, sandbox }) {
          const m = client("mina", { fetch: inPage(sandbox) });
          await m.statusPost("From a page");
          const told = await m
            .accountUpdateCredentials({ display_name: "Mina Okafor" })
            .catch((error) => error);
          if (!(told instanceof Error)) return;
          assert.equal(told.name, "MastodonNetworkError");
          return "a profile cannot be changed: PATCH is not allowed";
        },
      },
    ],
  },
  {
    area: "Reading",
    checks: [
      {
        name: "home",
        methods: ["timelineHome"],
        async run({ mina, theo }) {
          const { id } = await theo.statusPost("For all who follow");
          const first = await mina.timelineHome();
          const late = !ids(first).includes(id);
          await until(async () => ids(await mina.timelineHome()).includes(id), "the post at home");
          const doubled = new Set(ids(first)).size < first.length;
          return differences(
            late ? "posts arrive some seconds late" : undefined,
            doubled ? "an entry can come twice" : undefined,
          );
        },
      },
      {
        name: "local and public, with a token and without",
        methods: ["timelineLocal", "timelinePublic", "account", "status"],
        async run({ mina, stranger }) {
          assert.ok((await mina.timelineLocal()).length > 0);
          assert.ok((await mina.timelinePublic()).length > 0);
          const [post] = await mina.timelineLocal();
          const closed = [];
          const tries = {
            timelines: () => stranger.timelinePublic(),
            posts: () => stranger.status(post),
            accounts: () => stranger.account(post.account),
          };
          for (const [what, call] of Object.entries(tries)) {
            const told = await call().catch((error) => error);
            if (!(told instanceof Error)) continue;
            assert.equal(told.name, "MastodonUnauthorizedError", what);
            closed.push(what);
          }
          return closed.length > 0 ? `strangers see no ${closed.join(", ")}` : undefined;
        },
      },
      {
        name: "a hashtag, used and never used",
        methods: ["timelineHashtag"],
        async run({ mina }) {
          const { id } = await mina.statusPost("Wet #lichen");
          assert.ok(ids(await mina.timelineHashtag("lichen")).includes(id));
          const told = await mina.timelineHashtag("neverused").catch((error) => error);
          if (told instanceof Error) {
            assert.equal(told.name, "MastodonNotFoundError");
            return "one that nobody used is a MastodonNotFoundError";
          }
          assert.deepEqual([...told], []);
        },
      },
      {
        name: "accounts and relationships",
        methods: ["accountLookup", "accountSearch", "accountStatuses", "accountRelationships"],
        async run({ mina, theo }) {
          const account = await mina.accountLookup("theo");
          assert.equal(account.id, (await theo.me()).id);
          assert.ok(ids(await mina.accountSearch("theo")).includes(account.id));
          assert.ok((await mina.accountStatuses(account)).length > 0);
          const yuki = await mina.accountLookup("yuki");
          const relations = await mina.accountRelationships([account, yuki]);
          assert.deepEqual(ids(Object.values(relations)), [account.id, yuki.id]);
          return Array.isArray(relations) ? undefined : "a list can come as an object";
        },
      },
      {
        name: "several at once, by their ids",
        methods: ["accounts", "statuses"],
        async run({ mina }) {
          const posts = (await mina.timelineLocal({ limit: 2 })).slice(0, 2);
          return lacking({
            statuses: () => mina.statuses(posts),
            accounts: () => mina.accounts(posts.map(({ account }) => account)),
          });
        },
      },
      {
        name: "favourites, boosts, bookmarks, pins",
        methods: [
          "statusFavourite",
          "statusReblog",
          "statusUnreblog",
          "statusBookmark",
          "statusPin",
        ],
        async run({ mina, theo }) {
          const post = await theo.statusPost("To be liked");
          assert.equal((await mina.statusFavourite(post)).favourited, true);
          assert.equal((await mina.statusUnfavourite(post)).favourited, false);
          assert.equal((await mina.statusBookmark(post)).bookmarked, true);
          await mina.statusUnbookmark(post);
          assert.equal((await mina.statusReblog(post)).reblog.id, post.id);
          const after = await mina.statusUnreblog(post);
          await theo.statusPin(post);
          await theo.statusUnpin(post);
          return after.reblogged ? "an unreblog still says reblogged" : undefined;
        },
      },
    ],
  },
  {
    area: "Pages",
    checks: [
      {
        name: "a timeline to its end and back",
        methods: ["timelineHome", "fetchNext", "fetchPrevious", "fetchRemaining"],
        async run({ mina }) {
          // Until what was posted last has arrived everywhere.
          await pause(2000);
          const whole = [...new Set(ids(await mina.timelineHome({ limit: 40 })))].slice(0, 12);
          const walked = ids(await collect(mina.timelineHome({ limit: 4 }), 40));
          const found = [...new Set(walked)];
          const first = await mina.timelineHome({ limit: 4 });
          const next = await mina.fetchNext(first);
          if (!next) {
            assert.equal(found.length, new Set(ids(first)).size);
            return "one page is all there is";
          }
          if (found.length < whole.length) {
            assert.deepEqual(found, whole.slice(0, found.length));
            return `the page after the ${found.length}th post does not say what follows`;
          }
          assert.deepEqual(found.slice(0, 12), whole);
          const back = await mina.fetchPrevious(next);
          assert.ok(back.length > 0 && ids(first).includes(back[0].id), "the way back");
        },
      },
      {
        name: "lists of accounts",
        methods: ["accountFollowers", "accountFollowing"],
        async run({ mina }) {
          const me = await mina.me();
          const whole = ids(await mina.accountFollowers(me, { limit: 80 }));
          const walked = ids(await collect(mina.accountFollowers(me, { limit: 1 }), 20));
          assert.deepEqual(walked, whole.slice(0, walked.length));
          if (walked.length < whole.length) return "one page is all there is";
        },
      },
      {
        name: "notifications of some kinds",
        methods: ["notifications"],
        async run({ mina }) {
          const kinds = { types: ["favourite", "follow"], limit: 2 };
          const walked = await collect(mina.notifications(kinds), 12);
          assert.ok(walked.every(({ type }) => kinds.types.includes(type)));
          const whole = ids(await mina.notifications({ ...kinds, limit: 40 })).slice(0, 12);
          if (walked.length < whole.length) return "one page is all there is";
          assert.deepEqual(ids(walked), whole);
        },
      },
      {
        name: "from a time",
        methods: ["timelineHome"],
        async run({ mina }) {
          const hour = new Date(Date.now() - 3_600_000);
          await mina.timelineHome();
          const told = await mina.timelineHome({ max_id: hour }).catch((error) => error);
          if (told instanceof Error) return `refused: ${told.name}`;
          const older = told.every(({ created_at }) => new Date(created_at) <= hour);
          return older ? undefined : "a time means nothing: ids carry none";
        },
      },
    ],
  },
  {
    area: "Notifications",
    checks: [
      {
        name: "all, mentions, one by its id",
        methods: ["notifications"],
        async run({ mina, theo }) {
          await theo.statusPost("@mina look");
          const [mention] = await mina.notifications({ mentions_only: true });
          assert.equal(mention.type, "mention");
          if (!(await has(mina.notifications({ id: mention })))) return "none by its id";
          const one = await mina.notifications({ id: mention.id });
          assert.equal(one.id ?? one[0].id, mention.id);
        },
      },
      {
        name: "dismissing",
        methods: ["notificationsDismiss", "notificationsClear"],
        async run({ mina, theo }) {
          await theo.statusPost("@mina look again");
          const [mention] = await mina.notifications({ limit: 1 });
          const missing = await lacking({
            dismissing: () => mina.notificationsDismiss(mention),
            clearing: () => mina.notificationsClear(),
          });
          if (!missing) assert.deepEqual([...(await mina.notifications())], []);
          return missing;
        },
      },
      {
        name: "grouped",
        methods: ["groupedNotifications"],
        async run({ mina, theo }) {
          await theo.statusPost("@mina and again");
          const page = await orNone(mina.groupedNotifications());
          assert.ok(page.notification_groups.length > 0);
        },
      },
      {
        name: "markers",
        methods: ["markersSet", "markersGet"],
        async run({ mina }) {
          const [last] = await mina.timelineHome();
          await orNone(mina.markersSet(["home"], [last.id]));
          const { home } = await mina.markersGet({ timeline: ["home"] });
          assert.equal(home.last_read_id, last.id);
        },
      },
      {
        name: "push",
        methods: ["pushSubscriptionSet", "pushSubscription", "pushSubscriptionDelete"],
        async run({ mina }) {
          const [, keys] = await mina.pushSubscriptionGenerateKeys();
          const alerts = { mention_events: true, follow_events: false };
          const set = await orNone(
            mina.pushSubscriptionSet("https://push.example/1", keys, alerts),
          );
          assert.equal(set.alerts.mention, true);
          assert.equal((await mina.pushSubscription()).endpoint, "https://push.example/1");
          await mina.pushSubscriptionDelete();
          return typeof set.id === "string" ? "its id is a text" : undefined;
        },
      },
    ],
  },
  {
    area: "Lists, filters, tags",
    checks: [
      {
        name: "lists and their members",
        methods: [
          "listCreate",
          "listUpdate",
          "listAccountsAdd",
          "listAccountsDelete",
          "listDelete",
        ],
        async run({ mina }) {
          const list = await orNone(mina.listCreate("Gardeners"));
          assert.equal((await mina.listUpdate(list, "Foresters")).title, "Foresters");
          const theo = await mina.accountLookup("theo");
          await mina.listAccountsAdd(list, [theo]);
          assert.deepEqual(ids(await mina.listAccounts(list)), [theo.id]);
          await mina.timelineList(list);
          await mina.listAccountsDelete(list, [theo]);
          assert.deepEqual(ids(await mina.listAccounts(list)), []);
          await mina.listDelete(list);
          assert.ok(!ids(await mina.lists()).includes(list.id));
        },
      },
      {
        name: "filters, and removing their expiry",
        methods: ["createFilterV2", "updateFilterV2", "deleteFilterV2", "filtersV2"],
        async run({ mina }) {
          const made = await orNone(
            mina.createFilterV2("Weather", ["home"], "warn", {
              expires_in: 3600,
              keywords_attributes: [{ keyword: "rain", whole_word: true }],
            }),
          );
          assert.ok(made.expires_at);
          const lasting = await mina.updateFilterV2(made, { expires_in: null });
          assert.equal(lasting.expires_at, null);
          assert.ok(ids(await mina.filtersV2()).includes(made.id));
          await mina.deleteFilterV2(made);
        },
      },
      {
        name: "followed and featured hashtags",
        methods: ["tagFollow", "followedTags", "featuredTags", "featuredTagCreate"],
        async run({ mina }) {
          await mina.statusPost("#lichen again");
          return lacking({
            "following of tags": async () => {
              await mina.tagFollow("lichen");
              assert.ok((await mina.followedTags()).some(({ name }) => name === "lichen"));
              await mina.tagUnfollow("lichen");
            },
            "featuring of tags": async () => {
              const tag = await mina.featuredTagCreate("lichen");
              await mina.featuredTagDelete(tag);
            },
          });
        },
      },
      {
        name: "following, blocking, muting",
        methods: ["accountFollow", "accountBlock", "accountMute", "blocks", "mutes"],
        async run({ theo }) {
          const other = await theo.accountLookup("tidebot");
          assert.equal((await theo.accountFollow(other)).following, true);
          await theo.accountUnfollow(other);
          await theo.accountMute(other);
          await theo.accountUnmute(other);
          await theo.accountBlock(other);
          await theo.accountUnblock(other);
          return lacking({
            "list of blocks": () => theo.blocks(),
            "list of mutes": () => theo.mutes(),
          });
        },
      },
      {
        name: "the profile, and removing its fields",
        methods: ["accountUpdateCredentials", "profile"],
        async run({ theo }) {
          await theo.accountUpdateCredentials({ note: "Trains", fields: [["Home", "Oslo"]] });
          assert.equal((await theo.me()).source.fields.length, 1);
          await theo.accountUpdateCredentials({ fields: [] });
          assert.equal((await theo.me()).source.fields.length, 0);
        },
      },
    ],
  },
  {
    area: "Search",
    checks: [
      {
        name: "accounts, posts and hashtags",
        methods: ["search"],
        async run({ mina, theo }) {
          await theo.statusPost("A rare #liverwort");
          assert.ok((await mina.search("theo")).accounts.length > 0);
          const { hashtags } = await mina.search("liverwort", { result_type: "hashtags" });
          assert.equal(hashtags[0].name, "liverwort");
          await mina.search("theo", { offset: 1, result_type: "accounts" });
        },
      },
      {
        name: "without a token",
        methods: ["search", "accountSearch"],
        async run({ stranger }) {
          const told = await stranger.search("theo").catch((error) => error);
          if (!(told instanceof Error)) return;
          assert.equal(told.name, "MastodonUnauthorizedError");
          return "refused";
        },
      },
    ],
  },
  {
    area: "Streams",
    checks: [
      {
        name: "home: posts, notifications, deletions",
        methods: ["streamUser"],
        async run({ mina, theo }) {
          const heard = { update: [], notification: [], delete: [] };
          // Where home fills late, what the checks before posted is to be there before the stream begins.
          await pause(2000);
          const stream = mina.streamUser({
            onUpdate: ({ id }) => heard.update.push(id),
            onNotification: ({ id }) => heard.notification.push(id),
            onDelete: (id) => heard.delete.push(id),
          });
          await until(() => /open|polling/.test(stream.state), "a stream");
          await pause(500);
          const { id } = await theo.statusPost("Hello, @mina");
          await until(() => heard.update.includes(id), "the post");
          await until(() => heard.notification.length > 0, "the notification");
          const { state } = stream;
          if (state === "open") {
            await theo.statusDelete(id);
            await until(() => heard.delete.includes(id), "the deletion");
          }
          stream.close();
          assert.deepEqual(heard.update, [id], "once");
          return state === "polling" ? "none: asked for every few seconds" : undefined;
        },
      },
      {
        name: "hashtags and lists",
        methods: ["streamHashtag", "streamList"],
        async run({ mina, theo }) {
          const heard = [];
          const hashtag = mina.streamHashtag("moss", { onUpdate: ({ id }) => heard.push(id) });
          await until(() => /open|polling/.test(hashtag.state), "a stream");
          await pause(500);
          const begin = Date.now();
          const { id } = await theo.statusPost("wet #moss");
          await until(() => heard.includes(id), "the post");
          const { state } = hashtag;
          const asked = state === "polling" || Date.now() - begin > 2000;
          hashtag.close();
          return asked ? "none for hashtags: asked for now and then" : undefined;
        },
      },
      {
        name: "a stream of notifications only",
        methods: ["streamUserNotifications", "streamUser"],
        async run({ yuki, theo }) {
          const heard = [];
          const both = [
            yuki.streamUser({}),
            yuki.streamUserNotifications({ onNotification: ({ type }) => heard.push(type) }),
          ];
          await until(() => /open|polling/.test(both[1].state), "a stream");
          await pause(500);
          await theo.statusPost("@yuki hello");
          await until(() => heard.includes("mention"), "the notification");
          for (const stream of both) stream.close();
        },
      },
      {
        name: "a list of another user",
        methods: ["streamList"],
        async run({ mina, theo }) {
          const list = await orNone(theo.listCreate("Not for others"));
          let told;
          const stream = mina.streamList(list, { onAbort: (error) => (told = error) });
          await until(() => told || /polling/.test(stream.state), "a state", 8000).catch(() => {});
          const { state } = stream;
          stream.close();
          await theo.listDelete(list);
          if (told) return;
          return state === "open" ? "open, and silent" : undefined;
        },
      },
      {
        name: "the health of the streaming server",
        methods: ["streamHealthy"],
        async run({ mina }) {
          return (await mina.streamHealthy()) ? undefined : "said to be none";
        },
      },
    ],
  },
  {
    area: "Errors",
    checks: [
      {
        name: "not found",
        methods: ["status"],
        async run({ mina, absent }) {
          const error = await rejection(mina.status(absent));
          assert.equal(error.name, "MastodonNotFoundError");
          return error.error ? undefined : "without words";
        },
      },
      {
        name: "rejections, with the server's message",
        methods: ["statusPost"],
        async run({ mina }) {
          const error = await rejection(mina.statusPost("x".repeat(6000)));
          assert.equal(error.name, "MastodonAPIError");
          assert.match(error.error, /\w/);
          return error.status === 422 ? undefined : `${error.status}`;
        },
      },
      {
        name: "entities of another user",
        methods: ["statusDelete"],
        async run({ mina, theo }) {
          const post = await theo.statusPost("Mine");
          const error = await rejection(mina.statusDelete(post));
          assert.ok(error instanceof Error && error.status >= 400);
          return error.status === 404 ? undefined : `${error.status}, ${error.name}`;
        },
      },
      {
        name: "an invalid token",
        methods: [],
        async run({ Mastodon, sandbox }) {
          const m = new Mastodon({
            api_base_url: sandbox.url,
            access_token: "a-wrong-token",
            ...sandbox.client,
          });
          const errors = [await rejection(m.timelineHome()), await rejection(m.me())];
          assert.doesNotMatch(errors.map(String).join(), /a-wrong-token/);
          const other = errors.find(({ name }) => name !== "MastodonUnauthorizedError");
          return other ? `${other.status}, ${other.name}` : undefined;
        },
      },
      {
        name: "too many requests",
        methods: [],
        async run({ client, sandbox }) {
          const m = client("mina");
          await m.me();
          await sandbox.control("POST", "/sandbox/rate_limit", { limit: 2, window_ms: 1500 });
          const begin = Date.now();
          for (let call = 0; call < 5; call += 1) await m.me();
          await sandbox.control("DELETE", "/sandbox/rate_limit");
          assert.ok(Date.now() - begin < 20_000);
          return m.ratelimit ? undefined : "says Retry-After alone, which is heeded";
        },
      },
    ],
  },
];
