// @ts-check
// WebCrypto for push messages. Not Rust: the platform does all the work, and calling it from Rust would need
// several times as much code. push.rs decides what is computed, and in which order.

const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** The prime of the curve, and the `b` of its equation. */
const P = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;

/** A new private key as a JWK, and 16 random bytes. */
export async function generateKey() {
  const { privateKey } = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
  const jwk = await crypto.subtle.exportKey("jwk", privateKey);
  return [jwk, crypto.getRandomValues(new Uint8Array(16))];
}

/**
 * @param {any} format
 * @param {any} data
 */
export const importKey = async (format, data) =>
  crypto.subtle.importKey(format, data, CURVE, true, ["deriveBits"]);

/** @param {CryptoKey} key */
export const exportKey = async (key) => crypto.subtle.exportKey("jwk", key);

/**
 * The shared secret (ECDH) of a private key and the other side's public key.
 *
 * @param {CryptoKey} key
 * @param {Uint8Array<ArrayBuffer>} theirs
 */
export async function agree(key, theirs) {
  const other = await crypto.subtle.importKey("raw", theirs, CURVE, false, []);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: "ECDH", public: other }, key, 256));
}

/**
 * Both y coordinates for an x on the curve: the roots of x³ - 3x + b.
 *
 * @param {Uint8Array} x
 */
export function ordinates(x) {
  const hex = Array.from(x, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const number = BigInt(`0x${hex}`);
  let y = 1n;
  let power = (number ** 3n - 3n * number + B) % P;
  for (let rest = (P + 1n) / 4n; rest; rest >>= 1n) {
    if (rest & 1n) y = (y * power) % P;
    power = (power * power) % P;
  }
  return [y, P - y].map((y) =>
    Uint8Array.from({ length: 32 }, (_, at) => Number((y >> BigInt(248 - 8 * at)) & 255n)),
  );
}

/**
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {Uint8Array<ArrayBuffer>} secret
 * @param {Uint8Array<ArrayBuffer>} info
 * @param {number} length
 */
async function derive(salt, secret, info, length) {
  const key = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveBits"]);
  const hkdf = { name: "HKDF", hash: "SHA-256", salt, info };
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf, key, length * 8));
}

/**
 * Decrypts the only record of a push message.
 *
 * @param {Uint8Array<ArrayBuffer>} auth
 * @param {Uint8Array<ArrayBuffer>} agreed
 * @param {Uint8Array<ArrayBuffer>} secretInfo
 * @param {Uint8Array<ArrayBuffer>} salt
 * @param {Uint8Array<ArrayBuffer>} keyInfo
 * @param {Uint8Array<ArrayBuffer>} nonceInfo
 * @param {Uint8Array<ArrayBuffer>} record
 */
export async function open(auth, agreed, secretInfo, salt, keyInfo, nonceInfo, record) {
  const secret = await derive(auth, agreed, secretInfo, 32);
  const bits = await derive(salt, secret, keyInfo, 16);
  const iv = await derive(salt, secret, nonceInfo, 12);
  const key = await crypto.subtle.importKey("raw", bits, "AES-GCM", false, ["decrypt"]);
  return new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, record));
}
