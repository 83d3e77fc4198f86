/**
 * A client of one server, as one account or as nobody.
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
   * An option that is nearly one of these is refused as a typing error; others are passed over,
   * so that an application from `createApp` can be spread into the object as it is.
   *
   * Throws `MastodonIllegalArgumentError` where an option is wrong.
   */
  constructor(options: MastodonOptions);
  /**
   * The same as `new Mastodon(options)`, as a promise, and the module is loaded first where that was
   * not done yet.
   */
  static connect(options: MastodonOptions): Promise<Mastodon>;
  /** The server's address, such as `https://mastodon.social`. */
  readonly api_base_url: string;
  /** The rate limit as the server last told it, or null where it did not. */
  readonly ratelimit: RateLimit | null;
  /** The scopes that the login was granted, or null where that is not known. */
  readonly scopes: readonly string[] | null;
  /**
   * Any request at all, with everything around it: token, rate limits, errors, pages. For what this
   * package has no method for.
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
   * Ends the client: calls that run reject, streams close, later calls reject. `free()` and
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

/** A rate limit, as the server last told it. */
export interface RateLimit {
  /** Requests in the whole period. */
  limit: number;
  /** Requests left in it. */
  remaining: number;
  /** When it ends. */
  reset: Date;
}
