// @ts-check
// Web Push messages. They are encrypted for the subscriber: as in RFC 8291, or as in the earlier draft, which
// Mastodon uses unless the subscription has `standard`. The instance signs them (RFC 8292). The platform does
// the cryptography.

/**
 * @typedef {object} Push
 * @property {string} endpoint
 * @property {string} p256dh
 * @property {string} auth
 * @property {boolean} standard
 * @property {string} server_key
 * @property {string} private_key
 * @property {string} subject
 * @property {number} expires
 * @property {unknown} payload
 */

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const RECORD_SIZE = 4096;
/** How long a push service may store a message: two days, like Mastodon. */
const SECONDS = 172_800;

const bytes = (/** @type {string} */ text) => new TextEncoder().encode(text);

/** @param {string} text */
function decoded(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

/** @param {Uint8Array} raw */
function encoded(raw) {
  const text = btoa(String.fromCharCode(...raw));
  return text.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {(Uint8Array | number[])[]} parts */
const joined = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/**
 * @param {Uint8Array<ArrayBuffer>} secret
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {Uint8Array<ArrayBuffer>} info
 * @param {number} length
 */
async function derived(secret, salt, info, length) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const how = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(how, key, length * 8));
}

/**
 * The signed token (VAPID) for one push service, which knows the public key from the subscription.
 * @param {Push} push
 */
async function signature({ endpoint, server_key, private_key: d, subject: sub, expires: exp }) {
  const raw = decoded(server_key);
  const [x, y] = [encoded(raw.slice(1, 33)), encoded(raw.slice(33))];
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const jwk = { kty: "EC", crv: "P-256", x, y, d };
  const key = await crypto.subtle.importKey("jwk", jwk, curve, false, ["sign"]);
  const part = (/** @type {unknown} */ value) => encoded(bytes(JSON.stringify(value)));
  const claims = { aud: new URL(endpoint).origin, exp, sub };
  const text = `${part({ typ: "JWT", alg: "ES256" })}.${part(claims)}`;
  const how = { name: "ECDSA", hash: "SHA-256" };
  const signed = new Uint8Array(await crypto.subtle.sign(how, key, bytes(text)));
  return `${text}.${encoded(signed)}`;
}

/** The request for the push service. @param {Push} push */
export async function request(push) {
  const { p256dh, auth, standard, payload } = push;
  const server_key = push.server_key.replaceAll("=", "");
  const token = await signature(push);
  const [theirs, secret] = [decoded(p256dh), decoded(auth)];
  const pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const ours = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const peer = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
  const agreed = { name: "ECDH", public: peer };
  const shared = new Uint8Array(await crypto.subtle.deriveBits(agreed, pair.privateKey, 256));
  const salt = crypto.getRandomValues(new Uint8Array(16));

  const name = standard ? "aes128gcm" : "aesgcm";
  const length = (/** @type {Uint8Array} */ key) => [0, key.length];
  const context = standard
    ? bytes("")
    : joined(bytes("P-256\0"), length(theirs), theirs, length(ours), ours);
  const about = standard
    ? joined(bytes("WebPush: info\0"), theirs, ours)
    : bytes("Content-Encoding: auth\0");
  const material = await derived(shared, secret, about, 32);
  const info = (/** @type {string} */ what) =>
    joined(bytes(`Content-Encoding: ${what}\0`), context);
  const content = await derived(material, salt, info(name), 16);
  const iv = await derived(material, salt, info("nonce"), 12);
  const key = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["encrypt"]);
  const text = bytes(JSON.stringify(payload));
  const padded = standard ? joined(text, [2]) : joined([0, 0], text);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, padded));

  const size = [0, 0, RECORD_SIZE >> 8, RECORD_SIZE & 255];
  const body = standard ? joined(salt, size, [ours.length], ours, sealed) : sealed;
  /** @type {Record<string, string>} */
  const more = standard
    ? { authorization: `vapid t=${token},k=${server_key}` }
    : {
        authorization: `WebPush ${token}`,
        encryption: `salt=${encoded(salt)}`,
        "crypto-key": `dh=${encoded(ours)};p256ecdsa=${server_key}`,
      };
  /** @type {Record<string, string>} */
  const headers = {
    "content-type": "application/octet-stream",
    "content-encoding": name,
    ttl: String(SECONDS),
    urgency: "normal",
    ...more,
  };
  return { method: "POST", headers, body };
}
