// The two calls of a login, in a browser and against the sandbox's OAuth.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agree, leave, newVisitor, open, outcome, setUp } from "./site.mjs";

describe("a login by redirect", () => {
  const world = setUp();

  it("leaves with state and S256, and comes back as somebody", async (t) => {
    const tab = await open(world, await newVisitor(world, t));
    const asked = (await leave(world, tab)).searchParams;
    assert.equal(asked.get("code_challenge_method"), "S256");
    assert.match(asked.get("code_challenge"), /^[\w-]{43}$/);
    assert.match(asked.get("state"), /^[\w-]{43}$/);
    assert.equal(asked.get("scope"), "read write");
    assert.equal(asked.get("redirect_uri"), `${world.site}/callback`);
    await agree(tab, "mina");
    await tab.waitForURL(`${world.site}/**`);
    const { acct } = await outcome(tab);
    assert.equal(acct, "mina");
  });
});
