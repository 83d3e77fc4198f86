// The runner that `cargo test --target wasm32-unknown-unknown` starts for a test program. It serves
// the tests with wasm-bindgen-test-runner, and opens them in the Chromium of the other tests.
//
// The usual way needs a driver of the browser's version, and the page loads from the runner's
// server. This server hangs forever if a page opens six connections at once, for example to import
// as many modules. So the page uses a server here, which forwards one request at a time.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, createServer, get } from "node:http";
import { launchChromium } from "./browser.mjs";

/** The time limit from opening the page to the last test. */
const SECONDS = 120;

const oneAtATime = new Agent({ maxSockets: 1 });

const server = spawn("wasm-bindgen-test-runner", process.argv.slice(2), {
  env: { ...process.env, NO_HEADLESS: "1", WASM_BINDGEN_TEST_ADDRESS: "127.0.0.1:0" },
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = new Promise((resolve) => server.on("exit", (code) => resolve(code ?? 1)));
process.on("exit", () => server.kill());

const address = await Promise.race([served(), ended]);
// `cargo test -- --list` and programs without a test serve nothing.
if (typeof address === "number") process.exit(address);
process.exit((await passes(address)) ? 0 : 1);

/** The URL of the tests. Other output of the server is printed. */
function served() {
  return new Promise((resolve) => {
    let said = "";
    server.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
      const found = said.match(/available at (http:\/\/\S+)/);
      if (found) resolve(found[1]);
      else process.stdout.write(text);
    });
  });
}

/** Forwards requests to `url`, over one connection. */
async function relay(url) {
  const server = createServer((asked, answer) => {
    get(new URL(asked.url, url), { agent: oneAtATime }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    }).on("error", () => answer.destroy());
  });
  server.listen(0, "127.0.0.1").unref();
  await once(server, "listening");
  return `http://127.0.0.1:${server.address().port}`;
}

async function passes(url) {
  const browser = await launchChromium();
  const noise = [];
  try {
    const page = await browser.newPage();
    page.on("console", (message) => noise.push(`${message.type()}: ${message.text()}`));
    page.on("pageerror", (error) => noise.push(String(error)));
    page.on("crash", () => noise.push("the page crashed"));
    await page.goto(await relay(url), { waitUntil: "commit" });
    const output = page.locator("#output");
    const finished = await output
      .filter({ hasText: "test result: " })
      .waitFor({ timeout: SECONDS * 1000 })
      .then(() => true)
      .catch(() => false);
    const text = (await output.textContent({ timeout: 5000 })) ?? "";
    console.log(text);
    const good = finished && text.includes("test result: ok");
    if (!finished) console.log(`the tests did not end within ${SECONDS} seconds`);
    if (!good && noise.length > 0) console.log(`the page's console:\n${noise.join("\n")}`);
    return good;
  } finally {
    await browser.close();
  }
}
