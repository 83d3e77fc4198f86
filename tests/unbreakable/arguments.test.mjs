// Bad arguments: every parameter of every method gets everything in garbage.mjs. Each call is refused
// by name before anything is sent, or what is sent is well-formed and goes where it should; and the
// one client that all of this is done to goes on working.
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import * as library from "../../pkg/node.js";
import { GARBAGE, isThrown, kindName, VALID } from "./garbage.mjs";
import { inventory } from "./inventory.mjs";
import { HOME, inspect, World } from "./server.mjs";

const { Mastodon, MastodonError, MastodonIllegalArgumentError } = library;
const METHODS = inventory();
/** Longer than any call here may take, on a slow machine that is busy. */
const PATIENCE = 5000;

/** A socket that never says anything. */
class Silence extends EventTarget {
  readyState = 0;
  send() {}
  close() {}
}

const world = new World();
const CLIENT = {
  api_base_url: HOME,
  client_id: "client",
  client_secret: "secret",
  access_token: "token",
  fetch: world.fetch,
  web_socket: Silence,
};
const storage = { getItem: () => null, setItem() {}, removeItem() {} };

/** Keys for push messages, of the right shape. */
const KEYS = {
  public: Buffer.alloc(65, 4).toString("base64url"),
  private: Buffer.alloc(32, 1).toString("base64url"),
  auth: Buffer.alloc(16, 2).toString("base64url"),
};

/** What a method needs beside one parameter of garbage, where it is not simply valid. */
const NEEDS = {
  __proto__: null,
  constructor: { options: CLIENT },
  connect: { options: CLIENT },
  createApp: { options: { api_base_url: HOME, fetch: world.fetch } },
  startLogin: {
    options: {
      api_base_url: HOME,
      client_name: "a",
      redirect_uri: `${HOME}/back`,
      storage,
      fetch: world.fetch,
    },
  },
  finishLogin: { options: { storage, fetch: world.fetch } },
  restore: { options: { storage } },
  savedLogins: { options: { storage } },
  logIn: { options: { username: "a", password: "b" } },
  adminMeasures: { options: { active_users: true } },
  adminDimensions: { options: { languages: true } },
  verifyMinimumVersion: { version_str: "4.3.0" },
  request: { verb: "GET", path: "/api/v1/timelines/home" },
  markersSet: { timelines: ["home", "notifications"], last_read_ids: ["1", "2"] },
  pushSubscriptionSet: {
    encrypt_params: { pubkey: KEYS.public, auth: KEYS.auth },
  },
  pushSubscriptionDecryptPush: {
    decrypt_params: { privkey: KEYS.private, auth: KEYS.auth },
  },
};

/**
 * What has a rule of its own beside its type, or is only looked at when it is needed: garbage there may
 * be refused for another reason, by any error of ours.
 */
const OWN_RULES = {
  __proto__: null,
  adminCreateDomainBlock: ["domain"], // has to be a name
  createApp: ["api_base_url", "fetch", "options"], // go elsewhere, and answer otherwise
  connect: ["options"], // has to have an address
  constructor: ["options"],
  logIn: ["options", "scopes"], // has to have something to log in with; is granted what it asked for
  createAccount: ["scopes"],
  logInApp: ["scopes"],
  request: ["verb", "path"], // one of a few, and on the own server
  follows: "any", // gone from Mastodon since 3.1
  reports: "any", // since 2.5
  revokeAccessToken: ["options", "extra"], // has no token any more after the first call
  instanceNodeinfo: ["schema"], // has to be one that the server has
  logOut: ["idempotency_key"], // goes with a request that knows none
  markersSet: ["timelines", "last_read_ids"], // as many of the one as of the other
  pushSubscriptionDecryptPush: "any", // has to decrypt
  setLanguage: ["lang"], // nothing is sent
  statusPost: ["quote_id"], // of Fedibird alone
  statusReply: ["quote_id", "to_status"], // has to be a whole status
  verifyMinimumVersion: ["version_str"],
  savedLogins: ["options"], // has to have a storage
  restore: "any", // for the client, if there is a login
  finishLogin: "any",
  startLogin: "any", // for pages alone, which is said first
};
const hasOwnRule = (method, place) =>
  OWN_RULES[method.name] === "any" || OWN_RULES[method.name]?.includes(place.name);

let m;
before(() => {
  m = new Mastodon(CLIENT);
});
after(() => m.close());

const valid = (kind) => {
  if (typeof kind === "string") return VALID[kind]();
  if (kind.options) return {};
  const one = (kind.choices ?? kind.known ?? kind.several ?? kind.severalKnown)[0];
  return kind.several || kind.severalKnown ? [one] : one;
};

/** The arguments of a call with one of them, or one of the options, replaced. */
function given(method, parameter, field, value) {
  const needs = NEEDS[method.name] ?? {};
  return method.parameters.map((each) => {
    if (each !== parameter) {
      return each.required || needs[each.name] ? (needs[each.name] ?? valid(each.kind)) : undefined;
    }
    return field ? { ...needs[each.name], [field.name]: value } : value;
  });
}

/** Calls a method and waits for the end of it, whatever end that is. */
async function call(method, values) {
  world.take();
  const target = method.static ? Mastodon : m;
  const outcome = {};
  let running;
  try {
    running =
      method.name === "constructor" ? new Mastodon(...values) : target[method.name](...values);
  } catch (error) {
    assert.notEqual(method.returns, "promise", `it threw instead of rejecting: ${error}`);
    outcome.error = error;
  }
  if (method.returns === "stream") running?.close();
  if (method.returns === "iterator") running = running?.next();
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new assert.AssertionError({ message: "it hangs" })), PATIENCE);
  });
  try {
    if (!outcome.error) outcome.value = await Promise.race([running, late]);
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error;
    outcome.error = error;
  } finally {
    clearTimeout(timer);
  }
  // Else a megabyte of it would be sent along from now on.
  if (method.name === "setLanguage") m.setLanguage("");
  if (method.name === "connect") outcome.value?.close();
  if (method.name === "constructor") running?.close();
  outcome.requests = world.take();
  return outcome;
}

/** Asserts that nothing was sent, and that the error says what is wrong with what. */
function refused({ error, requests }, method, name) {
  assert.ok(error, "it was taken");
  assert.ok(error instanceof MastodonIllegalArgumentError, `not refused, but: ${error?.stack}`);
  assert.equal(requests.length, 0, "a request was sent all the same");
  const named = method.name === "constructor" ? "Mastodon" : method.name;
  assert.ok(error.message.includes(named), `${named} is not in: ${error.message}`);
  assert.ok(
    name instanceof RegExp ? name.test(error.message) : error.message.includes(name),
    `${name} is not in: ${error.message.slice(0, 500)}`,
  );
  assert.ok(error.message.length < 1000, "the message quotes all of the garbage");
}

/** Options that nearly every method has, and all in one way. */
const SHARED = ["signal", "timeout", "idempotency_key"];

/** Every parameter and option, as `[parameter, field | undefined]`; the shared ones in each fourth method. */
const places = (method) =>
  method.parameters.flatMap((parameter) => [
    [parameter],
    ...(parameter.kind.options ?? [])
      .filter(({ name }) => !SHARED.includes(name) || METHODS.indexOf(method) % 4 === 0)
      .map((field) => [parameter, field]),
  ]);

/** Does it for everything in a list, and tells of all that failed at once. */
async function each(list, what) {
  const failures = [];
  for (const [name, work] of list) {
    try {
      await work();
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
    }
  }
  const more = failures.length > 20 ? `\n… and ${failures.length - 20} more` : "";
  assert.equal(failures.length, 0, `${what}\n${failures.slice(0, 20).join("\n")}${more}`);
}

it("the declarations and the class name the same methods", () => {
  const own = (object) =>
    Object.entries(Object.getOwnPropertyDescriptors(object))
      .filter(([name, { value }]) => typeof value === "function" && name !== "prototype")
      .map(([name]) => name)
      .filter((name) => !name.startsWith("_"));
  const declared = (fixed) =>
    METHODS.filter((method) => method.static === fixed).map(({ name }) => name);
  const inside = ["constructor", "[Symbol.dispose]", "invoke"];
  const known = (name) => !inside.includes(name);
  assert.deepEqual(
    own(Mastodon.prototype).filter(known).sort(),
    declared(false).filter(known).sort(),
  );
  assert.deepEqual(own(Mastodon).filter(known).sort(), declared(true).filter(known).sort());
});

describe("what is missing or misspelt", () => {
  it("a required parameter is missed by name", async () => {
    await each(
      METHODS.flatMap((method) =>
        method.parameters
          .filter(({ required, nullable, kind }) => required && !nullable && kind !== "anything")
          .map((parameter) => [
            `${method.name}(${parameter.name})`,
            async () => {
              const outcome = await call(method, given(method, parameter, undefined));
              if (hasOwnRule(method, parameter)) assert.ok(outcome.error instanceof MastodonError);
              else refused(outcome, method, parameter.name);
            },
          ]),
      ),
      "a parameter that is missing is not missed",
    );
  });

  it("an option with a letter missing is refused, and the right name offered", async () => {
    await each(
      METHODS.flatMap((method) =>
        places(method)
          // Of two or three letters, one missing leaves too little to guess from.
          .filter(([parameter, field]) => field?.name.length > 3 && !hasOwnRule(method, parameter))
          // Mastodon has both `redirect_uris` and `redirect_uri`.
          .filter(
            ([parameter, field]) =>
              !parameter.kind.options?.some(({ name }) => name === field.name.slice(0, -1)),
          )
          .map(([parameter, field]) => {
            const typo = field.name.slice(0, -1);
            return [
              `${method.name}: ${typo}`,
              async () => {
                const values = given(method, parameter, { name: typo }, valid(field.kind));
                const outcome = await call(method, values);
                refused(outcome, method, typo);
                assert.match(outcome.error.message, /did you mean `\w+`\?/);
                assert.ok(
                  outcome.error.message.includes(`\`${field.name}\``),
                  outcome.error.message,
                );
              },
            ];
          }),
      ),
      "a typing error",
    );
  });

  it("an option of another world is refused", async () => {
    const names = ["__proto__", "constructor", "toString", "", "0", "xyzzy".repeat(20_000)];
    await each(
      // A client's options may hold an application's, whatever a server puts into those.
      METHODS.filter(({ name }) => !/^(constructor|connect|restore|.*Login)$/.test(name)).flatMap(
        (method) =>
          method.parameters
            .filter(({ kind }) => kind.options)
            .flatMap((parameter) =>
              names.map((name) => [
                `${method.name}: ${name.slice(0, 20)}`,
                async () => {
                  const options = { ...NEEDS[method.name]?.[parameter.name] };
                  Object.defineProperty(options, name, { value: 1, enumerable: true });
                  const values = given(method, parameter, undefined, options);
                  refused(await call(method, values), method, name.slice(0, 20));
                },
              ]),
            ),
      ),
      "an option that nobody has",
    );
  });
});

describe("garbage", () => {
  for (const garbage of GARBAGE) {
    it(garbage.name, async () => {
      const list = [];
      let count = 0;
      for (const method of METHODS) {
        for (const [parameter, field] of places(method)) {
          const place = field ?? parameter;
          count += 1;
          if (garbage.every && count % garbage.every !== 0) continue;
          const work = async () => {
            const value = garbage.make();
            const outcome = await call(method, given(method, parameter, field, value));
            judge(outcome, method, place, garbage, value);
          };
          list.push([`${method.name}(${place.name})`, work]);
        }
      }
      await each(list, garbage.name);
      await alive();
    });
  }
});

function judge(outcome, method, place, garbage, value) {
  const kind = kindName(place.kind);
  const own = hasOwnRule(method, place);
  const either = own || garbage.either.includes(kind);
  const sent = garbage.sent.includes(kind);
  if (outcome.error) {
    if (own && outcome.error instanceof MastodonError) return;
    // An object with wrong keys is refused by the name of the key.
    refused(outcome, method, kind === "options" ? /option|`id`/ : place.name);
    assert.ok(either || !sent, `refused, though it is fine: ${outcome.error.message}`);
    const { cause } = outcome.error;
    if (/throws/.test(garbage.name) && cause) assert.ok(isThrown(cause), `the cause is ${cause}`);
    return;
  }
  assert.ok(either || sent, "it was taken");
  if (own) return;
  const values = outcome.requests.flatMap((request) => inspect(request, method.routes));
  if (method.name === "authRequestUrl") {
    values.push(...inspect({ method: "GET", url: outcome.value }, method.routes));
  }
  if (sent && typeof value === "string" && method.routes.length > 0) {
    const text = value.toWellFormed?.() ?? value;
    assert.ok(
      values.some(
        (each) => each === text || (each.endsWith(text) && method.name === "statusReply"),
      ),
      "it did not arrive as it was given",
    );
  }
}

/** The client after all that. */
async function alive() {
  world.take();
  const status = await m.status("109", { timeout: 5 });
  assert.equal(status.id, "1");
  const [{ url }] = world.take();
  assert.equal(url, `${HOME}/api/v1/statuses/109`);
  assert.equal({}.polluted, undefined);
  assert.deepEqual(Object.keys(Object.prototype), []);
}

it("a closed client rejects every call, and sends nothing", async () => {
  const open = m;
  m = new Mastodon(CLIENT);
  m.close();
  try {
    await each(
      METHODS.filter((method) => !method.static && method.returns === "promise").map((method) => [
        method.name,
        async () => {
          const { error, requests } = await call(method, given(method));
          assert.deepEqual(requests, []);
          if (method.routes.length > 0) assert.match(String(error), /closed|ended|free/);
        },
      ]),
      "after close()",
    );
  } finally {
    m = open;
  }
});
