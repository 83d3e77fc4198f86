/** How a sandbox is started. */
export interface StartOptions {
  /**
   * What its addresses start with: an origin, or a path on one, which `api_base_url` of a client is
   * without. Default: `https://sandbox.test`.
   */
  url?: string;
  /** Tokens, codes and request ids are made of it: the same seed, the same ones. Default: 1. */
  seed?: number;
  /** The time at which its clock stands; `advance()` moves it. Default: the clock goes. */
  now?: Date | number | string;
  /** Whether its inhabitants post, favourite, boost, mention and follow every few seconds. Default: no. */
  life?: boolean;
  /** Which server it behaves like. Default: `"mastodon"`. */
  preset?: string;
  /** Requests that a token may make in five minutes. Default: 7500. */
  rate_limit?: number;
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
  /** Moves the clock by milliseconds, and does what has become due. Only with `now`. */
  advance(ms: number): void;
  /** Cuts the sockets; nothing is answered any more. */
  close(): void;
  [Symbol.asyncDispose](): Promise<void>;
}
