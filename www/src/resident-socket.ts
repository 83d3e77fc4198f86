// A `WebSocket` to the Service Worker, because workers do not see the sockets of a page.
import {
  ALIVE_EVERY,
  type FromSocket,
  type Lost,
  type ToSocket,
  type ToWorker,
} from "../worker/messages.ts";

const ABNORMAL = 1006;

/** The sockets that are not closed, by id. */
const open = new Map<string, ResidentSocket>();
let watching = false;

class ResidentSocket extends EventTarget {
  readonly CONNECTING = WebSocket.CONNECTING;
  readonly OPEN = WebSocket.OPEN;
  readonly CLOSING = WebSocket.CLOSING;
  readonly CLOSED = WebSocket.CLOSED;
  readonly extensions = "";
  readonly bufferedAmount = 0;
  readonly url: string;
  binaryType: BinaryType = "blob";
  protocol = "";
  readyState: number = WebSocket.CONNECTING;
  readonly #id = crypto.randomUUID();
  readonly #port: MessagePort;

  constructor(url: URL, protocols: string | string[] = []) {
    super();
    this.url = url.href;
    const { port1, port2 } = new MessageChannel();
    this.#port = port1;
    port1.onmessage = ({ data }: MessageEvent<FromSocket>) => this.#hear(data);
    // Some browsers report at once when the worker is stopped.
    port1.addEventListener("close", () => this.lost());
    open.set(this.#id, this);
    watch();
    const worker = navigator.serviceWorker.controller;
    const message: ToWorker = {
      kind: "socket",
      id: this.#id,
      url: url.href,
      protocols: [protocols].flat(),
    };
    worker?.postMessage(message, [port2]);
    // Not before the caller can add its listeners.
    if (!worker) setTimeout(() => this.lost(), 0);
  }

  send(data: string | ArrayBuffer): void {
    if (this.readyState === WebSocket.CONNECTING) {
      throw new DOMException("The socket is not open yet", "InvalidStateError");
    }
    if (this.readyState === WebSocket.OPEN) this.#tell({ kind: "send", data });
  }

  close(code?: number): void {
    if (this.readyState >= WebSocket.CLOSING) return;
    this.readyState = WebSocket.CLOSING;
    this.#tell({ kind: "close", code });
  }

  /** The worker is gone, without a close frame. */
  lost(): void {
    this.#end(ABNORMAL, false);
  }

  #tell(message: ToSocket): void {
    this.#port.postMessage(message);
  }

  #hear(message: FromSocket): void {
    if (message.kind === "close") {
      this.#end(message.code, message.wasClean);
    } else if (message.kind === "open" && this.readyState === WebSocket.CONNECTING) {
      this.protocol = message.protocol;
      this.readyState = WebSocket.OPEN;
      this.dispatchEvent(new Event("open"));
    } else if (message.kind === "message" && this.readyState === WebSocket.OPEN) {
      this.dispatchEvent(new MessageEvent("message", { data: message.data }));
    }
  }

  #end(code: number, wasClean: boolean): void {
    if (this.readyState === WebSocket.CLOSED) return;
    this.readyState = WebSocket.CLOSED;
    open.delete(this.#id);
    this.#port.close();
    if (!wasClean) this.dispatchEvent(new Event("error"));
    this.dispatchEvent(new CloseEvent("close", { code, wasClean }));
  }
}

/**
 * Tells the worker regularly which sockets are open. Closes those that the worker no longer knows.
 */
function watch(): void {
  if (watching) return;
  watching = true;
  const workers = navigator.serviceWorker;
  workers.addEventListener("message", ({ data }: MessageEvent<Lost>) => {
    if (data.kind === "lost") for (const id of data.ids) open.get(id)?.lost();
  });
  const tell = () => {
    const message: ToWorker = { kind: "alive", ids: [...open.keys()] };
    if (open.size > 0) workers.controller?.postMessage(message);
  };
  setInterval(tell, ALIVE_EVERY);
  // A new version of the worker does not know any of them.
  workers.addEventListener("controllerchange", tell);
  window.addEventListener("pagehide", () => {
    for (const socket of open.values()) socket.close();
  });
}

/**
 * The class to use: a socket to the worker for the instance in this browser, otherwise the
 * platform's.
 */
export function residentSocketClass(): typeof WebSocket {
  return new Proxy(WebSocket, {
    construct(target, [address, protocols]: [string | URL, (string | string[])?]) {
      const url = new URL(address);
      return url.host === location.host
        ? new ResidentSocket(url, protocols)
        : new target(address, protocols);
    },
  });
}
