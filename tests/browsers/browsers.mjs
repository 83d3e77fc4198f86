// Chromium, Firefox and WebKit, each by the protocol that it speaks without further packages.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import WebSocket from "ws";
import {
  findChromium,
  findFirefox,
  findWebkitDriver,
  launchChromium,
} from "../../scripts/browser.mjs";
import { capture } from "../../scripts/run.mjs";

/** name → `{ missing, launch }`; a browser is `{ version, page(url), close() }`, a page `{ call(expression), close() }`. */
export const BROWSERS = {
  Chromium: { missing: () => !findChromium() && "no Chromium or Chrome here", launch: chromium },
  Firefox: {
    missing: () => !findFirefox() && "no Firefox here (Debian: firefox-esr)",
    launch: firefox,
  },
  WebKit: {
    missing: () =>
      !findWebkitDriver() && "no WebKitWebDriver here (Debian: webkit2gtk-driver, and xvfb)",
    launch: webkit,
  },
};

async function chromium() {
  const browser = await launchChromium();
  return {
    version: browser.version(),
    async page(url) {
      const tab = await browser.newPage();
      const complaints = [];
      tab.on("pageerror", (error) => complaints.push(error.message));
      tab.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      await tab.goto(url);
      return {
        tab,
        complaints,
        call: (expression) => tab.evaluate(expression),
        close: () => tab.close(),
      };
    },
    close: () => browser.close(),
  };
}

/** WebDriver BiDi: Firefox speaks it itself. */
async function firefox() {
  const profile = mkdtempSync(path.join(tmpdir(), "mastodon-wasm-firefox-"));
  const args = ["--headless", "--no-remote", "--profile", profile, "--remote-debugging-port", "0"];
  const child = spawn(findFirefox(), args, { stdio: ["ignore", "ignore", "pipe"] });
  const address = await new Promise((resolve, reject) => {
    child.once("exit", (status) => reject(new Error(`Firefox ended with status ${status}`)));
    createInterface({ input: child.stderr }).on("line", (line) => {
      const found = line.match(/WebDriver BiDi listening on (ws:\S+)/);
      if (found) resolve(found[1]);
    });
  });
  const socket = new WebSocket(`${address}/session`);
  await once(socket, "open");
  const waiting = new Map();
  let last = 0;
  socket.on("message", (data) => {
    const { id, result, error, message } = JSON.parse(data);
    const { resolve, reject } = waiting.get(id) ?? {};
    waiting.delete(id);
    if (error) reject?.(new Error(`${error}: ${message}`));
    else resolve?.(result);
  });
  const send = (method, params) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params }));
    });
  const { capabilities } = await send("session.new", { capabilities: {} });
  return {
    version: capabilities.browserVersion,
    async page(url) {
      const { context } = await send("browsingContext.create", { type: "tab" });
      await send("browsingContext.navigate", { context, url, wait: "complete" });
      return {
        async call(expression) {
          const { type, result, exceptionDetails } = await send("script.evaluate", {
            // As text, since the protocol has a notation of its own for objects.
            expression: `Promise.resolve(${expression}).then((value) => JSON.stringify(value) ?? "null")`,
            target: { context },
            awaitPromise: true,
          });
          if (type === "exception") throw new Error(exceptionDetails.text);
          return JSON.parse(result.value);
        },
        close: () => send("browsingContext.close", { context }),
      };
    },
    async close() {
      const gone = once(child, "exit");
      socket.close();
      child.kill();
      await gone;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Screens that were asked for: each browser has its own. */
let screens = 0;

/** WebDriver, of WebKitGTK: a browser of Safari's engine. It has to have a screen. */
async function webkit() {
  const display = `:${90 + ((process.pid + screens) % 900)}`;
  screens += 1;
  const screen = spawn("Xvfb", [display, "-screen", "0", "1024x768x24"], { stdio: "ignore" });
  while (!existsSync(`/tmp/.X11-unix/X${display.slice(1)}`)) {
    if (screen.exitCode !== null) throw new Error("Xvfb did not start");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const port = await freePort();
  const driver = spawn(findWebkitDriver(), [`--port=${port}`], {
    stdio: "ignore",
    env: {
      ...process.env,
      DISPLAY: display,
      // Without a graphics card, and as root in a container.
      LIBGL_ALWAYS_SOFTWARE: "1",
      WEBKIT_DISABLE_COMPOSITING_MODE: "1",
      WEBKIT_DISABLE_DMABUF_RENDERER: "1",
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: "1",
    },
  });
  const ask = async (method, where, body) => {
    const response = await fetch(`http://127.0.0.1:${port}${where}`, {
      method,
      body: body && JSON.stringify(body),
    });
    const { value } = await response.json();
    if (value?.error) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const end = () => {
    driver.kill();
    screen.kill();
  };
  let session;
  try {
    for (let attempt = 0; ; attempt += 1) {
      try {
        await ask("GET", "/status");
        break;
      } catch (error) {
        if (attempt > 100) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    session = await ask("POST", "/session", { capabilities: {} });
  } catch (error) {
    end();
    throw error;
  }
  const at = `/session/${session.sessionId}`;
  await ask("POST", `${at}/timeouts`, { script: 60_000 });
  return {
    version: session.capabilities.browserVersion,
    async page(url) {
      await ask("POST", `${at}/url`, { url });
      return {
        async call(expression) {
          const script = `const done = arguments[0];
            Promise.resolve().then(() => ${expression}).then(
              (value) => done({ value }), (error) => done({ error: String(error) }));`;
          const { value, error } = await ask("POST", `${at}/execute/async`, { script, args: [] });
          if (error) throw new Error(error);
          return value;
        },
        close: async () => {},
      };
    },
    async close() {
      await ask("DELETE", at).catch(() => {});
      end();
    },
  };
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The version that a program gives itself. */
export const versionOf = async (program) =>
  (await capture(program, ["--version"]))?.match(/\d+(\.\d+)+/)?.[0];
