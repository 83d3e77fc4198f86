import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { as, card, picture, post, samplePicture, setUp, until, visitAs } from "./visitor.mjs";

const newest = async (world, username) => {
  const { id } = world.sandbox.account(username);
  const [status] = await as(world, username, "GET", `/api/v1/accounts/${id}/statuses?limit=1`);
  return status;
};

describe("writing", () => {
  const world = setUp();

  it("posts a picture with its description", async (t) => {
    await world.sandbox.control("POST", "/sandbox/behaviour", { media_processing_ms: 1200 });
    const tab = await visitAs(world, t, "mina");
    await tab.keyboard.press("n");
    const dialog = tab.getByRole("dialog", { name: "New post" });
    await dialog.getByLabel("Your post").fill("First snow, with a picture");
    await dialog.locator("input[type=file]").setInputFiles(samplePicture);
    const attachment = dialog.getByRole("group", { name: "snow.png" });
    await attachment.locator("img").waitFor();
    await attachment.getByText("Processing").waitFor();
    await attachment.getByLabel("Description of snow.png").fill("A slope under a pale sky");
    await picture(tab, "composer-with-picture");
    await attachment.getByText("Ready").waitFor();
    await dialog.getByRole("button", { name: "Post", exact: true }).click();
    await dialog.waitFor({ state: "detached" });

    const posted = card(tab, "First snow, with a picture");
    await posted.getByRole("button", { name: "Picture: A slope under a pale sky" }).waitFor();
    await tab.getByRole("status").filter({ hasText: "Posted" }).waitFor();
    await tab.locator(".wire-row", { hasText: "update" }).waitFor();
    assert.ok(await tab.locator(".pill").first().isHidden(), "one's own post is not news");
    const status = await newest(world, "mina");
    assert.equal(status.media_attachments[0].description, "A slope under a pale sky");
    await picture(tab, "posted-picture");
  });

  it("takes a picture away again", async (t) => {
    const tab = await visitAs(world, t, "mina");
    await tab.keyboard.press("n");
    const dialog = tab.getByRole("dialog", { name: "New post" });
    await dialog.locator("input[type=file]").setInputFiles([samplePicture, samplePicture]);
    await dialog.getByRole("button", { name: "Remove snow.png" }).first().click();
    assert.equal(await dialog.getByRole("group", { name: "snow.png" }).count(), 1);
  });

  it("says when the instance cannot process a picture", async (t) => {
    await world.sandbox.control("POST", "/sandbox/behaviour", { media_result: "fails" });
    const tab = await visitAs(world, t, "mina", { tolerate: [/status of 422/] });
    await tab.keyboard.press("n");
    const dialog = tab.getByRole("dialog", { name: "New post" });
    await dialog.locator("input[type=file]").setInputFiles(samplePicture);
    await dialog.getByRole("button", { name: "Try again" }).waitFor();
    await picture(tab, "composer-picture-failed");
  });

  it("posts a poll behind a warning, for followers", async (t) => {
    const tab = await visitAs(world, t, "mina");
    await tab.keyboard.press("n");
    const dialog = tab.getByRole("dialog", { name: "New post" });
    await dialog.getByLabel("Your post").fill("Which way shall we go?");
    await dialog.getByRole("button", { name: "Add a content warning" }).click();
    await dialog.getByLabel("Content warning", { exact: true }).fill("Mountains");
    await dialog.getByRole("button", { name: "Add a poll" }).click();
    const send = dialog.getByRole("button", { name: "Post", exact: true });
    assert.ok(await send.isDisabled(), "a poll needs two options");
    await dialog.getByLabel("Option 1").fill("North");
    await dialog.getByLabel("Option 2").fill("South");
    await dialog.getByLabel("Who may see it").selectOption("private");
    await picture(tab, "composer-with-poll");
    await send.click();
    await dialog.waitFor({ state: "detached" });

    const status = await newest(world, "mina");
    assert.equal(status.spoiler_text, "Mountains");
    assert.equal(status.visibility, "private");
    assert.deepEqual(
      status.poll.options.map(({ title }) => title),
      ["North", "South"],
    );
    const posted = card(tab, "Mountains");
    assert.ok(await posted.getByText("Which way shall we go?").isHidden());
    await posted.getByRole("button", { name: "Mountains" }).click();
    await posted.getByText("Which way shall we go?").waitFor();
  });

  it("counts characters as Mastodon does, and stops at the limit", async (t) => {
    const tab = await visitAs(world, t, "mina");
    const text = tab.getByLabel("Your post").first();
    const send = tab.getByRole("button", { name: "Post", exact: true });
    await text.fill(`${"a".repeat(470)} https://example.org/${"b".repeat(200)}`);
    assert.ok(await send.isEnabled(), "an address counts 23");
    await text.fill("a".repeat(501));
    assert.ok(await send.isDisabled());
    await tab.locator(".composer-count", { hasText: "-1" }).waitFor();
  });

  it("replies in the thread", async (t) => {
    const { id } = await post(world, "theo", "Who comes along tomorrow?");
    const tab = await visitAs(world, t, "mina");
    await card(tab, "Who comes along tomorrow?").click();
    const reply = tab.getByLabel("Your reply");
    await reply.waitFor();
    assert.equal(await reply.inputValue(), "@theo ");
    await reply.fill("@theo I do, with tea");
    await tab.getByRole("button", { name: "Reply", exact: true }).last().click();
    await card(tab, "I do, with tea").waitFor();
    await picture(tab, "thread-with-reply");
    const { descendants } = await as(world, "theo", "GET", `/api/v1/statuses/${id}/context`);
    assert.equal(descendants.length, 1);
    assert.equal(descendants[0].in_reply_to_id, id);
  });

  it("edits and deletes what one wrote", async (t) => {
    const { id } = await post(world, "mina", "The lake is frosen");
    const tab = await visitAs(world, t, "mina");
    const own = tab.locator(`.view:not([hidden]) [data-status="${id}"]`);
    await own.getByRole("button", { name: "More" }).click();
    await tab.getByRole("menuitem", { name: "Edit" }).click();
    const dialog = tab.getByRole("dialog", { name: "Edit post" });
    await dialog.getByLabel("Your post").fill("The lake is frozen");
    await dialog.getByRole("button", { name: "Save" }).click();
    await own.getByText("The lake is frozen").waitFor();

    await own.getByRole("button", { name: "More" }).click();
    await tab.getByRole("menuitem", { name: "Delete" }).click();
    await tab.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
    await own.waitFor({ state: "detached" });
    await until(async () => (await newest(world, "mina")).id !== id, "the post to be gone");
  });

  it("keeps what was written when it could not be sent", async (t) => {
    await world.sandbox.faults({
      match: { method: "POST", path: "^/api/v1/statuses" },
      status: 503,
      body: "html",
    });
    const tab = await visitAs(world, t, "mina", { tolerate: [/status of 503/] });
    await tab.keyboard.press("n");
    const dialog = tab.getByRole("dialog", { name: "New post" });
    await dialog.getByLabel("Your post").fill("Not to be lost");
    await dialog.getByRole("button", { name: "Post", exact: true }).click();
    const alert = tab.getByRole("alert");
    await alert.getByText("The post was not sent").waitFor();
    assert.match(
      await alert.textContent(),
      /MastodonServiceUnavailableError · 503 · POST \/api\/v1\/statuses/,
    );
    assert.equal(await dialog.getByLabel("Your post").inputValue(), "Not to be lost");
    await picture(tab, "post-not-sent");
    await world.sandbox.clearFaults();
    await dialog.getByRole("button", { name: "Post", exact: true }).click();
    await card(tab, "Not to be lost").waitFor();
  });
});
