// Where logins are kept: the Web's storage, or anything with get, set (or put) and delete, such as a Map or Workers KV
import { inspect } from "../client/call.js";
import { create, refused } from "../error.js";

export function storageOf(method, given) {
  let storage = given;
  try {
    storage ??= globalThis.localStorage;
  } catch (cause) {
    throw create(
      0,
      `${method}: the browser keeps localStorage from this page: pass \`storage\``,
      cause,
    );
  }
  const usable = () =>
    storage?.getItem ?? (storage?.get && storage.delete && (storage.set ?? storage.put));
  if (inspect(method, "storage", usable)) return storage;
  if (!given) throw create(2, `${method}: there is no localStorage here: pass \`storage\``);
  throw refused(
    method,
    "storage",
    "something with getItem, setItem and removeItem, or get, set (or put) and delete",
    given,
  );
}

export async function load(storage, key) {
  const text = await (storage.getItem ? storage.getItem(key) : storage.get(key));
  try {
    return JSON.parse(text ?? null);
  } catch {
    return null; // cut short, or somebody else's: as good as nothing
  }
}

export async function save(storage, key, value) {
  if (value === undefined)
    await (storage.removeItem ? storage.removeItem(key) : storage.delete(key));
  else
    await (storage.setItem ?? storage.set ?? storage.put).call(storage, key, JSON.stringify(value));
}

const LOGINS = "mastodon-wasm:logins";

export async function loginsIn(storage) {
  const list = await load(storage, LOGINS);
  return Array.isArray(list) ? list.filter((login) => login?.access_token) : [];
}

/** Adds a login, or puts it first. */
export async function remember(storage, login) {
  const others = (await loginsIn(storage)).filter(({ account }) => account !== login.account);
  await save(storage, LOGINS, [login, ...others]);
}

/** Forgets the login of a token. */
export async function forget(storage, token) {
  const others = (await loginsIn(storage)).filter(({ access_token }) => access_token !== token);
  await save(storage, LOGINS, others.length ? others : undefined);
}
