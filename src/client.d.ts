/**
 * A client of one server, with the token of one account, or without a token.
 *
 * Every method is on this class, under the name that the Python library Mastodon.py gives it, in
 * camelCase. Required parameters are positional, the rest goes into one options object; results
 * are the server's JSON as it came.
 *
 * @example
 * await init();
 * const m = new Mastodon({ api_base_url: "https://mastodon.social", access_token });
 * const status = await m.statusPost("Hello", { visibility: "unlisted" });
 */
export class Mastodon {
  /**
   * Makes a client. Nothing is sent.
   *
   * An option that is nearly one of these is rejected as a typing error; others are ignored,
   * so that an application from `createApp` can be spread into the object as it is.
   *
   * Throws `MastodonIllegalArgumentError` where an option is wrong.
   */
  constructor(options: MastodonOptions);
  /**
   * Awaits `init()` and resolves to `new Mastodon(options)`.
   */
  static connect(options: MastodonOptions): Promise<Mastodon>;
  /** The server's address, such as `https://mastodon.social`. */
  readonly api_base_url: string;
  /** The rate limit from the last response that had one, or null. */
  readonly ratelimit: RateLimit | null;
  /** The scopes that the login was granted, or null where that is not known. */
  readonly scopes: readonly string[] | null;
  /**
   * Sends any request, with the same token, rate limits, errors and pagination as the methods: for
   * endpoints that have no method.
   *
   * The path stays on the client's server. Parameters go into the query of GET, HEAD and DELETE, else
   * into a JSON body (multipart where there is a file). A list has `pagination`.
   *
   * @example
   * const bubble = await m.request<Page<Status>>("GET", "/api/v1/timelines/bubble", { limit: 20 });
   */
  request<T = unknown>(
    verb: "GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE",
    path: string,
    params?: Record<string, unknown> | null,
    options?: WriteOptions | null,
  ): Promise<T>;
  /**
   * Ends the client: running calls reject, streams close, later calls reject. `free()` and
   * `using` do the same.
   */
  close(): void;
  /** The same as `close()`. */
  free(): void;
  /** `close()`, for `using`. */
  [Symbol.dispose](): void;
  /** `[Mastodon https://mastodon.social]`: no secret. */
  toString(): string;
  /** What `JSON.stringify` shows of a client: its address, no secret. */
  toJSON(): { api_base_url: string };
}

/** A rate limit, from a response of the server. */
export interface RateLimit {
  /** Requests in the whole period. */
  limit: number;
  /** Requests left in it. */
  remaining: number;
  /** When it ends. */
  reset: Date;
}
