// Login in two calls, on top of what any program could call: createApp, authRequestUrl, logIn. What is
// here is a page's part: where to keep things between the calls, and what to believe of the address
// that a person comes back to. docs/security.md says why each step is there, and what tests it.

import { makeClient } from "../client.js";
import { create, ofStatus, refused } from "../error.js";
import { random } from "./oauth.js";
import { load, loginsIn, remember, save, storageOf } from "./storage.js";

const START = "startLogin";
const FINISH = "finishLogin";

const SAID = {
  missing_state:
    "the server sent no `state` back, so that nobody can tell whose login this is. Start the login again",
  wrong_state:
    "this answer belongs to another login: its `state` or its server is a different one. Nothing was done with it. Start the login again",
  spent_state:
    "no login waits for this answer: it was finished already, or begun in another tab. Start the login again",
  access_denied: "access was denied on the server's page",
  refused: "the server refused the login",
  expired_code:
    "the server does not take the code any more: it was used already, or lay too long. Start the login again",
  stale_app:
    "the server does not know this application any more. Start the login again: the application will be registered anew",
  popup_blocked:
    "the browser opened no window. Call startLogin directly in the handler of a click, or without `popup`",
  popup_closed: "the login window was closed",
  popup_alone:
    "the page that opened this window does not wait for it any more. Close the window and start the login again",
};

/** The error for a login that failed; where an answer of the server led to it, of its class. */
function failure(reason, method, more, cause) {
  const message = [`${method}: ${SAID[reason]}`, more].filter(Boolean).join(": ");
  return create(cause ? ofStatus(cause.status) : 0, message, cause, { ...cause, reason });
}

// --- what is pure

/** The server that is meant by what a person types, and whose handle it was; undefined where none is named. */
export function typed(text) {
  const [, scheme = "", rest] = text.trim().match(/^([a-z]+:\/\/)?(?:acct:)?([^/\\?#]*)/i);
  const at = rest.lastIndexOf("@");
  const host = rest.slice(at + 1).replace(/\.+$/, "");
  const user = rest.slice(0, Math.max(at, 0)).replace(/^@/, "");
  // `@me` is a name without a server.
  if (!host || (at === 0 && !scheme)) return undefined;
  return { server: scheme + host, user: scheme ? "" : user };
}

const OWN = /^(code|state|error|error_description|error_uri|iss)(=|$)/;

/** A query without what a server put in. All else is the page's own, and stays as it is. */
export function cleaned(query) {
  const kept = query
    .replace(/^\?/, "")
    .split("&")
    .filter((pair) => pair && !OWN.test(pair));
  return kept.length ? `?${kept.join("&")}` : "";
}

/** The code in an answer, if it is the answer to this login. */
export function codeOf(answer, login, method) {
  const state = answer.get("state");
  const error = answer.get("error");
  if (!state) throw failure("missing_state", method);
  // The code of one server is not shown to another (the mix-up attack): RFC 9207.
  const issuer = answer.get("iss")?.replace(/\/$/, "");
  if (state !== login.state || (issuer && issuer !== login.api_base_url))
    throw failure("wrong_state", method);
  if (!error && answer.get("code")) return answer.get("code");
  const words = [error, answer.get("error_description")].filter(Boolean).join(": ");
  throw failure(error === "access_denied" ? error : "refused", method, words);
}

/** Who is logged in, without secrets. */
async function saved(options) {
  const logins = await loginsIn(storageOf("savedLogins", options?.storage));
  return logins.map(({ access_token, client_id, client_secret, allow_http, ...shown }) => shown);
}

/** The client of a login that was kept. */
async function restore(options) {
  const storage = storageOf("restore", options?.storage);
  const wanted = options?.account ?? undefined;
  const login = (await loginsIn(storage)).find(
    ({ account }) => wanted === undefined || account === wanted,
  );
  if (!login) return null;
  if (wanted !== undefined) await remember(storage, login);
  return makeClient("restore", { ...options, ...credentials(login), storage });
}

const credentials = ({ api_base_url, allow_http, client_id, client_secret, access_token }) => ({
  api_base_url,
  allow_http,
  client_id,
  client_secret,
  access_token,
});

// --- the beginning

/** `signal` and `timeout` for the calls within a call: they share the time. */
function within({ signal, timeout } = {}) {
  const end = timeout && Date.now() + timeout * 1000;
  return (more) => ({
    ...more,
    signal,
    timeout: end && Math.max((end - Date.now()) / 1000, 0.001),
  });
}

/** The address of a page of this origin. */
function ownPage(name, given) {
  const url = URL.canParse(given, location.href) && new URL(given, location.href);
  // Where an origin is opaque (file:), `javascript:` has the same.
  if (url && url.origin === location.origin && url.protocol === location.protocol) return url.href;
  throw refused(START, name, `a page of ${location.origin}`, given);
}

/** A handle may be kept under another name than its server's: the handle's domain tells (WebFinger). */
async function homeOf({ server, user }, fetch) {
  if (!user) return server;
  try {
    const url = `https://${server}/.well-known/webfinger?resource=acct:${encodeURIComponent(user)}@${server}`;
    const answer = await fetch.call(globalThis, url, { signal: AbortSignal.timeout(5000) });
    const { links } = await answer.json();
    return new URL(links.find(({ rel }) => rel === "self").href).origin;
  } catch {
    return server;
  }
}

/** The key of what must be there once for each login: the tab's own storage, and no other. */
const PENDING = "mastodon-wasm:login";
/** How the `state` of a login in a window begins. */
const POPUP = "popup.";

async function start(options) {
  if (!globalThis.document) {
    throw create(
      0,
      "startLogin is for web pages; elsewhere there are createApp, authRequestUrl and logIn",
    );
  }
  const { api_base_url, client_name, website, popup, force_login, lang, fetch, allow_http } =
    options;
  const address = /string|object/.test(typeof api_base_url) && typed(String(api_base_url));
  if (!address) {
    throw refused(
      START,
      "api_base_url",
      'a server, such as "mastodon.social" or "@me@mastodon.social"',
      api_base_url,
    );
  }
  if (!client_name) throw refused(START, "client_name", "the application's name", client_name);
  const storage = storageOf(START, options.storage);
  const redirect_uri = ownPage(
    "redirect_uri",
    options.redirect_uri ?? location.origin + location.pathname,
  ).split("#")[0];
  const return_to = options.return_to && ownPage("return_to", options.return_to);
  const scopes = [options.scopes ?? ["read", "write", "follow", "push"]].flat().sort();
  const call = within(options);
  const make = (more) => makeClient(START, { api_base_url, allow_http, fetch, storage, ...more });
  make({ api_base_url: address.server }); // a bad address shows before a window does
  // Later, the browser would not take it for the answer to a click.
  const popup_window = popup ? window.open("", "", "popup,width=600,height=800") : undefined;
  if (popup_window === null) throw failure("popup_blocked", START);
  // What the server shows there has no way to send this page elsewhere.
  if (popup_window) popup_window.opener = null;
  try {
    const server = await homeOf(address, fetch ?? globalThis.fetch);
    // A person waits: rather an error than ten minutes of silence.
    const hasty = (more) => make({ api_base_url: server, ratelimit_method: "throw", ...more });
    const origin = hasty().api_base_url;
    const key = `mastodon-wasm:app ${origin} ${redirect_uri} ${scopes.join(" ")}`;
    let app = await load(storage, key);
    const known = ({ client_id, client_secret }) =>
      isKnown(hasty({ client_id, client_secret }), call({ scopes }));
    if (!app?.client_secret || !(await known(app))) {
      const { createApp } = hasty().constructor;
      const about = {
        api_base_url: origin,
        redirect_uris: redirect_uri,
        scopes,
        website,
        allow_http,
        fetch,
      };
      app = await createApp(client_name, call(about));
      await save(storage, key, app);
    }
    const { client_id, client_secret } = app;
    const state = (popup ? POPUP : "") + random();
    const code_verifier = random();
    const url = await hasty({ client_id }).authRequestUrl(
      call({ redirect_uris: redirect_uri, scopes, state, code_verifier, force_login, lang }),
    );
    const login = {
      api_base_url: origin,
      allow_http,
      client_id,
      client_secret,
      redirect_uri,
      return_to,
      scopes,
      state,
      code_verifier,
      key,
    };
    if (!popup) {
      sessionStorage.setItem(PENDING, JSON.stringify(login));
      location.assign(url);
      return undefined;
    }
    const query = await answerOf(popup_window, url, state, options.signal);
    return await complete(make, login, new URLSearchParams(query), call, START, storage);
  } finally {
    popup_window?.close();
  }
}

/** Whether the server still knows an application: it gives it a token then. */
async function isKnown(client, options) {
  try {
    await client.logInApp(options);
    return true;
  } catch (error) {
    // Any other trouble will show with what follows.
    return !(error?.status > 399 && error.status < 429);
  }
}

// --- the end

let finishing;

/** Two that ask at the same time get the same answer. */
function finish(options) {
  finishing ??= finishOnce(options).finally(() => {
    finishing = undefined;
  });
  return finishing;
}

async function finishOnce(options) {
  const query = globalThis.document ? location.search : "";
  const answer = new URLSearchParams(query);
  const state = answer.get("state");
  if (!answer.get("code") && !answer.get("error")) return null;
  // Out of the address before anything else can see it, and into nobody's history.
  const clean = () =>
    history.replaceState(history.state, "", location.pathname + cleaned(query) + location.hash);
  if (state?.startsWith(POPUP)) {
    clean();
    if (await handOver(state, query)) return null;
    throw failure("popup_alone", FINISH);
  }
  // Taken, whatever follows: what was seen once does not count again.
  const pending = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  if (!pending && !state) return null; // the page's own `code`
  clean();
  if (!pending) throw failure("spent_state", FINISH);
  const login = JSON.parse(pending);
  const storage = storageOf(FINISH, options?.storage);
  const make = (more) => makeClient(FINISH, { ...options, ...more, storage });
  const client = await complete(make, login, answer, within(options), FINISH, storage);
  if (login.return_to) goTo(new URL(login.return_to));
  return client;
}

/** Exchanges the code, and keeps what comes of it. */
async function complete(make, login, answer, call, method, storage) {
  const code = codeOf(answer, login, method);
  const { redirect_uri, scopes, code_verifier, key } = login;
  const client = make(credentials(login));
  try {
    await client.logIn(call({ code, redirect_uri, scopes, code_verifier }));
  } catch (error) {
    if (error.error === "invalid_grant") throw failure("expired_code", method, "", error);
    if (error.error !== "invalid_client") throw error;
    await save(storage, key);
    throw failure("stale_app", method, "", error);
  }
  let person = {};
  try {
    person = await client.accountVerifyCredentials(call());
  } catch (error) {
    // A token that may not read the account is none the worse.
    if (error.status !== 403) throw error;
  }
  const { username, display_name, avatar } = person;
  const account = [username, new URL(login.api_base_url).host].filter(Boolean).join("@");
  const login_kept = { ...client.persistableLoginCredentials(), allow_http: login.allow_http };
  await remember(storage, { account, display_name, avatar, ...login_kept });
  return client;
}

/** Goes on: within the page where only query or fragment differ, else to another one. */
function goTo(target) {
  if (target.pathname === location.pathname) history.replaceState(history.state, "", target);
  else location.replace(target);
}

// --- a window: the page that opened it waits on a channel of the state's name

/** Sends the window to the server; resolves to the query that it comes back with. */
function answerOf(popup, url, state, signal) {
  return new Promise((resolve, reject) => {
    const channel = new BroadcastChannel(state);
    const end = (settle, value) => {
      clearInterval(timer);
      channel.close();
      settle(value);
    };
    channel.onmessage = ({ data }) => {
      channel.postMessage("");
      end(resolve, data);
    };
    // A server that isolates its pages makes its window look closed; one that was really closed has
    // given the focus back.
    const timer = setInterval(() => {
      if (signal?.aborted) end(reject, signal.reason);
      else if (popup.closed && document.hasFocus()) end(reject, failure("popup_closed", START));
    }, 250);
    popup.location = url;
  });
}

/** In the window: hands the query to the page that waits for it. Resolves to whether it does. */
async function handOver(state, query) {
  const channel = new BroadcastChannel(state);
  const taken = await new Promise((resolve) => {
    channel.onmessage = () => resolve(true);
    setTimeout(resolve, 2000, false);
    channel.postMessage(query);
  });
  channel.close();
  if (taken) close();
  return taken;
}

export const login = {
  startLogin: ({ values }) => start(values[0]),
  finishLogin: ({ values }) => finish(values[0]),
  restore: ({ values }) => restore(values[0]),
  savedLogins: ({ values }) => saved(values[0]),
};
