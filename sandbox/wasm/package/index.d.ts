/** How a sandbox is started. */
export interface StartOptions {
  /**
   * What its addresses start with: an origin, or a path on one, which `api_base_url` of a client is
   * without. Default: `https://sandbox.test`.
   */
  url?: string;
  /** Tokens, codes and request ids are made of it: the same seed, the same ones. Default: 1. */
  seed?: number;
  /**
   * People who are there besides the inhabitants and can log in, as names or with more about them:
   * `["ada", { username: "grace", follows: ["mina"] }]`. Default: none.
   */
  people?: (string | Newcomer)[];
  /** The time at which its clock stands; `advance()` moves it. Default: the clock goes. */
  now?: Date | number | string;
  /** Whether its inhabitants post, favourite, boost, mention and follow every few seconds. Default: no. */
  life?: boolean;
  /** Which server it behaves like. Default: `"mastodon"`. */
  preset?: string;
  /**
   * Sends what is pushed: a `fetch` for real push services, or a function of a test that is given the
   * endpoint and the encrypted request, which the instance signed (VAPID). Default: nothing is sent.
   */
  push?: (
    endpoint: string,
    request: { method: string; headers: Record<string, string>; body: Uint8Array<ArrayBuffer> },
  ) => unknown;
  /** Requests that a token may make in five minutes. Default: 7500. */
  rate_limit?: number;
}

/** Somebody who is to be there from the start, and has not done anything yet. */
export interface Newcomer {
  /** At most 30 letters, digits and underscores, and nobody else's. */
  username: string;
  /** The name that is shown. Default: the username. */
  display_name?: string;
  /** What they say of themselves. */
  note?: string;
  /** Whether they decide who follows them. Default: no. */
  locked?: boolean;
  /** Whether they are a program. Default: no. */
  bot?: boolean;
  /** Default: the username and `-password`. */
  password?: string;
  /** Whom they follow, by username. */
  follows?: string[];
}

/** Somebody who can log in. */
export interface Person {
  id: string;
  username: string;
  display_name: string;
  email: string;
  password: string;
  access_token: string;
}

/** What a client is made with: `new Mastodon(sandbox.as("mina"))`. */
export interface ClientOptions {
  api_base_url: string;
  access_token: string;
  fetch: typeof fetch;
  web_socket: typeof WebSocket;
}

/** A Mastodon in this process. */
export class Sandbox {
  private constructor();

  /** Starts one: no port, no process. */
  static start(options?: StartOptions): Promise<Sandbox>;

  /** What its addresses start with. */
  readonly url: string;
  /** The people who can log in. */
  readonly people: Person[];
  /** A `fetch` that reaches this sandbox and nothing else. */
  readonly fetch: typeof fetch;
  /** A `WebSocket` that reaches this sandbox and nothing else. */
  readonly WebSocket: typeof WebSocket;

  /** The options of a client that acts as this person. */
  as(name: "mina" | "theo" | "yuki" | (string & {})): ClientOptions;
  /** Breaks requests from now on; which and how, the README says. Resolves to the fault with its `id`. */
  faults(fault: Record<string, unknown>): Promise<{ id: number; [name: string]: unknown }>;
  /** Ends all faults. */
  clearFaults(): Promise<void>;
  /** Has it behave as another server does: `{ preset: "gotosocial" }`, or switches of the README. */
  behaviour(change: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Anything else below `/sandbox`, which the README lists. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Everything as it was at the start; open sockets are cut. */
  reset(): Promise<void>;
  /**
   * All that is to be kept, as bytes: posts, people, files, tokens, the time, how the server behaves. Not
   * sockets, faults, limits and the list of requests. The same state gives the same bytes.
   */
  snapshot(): Promise<Uint8Array<ArrayBuffer>>;
  /**
   * Goes on from a snapshot: of this sandbox, or of another one with the same version of this package.
   * Tokens are valid as they were, and the next ids follow; addresses begin with this sandbox's `url`, a
   * clock that stands is set, and open sockets are cut. `reset()` still brings back this sandbox's own start.
   */
  restore(snapshot: Uint8Array): Promise<void>;
  /** Moves the clock by milliseconds, and does what has become due. Only with `now`. */
  advance(ms: number): void;
  /** Cuts the sockets; nothing is answered any more. */
  close(): void;
  [Symbol.asyncDispose](): Promise<void>;
}
