/** The options of `Sandbox.start`. */
export interface StartOptions {
  /**
   * The base of all URLs: an origin, or a path on one. A client's `api_base_url` is only the origin. Default:
   * `https://sandbox.test`.
   */
  url?: string;
  /** The seed for tokens, codes and request ids: the same seed gives the same ones. Default: 1. */
  seed?: number;
  /**
   * Additional accounts that can log in, as user names or with details: `["ada", { username: "grace",
   * follows: ["mina"] }]`. Default: none.
   */
  people?: (string | Newcomer)[];
  /** Stops the clock at this time; `advance()` moves it. Default: the real time. */
  now?: Date | number | string;
  /**
   * Whether the standard accounts post, favourite, boost, mention and follow every few seconds. Default: no.
   */
  life?: boolean;
  /** The kind of server that it behaves like. Default: `"mastodon"`. */
  preset?: string;
  /**
   * Sends push messages: a `fetch` for real push services, or a function of a test. It gets the endpoint and
   * the request, which is encrypted and signed (VAPID). Default: nothing is sent.
   */
  push?: (
    endpoint: string,
    request: { method: string; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> },
  ) => unknown;
  /** Requests that a token may make in five minutes. Default: 7500. */
  rate_limit?: number;
}

/** An account that exists from the start, without any activity. */
export interface Newcomer {
  /** At most 30 letters, digits and underscores, not used by another account. */
  username: string;
  /** The display name. Default: the user name. */
  display_name?: string;
  /** The text of the profile. */
  note?: string;
  /** Whether they approve their followers. Default: no. */
  locked?: boolean;
  /** Whether the account is a bot. Default: no. */
  bot?: boolean;
  /** Default: the user name and `-password`. */
  password?: string;
  /** The accounts that they follow, by user name. */
  follows?: string[];
}

/** An account that can log in. */
export interface Person {
  id: string;
  username: string;
  display_name: string;
  email: string;
  password: string;
  access_token: string;
}

/** The options for a client: `new Mastodon(sandbox.as("mina"))`. */
export interface ClientOptions {
  api_base_url: string;
  access_token: string;
  fetch: typeof fetch;
  web_socket: typeof WebSocket;
}

/** A Mastodon server in this process. */
export class Sandbox {
  private constructor();

  /** Starts a sandbox, without a port or another process. */
  static start(options?: StartOptions): Promise<Sandbox>;

  /** The base of all its URLs. */
  readonly url: string;
  /** The accounts that can log in. */
  readonly people: Person[];
  /** A `fetch` that reaches only this sandbox. */
  readonly fetch: typeof fetch;
  /** A `WebSocket` that reaches only this sandbox. */
  readonly WebSocket: typeof WebSocket;

  /** The options for a client that acts as this account. */
  as(name: "mina" | "theo" | "yuki" | (string & {})): ClientOptions;
  /**
   * Injects a fault into requests from now on; the README lists the keys. Resolves to the fault with its
   * `id`.
   */
  faults(fault: Record<string, unknown>): Promise<{ id: number; [name: string]: unknown }>;
  /** Removes all faults. */
  clearFaults(): Promise<void>;
  /** Behaves like another server: `{ preset: "gotosocial" }`, or the switches in the README. */
  behaviour(change: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Calls any other endpoint under `/sandbox`; the README lists them. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Restores the initial state, and drops open sockets. */
  reset(): Promise<void>;
  /**
   * The state as bytes: statuses, accounts, files, tokens, the time and the switches. Without sockets,
   * faults, limits and the log. The same state gives the same bytes.
   */
  snapshot(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Restores a snapshot of this sandbox, or of another one with the same version of this package.
   *
   * Tokens stay valid, and new ids follow the existing ones. URLs begin with this sandbox's `url`, a stopped
   * clock is set, and open sockets are dropped. `reset()` still restores the initial state of this sandbox.
   */
  restore(snapshot: Uint8Array): Promise<void>;
  /** Moves the clock by milliseconds, and does what is due by then. Only with `now`. */
  advance(ms: number): void;
  /** Drops all sockets. Later requests fail. */
  close(): void;
  [Symbol.asyncDispose](): Promise<void>;
}
