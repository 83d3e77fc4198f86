// Runs the steps of the suite in this page, one after the other as it is told to.
import { Cannot, cases } from "./suite.js";

const LIMIT = 50_000;

/** What was written to the console, a line each. */
const printed = [];
for (const name of ["debug", "error", "info", "log", "trace", "warn"]) {
  console[name] = (...words) => printed.push(words.map(String).join(" "));
}

const about = await (await fetch("/about.json")).json();

/** Anything below `/sandbox` of the server (sandbox/README.md), by way of this site. */
async function control(method, path, body) {
  const response = await fetch(`/sandbox/${path}`, { method, body: body && JSON.stringify(body) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} /sandbox/${path}: ${response.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}

/** What nobody caught: in this suite, nothing may be left so. */
const uncaught = [];
addEventListener("error", ({ message }) => uncaught.push(message));
addEventListener("unhandledrejection", ({ reason }) => uncaught.push(String(reason)));

async function worldOf(entry) {
  const library = await import(entry);
  /** A client of mina, after the module is loaded. */
  async function client(options) {
    await library.init();
    const { url, mina } = about;
    return new library.Mastodon({ api_base_url: url, access_token: mina, ...options });
  }
  return {
    ...about,
    library,
    printed,
    control,
    client,
    /** Somebody else, whom mina follows. */
    friend: () => client({ access_token: about.theo }),
    fault: (fault) => control("POST", "faults", fault),
    state: () => control("GET", "state"),
    /** Begins a new list of requests. */
    forget: () => control("DELETE", "requests"),
  };
}

/** One step of a case; resolves to `{}`, `{ error }`, or `{ cannot }`. */
window.suite = async (index, step) => {
  const { entry, steps } = cases[index];
  const late = new Promise((_, reject) => {
    setTimeout(reject, LIMIT, new Error(`it is not done after ${LIMIT / 1000} s`));
  });
  try {
    await Promise.race([steps[step](await worldOf(entry)), late]);
    if (uncaught.length) throw new Error(`nobody caught: ${uncaught.join("; ")}`);
    return {};
  } catch (error) {
    if (error instanceof Cannot) return { cannot: error.message };
    // Firefox and WebKit have stacks without the message.
    return { error: `${error}\n${error?.stack?.replace(String(error), "").trim()}` };
  }
};
