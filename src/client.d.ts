/**
 * A client of one server, with the token of one account, or without a token.
 *
 * This class has all methods, with the names of the Python library Mastodon.py, in camelCase. Required
 * parameters are positional; all others go into one options object. Results are the server's JSON, unchanged.
 *
 * @example
 * await init();
 * const m = new Mastodon({ api_base_url: "https://mastodon.social", access_token });
 * const status = await m.statusPost("Hello", { visibility: "unlisted" });
 */
export class Mastodon {
  /**
   * Creates a client. Nothing is sent.
   *
   * A misspelled option is rejected. Other unknown options are ignored, so you can spread an application from
   * `createApp` into the object.
   *
   * Throws `MastodonIllegalArgumentError` if an option is wrong.
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
  /** The scopes that the login was granted, or null if they are not known. */
  readonly scopes: readonly string[] | null;
  /**
   * Sends any request with the token, rate limits, errors and pagination of the methods: for endpoints that
   * have no method.
   *
   * The request always goes to the client's server. The parameters of GET, HEAD and DELETE go into the query,
   * all others into a JSON body (multipart if there is a file). A list has `pagination`.
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
   * Ends the client: running calls reject, streams close, and later calls reject. `free()` and `using` do the
   * same.
   */
  close(): void;
  /** The same as `close()`. */
  free(): void;
  /** `close()`, for `using`. */
  [Symbol.dispose](): void;
  /** `[Mastodon https://mastodon.social]`, without secrets. */
  toString(): string;
  /** The client as `JSON.stringify` writes it: its address, without secrets. */
  toJSON(): { api_base_url: string };
}

/** A rate limit, from a response of the server. */
export interface RateLimit {
  /** Requests per period. */
  limit: number;
  /** Requests left in this period. */
  remaining: number;
  /** When this period ends. */
  reset: Date;
}
