// The site that `npm run docs` shows: nothing is missing in it, every link leads somewhere, and the
// search finds the guides.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { after, before, describe, test } from "node:test";
import MiniSearch from "minisearch";
import { preview } from "vite";
import { DEMO } from "../../docs/.vitepress/markdown.mjs";
import { KEYWORDS, PAGES } from "../../docs/.vitepress/pages.mjs";
import { indexOptions, searchOptions } from "../../docs/.vitepress/search.mjs";
import { findChromium, launchChromium } from "../../scripts/browser.mjs";
import { areaOf } from "../../scripts/docs/areas.mjs";
import { exportedTypes, ownMethods } from "../../scripts/docs/declarations.mjs";
import { fieldsByServer } from "../../scripts/docs/fields.mjs";
import { pythonMethods } from "../../scripts/docs/mastodon-py.mjs";
import { buildSite, SITE } from "../../scripts/docs/site.mjs";
import { ROOT } from "../../scripts/run.mjs";

const own = ownMethods();
/** The pages as they were built: path in the site → HTML. */
const site = new Map();

// Rejects where a link leads to no page.
before(async () => {
  await buildSite();
  for (const file of readdirSync(SITE, { recursive: true })) {
    if (file.endsWith(".html")) site.set(file, readFileSync(path.join(SITE, file), "utf8"));
  }
});

const idsOf = (html) => new Set([...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));

describe("the reference", () => {
  test("has every method on the page of its area, with what it does", () => {
    const areas = new Map();
    for (const name of new Set([...pythonMethods().map(({ here }) => here), ...own.keys()])) {
      assert.ok(own.has(name), `${name} is not declared`);
      assert.ok(own.get(name).comment.trim(), `${name} says nothing of itself`);
      const area = areaOf(name);
      assert.ok(area, `${name} has no area: scripts/docs/areas.mjs`);
      const page = `reference/${area}.html`;
      if (!areas.has(page)) areas.set(page, idsOf(site.get(page)));
      assert.ok(areas.get(page).has(name), `${name} is not on ${page}`);
    }
    assert.ok(areas.size >= 28, `${areas.size} areas`);
  });

  test("says of every method what it returns, and of every request its route", () => {
    for (const [name, { routes }] of own) {
      const html = site.get(`reference/${areaOf(name)}.html`);
      const begin = html.indexOf(`id="${name}"`);
      const end = html.indexOf("<h2", begin + 1);
      const section = html.slice(begin, end === -1 ? undefined : end);
      assert.match(section, /<td>Returns<\/td>/, name);
      for (const { path: route } of routes) assert.ok(section.includes(route), `${name}: ${route}`);
    }
  });

  test("names the servers that lack a method", (context) => {
    const file = path.join(ROOT, "docs/data/compatibility.json");
    if (!existsSync(file)) return context.skip("docs/data/compatibility.json is not here");
    const { servers, areas } = JSON.parse(readFileSync(file, "utf8"));
    let count = 0;
    for (const { methods, servers: states } of areas.flatMap(({ checks }) => checks)) {
      for (const { preset, name } of servers.filter(
        (each) => states[each.preset].state === "none",
      )) {
        for (const method of methods) {
          const html = site.get(`reference/${areaOf(method)}.html`);
          const section = html.slice(html.indexOf(`id="${method}"`));
          const row = section.match(/without it<\/td><td>([^<]*)/)?.[1] ?? "";
          assert.ok(row.includes(name), `${method}: ${name} is not in "${row}" (${preset})`);
          count += 1;
        }
      }
    }
    assert.ok(count > 10, `${count}`);
  });

  test("names the servers that leave out a field, or send null for it", () => {
    const types = new Map(exportedTypes().map((type) => [type.name, type]));
    let count = 0;
    for (const [type, fields] of fieldsByServer(types)) {
      const html = site.get(`reference/entities/${type}.html`);
      for (const [field, { absent, null: empty }] of fields) {
        const row = html.split("<tr").find((part) => part.includes(`<code>${field}</code>`));
        const text = row.replace(/<[^>]*>/g, "");
        for (const [words, servers] of [
          ["Not on", absent],
          ["Null on", empty],
        ]) {
          if (servers.length === 0) continue;
          assert.ok(text.includes(`${words} ${servers.join(", ")}.`), `${type}.${field}: ${text}`);
          count += 1;
        }
      }
    }
    assert.ok(count >= 30, `${count}`);
  });

  test("has every exported type that is no method's options", () => {
    const pages = [...site].filter(([page]) => page.startsWith("reference/"));
    const titles = pages.map(([, html]) => html.match(/<h1[^>]*>([^<]+)/)?.[1].trim());
    const ids = new Set(pages.flatMap(([, html]) => [...idsOf(html)]));
    const inline = new Set(
      [...own.values()].map(({ optionsType }) => optionsType?.match(/\w+/)[0]),
    );
    for (const { name } of exportedTypes()) {
      assert.ok(titles.includes(name) || ids.has(name) || inline.has(name), name);
    }
  });
});

describe("the pages", () => {
  const written = ["docs", "docs/guide"].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => name.endsWith(".md") && name !== "README.md" && name !== "index.md")
      .map((name) => path.posix.join(folder.slice("docs/".length), name.slice(0, -".md".length))),
  );

  test("are all in the sidebar, under the words that find them", () => {
    const listed = PAGES.map(([page]) => page);
    assert.deepEqual(
      written.filter((page) => !listed.includes(page)),
      [],
      "docs/.vitepress/pages.mjs has to name them",
    );
    for (const page of listed.filter((page) => page.startsWith("guide/"))) {
      assert.ok(KEYWORDS[page], `${page} has no keywords`);
    }
  });

  test("are all in docs/README.md, for readers on GitHub", () => {
    const index = readFileSync(path.join(ROOT, "docs/README.md"), "utf8");
    assert.deepEqual(
      written.filter((page) => !index.includes(`](${page}.md)`)),
      [],
    );
  });

  test("are all rendered, with a title", () => {
    for (const [page, html] of site) {
      if (page !== "404.html") assert.match(html, /<h1[ >]/, page);
    }
  });

  test("link to anchors that exist", () => {
    const ids = new Map([...site].map(([page, html]) => [page, idsOf(html)]));
    const broken = [];
    let count = 0;
    for (const [page, html] of site) {
      for (const [, href] of html.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
        if (/^[a-z]+:/.test(href) || !href.includes("#")) continue;
        const [file, anchor] = href.split("#");
        const from = file.startsWith("/") ? "." : path.dirname(page);
        const target = file ? path.join(from, file).replace(/^\/|\/$/g, "") : page;
        const to = site.has(target) ? target : path.join(target, "index.html");
        count += 1;
        if (!ids.get(to)?.has(decodeURIComponent(anchor))) broken.push(`${page}: ${href}`);
      }
    }
    assert.ok(count > 1000, `${count} links`);
    assert.deepEqual(broken, []);
  });

  test("link to the demo, which the workflow publishes there", () => {
    const workflow = readFileSync(path.join(ROOT, ".github/workflows/docs.yml"), "utf8");
    const [, base] = workflow.match(/DOCS_BASE: (\S+)/);
    assert.match(workflow, /npm run demo -- --build\n +- run: mv build\/demo build\/docs\/demo\n/);
    assert.equal(new URL(DEMO).pathname, `${base}demo/`);
    const readme = readFileSync(path.join(ROOT, "README.md"), "utf8");
    for (const text of [site.get("index.html"), readme]) assert.ok(text.includes(DEMO));
  });

  test("link to files of the repository that exist", () => {
    const broken = [];
    const pattern =
      /href="https:\/\/github\.com\/mastodon-wasm\/mastodon-wasm\/(?:blob|tree)\/main\/([^"#]*)/g;
    for (const [page, html] of site) {
      for (const [, file] of html.matchAll(pattern)) {
        try {
          readFileSync(path.join(ROOT, file));
        } catch (error) {
          if (error.code !== "EISDIR") broken.push(`${page}: ${file}`);
        }
      }
    }
    assert.deepEqual(broken, []);
  });
});

describe("the search", () => {
  let index;
  before(async () => {
    const folder = path.join(SITE, "assets/chunks");
    const file = readdirSync(folder).find((name) => name.includes("localSearchIndexroot"));
    const { default: text } = await import(path.join(folder, file));
    index = MiniSearch.loadJSON(text, { ...indexOptions, searchOptions });
  });

  const firstOf = (query) => index.search(query)[0]?.id.replace(/\.html.*/, "");

  for (const [query, page] of [
    ["pagination", "/guide/pagination"],
    ["cursor", "/guide/pagination"],
    ["infinite scroll", "/guide/pagination"],
    ["OAuth", "/guide/login"],
    ["login", "/guide/login"],
    ["access token", "/guide/login"],
    ["websocket", "/guide/streaming"],
    ["real-time", "/guide/streaming"],
    ["error handling", "/guide/errors"],
    ["timeout", "/guide/errors"],
    ["rate limit", "/guide/rate-limits"],
    ["429", "/guide/rate-limits"],
    ["upload", "/guide/media"],
    ["image", "/guide/media"],
    ["React Native", "/guide/react-native"],
    ["expo", "/guide/react-native"],
    ["push", "/guide/push"],
    ["filter", "/guide/filters"],
    ["GoToSocial", "/guide/forks"],
    ["cloudflare", "/guide/workers"],
    ["jsdelivr", "/guide/cdn"],
    ["next.js", "/guide/ssr"],
    ["vue", "/guide/frameworks"],
    ["deno", "/guide/deno-bun"],
    ["node", "/guide/node"],
    ["electron", "/guide/electron"],
    ["manifest v3", "/guide/browser-extensions"],
    ["mock", "/guide/testing"],
    ["install", "/guide/first-app"],
    ["masto.js", "/from-masto-js"],
    ["how do I paginate", "/guide/pagination"],
    ["how to upload an image", "/guide/media"],
    ["log in with mastodon", "/guide/login"],
    ["statusPost", "/reference/statuses"],
  ]) {
    test(`answers "${query}" with ${page}`, () => assert.equal(firstOf(query), page));
  }

  test("knows the words of a page in a site that is served from a folder", () => {
    const section = {
      id: "/mastodon-wasm/guide/streaming.html#top",
      titles: [],
      title: "",
      text: "",
    };
    assert.match(indexOptions.extractField(section, "keywords"), /\bwebsocket\b/);
  });

  test("finds every method by its name", () => {
    for (const name of own.keys()) {
      const found = index.search(name).slice(0, 5);
      assert.ok(
        found.some(({ id }) => id.endsWith(`#${name}`)),
        name,
      );
    }
  });
});

const skip = findChromium() || process.env.CI === "true" ? false : "no Chromium";

describe("in a browser, the site", { skip }, () => {
  let server;
  let browser;
  let url;
  before(async () => {
    server = await preview({
      root: ROOT,
      configFile: false,
      logLevel: "warn",
      build: { outDir: path.relative(ROOT, SITE) },
      preview: { host: "127.0.0.1", port: 0, open: false },
    });
    url = `http://127.0.0.1:${server.httpServer.address().port}`;
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /** A tab; what its console complains of is in `complaints`. */
  async function open(page, options = {}) {
    const context = await browser.newContext(options);
    const tab = await context.newPage();
    tab.complaints = [];
    tab.modules = [];
    tab.on("request", (request) => {
      if (request.url().endsWith(".wasm")) tab.modules.push(request.url());
    });
    tab.on("pageerror", (error) => tab.complaints.push(error.message));
    tab.on("console", (message) => {
      if (message.type() === "error") tab.complaints.push(message.text());
    });
    await tab.goto(url + page, { waitUntil: "networkidle" });
    return tab;
  }

  test("runs the example of its front page, as it is and changed", async () => {
    const tab = await open("/");
    const button = tab.getByRole("button", { name: "Run" });
    assert.equal(tab.modules.length, 0, "modules are loaded for those who run it");
    await button.click();
    await tab.waitForFunction(() => document.querySelector(".live pre")?.innerText.trim());
    assert.equal(tab.modules.length, 2);
    await tab.waitForFunction(() => /live:/.test(document.querySelector(".live pre").innerText));
    const lines = (await tab.innerText(".live pre")).trim().split("\n");
    assert.equal(lines.pop(), "live: <p>Hello from the front page!</p>");
    assert.equal(lines.length, 3);
    for (const line of lines) assert.match(line, /^\S+ \d{4}-\d\d-\d\dT/);

    const program = tab.getByLabel("The program");
    await program.fill((await program.inputValue()).replace("limit:", "limt:"));
    await button.click();
    await tab.waitForFunction(() => /Error/.test(document.querySelector(".live pre")?.innerText));
    assert.match(await tab.innerText(".live pre"), /unknown option `limt`.* did you mean `limit`/);
    assert.deepEqual(tab.complaints, []);
  });

  for (const colorScheme of ["light", "dark"]) {
    test(`fits a phone, ${colorScheme}`, async () => {
      const viewport = { width: 375, height: 800 };
      for (const page of ["/", "/guide/pagination.html", "/reference/entities/Status.html"]) {
        const tab = await open(page, { viewport, colorScheme });
        const over = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(over <= 0, `${page} is ${over} pixels too wide`);
        const isDark = await tab.evaluate(() =>
          document.documentElement.classList.contains("dark"),
        );
        assert.equal(isDark, colorScheme === "dark");
        assert.deepEqual(tab.complaints, []);
        await tab.context().close();
      }
    });
  }
});
