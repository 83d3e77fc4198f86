// @ts-check
// The part of the platform's WebSocket that Mastodon clients use, for a socket of the instance.

const [CONNECTING, OPEN, CLOSING, CLOSED] = [0, 1, 2, 3];
const NORMAL = 1000;
const NO_STATUS = 1005;
const ABNORMAL = 1006;
const PATH = /^\/api\/v1\/streaming\/?$/;
const EVENTS = ["open", "message", "error", "close"];

/** The user agent that platforms send by default. Some servers reject requests without one. */
export const AGENT = globalThis.navigator?.userAgent ?? "node";

/** @typedef {(kind: "text" | "ping" | "close" | "gone", what?: string | number) => void} Told */

/**
 * Creates the class whose sockets reach only this sandbox.
 * @param {string} base
 * @param {(target: string, headers: string[], told: Told) => Promise<import("./glue.js").Socket>} open
 */
export function socketClass(base, open) {
  const { origin, pathname } = new URL(base.replace(/^http/, "ws"));

  return class SandboxWebSocket extends EventTarget {
    static CONNECTING = CONNECTING;
    static OPEN = OPEN;
    static CLOSING = CLOSING;
    static CLOSED = CLOSED;
    CONNECTING = CONNECTING;
    OPEN = OPEN;
    CLOSING = CLOSING;
    CLOSED = CLOSED;
    bufferedAmount = 0;
    extensions = "";
    protocol = "";
    binaryType = "blob";
    readyState = CONNECTING;
    /** @type {import("./glue.js").Socket | undefined} */
    #socket;
    /** Frames that arrive before the `open` event. @type {Parameters<Told>[]} */
    #early = [];
    /** The code of the received close frame. @type {number | undefined} */
    #code;

    /**
     * @param {string | URL} url
     * @param {string | string[]} [protocols]
     */
    constructor(url, protocols = []) {
      super();
      const address = new URL(url);
      address.protocol = address.protocol.replace(/^http/, "ws");
      if (!/^wss?:$/.test(address.protocol) || address.hash) {
        throw new DOMException(`${url} is not the address of a socket`, "SyntaxError");
      }
      this.url = address.href;
      for (const name of EVENTS) this.#attribute(name);
      // As on a network, nothing happens before the caller has added its listeners.
      setTimeout(() => this.#connect(address, [protocols].flat()), 0);
    }

    /** @param {unknown} data */
    send(data) {
      if (this.readyState === CONNECTING) {
        throw new DOMException("The socket is not open yet", "InvalidStateError");
      }
      if (this.readyState === OPEN) this.#socket?.send(typeof data === "string" ? data : undefined);
    }

    /**
     * @param {number} [code]
     * @param {string} [_reason]
     */
    close(code, _reason) {
      if (code !== undefined && code !== NORMAL && !(code >= 3000 && code <= 4999)) {
        throw new DOMException(`${code} is no code to close with`, "InvalidAccessError");
      }
      if (this.readyState === CONNECTING) {
        this.readyState = CLOSING;
      } else if (this.readyState === OPEN) {
        this.readyState = CLOSING;
        this.#code = code ?? NO_STATUS;
        this.#socket?.close(code);
      }
    }

    /**
     * @param {URL} address
     * @param {string[]} protocols
     */
    async #connect(address, protocols) {
      if (this.readyState !== CONNECTING) return this.#end(ABNORMAL);
      const headers = ["user-agent", AGENT];
      if (protocols.length > 0) headers.push("sec-websocket-protocol", protocols.join(", "));
      try {
        const path = address.pathname.startsWith(`${pathname}/`)
          ? address.pathname.slice(pathname.length)
          : address.pathname;
        const here = address.origin === origin && PATH.test(path);
        if (!here) throw new TypeError(`there is no socket at ${address.host}${address.pathname}`);
        this.#socket = await open(path + address.search, headers, (kind, what) =>
          this.#told(kind, what),
        );
      } catch {
        return this.#end(ABNORMAL);
      }
      // If the client sent subprotocols, the server must accept one of them.
      const { protocol } = this.#socket;
      const agreed = protocols.length === 0 || protocols.includes(protocol ?? "");
      if (this.readyState !== CONNECTING || !agreed) {
        this.#socket.close();
        return this.#end(ABNORMAL);
      }
      this.protocol = protocol ?? "";
      this.readyState = OPEN;
      this.dispatchEvent(new Event("open"));
      for (const frame of this.#early) this.#told(...frame);
    }

    /** @type {Told} */
    #told(kind, what) {
      // Platforms respond to pings themselves; a page does not see them.
      if (kind === "ping") return;
      if (this.readyState === CONNECTING) {
        this.#early.push([kind, what]);
      } else if (kind === "text") {
        if (this.readyState !== OPEN) return;
        this.dispatchEvent(new MessageEvent("message", { data: what, origin }));
      } else if (kind === "close") {
        this.#code = typeof what === "number" ? what : NO_STATUS;
        // A client responds to a close frame with its own.
        this.#socket?.close();
      } else {
        this.#end(this.#code ?? ABNORMAL);
      }
    }

    /** @param {number} code */
    #end(code) {
      if (this.readyState === CLOSED) return;
      this.readyState = CLOSED;
      if (code === ABNORMAL) this.dispatchEvent(new Event("error"));
      const event = new Event("close");
      Object.assign(event, { code, reason: "", wasClean: code !== ABNORMAL });
      this.dispatchEvent(event);
    }

    /** The attribute for an event, such as `onopen`. @param {string} name */
    #attribute(name) {
      /** @type {((event: Event) => unknown) | null} */
      let listener = null;
      this.addEventListener(name, (event) => listener?.call(this, event));
      Object.defineProperty(this, `on${name}`, {
        get: () => listener,
        set: (given) => {
          listener = typeof given === "function" ? given : null;
        },
      });
    }
  };
}
