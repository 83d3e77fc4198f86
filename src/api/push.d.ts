/** The private half of a pair of keys for push messages: a JWK, and the secret that both halves share. */
export interface PushPrivateKey {
  /** `EC` */
  kty: string;
  /** `P-256` */
  crv: string;
  /** Where the public key is on the curve, base64url. */
  x: string;
  /** Where the public key is on the curve, base64url. */
  y: string;
  /** The private key, base64url. Keep it. */
  d: string;
  /** The secret that both halves share: 16 bytes, base64url. */
  auth: string;
}

/** The public half of a pair of keys for push messages, for the server. */
export interface PushPublicKey {
  /** The public key: 65 bytes, base64url. */
  pubkey: string;
  /** The secret that both halves share: 16 bytes, base64url. */
  auth: string;
}

/** What decrypts a push message: the private half of a pair of keys, or a private key kept otherwise. */
export type PushDecryptParams =
  | PushPrivateKey
  | {
      /** A JWK; or, in base64, PKCS #8 or the 32 bytes of the key alone. */
      privkey: string | { kty?: string; crv?: string; x?: string; y?: string; d?: string };
      /** The secret that both halves share: 16 bytes, base64. */
      auth: string;
    };

export interface Mastodon {
  /**
   * Makes a pair of keys for push messages: the private half to keep, the public half for
   * `pushSubscriptionSet`. Nothing is sent.
   *
   * [documentation](https://docs.joinmastodon.org/methods/push/#create)
   */
  pushSubscriptionGenerateKeys(): Promise<[private_key: PushPrivateKey, public_key: PushPublicKey]>;
  /**
   * Decrypts a push message: its body, the private half of the keys, and the headers `Encryption`
   * and `Crypto-Key` that came with it. A message of the standard's form (`aes128gcm`) has neither
   * header: pass null or an empty string. Nothing is sent.
   *
   * [documentation](https://docs.joinmastodon.org/methods/push/#create)
   *
   * `MastodonIllegalArgumentError` for a message that the keys do not open.
   */
  pushSubscriptionDecryptPush(
    data: ArrayBuffer | ArrayBufferView,
    decrypt_params: PushDecryptParams,
    encryption_header: string | null,
    crypto_key_header: string | null,
  ): Promise<PushNotification>;
}
