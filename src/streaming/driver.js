// The hands of the hub (hub.rs): sockets, timers, REST, and those who listen. What happens is told to
// the hub together with the time, what is to be done comes back as numbers.
import { create, ILLEGAL_ARGUMENT, MALFORMED_EVENT, NETWORK, ofStatus, refused } from "../error.js";
import { at, compare, keep, sweep } from "./items.js";
import { address, open, watch } from "./socket.js";
import { Stream, StreamSocket } from "./stream.js";

// What the hub is told: `tell` in bridge.rs.
const OPENED = 0;
const CLOSED = 1;
const WAKE = 2;
const TICK = 3;
const GOOD = 4;
const UNAUTHORIZED = 5;
const UNREACHABLE = 6;
const CONFIGURE = 7;
const ATTACH = 8;
const DETACH = 9;
const EVENT = 10;
const REFUSED = 11;
const ITEM = 12;
const FETCHED = 13;
const HOLDS = 14;
const DEADLINE = 15;

// What is to be done: action.rs.
const CONNECT = 0;
const DISCONNECT = 1;
const SUBSCRIBE = 2;
const UNSUBSCRIBE = 3;
const PROBE = 4;
const STATE = 5;
const DELIVER = 6;
const DELETED = 7;
const GAP = 8;
const END = 9;
const CHECK = 10;
const FETCH = 16;

// What a request came to (lane.rs); anything above is the time to wait before it may be sent again.
const DONE = -1;
const PASSING = -2;
const LASTING = -3;

/** States by their numbers (connection.rs). */
const STATES = ["connecting", "open", "waiting", "polling", "closed"];

// The numberings that events of a stream belong to, and lists (channel.rs).
const STATUSES = 1;
const NOTIFICATIONS = 2;
const CONVERSATIONS = 4;
const LIST = 8;
/** Beside them: REST may take over. */
const POLLS = 16;

const traits = (name) =>
  name === "user"
    ? STATUSES | NOTIFICATIONS
    : name === "user:notification"
      ? NOTIFICATIONS
      : name === "direct"
        ? CONVERSATIONS
        : name === "list"
          ? STATUSES | LIST
          : +/^(public(:local|:remote)?(:media)?|hashtag(:local)?)$/.test(name);

// What else an event can mean (lane.rs), and how a payload is written that is no JSON.
const EDIT = 8;
const DELETE = 16;
const ID = 32;
const ABSENT = 64;

const EVENTS = {
  __proto__: null,
  update: STATUSES,
  notification: NOTIFICATIONS,
  conversation: CONVERSATIONS,
  "status.update": EDIT,
  delete: DELETE | ID,
  announcement: 0,
  "announcement.reaction": 0,
  "announcement.delete": ID,
  filters_changed: ABSENT,
  notifications_merged: ABSENT,
};

/** Seconds that the server may take to say whether it is there and the token good. */
const PROBE_TIME = 20;
/** How many entries a page is asked for: `PAGE` in lane.rs. */
const PAGE = 40;
/** Milliseconds to wait after a 429 that does not say. */
const LIMITED = 60_000;
/** The longest time that `setTimeout` can count. */
const LONGEST = 2 ** 31 - 1;
/** After how many items those are forgotten that nobody needs. */
const SWEEP = 256;

/** The streams of a client. */
export class Driver {
  #client;
  #Socket;
  /** What to call ourselves, on platforms that allow it. */
  #agent;
  #hub;
  /**
   * Those who listen, with the lane of each, what it shares a lane by, and what it asks of the
   * connection.
   */
  #streams = new Map();
  /** Names and parameters of streams, by the numbers that the hub knows them by. No server has 0. */
  #channels = [["ping"]];
  /** What the server refused, by the numbers that the hub knows it by. */
  #refusals = [];
  #state = STATES[4];
  /** How many items were kept since the last sweep. */
  #kept = 0;
  /** The statuses that the next request is about. */
  #checked = [];
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
    const label = Object.freeze([name, param].filter(Boolean));
    const stream = new (name ? Stream : StreamSocket)(this, label, listener, options, parent);
    const { resume, resume_notification } = checked ?? {};
    const limit = options.backfill_limit ?? 400;
    const polls = options.polling === false ? 0 : POLLS;
    let number = 0;
    if (name) {
      number = this.#numberOf(name, param);
      if (number < 0) number = this.#channels.push([name, param]) - 1;
    }
    // Not with others, who would get it again: a stream that goes on from an earlier run.
    const key = resume || resume_notification ? stream : `${[number, limit, polls]}`;
    const [shared] = [...this.#streams.values()].filter((own) => own.key === key);
    const own = {
      key,
      lane: shared?.lane,
      handshake: (options.timeout ?? 30) * 1000,
      idle: (options.idle_timeout ?? 90) * 1000,
      polls,
    };
    this.#streams.set(stream, own);
    this.#configure();
    if (!shared) {
      for (const id of [resume, resume_notification]) {
        this.#say(ITEM, id ? this.#keep({ id, edited: "" }) : 0);
      }
      own.lane = this.#say(ATTACH, number, (name ? traits(name) : 0) | polls, limit);
    }
    // Nobody is called before the caller has the stream in hand.
    queueMicrotask(() => {
      this.#changed();
      this.#run();
    });
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
    for (const child of this.#streams.keys()) {
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
    const own = this.#streams.get(stream);
    if (!own) return;
    this.#streams.delete(stream);
    this.#configure();
    if (!this.#on(own.lane).length) this.#say(DETACH, own.lane);
  }

  /** Those who listen to a lane. */
  #on(lane) {
    return [...this.#streams.keys()].filter((stream) => this.#streams.get(stream).lane === lane);
  }

  /** The connection does what the most demanding ask for. */
  #configure() {
    const all = [...this.#streams.values()];
    const least = (what) => Math.min(...all.map((own) => own[what]));
    this.#say(CONFIGURE, least("handshake"), least("idle"), +all.some((own) => own.polls));
  }

  /** Tells the hub, or asks it, without doing what it wants done. */
  #say(what, a = 0, b = 0, c = 0) {
    return this.#hub.tell(what, Date.now(), a, b, c);
  }

  #tell(what) {
    this.#say(what, Math.random());
    this.#run();
  }

  /** Does what is to be done, until nothing is. What a listener causes meanwhile waits its turn. */
  #run() {
    if (this.#busy) return;
    this.#busy = true;
    for (;;) {
      const actions = this.#hub.take();
      if (!actions.length) break;
      for (let at = 0; at < actions.length; at += 4) {
        this.#act(actions[at], actions[at + 1], actions[at + 2], actions[at + 3]);
      }
    }
    this.#busy = false;
    if (this.#kept > SWEEP) {
      this.#kept = 0;
      sweep(this, (number) => this.#say(HOLDS, number));
    }
    if (this.#streams.size === 0) this.#rest();
    else this.#wind();
  }

  #act(what, a, b, c) {
    if (what >= FETCH) {
      const after = at(c).id;
      const about = this.#checked.splice(0);
      this.#requests = this.#requests.then(() => this.#fetch(a, b, what - FETCH, after, about));
    } else if (what === CONNECT) this.#connect(a);
    else if (what === DISCONNECT) this.#disconnect();
    else if (what === SUBSCRIBE) this.#subscribe("subscribe", this.#channels[a]);
    else if (what === UNSUBSCRIBE) this.#subscribe("unsubscribe", this.#channels[a]);
    else if (what === PROBE) this.#probe();
    else if (what === STATE) {
      this.#state = STATES[a];
      this.#changed();
    } else if (what === DELIVER) this.#deliver(a, at(b).event, at(b).payload);
    else if (what === DELETED) this.#deliver(a, "delete", at(b).id);
    else if (what === GAP) {
      this.#deliver(a, "gap", { from: at(b).id || null, to: at(c).id || null });
    } else if (what === CHECK) this.#checked.push(at(a).id);
    else if (what === END) this.#abort(a, b, this.#refusals[c]);
  }

  #changed() {
    for (const stream of [...this.#streams.keys()]) Stream.changed(stream, this.#state);
  }

  #deliver(lane, event, payload) {
    for (const stream of this.#on(lane)) Stream.deliver(stream, event, payload);
  }

  /** A lane was refused, or (0) everything is over. */
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
    for (const stream of lane ? this.#on(lane) : [...this.#streams.keys()]) {
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
    if (typeof event === "string") this.#event(event, stream, payload, text);
    else if (typeof error === "string") {
      const code = status | 0 || 400;
      const number = this.#refusals.push(refusal(code, error)) - 1;
      this.#say(REFUSED, number, code, +error.includes("list"));
    } else this.#say(EVENT);
    this.#run();
  }

  #event(event, stream, payload, text) {
    const number = Math.max(this.#numberOf(...this.#label(stream)), 0);
    const kind = EVENTS[event];
    let value = payload;
    if (kind & ABSENT) value = undefined;
    else if (kind & ID) value = idText(payload, text);
    else if (typeof payload === "string") {
      try {
        value = JSON.parse(payload);
      } catch (cause) {
        if (kind !== undefined) {
          this.#say(EVENT);
          return this.#malformed(number, event, cause);
        }
      }
      // A new kind of event may carry a bare id, which would lose its last digits.
      if (kind === undefined && typeof value === "number") value = payload;
    }
    const item = entity(kind, event, value);
    this.#say(EVENT, number, item.id && kind & 31, this.#keep(item));
  }

  #keep(item) {
    item.owner = this;
    this.#kept += 1;
    return keep(item);
  }

  #numberOf(name, param) {
    return this.#channels.findIndex(([own, given]) => own === name && given === param);
  }

  /** Which stream a message says it is for; some servers do not say. */
  #label(label) {
    let [name, param] = typeof label === "string" ? [label] : Array.isArray(label) ? label : [];
    if (typeof name !== "string") return this.#channels[1] ?? [];
    // GoToSocial puts a list and its id into one.
    if (param === undefined && name.startsWith("list:")) [name, param] = ["list", name.slice(5)];
    return [name, param === undefined ? param : small(name, String(param))];
  }

  #malformed(number, event, cause) {
    const error = create(MALFORMED_EVENT, `the payload of \`${event}\` is no JSON`, cause);
    for (const stream of [...this.#streams.keys()]) {
      if (this.#numberOf(...Stream.label(stream)) === number) Stream.malformed(stream, error);
    }
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
      return await find(this.#client, { signal, timeout: PROBE_TIME });
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
    const options = { signal: this.#controller.signal, timeout: PROBE_TIME };
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

  /**
   * What a lane asks of REST: the newest entry, those after an id, or (source 0) these statuses.
   */
  async #fetch(lane, ticket, source, after, about) {
    let result = DONE;
    try {
      const [stream] = this.#on(lane);
      if (!stream) return;
      const list = await this.#list(Stream.label(stream), source, after, about);
      // Where nothing is yet, everything to come is new: every id is larger than "0".
      if (source && !after && !list[0]) list.push({ id: "0" });
      const [event] = Object.entries(EVENTS).find(([, kind]) => kind === (source || EDIT));
      const items = list.map((payload) => entity(source || EDIT, event, payload));
      const numbers = items.filter(({ id }) => id).map((item) => this.#keep(item));
      for (const number of numbers.sort(compare)) this.#say(ITEM, number);
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

  #list([name, param], source, after, about) {
    const client = this.#client;
    const signal = this.#controller?.signal;
    if (source === 0) return client.statuses(about, { signal });
    const options = { limit: after ? PAGE : 1, min_id: after || undefined, signal };
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
    this.#channels.length = 1;
    this.#refusals = [];
    this.#kept = 0;
    sweep(this, () => false);
  }
}

/** What the parameter of a stream is called. */
const parameter = (name) =>
  name === "list" ? "list" : /^hashtag(:local)?$/.test(name) ? "tag" : undefined;

/** A tag is the same in small letters and in capitals. */
const small = (name, param) => (name === "list" ? param : param?.toLowerCase());

/** An id digit for digit, also where a server wrote it as JSON: what was parsed as a number is rounded. */
function idText(payload, frame) {
  if (typeof payload === "number")
    return /"payload"\s*:\s*(\d+)/.exec(frame)?.[1] ?? String(payload);
  return typeof payload === "string" ? payload.trim().replace(/^"(.*)"$/, "$1") : payload;
}

/** An event, with the id of what it carries and when that was last edited, as far as there are such. */
function entity(kind, event, payload) {
  const of = kind === CONVERSATIONS ? payload?.last_status : payload;
  const id = kind & DELETE ? payload : kind & 31 && of?.id;
  return { event, payload, id: `${id || ""}`, edited: `${of?.edited_at ?? ""}` };
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
