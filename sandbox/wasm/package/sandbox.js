// @ts-check
// A `fetch` and a `WebSocket` for the instance in the WebAssembly module, which decides the responses. This
// file converts them to objects of the platform.
import { Instance } from "./glue.js";
import { request } from "./push.js";
import { AGENT, socketClass } from "./socket.js";

/** @typedef {import("./index.d.ts").StartOptions} StartOptions */

const DEFAULT_URL = "https://sandbox.test";
const NULL_BODY = [101, 204, 205, 304];
const MOST_REDIRECTS = 20;
const OPTIONS = ["url", "seed", "people", "now", "life", "preset", "rate_limit", "push"];

/** @type {() => unknown} */
let load;
/** @type {Promise<unknown> | undefined} */
let loaded;

/** Sets how this runtime loads the module. @param {() => unknown} way */
export function provide(way) {
  load = way;
}

/**
 * Opens a socket for the command. Rejects with a status, or with null if a fault drops the connection.
 * @type {(sandbox: Sandbox, target: string, headers: string[], told: import("./socket.js").Told) =>
 * Promise<import("./glue.js").Socket>}
 */
export let openSocket;

export class Sandbox {
  static {
    openSocket = async (sandbox, ...request) => sandbox.#open().open(...request);
  }

  /** @type {Instance} */
  #instance;
  /** The behavior that `reset()` restores. @type {Record<string, unknown> | undefined} */
  #preset;
  /** The `api_base_url` of clients, and the base of paths outside of `url`. @type {string} */
  #origin;
  #closed = false;

  /** @param {StartOptions} [options] */
  static async start(options = {}) {
    for (const name of Object.keys(options)) {
      if (!OPTIONS.includes(name)) {
        throw new TypeError(
          `Sandbox.start: unknown option ${JSON.stringify(name)}; there are ${OPTIONS.join(", ")}`,
        );
      }
    }
    const { url = DEFAULT_URL, seed = 1, people = [], now, life = false, preset } = options;
    const { rate_limit = 7500, push } = options;
    const { origin, pathname, search, hash } = new URL(url);
    if (search || hash || origin === "null")
      throw new TypeError(
        "Sandbox.start: url is an origin, such as https://sandbox.test, or a path on one",
      );
    const base = origin + pathname.replace(/\/$/, "");
    if (!Number.isSafeInteger(seed) || seed < 0)
      throw new TypeError("Sandbox.start: seed is a whole number, 0 or more");
    if (!Number.isSafeInteger(rate_limit) || rate_limit < 0)
      throw new TypeError("Sandbox.start: rate_limit is a whole number, 0 or more");
    const start = now === undefined ? undefined : new Date(now).getTime();
    if (Number.isNaN(start))
      throw new TypeError("Sandbox.start: now is a date or milliseconds since 1970");
    loaded ??= Promise.resolve(load());
    await loaded.catch((error) => {
      // The next start tries again.
      loaded = undefined;
      throw error;
    });
    const besides = JSON.stringify(people);
    const sandbox = new Sandbox(
      instance(base, BigInt(seed), start, Boolean(life), rate_limit, besides),
      base,
    );
    if (push) sandbox.#instance.pushes((/** @type {string} */ text) => send(text, push));
    if (preset !== undefined) {
      sandbox.#preset = { preset };
      await sandbox.behaviour(sandbox.#preset);
    }
    return sandbox;
  }

  /**
   * @param {Instance} instance
   * @param {string} url
   */
  constructor(instance, url) {
    this.#instance = instance;
    this.url = url;
    this.#origin = new URL(url).origin;
    this.fetch = this.#fetch.bind(this);
    this.WebSocket = socketClass(url, (...request) => openSocket(this, ...request));
  }

  /** The accounts that can log in. @returns {import("./index.d.ts").Person[]} */
  get people() {
    return JSON.parse(this.#instance.people());
  }

  /** The options for a client of this account. @param {string} name */
  as(name) {
    const { people } = this;
    const person = people.find(({ username }) => username === name);
    if (!person) {
      const names = people.map(({ username }) => username);
      throw new TypeError(
        `nobody in the sandbox is called ${JSON.stringify(name)}; there are ${names.join(", ")}`,
      );
    }
    const { fetch, WebSocket: web_socket } = this;
    return { api_base_url: this.#origin, access_token: person.access_token, fetch, web_socket };
  }

  /** Injects a fault into requests. @param {Record<string, unknown>} fault */
  faults(fault) {
    return this.control("POST", "/sandbox/faults", fault);
  }

  clearFaults() {
    return this.control("DELETE", "/sandbox/faults");
  }

  /** Behaves like another server. @param {Record<string, unknown>} change */
  behaviour(change) {
    return this.control("POST", "/sandbox/behaviour", change);
  }

  /**
   * Calls any endpoint under `/sandbox`.
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  async control(method, path, body) {
    const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
    const response = await this.fetch(new URL(path, this.url), init);
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }

  /** Restores the initial state. */
  async reset() {
    this.#open().reset();
    if (this.#preset) await this.behaviour(this.#preset);
  }

  /** The state as bytes. */
  async snapshot() {
    const response = await this.fetch(`${this.url}/sandbox/snapshot`);
    return new Uint8Array(await response.arrayBuffer());
  }

  /** Restores a snapshot of this sandbox or another one. @param {Uint8Array} snapshot */
  async restore(snapshot) {
    if (!(snapshot instanceof Uint8Array))
      throw new TypeError("restore takes the bytes that snapshot() gave");
    const init = { method: "PUT", body: /** @type {BodyInit} */ (snapshot) };
    const response = await this.fetch(`${this.url}/sandbox/snapshot`, init);
    const { error } = await response.json();
    if (!response.ok) throw new TypeError(error);
  }

  /** Moves the clock, if `now` was given. @param {number} ms */
  advance(ms) {
    if (!Number.isFinite(ms) || ms < 0)
      throw new TypeError("advance takes milliseconds, 0 or more");
    if (!this.#open().advance(ms)) {
      throw new TypeError(
        "the clock of this sandbox goes by itself: start it with `now` to move it",
      );
    }
  }

  /** Drops all sockets. Later requests fail. */
  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#instance.close();
  }

  async [Symbol.asyncDispose]() {
    this.close();
  }

  #open() {
    if (this.#closed) throw new TypeError("the sandbox is closed");
    return this.#instance;
  }

  /**
   * @param {RequestInfo | URL} input
   * @param {RequestInit} [init]
   * @returns {Promise<Response>}
   */
  async #fetch(input, init) {
    const first = new Request(input, init);
    const signal = first.signal;
    let { url, method } = first;
    const headers = new Headers(first.headers);
    let body = first.body === null ? undefined : new Uint8Array(await first.arrayBuffer());
    for (let redirects = 0; ; redirects += 1) {
      const response = await this.#answer(url, method, headers, body, signal);
      const location = response.headers.get("location");
      if (
        response.status < 300 ||
        response.status > 399 ||
        location === null ||
        first.redirect === "manual"
      ) {
        Object.defineProperties(response, {
          url: { value: url },
          redirected: { value: redirects > 0 },
        });
        return response;
      }
      if (first.redirect === "error") throw new TypeError("fetch failed: a redirect");
      if (redirects === MOST_REDIRECTS) throw new TypeError("fetch failed: too many redirects");
      url = new URL(location, url).href;
      if (response.status === 303 || (method === "POST" && response.status < 303)) {
        method = "GET";
        body = undefined;
        headers.delete("content-type");
      }
    }
  }

  /**
   * @param {string} url
   * @param {string} method
   * @param {Headers} headers
   * @param {Uint8Array | undefined} body
   * @param {AbortSignal} signal
   */
  async #answer(url, method, headers, body, signal) {
    signal.throwIfAborted();
    const { origin, href } = new URL(url);
    if (origin !== this.#origin) {
      throw new TypeError(`fetch failed: the sandbox is ${this.url}, and ${origin} is elsewhere`);
    }
    const start = href.startsWith(`${this.url}/`) ? this.url : origin;
    const target = href.slice(start.length).replace(/#.*/, "");
    const sent = headers.has("user-agent") ? [] : ["user-agent", AGENT];
    sent.push(...[...headers].flat());
    const answering = this.#open().answer(method, target, sent, body);
    const answer = await aborted(signal, answering).catch((error) => {
      signal.throwIfAborted();
      throw new TypeError("fetch failed", { cause: error });
    });
    const got = new Headers();
    for (let at = 0; at < answer.headers.length; at += 2) {
      got.append(answer.headers[at], answer.headers[at + 1]);
    }
    const none = NULL_BODY.includes(answer.status) || method === "HEAD";
    return new Response(none ? null : stream(answer, signal), {
      status: answer.status,
      headers: got,
    });
  }
}

/**
 * Sends a message to a push service. If the service cannot be reached, the error is ignored, as in a server.
 * @param {string} text
 * @param {NonNullable<StartOptions["push"]>} push
 */
async function send(text, push) {
  const message = JSON.parse(text);
  await Promise.resolve(request(message))
    .then((init) => push(message.endpoint, init))
    .catch(() => {});
}

/**
 * Creates the instance. Options that it rejects are an error of the caller.
 * @param {ConstructorParameters<typeof Instance>} how
 */
function instance(...how) {
  try {
    return new Instance(...how);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new TypeError(`Sandbox.start: ${why}`);
  }
}

/**
 * Settles like `promise`, but rejects with the signal's reason if that is first.
 * @template T
 * @param {AbortSignal} signal
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function aborted(signal, promise) {
  return new Promise((resolve, reject) => {
    const give = () => reject(signal.reason);
    signal.addEventListener("abort", give, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", give));
  });
}

/**
 * The body as a stream.
 * @param {import("./glue.js").Answer} answer
 * @param {AbortSignal} signal
 */
function stream(answer, signal) {
  // Some runtimes pull again before the previous pull has finished.
  let last = Promise.resolve();
  const next = () => {
    const piece = last.then(() => answer.next());
    last = piece.catch(() => {});
    return piece;
  };
  return new ReadableStream({
    async pull(controller) {
      try {
        const piece = await aborted(signal, next());
        if (piece === undefined) controller.close();
        else controller.enqueue(piece);
      } catch (error) {
        controller.error(
          signal.aborted ? signal.reason : new TypeError("terminated", { cause: error }),
        );
      }
    },
  });
}
