// Signed cookies, which a page's scripts cannot read.

/** On this machine there is no https, and browsers would not return a cookie with `Secure`. */
const isSecure = (url) => url.protocol === "https:";

/** With this prefix, a browser accepts the cookie only from this host, not from a sibling domain. */
const fullName = (url, name) => (isSecure(url) ? `__Host-${name}` : name);

/** The value of `Set-Cookie`. An age of 0 deletes the cookie. */
export function setCookie(url, name, value, seconds) {
  const secure = isSecure(url) ? "; Secure" : "";
  return `${fullName(url, name)}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${seconds}${secure}`;
}

export function getCookie(request, name) {
  const wanted = `${fullName(new URL(request.url), name)}=`;
  const cookies = (request.headers.get("cookie") ?? "").split(/; */);
  return cookies.find((cookie) => cookie.startsWith(wanted))?.slice(wanted.length);
}

/** `value` as the text of a signed cookie that expires after `seconds`. */
export async function sign(secret, value, seconds) {
  const content = { value, expires: Date.now() + seconds * 1000 };
  const bytes = new TextEncoder().encode(JSON.stringify(content));
  const signature = await crypto.subtle.sign("HMAC", await keyOf(secret), bytes);
  return `${encode(bytes)}.${encode(new Uint8Array(signature))}`;
}

/** The signed value; undefined if the signature is not valid, or has expired. */
export async function verify(secret, text) {
  const [bytes, signature] = (text ?? "").split(".").map(decode);
  if (!bytes || !signature) return undefined;
  // `verify` takes the same time wherever two signatures differ; `===` would not.
  if (!(await crypto.subtle.verify("HMAC", await keyOf(secret), signature, bytes)))
    return undefined;
  const { value, expires } = JSON.parse(new TextDecoder().decode(bytes));
  return Date.now() < expires ? value : undefined;
}

/** 256 random bits, as text for a cookie or a URL. */
export const random = () => encode(crypto.getRandomValues(new Uint8Array(32)));

/** KV stores only this digest, so reading KV does not give usable session ids. */
export async function digest(text) {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return encode(new Uint8Array(hash));
}

function keyOf(secret) {
  if (!(secret?.length >= 32)) throw new Error("COOKIE_SECRET must have 32 characters or more");
  const bytes = new TextEncoder().encode(secret);
  return crypto.subtle.importKey("raw", bytes, { name: "HMAC", hash: "SHA-256" }, false, [
    "sign",
    "verify",
  ]);
}

const encode = (bytes) =>
  btoa(String.fromCharCode(...bytes)).replace(
    /[+/=]/g,
    (character) => ({ "+": "-", "/": "_" })[character] ?? "",
  );

function decode(text) {
  if (!/^[\w-]+$/.test(text)) return undefined;
  try {
    const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(binary, (character) => character.charCodeAt(0));
  } catch {
    return undefined; // not base64, so not from this Worker
  }
}
