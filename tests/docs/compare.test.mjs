// `npm run compare`: what a description has that the package lacks, against one that differs in known
// ways.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { before, describe, it } from "node:test";
import { compare, ownEntities, ownRows } from "../../scripts/compare.mjs";
import { ROOT, run } from "../../scripts/run.mjs";

const FIXTURE = path.join(ROOT, "tests/docs/openapi.json");
const document = JSON.parse(readFileSync(FIXTURE, "utf8"));

describe("a comparison with an OpenAPI description", () => {
  let rows;
  let entities;
  before(async () => {
    rows = await ownRows();
    entities = ownEntities();
  });

  it("has all rows and entities of the package", () => {
    assert.ok(rows.length > 250, `${rows.length} rows`);
    assert.ok(entities.size > 150, `${entities.size} types`);
    const home = rows.find(({ name }) => name === "timelineHome");
    assert.equal(`${home.verb} ${home.path}`, "GET /api/v1/timelines/home");
    assert.ok(home.params.includes("max_id") && !home.params.includes("signal"));
  });

  it("names the requests and parameters that are missing here", () => {
    assert.deepEqual(compare(document, rows, entities).requests, [
      "GET /api/v1/timelines/home (timelineHome, timeline): no parameter mood",
      "PATCH /api/v1/accounts/update_credentials (accountUpdateCredentials): no parameter source[weather]",
      "GET /api/v5/timelines/bubble: not here",
      "DELETE /api/v5/timelines/bubble: not here",
    ]);
  });

  it("names the fields that are missing or other ones", () => {
    assert.deepEqual(compare(document, rows, entities).entities, [
      "Status.id: number there, string here",
      "Status.uri: may be null there",
      "Status.sensitive: may be absent there",
      "Status: no field weather",
      "Status.visibility: may be absent there",
      "Admin::DomainBlock (AdminDomainBlock).domain: may be null there",
      "Weather: not here",
    ]);
  });

  it("knows what is here alone", () => {
    const { ours } = compare(document, rows, entities);
    assert.ok(ours.includes("GET /api/v1/timelines/home (timelineHome, timeline): min_id"));
    assert.ok(ours.includes("Status.account"));
    assert.ok(ours.some((line) => line.startsWith("POST /api/v1/statuses (")));
    assert.ok(!ours.some((line) => line.includes("/statuses/{}/mute")));
  });

  it("finds nothing in a description of the same", () => {
    const { paths } = document;
    const same = {
      openapi: "3.0.3",
      paths: { "/api/v1/statuses/:id/mute": paths["/api/v1/statuses/{id}/mute"] },
      components: {
        schemas: { Status: { properties: { url: { type: "string", nullable: true } } } },
      },
    };
    const found = compare(same, rows, entities);
    assert.deepEqual([found.requests, found.entities], [[], []]);
  });

  it("refuses what is no such description", () => {
    assert.throws(() => compare({ swagger: "2.0" }, rows, entities), /OpenAPI 3/);
    const broken = { openapi: "3.0.0", components: { schemas: { A: { $ref: "#/nowhere" } } } };
    assert.throws(() => compare(broken, rows, entities), /#\/nowhere/);
  });
});

describe("npm run compare", () => {
  const command = (...args) =>
    run(process.execPath, ["scripts/compare.mjs", ...args], { show: false, check: false });

  it("prints what differs, and ends with 1", async () => {
    const { code, output } = await command(FIXTURE);
    assert.equal(code, 1);
    assert.match(output, /^requests: 4$/m);
    assert.match(output, /^ {2}GET \/api\/v5\/timelines\/bubble: not here$/m);
    assert.match(output, /^entities: 7$/m);
    assert.match(output, /^here alone: \d+ \(--ours lists them\)$/m);
  });

  it("ends with 2 where it cannot compare", async () => {
    const missing = await command(path.join(tmpdir(), "no-such-description.json"));
    assert.equal(missing.code, 2);
    assert.match(missing.output, /^compare: .*no-such-description/m);
    assert.equal((await command()).code, 2);
  });
});
