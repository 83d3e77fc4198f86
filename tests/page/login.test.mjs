import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fillForm, logIn, picture, setUp, until, visit } from "./visitor.mjs";

describe("logging in and out", () => {
  const world = setUp();

  it("offers the sandbox and its people", async (t) => {
    const tab = await visit(world, t);
    for (const { username, password } of world.sandbox.accounts) {
      await tab.locator("kbd", { hasText: new RegExp(`^${username}$`) }).waitFor();
      await tab.locator("kbd", { hasText: new RegExp(`^${password}$`) }).waitFor();
    }
  });

  it("goes to the instance and back, and leaves nothing in the address", async (t) => {
    const tab = await visit(world, t);
    await tab.getByRole("button", { name: "Enter the sandbox" }).click();
    await tab.waitForURL(`${world.sandbox.url}/**`);
    const asked = new URL(tab.url()).searchParams;
    assert.equal(asked.get("code_challenge_method"), "S256");
    assert.ok(asked.get("state"));
    await fillForm(world, tab, "mina");
    await tab.getByRole("feed", { name: "Home timeline" }).locator("article").first().waitFor();
    assert.equal(new URL(tab.url()).search, "");
    await picture(tab, "after-login");
  });

  it("goes to an instance that the visitor types", async (t) => {
    const tab = await visit(world, t);
    await tab.getByLabel("Your instance").fill(world.sandbox.url);
    await tab.getByRole("button", { name: "Log in", exact: true }).click();
    await tab.waitForURL(`${world.sandbox.url}/**`);
    await fillForm(world, tab, "theo");
    await tab
      .getByRole("button", { name: /^Your account: .*@theo/ })
      .first()
      .waitFor();
  });

  it("says so when the visitor changes their mind", async (t) => {
    const tab = await visit(world, t);
    await tab.getByRole("button", { name: "Enter the sandbox" }).click();
    await tab.getByRole("button", { name: "Deny" }).click();
    await tab.waitForURL(`${world.page.url}**`);
    await tab.getByRole("alert").locator("strong").waitFor();
    assert.equal(new URL(tab.url()).search, "");
    await picture(tab, "login-denied");
  });

  it("says so when there is no instance", async (t) => {
    const tab = await visit(world, t, { tolerate: [/ERR_CONNECTION_REFUSED|ERR_UNSAFE_PORT/] });
    await tab.getByLabel("Your instance").fill("http://127.0.0.1:1");
    await tab.getByRole("button", { name: "Log in", exact: true }).click();
    const alert = tab.getByRole("alert");
    await alert.getByText("Cannot reach the instance").waitFor();
    assert.match(await alert.textContent(), /MastodonNetworkError/);
    await picture(tab, "login-no-instance");
  });

  it("is still logged in after a reload", async (t) => {
    const tab = await visit(world, t);
    await logIn(world, tab, "mina");
    await tab.reload();
    await tab
      .getByRole("button", { name: /^Your account: .*@mina/ })
      .first()
      .waitFor();
  });

  it("logs out, revokes the token and forgets it", async (t) => {
    const tab = await visit(world, t);
    await logIn(world, tab, "mina");
    await tab
      .getByRole("button", { name: /^Your account: .*@mina/ })
      .first()
      .click();
    await tab.getByRole("menuitem", { name: "Log out" }).click();
    await tab.getByRole("button", { name: "Enter the sandbox" }).waitFor();
    await until(async () => {
      const { requests } = await world.sandbox.control("GET", "/sandbox/state");
      return requests.some(
        ({ method, path, status }) => `${method} ${path} ${status}` === "POST /oauth/revoke 200",
      );
    }, "the token to be revoked");
    await tab.reload();
    await tab.getByRole("button", { name: "Enter the sandbox" }).waitFor();
  });
});
