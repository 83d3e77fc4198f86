// Finds a Chromium or Chrome for the tests, installs one if possible, and starts it. Also finds and
// installs Firefox and WebKit, for `npm run test:matrix`.
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { run, which } from "./run.mjs";

/** No background traffic, no first-run dialogs, and able to run as root in a container. */
export const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-dev-shm-usage",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"];
const PLACES = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** The path of the browser, or undefined. `CHROME_PATH` overrides it. */
export function findChromium() {
  if (process.env.CHROME_PATH) return process.env.CHROME_PATH;
  for (const name of NAMES) {
    const found = which(name);
    if (found) return found;
  }
  return PLACES.find(isExecutable) ?? playwrightsOwn();
}

export const findFirefox = () => which("firefox") ?? which("firefox-esr");

/** WebKitGTK's driver. It needs a display, which Xvfb provides. */
export const findWebkitDriver = () => which("Xvfb") && which("WebKitWebDriver");

/** Starts the browser, headless, with Playwright. */
export async function launchChromium(options = {}) {
  const executablePath = findChromium();
  if (!executablePath) {
    throw new Error("no Chromium or Chrome was found: install one, or set CHROME_PATH to it");
  }
  const { chromium } = await import("playwright-core");
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS, ...options });
  // `npm run coverage` records what the browser's pages run (scripts/coverage/record.mjs).
  globalThis.recordCoverage?.(browser);
  return browser;
}

/**
 * Tries to install a missing browser, and prints what it does. Afterwards, `findChromium` shows
 * whether it worked.
 */
export async function installBrowser() {
  if (findChromium()) return;
  await aptInstall("chromium");
  if (!findChromium()) {
    console.log("browser: playwright-core install chromium");
    await run("npx", ["playwright-core", "install", "chromium"], { check: false });
  }
}

/** The same for the other browsers. */
export async function installOtherBrowsers() {
  if (!findFirefox()) await aptInstall("firefox-esr");
  if (!findWebkitDriver()) await aptInstall("webkit2gtk-driver", "xvfb");
}

/** Installs Debian packages, if this process is root. */
async function aptInstall(...packages) {
  if (process.platform !== "linux" || process.getuid?.() !== 0 || !which("apt-get")) return;
  const quietly = { env: { DEBIAN_FRONTEND: "noninteractive" }, check: false, show: false };
  console.log(`browser: apt-get install ${packages.join(" ")}`);
  await run("apt-get", ["update", "-qq"], quietly);
  const args = ["install", "-y", "-qq", "--no-install-recommends", ...packages];
  const { code, output } = await run("apt-get", args, quietly);
  if (code !== 0) console.log(output.trim().split("\n").slice(-5).join("\n"));
}

/** A Chromium that `playwright install` has installed. */
function playwrightsOwn() {
  const cache = {
    linux: path.join(homedir(), ".cache", "ms-playwright"),
    darwin: path.join(homedir(), "Library", "Caches", "ms-playwright"),
  }[process.platform];
  if (!cache || !existsSync(cache)) return undefined;
  return readdirSync(cache)
    .filter((name) => name.startsWith("chromium-"))
    .sort()
    .reverse()
    .flatMap((name) => [
      path.join(cache, name, "chrome-linux", "chrome"),
      path.join(cache, name, "chrome-linux64", "chrome"),
      path.join(cache, name, "chrome-mac", "Chromium.app", "Contents", "MacOS", "Chromium"),
    ])
    .find(isExecutable);
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
