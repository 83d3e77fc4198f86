// The platform's sockets and wake-up calls.

/** Opens a socket; tells that it opened, of each frame, and once that it closed or never opened. */
export function open(Socket, url, token, agent, { opened, frame, closed }) {
  const args = token || agent ? [url, token] : [url];
  // The package `ws` takes it; others pass over a third argument. GoToSocial refuses the nameless.
  if (agent) args.push({ headers: { "User-Agent": agent } });
  const socket = new Socket(...args);
  let over = false;
  const drop = () => {
    over = true;
    try {
      socket.close();
    } catch {
      // It is closed already, or never was open.
    }
  };
  const end = () => {
    if (over) return;
    drop();
    closed();
  };
  socket.addEventListener("open", () => over || opened());
  socket.addEventListener("message", ({ data }) => over || frame(data));
  socket.addEventListener("close", end);
  // Not every platform closes after an error. The listener stays when the socket was dropped: in
  // Node, an error that nobody listens to ends the process.
  socket.addEventListener("error", end);
  // Browsers do not throw when a socket is closing: they complain in the console.
  return { drop, send: (text) => socket.readyState > 1 || socket.send(text) };
}

/** Tells when the network comes back or the page is seen again, until the signal ends that. */
export function watch(wake, signal) {
  const page = globalThis.document;
  const seen = () => page?.hidden || wake();
  for (const [source, type] of [
    [globalThis, "online"],
    [page, "visibilitychange"],
  ]) {
    source?.addEventListener?.(type, seen);
    // Not the option `signal`: under jsdom, targets take no signal of Node's.
    signal.addEventListener("abort", () => source?.removeEventListener?.(type, seen));
  }
}

const PATH = "/api/v1/streaming";
const LOOPBACK = /^(localhost|.+\.localhost|127\..+|\[::1\])$/;

/**
 * The address to connect to, made of the instance's own and of the one that it names, if it names
 * one that can be used. A server that is reached in the clear on this machine has no certificate,
 * though GoToSocial says `wss` even then. The other way round the token would leave an encrypted
 * connection, so `ws` counts as `wss` wherever the instance is https.
 */
export function address(base, named) {
  let url = new URL(base);
  try {
    const given = new URL(named);
    const { protocol, username, search, hash } = given;
    if (/^(ws|http)s?:$/.test(protocol) && !username && !search && !hash) url = given;
  } catch {
    // The base URL is tried.
  }
  const encrypted = /s:$/.test(url.protocol) && !LOOPBACK.test(url.hostname);
  const scheme = base.startsWith("https:") || encrypted ? "wss" : "ws";
  const path = url.pathname.replace(/\/+$/, "").replace(PATH, "");
  return `${scheme}://${url.host}${path}${PATH}`;
}
