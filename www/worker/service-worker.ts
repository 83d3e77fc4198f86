// The demo without a server: responds to the page's requests to the instance, in the browser.
import { instance, isForInstance, keepState } from "./instance.ts";
import type { Lost, ToWorker } from "./messages.ts";
import { fetchModule } from "./module.ts";
import { keepSockets, openSocket } from "./sockets.ts";

declare const self: ServiceWorkerGlobalScope;

/** Says who can log in, as `npm start` does. */
const SANDBOX = new URL("sandbox.json", self.registration.scope).href;

self.addEventListener("install", (event) => {
  event.waitUntil(fetchModule().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  // Until then, the first page has no worker.
  event.waitUntil(self.clients.claim());
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.url === SANDBOX) return event.respondWith(sandbox());
  if (!isForInstance(request.url)) return;
  const answered = answer(request);
  event.respondWith(answered);
  if (request.method !== "GET") event.waitUntil(answered.then(keepState, () => {}));
});

self.addEventListener("message", (event) => {
  const message: ToWorker = event.data;
  const [port] = event.ports;
  if (message.kind === "socket" && port) {
    event.waitUntil(openSocket(message.id, message.url, message.protocols, port));
  } else if (message.kind === "claim") {
    event.waitUntil(self.clients.claim());
  } else if (message.kind === "alive") {
    const ids = keepSockets(message.ids);
    if (ids.length > 0) event.source?.postMessage({ kind: "lost", ids } satisfies Lost);
    // The inhabitants post, too.
    event.waitUntil(keepState());
  }
});

async function answer(request: Request): Promise<Response> {
  const { fetch } = await instance();
  return fetch(request);
}

async function sandbox(): Promise<Response> {
  const { people } = await instance();
  return Response.json({
    url: self.location.origin,
    accounts: people.map(({ username, password, display_name }) => ({
      username,
      password,
      display_name,
    })),
  });
}
