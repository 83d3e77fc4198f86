// What docs/security.md promises and no other test shows; and that what it names is there.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import path from "node:path";
import { before, describe, it } from "node:test";
import { inspect } from "node:util";
import { launchChromium } from "../../scripts/browser.mjs";
import { ROOT } from "../../scripts/run.mjs";
import { startSandbox } from "../../scripts/sandbox.mjs";
import { servePage } from "../../scripts/serve.mjs";
import { changeAnswers } from "../answers.mjs";

const api_base_url = "https://home.example";
const access_token = "secret-token";
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

let Mastodon;
before(async () => {
  ({ Mastodon } = await import("../../pkg/node.js"));
});

/** A client, and what it asked a server that `answer` plays. */
function client(answer = () => Response.json({}), options = {}) {
  const asked = [];
  const fetch = async (url, init) => {
    asked.push(String(url));
    return answer(String(url), init);
  };
  return { m: new Mastodon({ api_base_url, access_token, fetch, ...options }), asked };
}

const rejection = (promise) =>
  promise.then(
    () => assert.fail("it should have been refused"),
    (error) => error,
  );

describe("the access token", () => {
  it("does not follow a page to another server", async () => {
    const elsewhere = "https://evil.example/api/v1/timelines/home?max_id=1";
    const headers = { link: `<${elsewhere}>; rel="next"` };
    const { m, asked } = client(() => Response.json([{ id: "1" }], { headers }));
    const page = await m.timelineHome();
    for (const from of [page, page.pagination]) {
      assert.match((await rejection(m.fetchNext(from))).message, /The token is not sent there/);
    }
    const all = async () => {
      for await (const _ of m.paginationIterator(page)) {
        // Only the first page can be read.
      }
    };
    await rejection(all());
    assert.deepEqual(asked, [`${api_base_url}/api/v1/timelines/home`]);
  });

  it("follows a redirect to another server without the token", async (t) => {
    const servers = [];
    const listen = async (answer) => {
      const server = createServer(answer);
      await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
      servers.push(server);
      return `http://127.0.0.1:${server.address().port}`;
    };
    t.after(() => servers.map((server) => server.close()));
    const heard = [];
    const other = await listen((request, response) => {
      heard.push(request.headers.authorization);
      response.end("[]");
    });
    const home = await listen((_, response) => response.writeHead(307, { location: other }).end());
    const m = new Mastodon({ api_base_url: home, access_token });
    await m.timelineHome();
    await m.statusPost("Hello");
    assert.deepEqual(heard, [undefined, undefined]);
  });

  it("does not leave an encrypted connection for a stream", async () => {
    const opened = [];
    class Socket extends EventTarget {
      constructor(url, protocol) {
        super();
        opened.push([url, protocol]);
      }
      close() {}
    }
    const named = "ws://stream.home.example";
    const { m } = client(() => Response.json({ configuration: { urls: { streaming: named } } }), {
      web_socket: Socket,
    });
    m.streamUser({});
    while (opened.length === 0) await pause(5);
    assert.deepEqual(opened, [["wss://stream.home.example/api/v1/streaming", access_token]]);
    m.close();
  });

  it("cannot end the header that it stands in", () => {
    for (const token of ["a\r\nX-Evil: 1", "a\nb", "a\0b", "ünïcode", "a b"]) {
      assert.throws(
        () => new Mastodon({ api_base_url, access_token: token }),
        (error) => error.name === "MastodonIllegalArgumentError" && !error.stack.includes(token),
      );
    }
  });

  it("is in no error, also where the server echoes it", async () => {
    const echo = (init) => ({
      status: 400,
      headers: { "x-echo": init.headers.Authorization, "content-type": "application/json" },
    });
    for (const body of [
      JSON.stringify({ error: access_token, error_description: `Who is ${access_token}?` }),
      `<h1>${access_token}</h1>`,
    ]) {
      const { m } = client((_, init) => new Response(body, echo(init)));
      const error = await rejection(m.timelineHome());
      assert.match(error.body, /\*\*\*/);
      const shown = error.message + error.stack + JSON.stringify(error) + inspect(error);
      assert.ok(!shown.includes(access_token), shown);
    }
  });

  it("is in no log", async (t) => {
    const written = t.mock.method(console, "debug", () => {});
    const others = ["log", "info", "warn", "error"].map((name) => t.mock.method(console, name));
    const { m } = client(undefined, {
      debug_requests: true,
      client_id: "id",
      client_secret: "secret-half",
    });
    await m.timelineHome({ max_id: "1" });
    await rejection(m.logIn({ code: "secret-code" }));
    const lines = written.mock.calls.map(({ arguments: words }) => words.join(" "));
    assert.ok(lines.includes(`GET ${api_base_url}/api/v1/timelines/home`));
    assert.doesNotMatch(lines.join(), /secret/);
    for (const other of others) assert.equal(other.mock.callCount(), 0);
  });
});

describe("where requests go", () => {
  it("is an https origin, or this machine", () => {
    for (const address of [
      "http://home.example",
      "http://127.0.0.1.evil.example",
      "http://localhost.evil.example",
      "http://10.0.0.1",
      "https://user:word@home.example",
      "https://home.example/path",
      "https://home.example?query",
      "ftp://home.example",
      "javascript:alert(1)",
      "",
    ]) {
      assert.throws(() => new Mastodon({ api_base_url: address }), {
        name: "MastodonIllegalArgumentError",
      });
    }
    for (const yes of ["yes", 1, {}]) {
      const address = "http://home.example";
      assert.throws(() => new Mastodon({ api_base_url: address, allow_http: yes }));
    }
    new Mastodon({ api_base_url: "http://home.example", allow_http: true });
    new Mastodon({ api_base_url: "http://127.0.0.1:3000" });
  });

  it("is not for an id to say", async () => {
    const { m, asked } = client();
    for (const id of ["..", ".", ""]) {
      assert.equal((await rejection(m.status(id))).name, "MastodonIllegalArgumentError");
    }
    for (const id of [
      "../../../oauth/revoke",
      "1/../2",
      "1?admin=1",
      "1#",
      "%2e%2e",
      "\\..\\",
      "//evil.example",
      "@evil.example",
    ]) {
      await m.status(id);
      const url = new URL(asked.pop());
      assert.equal(url.origin, api_base_url);
      assert.equal(url.pathname, `/api/v1/statuses/${encodeURIComponent(id)}`);
      assert.equal(url.search + url.hash, "");
    }
  });
});

describe("the demo page", () => {
  it("shows what people write without what could run in it, and keeps its address to itself", async (t) => {
    const sandbox = await startSandbox();
    t.after(() => sandbox.stop());
    const page = await servePage({ sandbox });
    t.after(() => page.stop());
    const browser = await launchChromium();
    t.after(() => browser.close());
    const { headers } = await fetch(page.url);
    assert.equal(headers.get("referrer-policy"), "no-referrer");
    assert.match(headers.get("content-security-policy"), /script-src 'self' 'wasm-unsafe-eval';/);

    const tab = await browser.newPage();
    await tab.goto(page.url);
    await changeAnswers(tab, "**/api/v1/timelines/home*", (statuses) => {
      const [first] = statuses;
      // Pages that the stream reads may be empty.
      if (!first) return statuses;
      first.content = `<p>Harmless
        <img src="x" onerror="window.ran = 1"><script>window.ran = 2</script>
        <a href="javascript:window.ran = 3">this</a><svg onload="window.ran = 4"></svg>
        <iframe srcdoc="<script>parent.ran = 5</script>"></iframe></p>`;
      first.account.display_name = '<img src="x" onerror="window.ran = 6">';
      return statuses;
    });
    await tab.getByRole("button", { name: "Enter the sandbox" }).click();
    await tab.locator("button[name=as][value=mina]").click();
    const post = tab.locator("article", { hasText: "Harmless" });
    await post.waitFor();
    await post.getByText("this", { exact: true }).click();
    assert.equal(await tab.evaluate(() => window.ran), undefined);
    assert.equal(await post.locator("script, iframe, [onerror], [onload]").count(), 0);
    assert.equal(await post.locator("a[href^='javascript']").count(), 0);
  });
});

describe("docs/security.md", () => {
  const text = readFileSync(path.join(ROOT, "docs/security.md"), "utf8");
  const link = /\[([^\]]+)\]\((\.\.\/[^)]+\.(?:mjs|rs))\)/g;

  it("names tests that are there", () => {
    const named = [...text.matchAll(link)];
    assert.ok(named.length > 30, `${named.length} tests`);
    const missing = named.filter(([, title, file]) => {
      const full = path.join(ROOT, "docs", file);
      const test = file.endsWith(".rs") ? `fn ${title.replaceAll(" ", "_")}(` : `("${title}"`;
      return !existsSync(full) || !readFileSync(full, "utf8").includes(test);
    });
    assert.deepEqual(
      missing.map(([line]) => line),
      [],
    );
  });

  it("names a test for each threat", () => {
    const rows = text
      .split("\n")
      .filter((line) => line.startsWith("|") && !/^\| ?(Attack |-)|^\|-/i.test(line));
    assert.ok(rows.length > 20, `${rows.length} threats`);
    assert.deepEqual(
      rows.filter((row) => row.match(link) === null),
      [],
    );
  });
});
