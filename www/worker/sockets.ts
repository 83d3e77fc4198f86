// The sockets of the pages, each over a `MessagePort`. Ports do not report that a page is gone, so a socket
// that no page has confirmed for a while is closed.
import { instance } from "./instance.ts";
import { ALIVE_EVERY, type FromSocket, type ToSocket } from "./messages.ts";

/** Browsers slow down the timers of a page in the background to one a minute. */
const PATIENCE = 20 * ALIVE_EVERY;

interface Open {
  port: MessagePort;
  wanted: number;
}

const sockets = new Map<string, Open>();

/** Opens a socket of the instance, as soon as that is there. */
export async function openSocket(
  id: string,
  url: string,
  protocols: string[],
  port: MessagePort,
): Promise<void> {
  sockets.set(id, { port, wanted: Date.now() });
  const tell = (message: FromSocket) => port.postMessage(message);
  const end = (code: number, wasClean: boolean) => {
    sockets.delete(id);
    tell({ kind: "close", code, wasClean });
    port.close();
  };
  const socket = await instance().then(
    (sandbox) => new sandbox.WebSocket(url, protocols),
    () => undefined,
  );
  if (!socket) return end(1006, false);
  socket.addEventListener("open", () => tell({ kind: "open", protocol: socket.protocol }));
  socket.addEventListener("message", ({ data }) => tell({ kind: "message", data }));
  socket.addEventListener("close", ({ code, wasClean }) => end(code, wasClean));
  port.onmessage = ({ data }: MessageEvent<ToSocket>) => {
    if (data.kind === "send") socket.send(data.data);
    else socket.close(data.code);
  };
}

/** Notes that a page still wants these sockets; returns those that are not here. */
export function keepSockets(ids: string[]): string[] {
  const now = Date.now();
  for (const id of ids) {
    const socket = sockets.get(id);
    if (socket) socket.wanted = now;
  }
  for (const { port, wanted } of sockets.values()) {
    const close: ToSocket = { kind: "close" };
    if (now - wanted > PATIENCE) port.onmessage?.(new MessageEvent("message", { data: close }));
  }
  return ids.filter((id) => !sockets.has(id));
}
