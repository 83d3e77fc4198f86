// Mastodon on the command line.
//
//   deno task start login mastodon.social
//   deno task start post "Hello from Deno"
//   deno task start home
//   deno task start listen
//   deno task start logout
import { Mastodon } from "mastodon-wasm";

const LOGIN = "login.json";
const SCOPES = ["read", "write:statuses"];

const commands = { login, home, post, listen, logout };
const [name, ...words] = Deno.args;

try {
  if (!Object.hasOwn(commands, name ?? "")) {
    throw new Error(`say one of: ${Object.keys(commands).join(", ")}`);
  }
  await commands[name](words.join(" "));
} catch (error) {
  say(error.message, console.error);
  Deno.exit(1);
}

async function login(server) {
  const { api_base_url } = new Mastodon({ api_base_url: server });
  const app = await Mastodon.createApp("Command line", { api_base_url, scopes: SCOPES });
  const mastodon = new Mastodon({ ...app, api_base_url });
  const code_verifier = randomText();
  console.log("Open this, agree, and copy the code:");
  say(await mastodon.authRequestUrl({ scopes: SCOPES, code_verifier }));
  const code = prompt("The code:")?.trim();
  await mastodon.logIn({ code, code_verifier, scopes: SCOPES });
  const { acct } = await mastodon.accountVerifyCredentials();
  // Everyone who can read this file can act as you, so only you can read it.
  const credentials = JSON.stringify(mastodon.persistableLoginCredentials());
  await Deno.writeTextFile(LOGIN, credentials, { mode: 0o600 });
  say(`You are ${acct}.`);
}

async function home() {
  const posts = await (await loggedIn()).timelineHome({ limit: 10 });
  for (const post of posts.reverse()) show(post);
}

async function post(text) {
  const { url } = await (await loggedIn()).statusPost(text);
  say(url);
}

async function listen() {
  const mastodon = await loggedIn();
  for await (const { event, payload } of mastodon.streamUser()) {
    if (event === "update") show(payload);
  }
}

async function logout() {
  await (await loggedIn()).revokeAccessToken();
  await Deno.remove(LOGIN);
}

async function loggedIn() {
  const text = await Deno.readTextFile(LOGIN).catch(() => {
    throw new Error("log in first: deno task start login mastodon.social");
  });
  return new Mastodon(JSON.parse(text));
}

function show({ account, content, reblog }) {
  const text = String(reblog?.content ?? content)
    .replace(/<[^<>]*>/g, " ")
    .trim();
  say(`${account.acct}: ${text}`);
}

/** Prints text of users and servers, without characters that could control the terminal. */
function say(text, print = console.log) {
  print(String(text).replace(/[\p{Cc}\p{Bidi_Control}]/gu, ""));
}

/** 256 random bits, as PKCE requires. */
function randomText() {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
