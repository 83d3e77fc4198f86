// Messages of the Web Push service: their keys, and what they hold once decrypted, with the platform's
// cryptography. Mastodon sends them as `aesgcm` (a draft of the standard) or as `aes128gcm` (RFC 8291).
import { illegal } from "../client/call.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };
/** What stands before the number of a private key in PKCS #8. */
const PKCS8 = decode("MEECAQAwEwYHKoZIzj0CAQYIKoZIzj0DAQcEJzAlAgEBBCA");

/** The prime of the curve, the `b` of its equation, and the point that public keys are multiples of. */
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const G = decode(
  "BGsX0fLhLEJH+Lzm5WOkQPJ3A32BLeszoPShOUXYmMKWT+NC4v4af5uO5+tKfA+eFivOM1drMV7Oy7ZAaDe/UfU",
);

function encode(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(
    /[+/=]/g,
    (c) => ({ "+": "-", "/": "_" })[c] ?? "",
  );
}

/** Base64 of either alphabet. */
function decode(text) {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/").replace(/=+$/, ""));
  return Uint8Array.from(binary, (c) => c.charCodeAt(0));
}

const utf8 = (text) => new TextEncoder().encode(text);
const concat = (...parts) => Uint8Array.from(parts.flatMap((part) => [...part]));

/** A pair of keys: the private half as a JWK, the public half as the server wants it. */
async function generateKeys() {
  const { privateKey } = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const { kty, crv, x, y, d } = await crypto.subtle.exportKey("jwk", privateKey);
  const auth = encode(crypto.getRandomValues(new Uint8Array(16)));
  return [
    { kty, crv, x, y, d, auth },
    { pubkey: encode(point({ x, y })), auth },
  ];
}

const hex = (bytes) =>
  `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, 0)).join("")}`;
const bytesOfNumber = (number) =>
  Uint8Array.from({ length: 32 }, (_, at) => Number((number >> BigInt(248 - 8 * at)) & 255n));

/** A public key as the bytes of its point. */
const point = ({ x, y }) => concat([4], decode(x), decode(y));

/** A private key: a JWK, PKCS #8, or the number alone, the latter two in base64. */
function importPrivate(key) {
  if (typeof key === "object" && key.x) {
    const { x, y, d } = key;
    return crypto.subtle.importKey("jwk", { kty: "EC", crv: "P-256", x, y, d }, CURVE, true, [
      "deriveBits",
    ]);
  }
  const bytes = decode(key.d ?? key);
  const pkcs8 = bytes.length === 32 ? concat(PKCS8, bytes) : bytes;
  return crypto.subtle.importKey("pkcs8", pkcs8, CURVE, true, ["deriveBits"]);
}

/** What a private key and somebody's public one have in common. */
async function agreed(key, theirs) {
  const other = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, key, 256));
}

/** The public half of a private key; where the platform does not tell, the two that it may be. */
async function publicHalves(key) {
  try {
    return [point(await crypto.subtle.exportKey("jwk", key))];
  } catch {
    // Firefox knows only the one that came with the key. The agreement with the generator is its x, and
    // y a root of x³ - 3x + b.
    const x = await agreed(key, G);
    const number = BigInt(hex(x));
    let y = 1n;
    let power = (number ** 3n - 3n * number + B) % P;
    for (let rest = (P + 1n) / 4n; rest; rest >>= 1n) {
      if (rest & 1n) y = (y * power) % P;
      power = (power * power) % P;
    }
    return [y, P - y].map((y) => concat([4], x, bytesOfNumber(y)));
  }
}

async function hkdf(salt, secret, info, length) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  return new Uint8Array(
    await crypto.subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt, info }, key, length * 8),
  );
}

/** Decrypts a message and reads its JSON. */
async function decrypt(data, keys, encryption, cryptoKey) {
  try {
    return JSON.parse(await decryptText(bytesOf(data), keys, encryption ?? "", cryptoKey ?? ""));
  } catch (cause) {
    const message = "this is no message for these keys, or it is damaged";
    throw illegal("pushSubscriptionDecryptPush", message, cause);
  }
}

function bytesOf(data) {
  const view = ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data instanceof ArrayBuffer ? data : []);
  // A copy: the view may be of memory that others write to.
  return view.slice();
}

async function decryptText(data, keys, encryption, cryptoKey) {
  const key = await importPrivate(keys.privkey ?? keys);
  const [own, other] = await publicHalves(key);
  const open = (half) => decryptAs(half, key, data, decode(keys.auth), encryption, cryptoKey);
  return other ? open(own).catch(() => open(other)) : open(own);
}

async function decryptAs(own, key, data, auth, encryption, cryptoKey) {
  const open = async (salt, secret, name, context, box) => {
    const info = (kind) => concat(utf8(`Content-Encoding: ${kind}\0`), context);
    const bits = await hkdf(salt, secret, info(name), 16);
    const iv = await hkdf(salt, secret, info("nonce"), 12);
    const cipher = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["decrypt"]);
    return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, cipher, box));
  };

  const salt = /(?:^|[;,\s])salt="?([\w+/=-]+)/.exec(encryption)?.[1];
  const sender = /(?:^|[;,\s])dh="?([\w+/=-]+)/.exec(cryptoKey)?.[1];
  if (salt && sender) {
    const theirs = decode(sender);
    const secret = await hkdf(
      auth,
      await agreed(key, theirs),
      utf8("Content-Encoding: auth\0"),
      32,
    );
    const context = concat(utf8("P-256\0"), [0, own.length], own, [0, theirs.length], theirs);
    const padded = await open(decode(salt), secret, "aesgcm", context, data);
    return new TextDecoder().decode(padded.subarray(2 + padded[0] * 256 + padded[1]));
  }
  // Salt, size of the records (there is one), and the sender's key stand before the text.
  const end = 21 + data[20];
  const theirs = data.subarray(21, end);
  const info = concat(utf8("WebPush: info\0"), own, theirs);
  const secret = await hkdf(auth, await agreed(key, theirs), info, 32);
  const padded = await open(data.subarray(0, 16), secret, "aes128gcm", [], data.subarray(end));
  // A 2 ends the text; nulls may follow.
  return new TextDecoder().decode(padded.subarray(0, padded.lastIndexOf(2)));
}

export const push = {
  pushSubscriptionSet(call) {
    const { p256dh, auth } = call.get("encrypt_params") ?? {};
    if (p256dh === undefined || auth === undefined)
      throw illegal(call.name, "`encrypt_params` must have `pubkey` and `auth`");
  },
  pushSubscriptionGenerateKeys: generateKeys,
  pushSubscriptionDecryptPush: (call) =>
    decrypt(
      ...["data", "decrypt_params", "encryption_header", "crypto_key_header"].map((name) =>
        call.get(name),
      ),
    ),
};
