// The hands of the hub (hub.rs): sockets, timers, REST, and those who listen. What happens is told to
// the hub together with the time, what is to be done comes back through `act`.
import { create, ILLEGAL_ARGUMENT, MALFORMED_EVENT, NETWORK, ofStatus, refused } from "../error.js";
import { address, open, watch } from "./socket.js";
import { Stream, StreamSocket } from "./stream.js";

// What the hub is told: `tell` in bridge.rs.
const OPENED = 0;
const CLOSED = 1;
const HEARD = 2;
const WAKE = 3;
const TICK = 4;
const GOOD = 5;
const UNAUTHORIZED = 6;
const UNREACHABLE = 7;
const HOLD = 8;
const LET_GO = 9;
const RESUME = 10;
const PATIENCE = 11;
const EFFORT = 12;
const ATTACH = 13;
const DETACH = 14;
const EVENT = 15;
const REFUSED = 16;
const ITEM = 17;
const FETCHED = 18;
const STATE = 19;
const DEADLINE = 20;

// What a request came to; anything above is the time to wait before it may be sent again.
const DONE = -1;
const PASSING = -2;
const LASTING = -3;

/** States by their numbers. */
const STATES = ["connecting", "open", "waiting", "polling", "closed"];

// The numberings that events of a stream belong to, and lists (channel.rs).
const STATUSES = 1;
const NOTIFICATIONS = 2;
const CONVERSATIONS = 4;
const LIST = 8;

const traits = (name) =>
  ({
    __proto__: null,
    user: STATUSES | NOTIFICATIONS,
    "user:notification": NOTIFICATIONS,
    direct: CONVERSATIONS,
    list: STATUSES | LIST,
  })[name] ?? (/^(public(:local|:remote)?(:media)?|hashtag(:local)?)$/.test(name) ? STATUSES : 0);

// What else an event can mean, and how a payload is written that is no JSON.
const EDIT = 8;
const DELETE = 16;
const ID = 32;
const ABSENT = 64;

const EVENTS = {
  __proto__: null,
  update: STATUSES,
  "status.update": EDIT,
  delete: DELETE | ID,
  notification: NOTIFICATIONS,
  conversation: CONVERSATIONS,
  announcement: 0,
  "announcement.reaction": 0,
  "announcement.delete": ID,
  filters_changed: ABSENT,
  notifications_merged: ABSENT,
};

/** What REST sends, as events. */
const SENT = {
  [STATUSES]: "update",
  [NOTIFICATIONS]: "notification",
  [CONVERSATIONS]: "conversation",
};

/** Seconds that the server may take to say whether it is there and the token good. */
const PROBE = 20;
/** How many entries a page is asked for: `PAGE` in lane.rs. */
const PAGE = 40;
/** Milliseconds to wait after a 429 that does not say. */
const LIMITED = 60_000;
/** The longest time that `setTimeout` can count. */
const LONGEST = 2 ** 31 - 1;

/** The streams of a client. */
export class Driver {
  #client;
  #Socket;
  /** What to call ourselves, on platforms that allow it. */
  #agent;
  #hub;
  /** Those who listen, with the lane of each; a socket that is held for streams to come has none. */
  #streams = new Map();
  /** Names and parameters of streams, by the numbers that the hub knows them by. */
  #channels = [];
  /** What the server refused, by the numbers that the hub knows it by. */
  #refusals = [];
  #socket;
  /** Counts sockets, so that one that was given up while its address was looked up is not opened. */
  #attempt = 0;
  #address;
  #timer;
  #due = Infinity;
  #busy = false;
  #unwatch;
  /** Ends requests that are under way. */
  #controller;
  /** After a reconnect all lanes ask of REST: they do so one after the other. */
  #requests = Promise.resolve();
  /** What REST said when it refused the token. */
  #failure;

  constructor(client, Hub, { Socket, agent }) {
    this.#client = client;
    this.#Socket = Socket ?? globalThis.WebSocket;
    this.#agent = agent;
    this.#hub = new Hub(!!this.#Socket);
  }

  /** Opens a stream; without a name, a socket for streams to come. `checked`: ids as text. */
  open(name, param, listener, options, checked, parent) {
    param = small(name, param);
    this.#controller ??= new AbortController();
    this.#unwatch ??= watch(() => this.#tell(WAKE));
    let lane;
    if (name) {
      const {
        timeout = 30,
        idle_timeout = 90,
        backfill_limit = 400,
        polling = true,
      } = given(options);
      this.#say(PATIENCE, timeout * 1000, idle_timeout * 1000);
      this.#say(EFFORT, backfill_limit, polling ? 1 : 0);
      if (checked?.resume) this.#say(RESUME, 0, 0, 0, checked.resume);
      if (checked?.resume_notification) this.#say(RESUME, 1, 0, 0, checked.resume_notification);
      let number = this.#numberOf(name, param);
      if (number < 0) number = this.#channels.push([name, param]) - 1;
      lane = this.#say(ATTACH, number, traits(name));
    } else this.#say(HOLD);
    const label = Object.freeze([name, param].filter(Boolean));
    const stream = new (name ? Stream : StreamSocket)(this, label, listener, options, parent);
    this.#streams.set(stream, lane);
    // Nobody is called before the caller has the stream in hand.
    queueMicrotask(() => this.#run());
    return stream;
  }

  /** Another stream on a socket that is held. */
  subscribe(socket, name, params, listener, options) {
    const of = parameter(name);
    // The methods for such streams say what is wrong with a tag or an id.
    const checked =
      of && check(this.#client, of === "tag" ? "streamHashtag" : "streamList", [params?.[of]]);
    listenable("subscribe", listener);
    return this.open(
      String(name),
      checked?.tag ?? checked?.id,
      listener,
      options,
      undefined,
      socket,
    );
  }

  /** Nobody listens to a stream any more. */
  close(stream, failure) {
    for (const [child] of this.#streams) {
      if (Stream.parent(child) === stream) this.close(child, failure);
    }
    this.#forget(stream);
    Stream.end(stream, failure);
    this.#run();
  }

  /** The client is closed. */
  end() {
    for (const stream of this.#streams.keys()) this.close(stream);
  }

  #forget(stream) {
    if (!this.#streams.has(stream)) return;
    const lane = this.#streams.get(stream);
    this.#streams.delete(stream);
    if (lane === undefined) this.#say(LET_GO);
    else this.#say(DETACH, lane);
  }

  /** Tells the hub, or asks it, without doing what it wants done. */
  #say(what, a = 0, b = 0, c = 0, text = "", event = undefined) {
    return this.#hub.tell(what, Date.now(), a, b, c, text, event);
  }

  #tell(what) {
    this.#say(what, Math.random());
    this.#run();
  }

  /** Does what is to be done, until nothing is. What a listener causes meanwhile waits its turn. */
  #run() {
    if (this.#busy) return;
    this.#busy = true;
    this.#changed();
    this.#hub.run(this);
    this.#busy = false;
    if (this.#streams.size === 0) this.#rest();
    else this.#wind();
  }

  /** Called by the hub: `carry_out` in bridge.rs. */
  act(what, a, b, c, text, event) {
    if (what === 0) this.#connect(a === 1);
    else if (what === 1) this.#disconnect();
    else if (what === 2) this.#subscribe("subscribe", this.#channels[a]);
    else if (what === 3) this.#subscribe("unsubscribe", this.#channels[a]);
    // No server has such a stream: it has to say so, and thereby that it is there.
    else if (what === 4) this.#subscribe("subscribe", ["ping"]);
    else if (what === 5) this.#probe();
    else if (what === 6) {
      const work = () => this.#fetch(a, b, c, text.trim());
      this.#requests = this.#requests.then(work);
    } else if (what === 7) this.#deliver(a, event.event, event.payload);
    else if (what === 8) this.#deliver(a, "delete", text.trim());
    else if (what === 9) {
      const [from, to] = text.split(" ");
      this.#deliver(a, "gap", { from: from || null, to: to || null });
    } else if (what === 10) this.#changed();
    else this.#abort(what === 11 ? a : undefined, b, this.#refusals[c]);
  }

  #changed() {
    const state = STATES[this.#say(STATE)];
    for (const stream of [...this.#streams.keys()]) Stream.changed(stream, state);
  }

  #deliver(lane, event, payload) {
    for (const [stream, own] of [...this.#streams]) {
      if (own === lane) Stream.deliver(stream, event, payload);
    }
  }

  /** A lane was refused, or (without one) everything is over. */
  #abort(lane, why, refusal) {
    const error =
      why === 0
        ? this.#failure
        : why === 1
          ? create(
              NETWORK,
              `${this.#client.api_base_url} takes no WebSocket, and \`polling\` is off`,
            )
          : refusal;
    for (const [stream, own] of [...this.#streams]) {
      if (lane !== undefined && own !== lane) continue;
      this.#forget(stream);
      Stream.end(stream, [error], true);
    }
  }

  /** A message from the server. */
  #frame(text) {
    let envelope;
    try {
      envelope = JSON.parse(text);
    } catch {
      // It says no more than that the server is there.
    }
    const { event, stream, payload, error, status } = envelope ?? {};
    if (typeof event !== "string") {
      if (typeof error !== "string") return this.#tell(HEARD);
      const number = this.#refusals.push(refusal(status | 0 || 400, error)) - 1;
      this.#say(REFUSED, number, status | 0 || 400, error.includes("list") ? 1 : 0);
      return this.#run();
    }
    const number = this.#numberOf(...this.#label(stream));
    if (number < 0) return this.#tell(HEARD);
    const kind = EVENTS[event];
    let value = payload;
    if (kind & ABSENT) value = undefined;
    else if (kind & ID) value = idText(payload, text);
    else if (typeof payload === "string") {
      try {
        value = JSON.parse(payload);
      } catch (cause) {
        if (kind !== undefined) return this.#malformed(number, event, cause);
      }
      // A new kind of event may carry a bare id, which would lose its last digits.
      if (kind === undefined && typeof value === "number") value = payload;
    }
    this.#say(EVENT, number, kind & 31, 0, numbers(kind, value), { event, payload: value });
    this.#run();
  }

  #numberOf(name, param) {
    return this.#channels.findIndex(([own, given]) => own === name && given === param);
  }

  /** Which stream a message says it is for; some servers do not say. */
  #label(label) {
    let [name, param] = typeof label === "string" ? [label] : Array.isArray(label) ? label : [];
    if (typeof name !== "string") return this.#channels[0] ?? [];
    // GoToSocial puts a list and its id into one.
    if (param === undefined && name.startsWith("list:")) [name, param] = ["list", name.slice(5)];
    return [name, param === undefined ? param : small(name, String(param))];
  }

  #malformed(number, event, cause) {
    const error = create(MALFORMED_EVENT, `the payload of \`${event}\` is no JSON`, cause);
    for (const stream of [...this.#streams.keys()]) {
      if (this.#numberOf(...Stream.label(stream)) === number) Stream.malformed(stream, error);
    }
    this.#tell(HEARD);
  }

  async #connect(query) {
    this.#attempt += 1;
    const attempt = this.#attempt;
    try {
      this.#address ??= await this.#find();
      if (attempt !== this.#attempt) return;
      const token = this.#token() || undefined;
      const [url, protocol] =
        token && query
          ? [`${this.#address}?access_token=${encodeURIComponent(token)}`]
          : [this.#address, token];
      this.#socket = open(this.#Socket, url, protocol, this.#agent, {
        opened: () => this.#tell(OPENED),
        frame: (text) => this.#frame(text),
        closed: () => this.#tell(CLOSED),
      });
    } catch {
      if (attempt === this.#attempt) this.#tell(CLOSED);
    }
  }

  async #find() {
    const signal = this.#controller.signal;
    try {
      return await find(this.#client, { signal, timeout: PROBE });
    } catch (error) {
      // A server that keeps its description to itself may stream all the same.
      if (error?.status === undefined) throw error;
      return address(this.#client.api_base_url);
    }
  }

  #token() {
    return this.#client.persistableLoginCredentials().access_token;
  }

  #subscribe(type, [stream, param]) {
    const message = { type, stream };
    if (param) message[parameter(stream) ?? "tag"] = param;
    try {
      this.#socket?.send(JSON.stringify(message));
    } catch {
      // A socket that takes nothing any more tells of its end by itself.
    }
  }

  #disconnect() {
    this.#attempt += 1;
    this.#socket?.drop();
    this.#socket = undefined;
  }

  /** Whether server and token are good. The streaming server may have moved, too. */
  async #probe() {
    this.#address = undefined;
    const options = { signal: this.#controller.signal, timeout: PROBE };
    const token = this.#token();
    let result = GOOD;
    try {
      await (token
        ? this.#client.accountVerifyCredentials(options)
        : this.#client.instance(options));
    } catch (error) {
      const status = error?.status;
      if (!(status < 500) || status === 429) result = UNREACHABLE;
      if (token && status === 401) {
        this.#failure = error;
        result = UNAUTHORIZED;
      }
    }
    this.#tell(result);
  }

  /** What a lane asks of REST: the newest entry, those after an id, or (source 0) these statuses. */
  async #fetch(lane, ticket, source, text) {
    let result = DONE;
    try {
      const [stream] = [...this.#streams].find(([, own]) => own === lane) ?? [];
      if (!stream) return;
      const list = await this.#list(Stream.label(stream), source, text);
      const event = SENT[source] ?? "status.update";
      for (const payload of list) {
        this.#say(ITEM, 0, 0, 0, numbers(source || STATUSES, payload), { event, payload });
      }
    } catch (error) {
      const status = error?.status;
      if (status === 429) {
        const left = this.#client.ratelimit?.reset - Date.now();
        result = left > 0 ? left : LIMITED;
      } else if (error?.name === "MastodonVersionError" || status < 500) result = LASTING;
      else result = PASSING;
    }
    this.#say(FETCHED, lane, ticket, result);
    this.#run();
  }

  #list([name, param], source, text) {
    const client = this.#client;
    const signal = this.#controller?.signal;
    if (source === 0) return client.statuses(text.split(" "), { signal });
    const options = { limit: text ? PAGE : 1, min_id: text || undefined, signal };
    if (source === NOTIFICATIONS) return client.notifications(options);
    if (source === CONVERSATIONS) return client.conversations(options);
    const [kind, ...filters] = name.split(":");
    for (const filter of filters) options[filter === "media" ? "only_media" : filter] = true;
    if (kind === "public") return client.timelinePublic(options);
    if (kind === "hashtag") return client.timelineHashtag(param, options);
    if (kind === "list") return client.timelineList(param, options);
    return client.timelineHome(options);
  }

  #wind() {
    const due = this.#say(DEADLINE);
    // One that comes too early does no harm, and most are put off by each frame.
    if (due >= this.#due) return;
    clearTimeout(this.#timer);
    this.#due = due;
    const wait = Math.min(Math.max(due - Date.now(), 0), LONGEST);
    this.#timer = setTimeout(() => {
      this.#due = Infinity;
      this.#tell(TICK);
    }, wait);
  }

  /** Nobody listens: nothing is left behind. */
  #rest() {
    clearTimeout(this.#timer);
    this.#due = Infinity;
    this.#disconnect();
    this.#unwatch?.();
    this.#controller?.abort();
    this.#unwatch = this.#controller = undefined;
    this.#channels = [];
    this.#refusals = [];
  }
}

/** What the parameter of a stream is called. */
const parameter = (name) =>
  name === "list" ? "list" : /^hashtag(:local)?$/.test(name) ? "tag" : undefined;

/** What was given of some options: null counts as nothing. */
const given = (options) =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));

/** A tag is the same in small letters and in capitals. */
const small = (name, param) => (name === "list" ? param : param?.toLowerCase());

/** An id digit for digit, also where a server wrote it as JSON: what was parsed as a number is rounded. */
function idText(payload, frame) {
  if (typeof payload === "number")
    return /"payload"\s*:\s*(\d+)/.exec(frame)?.[1] ?? String(payload);
  return typeof payload === "string" ? payload.trim().replace(/^"(.*)"$/, "$1") : payload;
}

/** The id of what an event carries and when that was last edited, as far as there are such. */
function numbers(kind, payload) {
  if (kind & DELETE) return String(payload);
  const entity = kind & CONVERSATIONS ? payload?.last_status : payload;
  const { id, edited_at } = kind & 31 ? (entity ?? {}) : {};
  return edited_at ? `${id} ${edited_at}` : String(id ?? "");
}

/** The error of a stream that the server refused. */
const refusal = (status, error) =>
  create(ofStatus(status), `the server refused the stream: ${error}`, undefined, {
    status,
    method: "GET",
    path: "/api/v1/streaming",
    error,
    error_description: null,
    details: null,
    body: "",
    headers: {},
  });

/** The address of the streaming server, as the instance names it. */
async function find(client, options) {
  const { configuration, urls } = (await client.instance(options)) ?? {};
  return address(client.api_base_url, configuration?.urls?.streaming ?? urls?.streaming_api);
}

function listenable(method, listener) {
  if (listener !== null && !/undefined|object|function/.test(typeof listener)) {
    throw refused(method, "listener", "an object with methods", listener);
  }
}

/** The methods as they are declared: they check what they are given, and give ids as text. */
const declared = {};

/** Checks a call; gives its parameters as text, the class to make sockets of, and our name. */
function check(client, method, values) {
  const [text, Socket, agent] = declared[method].apply(client, values);
  const checked = JSON.parse(text);
  if (checked.tag === "") throw refused(method, "tag", "a hashtag without its #", "");
  return { ...checked, Socket, agent };
}

const NAMES = {
  streamUser: () => "user",
  streamUserNotifications: () => "user:notification",
  streamDirect: () => "direct",
  streamPublic: ({ local, remote, only_media }) => {
    if (local && remote) {
      throw create(ILLEGAL_ARGUMENT, "streamPublic: `local` and `remote` exclude each other");
    }
    return `public${local ? ":local" : remote ? ":remote" : ""}${only_media ? ":media" : ""}`;
  },
  streamLocal: ({ only_media }) => (only_media ? "public:local:media" : "public:local"),
  streamHashtag: ({ local }) => (local ? "hashtag:local" : "hashtag"),
  streamList: () => "list",
  streamOpenWebsocket: () => undefined,
};

/** Gives the class its streams. */
export function addStreams({ prototype }, Hub) {
  const drivers = new WeakMap();
  const define = (name, value) =>
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });

  for (const [method, nameOf] of Object.entries(NAMES)) {
    declared[method] = prototype[method];
    const required = /Hashtag|List/.test(method) ? 1 : 0;
    const call = {
      [method](...values) {
        const [listener, options] = values.slice(required);
        const checked = check(this, method, [...values.slice(0, required), options]);
        listenable(method, listener);
        const name = nameOf(options ?? {});
        if (!drivers.has(this)) drivers.set(this, new Driver(this, Hub, checked));
        const driver = drivers.get(this);
        return driver.open(name, checked.tag ?? checked.id, listener, options ?? {}, checked);
      },
    };
    define(method, call[method]);
  }

  const { close, streamHealthy } = prototype;
  define("streamHealthy", async function streamHealthy_(options) {
    const url = await find(this, options);
    return streamHealthy.call(this, `${url.replace("ws", "http")}/health`, options);
  });
  define("close", function close_() {
    drivers.get(this)?.end();
    close.call(this);
  });
}
