// What an editor shows, asked of TypeScript's language service: the text at a method, and what it says
// against a wrong option.
import assert from "node:assert/strict";
import path from "node:path";
import { describe, it } from "node:test";
import ts from "typescript";
import { AREAS, areaOf } from "../../scripts/docs/areas.mjs";
import { ownMethods } from "../../scripts/docs/declarations.mjs";
import { ROOT } from "../../scripts/run.mjs";

const FILE = path.join(ROOT, "tests/docs/edited.ts");
const HEAD = `import { Mastodon } from "../../pkg/index.js";
declare const m: Mastodon;
`;

const options = {
  strict: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
  types: [],
};

let text = HEAD;
let version = 0;
const isEdited = (file) => path.resolve(file) === FILE;
const service = ts.createLanguageService({
  getScriptFileNames: () => [FILE],
  getScriptVersion: (file) => (isEdited(file) ? String(version) : "0"),
  getScriptSnapshot: (file) => {
    const content = isEdited(file) ? text : ts.sys.readFile(file);
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
  },
  getCurrentDirectory: () => ROOT,
  getCompilationSettings: () => options,
  getDefaultLibFileName: (settings) => ts.getDefaultLibFilePath(settings),
  fileExists: (file) => isEdited(file) || ts.sys.fileExists(file),
  readFile: (file) => (isEdited(file) ? text : ts.sys.readFile(file)),
  directoryExists: ts.sys.directoryExists,
  getDirectories: ts.sys.getDirectories,
});

function edit(code) {
  text = `${HEAD}${code}\n`;
  version += 1;
}

/** What is shown where the pointer rests on a method: signature, documentation, tags. */
function hover(code, name) {
  edit(code);
  const info = service.getQuickInfoAtPosition(FILE, text.indexOf(`${name}(`));
  assert.ok(info, `nothing is shown at ${name}`);
  const tags = (info.tags ?? []).map((tag) => `@${tag.name} ${ts.displayPartsToString(tag.text)}`);
  return {
    signature: ts.displayPartsToString(info.displayParts).replace(/\s+/g, " "),
    text: ts.displayPartsToString(info.documentation),
    tags,
  };
}

/** What TypeScript says against some code: the code that is underlined, and the words. */
function complaints(code) {
  edit(code);
  return service.getSemanticDiagnostics(FILE).map(({ start, length, messageText }) => ({
    at: text.slice(start, start + length),
    text: ts.flattenDiagnosticMessageText(messageText, "\n"),
  }));
}

describe("the pointer on a method shows", () => {
  it("statusPost, by what it returns", () => {
    const now = hover('m.statusPost("x")', "statusPost");
    assert.match(now.signature, /statusPost\(status: string, options\?: .*StatusPostOptions/);
    assert.match(now.signature, /\): Promise<Status>/);
    const later = hover('m.statusPost("x", { scheduled_at: new Date() })', "statusPost");
    assert.match(later.signature, /\): Promise<ScheduledStatus>/);
    for (const shown of [now, later]) {
      assert.match(shown.text, /^Publishes a status, or schedules it\.\n/);
      assert.match(shown.text, /`POST \/api\/v1\/statuses` · scope `write:statuses`/);
      assert.match(shown.text, /https:\/\/docs\.joinmastodon\.org\/methods\/statuses\/#create/);
      assert.match(shown.tags.join("\n"), /@example const status = await m\.statusPost/);
    }
  });

  it("timelineHashtag, with one signature", () => {
    const { signature, text } = hover('m.timelineHashtag("x")', "timelineHashtag");
    assert.equal(
      signature,
      "(method) Mastodon.timelineHashtag(hashtag: string, options?: TimelineHashtagOptions | null): PagePromise<Status>",
    );
    assert.match(text, /^The public statuses with a hashtag, newest first\.\n/);
    assert.match(text, /`GET \/api\/v1\/timelines\/tag\/\{hashtag\}`/);
  });

  it("startLogin, with how it fails", () => {
    const login = '{ api_base_url: "a", client_name: "b" }';
    const { signature, text } = hover(`Mastodon.startLogin(${login})`, "startLogin");
    assert.match(signature, /startLogin\(options: StartLoginOptions .*\): Promise<void>/);
    assert.match(text, /^Opens the user's server/);
    assert.match(text, /`MastodonLoginError` if the login fails/);
  });
});

describe("every method", () => {
  it("has its whole text on each of its signatures", () => {
    const file = path.join(ROOT, "pkg/mastodon_wasm.d.ts");
    const source = ts.createSourceFile(file, ts.sys.readFile(file), ts.ScriptTarget.Latest, true);
    const texts = new Map();
    for (const statement of source.statements) {
      if (statement.name?.text !== "Mastodon") continue;
      for (const member of statement.body?.statements ?? statement.members) {
        if (!member.parameters || !member.name) continue;
        const name = member.name.getText();
        const comment = ts
          .getJSDocCommentsAndTags(member)
          .map((part) => part.getText().replace(/\s+/g, " "))
          .join("");
        texts.set(name, [...(texts.get(name) ?? []), comment]);
      }
    }
    assert.ok(texts.size > 290, `${texts.size} methods`);
    for (const [name, comments] of texts) {
      if (name === "free" || name === "[Symbol.dispose]") continue;
      assert.ok(comments[0].length > 10, `${name} has no text`);
      assert.equal(new Set(comments).size, 1, `the signatures of ${name} say different things`);
    }
  });

  it("stands among those of its area", () => {
    // An editor's outline shows the order of the file: a file of src/api/ after the other.
    let groups = 0;
    let last;
    for (const { name, isStatic } of ownMethods().values()) {
      const area = areaOf(name);
      assert.ok(AREAS[area], `${name} is in no area`);
      if (!isStatic && area !== last) groups += 1;
      last = area;
    }
    const areas = Object.keys(AREAS).length;
    assert.ok(groups < 1.5 * areas, `${groups} groups of ${areas} areas`);
  });
});

describe("a wrong option is named", () => {
  for (const [code, option, meant] of [
    ['m.timelineHashtag("x", { limt: 3 })', "limt", "limit"],
    ['m.statusPost("x", { visiblity: "public" })', "visiblity", "visibility"],
    [
      'm.statusPost("x", { scheduled_at: new Date(), visiblity: "public" })',
      "visiblity",
      "visibility",
    ],
    ["m.notifications({ limt: 3 })", "limt", "limit"],
    ['Mastodon.startLogin({ api_base_url: "a", client_name: "b", scope: [] })', "scope", "scopes"],
    ['new Mastodon({ api_base_url: "a", acess_token: "b" })', "acess_token", "access_token"],
  ]) {
    it(code, () => {
      const found = complaints(code);
      assert.equal(found.length, 1);
      assert.ok(found[0].text.includes(`'${option}' does not exist in type`), found[0].text);
      assert.ok(found[0].text.includes(`Did you mean to write '${meant}'?`), found[0].text);
    });
  }

  it("and a missing one", () => {
    for (const [code, option] of [
      ['Mastodon.startLogin({ api_base_url: "a" })', "client_name"],
      ['Mastodon.createApp("a", {})', "api_base_url"],
      ["new Mastodon({})", "api_base_url"],
    ]) {
      const [found] = complaints(code);
      assert.match(found.text, new RegExp(`Property '${option}' is missing`), code);
    }
  });

  it("and a value of another type, at its place", () => {
    const [found] = complaints('m.timelineHashtag("x", { limit: "3" })');
    assert.equal(found.at, "limit");
    assert.match(found.text, /'string' is not assignable to type 'number/);
  });
});
