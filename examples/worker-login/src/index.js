// Login with Mastodon in a Worker. The browser has two cookies that its scripts cannot read; the client
// secret and the access tokens stay in KV.
import { Mastodon, MastodonIllegalArgumentError } from "mastodon-wasm";
import { digest, getCookie, random, setCookie, sign, verify } from "./cookie.js";
import { failed, home, visitor } from "./pages.js";

const CLIENT_NAME = "Login on the edge";
const SCOPES = ["read"];
const LOGIN_SECONDS = 10 * 60;
const SESSION_SECONDS = 30 * 24 * 60 * 60;

const routes = {
  "GET /": showHome,
  "POST /login": startLogin,
  "GET /callback": finishLogin,
  "POST /logout": logOut,
};

export default {
  async fetch(request, env) {
    const url = new URL(request.url);
    const route = routes[`${request.method} ${url.pathname}`];
    if (!route) return failed(404, "There is no such page.");
    // With `SameSite=Lax`, browsers send no cookies with forms of other sites. This also rejects the forms.
    const origin = request.headers.get("origin");
    if (request.method === "POST" && origin !== url.origin) {
      return failed(403, "This form belongs to another site.");
    }
    // Whether the login succeeds or not, its cookie is not used again.
    const spent = route === finishLogin ? [setCookie(url, "login", "", 0)] : [];
    try {
      return await route(request, env, url, ...spent);
    } catch (error) {
      if (error instanceof MastodonIllegalArgumentError)
        return failed(400, error.message, ...spent);
      console.error(error); // the library's errors carry no secret
      return failed(502, error.message, ...spent);
    }
  },
};

async function showHome(request, env) {
  const session = await sessionOf(request, env);
  if (!session) return visitor();
  const posts = await new Mastodon(session.credentials).timelineHome({ limit: 5 });
  return home(session.acct, posts);
}

/** Redirects the user to their server. A signed cookie has the `state` that must be returned. */
async function startLogin(request, env, url) {
  const typed = String((await request.formData()).get("server") ?? "");
  const redirect_uri = `${url.origin}/callback`;
  const { api_base_url } = new Mastodon({ api_base_url: typed });
  const app = await appFor(env, api_base_url, redirect_uri);
  const state = random();
  const code_verifier = random();
  const location = await new Mastodon({ ...app, api_base_url }).authRequestUrl({
    redirect_uris: redirect_uri,
    scopes: SCOPES,
    state,
    code_verifier,
  });
  const login = { api_base_url, redirect_uri, state, code_verifier };
  const cookie = await sign(env.COOKIE_SECRET, login, LOGIN_SECONDS);
  return redirect(location, setCookie(url, "login", cookie, LOGIN_SECONDS));
}

/** Handles the redirect from the server, which may be forged. */
async function finishLogin(request, env, url, spent) {
  const login = await verify(env.COOKIE_SECRET, getCookie(request, "login"));
  const answer = url.searchParams;
  if (!login || answer.get("state") !== login.state) {
    return failed(
      400,
      "This answer belongs to no login of this browser. Please begin again.",
      spent,
    );
  }
  // Our response deletes the cookie in the browser. From here on, a copy of it cannot be used, either.
  const used = `used ${await digest(login.state)}`;
  if (await env.KV.get(used)) {
    return failed(400, "This answer was used before. Please begin again.", spent);
  }
  await env.KV.put(used, "1", { expirationTtl: LOGIN_SECONDS });
  // A server that sends `iss` must be the one of this login (RFC 9207).
  const issuer = answer.get("iss")?.replace(/\/$/, "");
  if (issuer && issuer !== login.api_base_url) {
    return failed(400, "This answer comes from another server.", spent);
  }
  if (answer.get("error") === "access_denied") {
    return failed(403, "You said no. That is fine; nothing was done.", spent);
  }
  const code = answer.get("code");
  if (!code) return failed(400, `The server refused: ${answer.get("error")}`, spent);

  const { api_base_url, redirect_uri, code_verifier } = login;
  const app = await appFor(env, api_base_url, redirect_uri);
  const mastodon = new Mastodon({ ...app, api_base_url });
  try {
    await mastodon.logIn({ code, redirect_uri, scopes: SCOPES, code_verifier });
  } catch (error) {
    // A reinstalled server no longer knows its applications: the next login registers a new one.
    if (error.error === "invalid_client") await env.KV.delete(appKey(api_base_url, redirect_uri));
    return failed(400, error.message, spent);
  }
  const { username } = await mastodon.accountVerifyCredentials();
  const session = {
    acct: `${username}@${new URL(api_base_url).host}`,
    credentials: mastodon.persistableLoginCredentials(),
  };
  // Never an id from the browser: someone else might know it.
  const id = random();
  await env.KV.put(`session ${await digest(id)}`, JSON.stringify(session), {
    expirationTtl: SESSION_SECONDS,
  });
  return redirect(url.origin, spent, setCookie(url, "session", id, SESSION_SECONDS));
}

async function logOut(request, env, url) {
  const session = await sessionOf(request, env);
  if (session) {
    await env.KV.delete(session.key);
    // The session was deleted first: a server that is down must not keep the user logged in.
    await new Mastodon(session.credentials).revokeAccessToken().catch(console.error);
  }
  return redirect(url.origin, setCookie(url, "session", "", 0));
}

async function sessionOf(request, env) {
  const id = getCookie(request, "session");
  if (!id) return undefined;
  const key = `session ${await digest(id)}`;
  const session = await env.KV.get(key, "json");
  return session && { ...session, key };
}

const appKey = (api_base_url, redirect_uri) =>
  `app ${api_base_url} ${redirect_uri} ${SCOPES.join(" ")}`;

/** The application at this server, registered once. */
async function appFor(env, api_base_url, redirect_uri) {
  const key = appKey(api_base_url, redirect_uri);
  const known = await env.KV.get(key, "json");
  if (known) return known;
  const { client_id, client_secret } = await Mastodon.createApp(CLIENT_NAME, {
    api_base_url,
    redirect_uris: redirect_uri,
    scopes: SCOPES,
  });
  await env.KV.put(key, JSON.stringify({ client_id, client_secret }));
  return { client_id, client_secret };
}

function redirect(location, ...cookies) {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
