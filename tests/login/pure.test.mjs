// What a login believes and refuses, without a browser.
import "../units/source.mjs";
import assert from "node:assert/strict";
import { describe, it } from "node:test";

const { cleaned, codeOf, typed } = await import("../../src/auth/login.js");
const { challenge, endpoint, random, tokenOf } = await import("../../src/auth/oauth.js");

describe("what people type", () => {
  for (const [text, server, user = ""] of [
    ["mastodon.social", "mastodon.social"],
    ["  Mastodon.Social/ ", "Mastodon.Social"],
    ["mastodon.social.", "mastodon.social"],
    ["mastodon.social/@me", "mastodon.social"],
    ["@me@mastodon.social", "mastodon.social", "me"],
    ["me@mastodon.social", "mastodon.social", "me"],
    ["acct:me@mastodon.social", "mastodon.social", "me"],
    ["https://mastodon.social", "https://mastodon.social"],
    ["HTTPS://mastodon.social/@me", "HTTPS://mastodon.social"],
    ["https://mastodon.social/@you@other.example?x=1#top", "https://mastodon.social"],
    ["https://user:word@mastodon.social/", "https://mastodon.social"],
    ["http://127.0.0.1:4100/@mina", "http://127.0.0.1:4100"],
    ["http://[::1]:3000", "http://[::1]:3000"],
    ["localhost:3000", "localhost:3000"],
    ["münchen.social", "münchen.social"],
    ["mastodon.social\\@evil.example", "mastodon.social"],
    ["https://mastodon.social#@evil.example", "https://mastodon.social"],
  ]) {
    it(`finds ${server} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(typed(text), { server, user });
    });
  }

  it("finds no server in a name alone", () => {
    for (const text of [
      "",
      "  ",
      "@me",
      "@",
      "@@",
      "me@",
      "https://",
      "/@me",
      "acct:",
      "?",
      "#a",
    ]) {
      assert.equal(typed(text), undefined, text);
    }
  });
});

describe("the address of the page", () => {
  it("loses what the server put in, and keeps all else as it is", () => {
    for (const [query, kept] of [
      ["", ""],
      ["?code=1&state=2", ""],
      ["?tab=a%20b&code=1&flag&state=2&q=x+y", "?tab=a%20b&flag&q=x+y"],
      ["?error=access_denied&error_description=No&error_uri=u&state=2&x=1", "?x=1"],
      ["?mycode=1&state_of=play&iss=https%3A%2F%2Fa", "?mycode=1&state_of=play"],
      ["?a=1&a=2&&code", "?a=1&a=2"],
    ]) {
      assert.equal(cleaned(query), kept, query);
    }
  });
});

describe("an answer", () => {
  const login = { state: "s", api_base_url: "https://home.example" };
  const reasonFor = (query) => {
    try {
      return codeOf(new URLSearchParams(query), login, "finishLogin");
    } catch (error) {
      return error.reason;
    }
  };

  it("counts with the state and the server of its login alone", () => {
    for (const [query, result] of [
      ["code=c&state=s", "c"],
      ["code=c&state=s&iss=https://home.example", "c"],
      ["code=c&state=s&iss=https://home.example/", "c"],
      ["code=c", "missing_state"],
      ["code=c&state=", "missing_state"],
      ["code=c&state=t", "wrong_state"],
      ["code=c&state=S", "wrong_state"],
      ["code=c&state=s&iss=https://evil.example", "wrong_state"],
      ["error=access_denied&state=s", "access_denied"],
      ["error=access_denied&state=t", "wrong_state"],
      ["error=access_denied", "missing_state"],
      ["error=invalid_scope&state=s", "refused"],
      ["error=server_error&code=c&state=s", "refused"],
    ]) {
      assert.equal(reasonFor(query), result, query);
    }
  });

  it("is quoted in the words of the server", () => {
    const query = "error=invalid_scope&error_description=The+scope+is+unknown&state=s";
    assert.throws(() => codeOf(new URLSearchParams(query), login, "finishLogin"), {
      name: "MastodonError",
      message: "finishLogin: the server refused the login: invalid_scope: The scope is unknown",
    });
  });
});

describe("PKCE", () => {
  it("makes the challenge of RFC 7636, appendix B", async () => {
    const verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert.equal(await challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  });

  it("has 256 random bits, in letters that need no escape", () => {
    const seen = new Set(Array.from({ length: 1000 }, random));
    assert.equal(seen.size, 1000);
    for (const text of seen) assert.match(text, /^[A-Za-z0-9_-]{43}$/);
  });
});

describe("endpoints", () => {
  const at = (named) =>
    endpoint({ token_endpoint: named }, "token_endpoint", "/oauth/token", "https://home.example");

  it("are where the server says, or where they always were", () => {
    assert.equal(at("https://home.example/o/t?v=2"), "/o/t?v=2");
    assert.equal(at("https://HOME.example:443/o/t"), "/o/t");
    for (const nothing of [undefined, null, ""]) assert.equal(at(nothing), "/oauth/token");
    assert.equal(
      endpoint(undefined, "token_endpoint", "/oauth/token", "https://a"),
      "/oauth/token",
    );
  });

  it("must be the server's own", () => {
    for (const other of [
      "https://evil.example/oauth/token",
      "http://home.example/oauth/token",
      "https://home.example:8443/oauth/token",
      "https://home.example@evil.example/oauth/token",
      "https://home.example.evil.example/oauth/token",
      "//evil.example/oauth/token",
      "/oauth/token",
      "javascript:alert(1)",
      {},
    ]) {
      assert.throws(() => at(other), { name: "MastodonError" }, String(other));
    }
  });
});

describe("a token", () => {
  const given = (granted, asked) => {
    try {
      return tokenOf({ access_token: "t", scope: granted }, asked, {
        name: "logIn",
        path: "/oauth/token",
      });
    } catch (error) {
      return `${error.name} ${error.reason}: ${error.message.split("without ")[1]}`;
    }
  };

  it("may do what was asked for, by a wider scope too", () => {
    for (const [granted, asked] of [
      ["read write follow push", "push follow write read"],
      ["read", "read:accounts read:statuses"],
      ["admin:read", "admin:read:accounts"],
      ["follow", "read:mutes write:blocks"],
      ["read write", "follow"],
      [undefined, "read"],
      ["read", ""],
    ]) {
      assert.equal(given(granted, asked), "t", `${granted} grants ${asked}`);
    }
  });

  it("is refused where it may do less, and the error says what is missing", () => {
    for (const [granted, asked, missing] of [
      ["read", "read write push", "write push"],
      ["read:accounts", "read", "read"],
      ["read:account", "read:accounts", "read:accounts"],
      ["write", "read:accounts", "read:accounts"],
      ["read", "follow", "follow"],
      ["follow", "write:statuses", "write:statuses"],
      ["read", "admin:read", "admin:read"],
      ["", "read", "read"],
    ]) {
      const error = `MastodonAPIError missing_scope: ${missing}`;
      assert.equal(given(granted, asked), error, `${granted} against ${asked}`);
    }
  });

  it("is not what has none", () => {
    for (const answer of [undefined, null, [], {}, { access_token: 1 }, { access_token: "" }]) {
      assert.throws(() => tokenOf(answer, "read", { name: "logIn", path: "/oauth/token" }), {
        name: "MastodonAPIError",
        message: "logIn: the server answered without a token",
      });
    }
  });
});
