// A server made of two functions, for what the sandbox cannot do: frames out of the blue, sockets
// that misbehave in one particular way, and answers at exactly the moment that a test wants.
import { after } from "node:test";
import { init, Mastodon } from "../../pkg/node.js";

export const BASE = "https://fake.example";
export const TOKEN = "fake-token";

/** Waits until something holds, or says what did not. */
export async function until(holds, what = String(holds), milliseconds = 5000) {
  const end = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${milliseconds} ms: ${what}`);
    await pause(5);
  }
}

export const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

export const status = (id, more) => ({
  id: String(id),
  content: `<p>${id}</p>`,
  edited_at: null,
  ...more,
});

/** A client, the sockets that it opened and the requests that it sent. */
export async function fake(options = {}) {
  await init();
  const world = {
    sockets: [],
    requests: [],
    /** Newest last. */
    statuses: [],
    notifications: [],
    /** Answers before anything else does, where it gives something. */
    answer: undefined,
    /** What a new socket does: "open", "refuse" or "hang"; or a function of it. */
    handshake: "open",
    get socket() {
      return world.sockets.at(-1);
    },
    get sent() {
      return world.sockets.flatMap((socket) => socket.sent);
    },
    async opened(count = 1) {
      await until(() => world.sockets.filter((socket) => socket.sent.length > 0).length >= count);
      return world.socket;
    },
  };

  class Socket extends EventTarget {
    readyState = 0;
    sent = [];
    constructor(url, protocols) {
      super();
      Object.assign(this, { url, protocols });
      world.sockets.push(this);
      const how = typeof world.handshake === "function" ? world.handshake(this) : world.handshake;
      if (how === "open") setTimeout(() => this.open());
      if (how === "refuse") setTimeout(() => this.drop());
    }
    open() {
      if (this.readyState !== 0) return;
      this.readyState = 1;
      this.dispatchEvent(new Event("open"));
    }
    send(text) {
      const message = JSON.parse(text);
      this.sent.push(message);
      setTimeout(() => world.onmessage?.(this, message));
    }
    /** A frame from the server. */
    frame(frame) {
      if (this.readyState !== 1) return;
      const data = typeof frame === "string" ? frame : JSON.stringify(frame);
      this.dispatchEvent(Object.assign(new Event("message"), { data }));
    }
    event(event, payload, stream = ["user"]) {
      const text =
        payload === undefined || typeof payload === "string" ? payload : JSON.stringify(payload);
      this.frame({ stream, event, payload: text });
    }
    update(id, stream) {
      this.event("update", status(id), stream);
    }
    /** The connection is gone. */
    drop() {
      if (this.readyState === 3) return;
      this.readyState = 3;
      this.dispatchEvent(Object.assign(new Event("close"), { code: 1006 }));
    }
    close() {
      this.closed = true;
      setTimeout(() => this.drop());
    }
  }

  const page = (all, query) => {
    const after = query.get("min_id");
    const limit = Number(query.get("limit") ?? 20);
    const older = (a, b) => a.length - b.length || (a < b ? -1 : 1);
    if (after === null) return all.slice(-limit).reverse();
    return all
      .filter(({ id }) => older(id, after) > 0)
      .slice(0, limit)
      .reverse();
  };

  async function fetch(address, init) {
    const url = new URL(address);
    const request = {
      method: init.method,
      path: url.pathname,
      query: url.searchParams,
      init,
      url: address,
    };
    world.requests.push(request);
    const own = await world.answer?.(request);
    if (own instanceof Error) throw own;
    if (own) return own;
    const json = (body, more) => new Response(JSON.stringify(body), more);
    if (url.pathname === "/api/v2/instance") {
      return json({
        version: "4.5.0",
        configuration: { urls: { streaming: "wss://stream.fake.example" } },
      });
    }
    if (url.pathname === "/api/v1/accounts/verify_credentials") return json({ id: "1" });
    if (url.pathname === "/api/v1/notifications")
      return json(page(world.notifications, url.searchParams));
    if (url.pathname === "/api/v1/statuses") {
      const ids = url.searchParams.getAll("id[]");
      return json(world.statuses.filter(({ id }) => ids.includes(id)));
    }
    if (url.pathname.startsWith("/api/v1/timelines/"))
      return json(page(world.statuses, url.searchParams));
    return json({ error: "Record not found" }, { status: 404 });
  }

  const m = new Mastodon({
    api_base_url: BASE,
    access_token: TOKEN,
    fetch,
    web_socket: Socket,
    ...options,
  });
  clients.push(m);
  world.m = m;
  return world;
}

// A test that failed has closed nothing, and open streams would keep the process alive.
const clients = [];
after(() => {
  for (const client of clients) client.close();
});

/** A listener that writes down what it hears, as [event, payload's id or payload]. */
export function recorder(more = {}) {
  const heard = [];
  const note = (event) => (payload) => heard.push([event, payload?.id ?? payload]);
  return {
    heard,
    ids: (event) => heard.filter(([name]) => name === event).map(([, id]) => id),
    onUpdate: note("update"),
    onStatusUpdate: note("status.update"),
    onDelete: note("delete"),
    onNotification: note("notification"),
    onConversation: note("conversation"),
    onAnnouncement: note("announcement"),
    onAnnouncementReaction: note("announcement.reaction"),
    onAnnouncementDelete: note("announcement.delete"),
    onFiltersChanged: note("filters_changed"),
    onNotificationsMerged: note("notifications_merged"),
    onUnknownEvent: (name, payload) => heard.push([name, payload]),
    onGap: note("gap"),
    onOpen: note("open"),
    onAbort: note("abort"),
    ...more,
  };
}
