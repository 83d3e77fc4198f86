// What Mastodon's source has and its documentation lacks: the request of each, and what becomes of it.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Mastodon, MastodonIllegalArgumentError, MastodonVersionError } from "../../pkg/node.js";
import { givenTime } from "../time.mjs";

givenTime();

/** The one request that a call makes, as `GET /path query-or-body`, and what the call resolves to. */
async function call(name, values, answer = () => new Response("{}")) {
  const lines = [];
  const fetch = async (url, { method, body }) => {
    const { pathname, searchParams } = new URL(url);
    const query = decodeURIComponent(searchParams);
    lines.push([method, pathname, body ?? query].filter(Boolean).join(" "));
    return answer();
  };
  const m = new Mastodon({ api_base_url: "https://mastodon.example", access_token: "t", fetch });
  const result = await m[name](...values);
  return { lines, result };
}

/** Name, arguments, request. */
const ENDPOINTS = [
  [
    "accountEmailSubscribe",
    ["1", "a@b.c"],
    'POST /api/v1/accounts/1/email_subscriptions {"email":"a@b.c"}',
  ],
  ["adminTags", [{ limit: 5 }], "GET /api/v1/admin/tags limit=5"],
  ["adminTag", ["1"], "GET /api/v1/admin/tags/1"],
  [
    "adminTagUpdate",
    ["1", { display_name: "Moss", listable: true, trendable: false, usable: true }],
    'PUT /api/v1/admin/tags/1 {"display_name":"Moss","listable":true,"trendable":false,"usable":true}',
  ],
  ["domainBlocksPreview", ["https://b.c"], "GET /api/v1/domain_blocks/preview domain=b.c"],
  ["invite", ["abc"], "GET /invite/abc"],
  ["notificationsDelete", ["1"], "DELETE /api/v1/notifications/1"],
  [
    "notificationsDeleteMultiple",
    [["1", "2"]],
    "DELETE /api/v1/notifications/destroy_multiple ids[]=1&ids[]=2",
  ],
];

const OPTIONS = [
  [
    "updateNotificationsPolicy",
    [{ for_bots: "filter" }],
    'PATCH /api/v2/notifications/policy {"for_bots":"filter"}',
  ],
  [
    "groupedNotificationAccounts",
    ["k", { limit: 5, max_id: "9", since_id: "1" }],
    "GET /api/v2/notifications/k/accounts limit=5&max_id=9&since_id=1",
  ],
  [
    "toot",
    ["x", { allowed_mentions: ["1"] }],
    'POST /api/v1/statuses {"status":"x","allowed_mentions":["1"]}',
  ],
  [
    "statusPost",
    ["x", { allowed_mentions: ["1", { id: "2" }] }],
    'POST /api/v1/statuses {"status":"x","allowed_mentions":["1","2"]}',
  ],
  [
    "adminAccountsV1",
    [{ status: "sensitized", local: true }],
    "GET /api/v1/admin/accounts local=true&sensitized=true",
  ],
  ["adminAccounts", [{ status: "sensitized" }], "GET /api/v1/admin/accounts sensitized=true"],
  ["adminAccountsV2", [{ status: "sensitized" }], "GET /api/v2/admin/accounts status=sensitized"],
  [
    "adminTrendingLinks",
    [{ limit: 5, offset: 5 }],
    "GET /api/v1/admin/trends/links limit=5&offset=5",
  ],
  [
    "adminTrendingStatuses",
    [{ limit: 5, offset: 5 }],
    "GET /api/v1/admin/trends/statuses limit=5&offset=5",
  ],
  [
    "adminTrendingTags",
    [{ limit: 5, offset: 5 }],
    "GET /api/v1/admin/trends/tags limit=5&offset=5",
  ],
  [
    "adminCreateEmailDomainBlock",
    ["b.c", { allow_with_approval: true }],
    'POST /api/v1/admin/email_domain_blocks {"domain":"b.c","allow_with_approval":true}',
  ],
  ["suggestions", [{ offset: 5 }], "GET /api/v2/suggestions offset=5"],
  ["suggestionsV1", [{ offset: 5 }], "GET /api/v1/suggestions offset=5"],
  ["suggestionsV2", [{ offset: 5 }], "GET /api/v2/suggestions offset=5"],
  [
    "pushSubscriptionUpdate",
    [{ severed_relationships_events: true, collection_update_events: false }],
    'PUT /api/v1/push/subscription {"data":{"alerts":{"severed_relationships":true,"collection_update":false}}}',
  ],
  [
    "pushSubscriptionSet",
    [
      "https://push.example/1",
      { pubkey: "p", auth: "a" },
      {
        moderation_warning_events: true,
        annual_report_events: true,
        added_to_collection_events: true,
      },
    ],
    'POST /api/v1/push/subscription {"subscription":{"endpoint":"https://push.example/1","keys":{"p256dh":"p","auth":"a"}},"data":{"alerts":{"moderation_warning":true,"annual_report":true,"added_to_collection":true}}}',
  ],
  [
    "search",
    ["x", { result_type: "collections", resolve: false }],
    "GET /api/v2/search exclude_unreviewed=true&q=x&type=collections&resolve=false",
  ],
  [
    "searchV2",
    ["x", { result_type: "collections", resolve: false }],
    "GET /api/v2/search exclude_unreviewed=true&q=x&type=collections&resolve=false",
  ],
];

describe("an endpoint that is not documented", () => {
  for (const [name, values, line] of ENDPOINTS) {
    it(name, async () => assert.deepEqual((await call(name, values)).lines, [line]));
  }

  it("peersSearch, which knows nothing of a blank text", async () => {
    const { lines, result } = await call("peersSearch", ["mas"], () => new Response('["a.b"]'));
    assert.deepEqual([lines, result], [["GET /api/v1/peers/search q=mas"], ["a.b"]]);
    const blank = await call("peersSearch", [" "]);
    assert.deepEqual([blank.lines, blank.result], [[], []]);
    assert.deepEqual((await call("peersSearch", ["x"], () => new Response("null"))).result, []);
  });

  it("emailCheckConfirmation, a bare truth value", async () => {
    const { lines, result } = await call("emailCheckConfirmation", [], () => new Response("true"));
    assert.deepEqual([lines, result], [["GET /api/v1/emails/check_confirmation"], true]);
  });

  it("donationCampaigns, of which there may be none", async () => {
    const none = await call("donationCampaigns", [], () => new Response(null, { status: 204 }));
    assert.deepEqual([none.lines, none.result], [["GET /api/v1/donation_campaigns"], null]);
    const one = await call("donationCampaigns", [], () => new Response('{"id":"1"}'));
    assert.deepEqual(one.result, { id: "1" });
  });
});

describe("an option that is not documented", () => {
  for (const [name, values, line] of OPTIONS) {
    it(`of ${name}`, async () => {
      const { lines } = await call(name, values, () => new Response("[]"));
      assert.deepEqual(lines, [line]);
    });
  }
});

describe("what else is not documented", () => {
  it("createAccount takes an invitation and a time zone", async () => {
    const sent = [];
    const fetch = async (url, { body }) => {
      sent.push([new URL(url).pathname, String(body)]);
      return Response.json({ access_token: "t", token_type: "Bearer", scope: "read" });
    };
    const application = { client_id: "i", client_secret: "s" };
    const m = new Mastodon({ api_base_url: "https://mastodon.example", ...application, fetch });
    const options = { agreement: true, invite_code: "abc", time_zone: "Europe/Berlin" };
    await m.createAccount("mina", "correct horse", "mina@example.org", options);
    const [path, body] = sent.at(-1);
    assert.equal(path, "/api/v1/accounts");
    const { invite_code, time_zone } = JSON.parse(body);
    assert.deepEqual([invite_code, time_zone], ["abc", "Europe/Berlin"]);
  });

  it("a post that mentions others says whom", async () => {
    const refusal = { error: "no", unexpected_accounts: [{ id: "2" }] };
    const refuse = () => Response.json(refusal, { status: 422 });
    const posted = call("statusPost", ["@b", { allowed_mentions: ["1"] }], refuse);
    const error = await posted.catch((thrown) => thrown);
    assert.equal(error.status, 422);
    assert.deepEqual(JSON.parse(error.body).unexpected_accounts, [{ id: "2" }]);
  });

  it("a reply says whom it may mention", async () => {
    const status = { id: "7", account: { id: "1", acct: "a" }, mentions: [] };
    const { lines } = await call("statusReply", [status, "x", { allowed_mentions: ["1"] }], () =>
      Response.json({ id: "9" }),
    );
    const { allowed_mentions } = JSON.parse(lines.at(-1).split(" ").slice(2).join(" "));
    assert.deepEqual(allowed_mentions, ["1"]);
  });

  it("trends have pages for moderators", async () => {
    for (const name of ["adminTrendingLinks", "adminTrendingStatuses", "adminTrendingTags"]) {
      const answer = () => Response.json([{ id: "1" }]);
      const { result } = await call(name, [{ limit: 1 }], answer);
      assert.equal(result.pagination.next.params.offset, "1", name);
    }
  });

  it("suggestions are asked for again by their refresh", async () => {
    const headers = { "mastodon-async-refresh": 'id="abc", retry=0' };
    const answers = [
      () => Response.json([], { headers }),
      () => Response.json({ async_refresh: { id: "abc", status: "finished" } }),
      () => Response.json([{ account: { id: "1" } }]),
    ];
    const sent = [];
    const fetch = async (_, init) => {
      sent.push(new Headers(init.headers).get("mastodon-async-refresh-id"));
      return answers[sent.length - 1]();
    };
    const m = new Mastodon({ api_base_url: "https://mastodon.example", access_token: "t", fetch });
    assert.equal((await m.awaitAsyncRefresh(await m.suggestionsV2())).length, 1);
    assert.deepEqual(sent, [null, null, "abc"]);
  });
});

describe("a name of Mastodon's own beside that of Mastodon.py", () => {
  it("toJSON, of a subscription of the Push API", async () => {
    const subscription = {
      endpoint: "https://push.example/1",
      expirationTime: null,
      keys: { p256dh: "p", auth: "a" },
    };
    for (const keys of [subscription, subscription.keys]) {
      const values = [subscription.endpoint, keys, { data: { alerts: { mention: true } } }];
      const { lines } = await call("pushSubscriptionSet", values);
      assert.deepEqual(JSON.parse(lines[0].split(" ")[2]), {
        subscription: {
          endpoint: subscription.endpoint,
          keys: { p256dh: "p", auth: "a" },
        },
        data: { alerts: { mention: true } },
      });
    }
    for (const keys of [{ keys: { p256dh: "p" } }, { pubkey: "", auth: "a" }, "p", []]) {
      const error = await call("pushSubscriptionSet", ["https://a.example", keys]).catch(
        (it) => it,
      );
      assert.ok(error instanceof MastodonIllegalArgumentError, JSON.stringify(keys));
      assert.match(error.message, /pubkey.*auth/);
    }
  });

  it("type, of a search", async () => {
    for (const options of [{ type: "accounts" }, { result_type: "accounts", type: "statuses" }]) {
      const answer = () => new Response('{"accounts":[{"id":"1"}]}');
      const { lines, result } = await call(
        "searchV2",
        ["x", { ...options, resolve: false }],
        answer,
      );
      assert.match(lines[0], /type=accounts/);
      assert.doesNotMatch(lines[0], /statuses/);
      assert.equal(result.pagination.next.params.offset, "1");
    }
  });

  it("data, of a push subscription", async () => {
    const data = { alerts: { mention: true, poll: true, "admin.report": false }, policy: "all" };
    const { lines } = await call("pushSubscriptionUpdate", [{ data, poll_events: false }]);
    const [, , body] = lines[0].split(" ");
    assert.deepEqual(JSON.parse(body), {
      data: { alerts: { mention: true, poll: false, "admin.report": false }, policy: "all" },
    });
  });
});

describe("a list that is taken away", () => {
  it("is sent where the wire has null, and left out elsewhere", async () => {
    const { lines } = await call("updateFilterV2", ["1", { expires_in: null, title: null }]);
    assert.deepEqual(lines, ['PUT /api/v2/filters/1 {"expires_in":null}']);
    const none = await call("accountUpdateCredentials", [{ attribution_domains: [] }]);
    assert.match(none.lines[0], /{"attribution_domains":\[\]}$/);
  });
});

describe("a repeated search while a refresh runs", () => {
  it("names the refresh", async () => {
    const headers = { "mastodon-async-refresh": 'id="abc", retry=0' };
    const answers = [
      new Response('{"accounts":[]}', { headers }),
      new Response('{"async_refresh":{"id":"abc","status":"finished"}}'),
      new Response('{"accounts":[{"id":"1"}]}'),
    ];
    const sent = [];
    const fetch = async (_, init) => {
      sent.push(new Headers(init.headers).get("mastodon-async-refresh-id"));
      return answers[sent.length - 1];
    };
    const m = new Mastodon({ api_base_url: "https://mastodon.example", access_token: "t", fetch });
    const found = await m.searchV2("x");
    assert.deepEqual((await m.awaitAsyncRefresh(found)).accounts, [{ id: "1" }]);
    assert.deepEqual(sent, [null, null, "abc"]);
  });
});

describe("the version of the API that a server tells", () => {
  const ask = async (version, mastodon, name = "statusQuotes", values = ["1"]) => {
    const fetch = async (url) =>
      new Response(
        url.endsWith("/api/v2/instance")
          ? JSON.stringify({ version, api_versions: { mastodon } })
          : "[]",
      );
    const options = { api_base_url: "https://mastodon.example", version_check_mode: "created" };
    return new Mastodon({ ...options, fetch })[name](...values).catch((error) => error);
  };

  for (const [name, needed, values] of [
    ["statusQuotes", 7, ["1"]],
    ["statusUpdateQuoteApprovalPolicy", 7, ["1", "nobody"]],
    ["statusQuoteRevoke", 7, ["1", "2"]],
    ["profile", 10, []],
    ["profileUpdate", 10, [{ display_name: "x" }]],
    ["accountCollections", 10, ["1"]],
    ["accountInCollections", 10, ["1"]],
    ["collection", 10, ["1"]],
    ["collectionCreate", 10, ["x"]],
    ["collectionUpdate", 10, ["1", { name: "x" }]],
    ["collectionDelete", 10, ["1"]],
    ["collectionItemAdd", 10, ["1", "2"]],
    ["collectionItemDelete", 10, ["1", "2"]],
    ["collectionItemRevoke", 10, ["1", "2"]],
  ]) {
    it(`is ${needed} for ${name}`, async () => {
      const error = await ask("4.9.0", needed - 1, name, values);
      assert.ok(error instanceof MastodonVersionError, String(error));
      assert.match(error.message, new RegExp(`version ${needed} of Mastodon's API`));
      assert.ok(!((await ask("4.0.0", needed, name, values)) instanceof MastodonVersionError));
    });
  }

  it("counts before the text of its version", async () => {
    const error = await ask("4.6.0", 6);
    assert.ok(error instanceof MastodonVersionError);
    assert.match(error.message, /statusQuotes needs version 7 of Mastodon's API, the server has 6/);
    assert.deepEqual(await ask("4.4.0-nightly", 7), []);
  });

  it("is left aside where there is none, and where a method has none", async () => {
    assert.ok((await ask("4.4.0", undefined)) instanceof MastodonVersionError);
    assert.deepEqual(await ask("4.4.0", 1, "status"), []);
  });
});

describe("a list that is no page any more", () => {
  it("is refused with the reason", async () => {
    const m = new Mastodon({ api_base_url: "https://mastodon.example" });
    const error = await m.fetchNext([{ id: "1" }]).catch((thrown) => thrown);
    assert.ok(error instanceof MastodonIllegalArgumentError);
    assert.match(error.message, /a copy of a page/);
  });
});
