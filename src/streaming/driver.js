// The hands of the hub (hub.rs): sockets, timers, REST, and those who listen. What happens is told to
// the hub together with the time, what is to be done comes back as numbers.
import { checked } from "../client/call.js";
import { rowOf } from "../client/rows.js";
import { create, ILLEGAL_ARGUMENT, MALFORMED_EVENT, NETWORK, ofStatus, refused } from "../error.js";
import {
  ABSENT,
  CONVERSATIONS,
  EDIT,
  EVENTS,
  entity,
  ID,
  idText,
  NOTIFICATIONS,
  POLLS,
  traits,
} from "./events.js";
import { at, compare, keep, sweep } from "./items.js";
import { address, open, watch } from "./socket.js";
import { Stream, StreamSocket } from "./stream.js";

// What the hub is told, in the order of bridge.rs.
const [
  NEW,
  OPENED,
  CLOSED,
  WAKE,
  TICK,
  GOOD,
  UNAUTHORIZED,
  UNREACHABLE,
  CONFIGURE,
  ATTACH,
  DETACH,
  EVENT,
  REFUSED,
  ITEM,
  FETCHED,
  NEEDS,
  DEADLINE,
  NEXT,
] = Array(18).keys();

/** The action (action.rs) that asks REST; what is added to it says for what. */
const FETCH = 16;

// What a request came to (lane.rs); anything above is the time to wait before it may be sent again.
const DONE = -1;
const PASSING = -2;
const LASTING = -3;

/** States by their numbers (connection.rs). */
const STATES = ["connecting", "open", "waiting", "polling", "closed"];

/** Seconds that the server may take to say whether it is there and the token good. */
const PROBE_TIME = 20;
/** How many entries a page is asked for: `PAGE` in lane.rs. */
const PAGE = 40;
/** Milliseconds to wait after a 429 that does not say. */
const LIMITED = 60_000;
/** The longest time that `setTimeout` can count. */
const LONGEST = 2 ** 31 - 1;
/** Marks items that are deleted (item.rs). */
const GONE = 1 << 31;
/** After how many items and closed streams those are forgotten that nobody needs. */
const SWEEP = 256;

/** The numbers of hubs that are not in use, and how many were made. */
const spare = [];
let made = 0;

/** The streams of a client. */
class Driver {
  #client;
  /** Tells a hub, which is known by its number: bridge.rs. */
  #streamHub;
  /** The hub's number while somebody listens; there is no hub of this one. */
  #hub = -1;
  #Socket;
  /** What to call ourselves, on platforms that allow it. */
  #agent;
  /** How the token travelled when a socket opened, plus 1: what is known when all begins anew. */
  #proven = 0;
  /**
   * Those who listen, with the lane of each, what it shares a lane by, and what it asks of the
   * connection.
   */
  #streams = new Map();
  /** Names and parameters of streams, by the numbers that the hub knows them by. No server has 0. */
  #channels = new Map([[0, ["ping"]]]);
  #last = 0;
  /** What the server refused last, by the numbers that the hub knows it by. */
  #refusals = [];
  #refused = 0;
  #state = STATES[4];
  /** How many items were kept, and streams closed, since the last sweep. */
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
  /** Its signal ends what is under way when nobody listens any more. */
  #controller;
  /** After a reconnect all lanes ask of REST: they do so one after the other. */
  #requests = Promise.resolve();
  /** What REST said when it refused the token. */
  #failure;

  constructor(client, streamHub, { Socket, agent }) {
    this.#client = client;
    this.#streamHub = streamHub;
    this.#Socket = Socket ?? globalThis.WebSocket;
    this.#agent = agent;
  }

  /** Opens a stream; without a name, a socket for streams to come. `checked`: ids as text. */
  open(name, param, listener, options, checked, parent) {
    param = small(name, param);
    if (this.#hub < 0) {
      this.#hub = spare.pop() ?? made++;
      this.#say(NEW, this.#Socket ? 1 : 0, this.#proven);
      this.#controller = new AbortController();
      watch(() => this.#tell(WAKE), this.#controller.signal);
    }
    const label = Object.freeze([name, param].filter(Boolean));
    const stream = new (name ? Stream : StreamSocket)(this, label, listener, options, parent);
    const { resume, resume_notification } = checked ?? {};
    const limit = options.backfill_limit ?? 400;
    const polls = options.polling === false ? 0 : POLLS;
    let number = 0;
    if (name) {
      number = this.#numberOf(name, param) || ++this.#last;
      this.#channels.set(number, [name, param]);
    }
    // Not with others, who would get it again: a stream that goes on from an earlier run.
    const key = resume || resume_notification ? stream : `${[number, limit, polls]}`;
    const [shared] = [...this.#streams.values()].filter((own) => own.key === key);
    const own = {
      number,
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
    this.#kept += 1;
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
    return this.#streamHub(this.#hub, what, Date.now(), a, b, c);
  }

  #tell(what) {
    this.#say(what, Math.random());
    this.#run();
  }

  /** Does what is to be done, until nothing is. What a listener causes meanwhile waits its turn. */
  #run() {
    if (this.#busy) return;
    this.#busy = true;
    const next = () => this.#say(NEXT);
    for (let what = next(); what >= 0; what = next()) this.#act(what, next(), next(), next());
    this.#busy = false;
    if (this.#kept > SWEEP) {
      this.#kept = 0;
      this.#say(NEEDS);
      const needed = new Set();
      for (let number = next(); number >= 0; number = next()) needed.add(number & ~GONE);
      sweep(this, needed);
      const used = [...this.#streams.values()].map((own) => own.number);
      for (const number of this.#channels.keys()) {
        if (number && !used.includes(number)) this.#channels.delete(number);
      }
    }
    if (this.#streams.size === 0) this.#rest();
    else this.#wind();
  }

  /** What is to be done, in the order of action.rs. */
  #actions = [
    (query) => this.#connect(query),
    () => this.#disconnect(),
    (number) => this.#subscribe("subscribe", this.#channels.get(number)),
    (number) => this.#subscribe("unsubscribe", this.#channels.get(number)),
    () => this.#probe(),
    (state) => {
      this.#state = STATES[state];
      this.#changed();
    },
    (lane, item) => this.#deliver(lane, at(item).event, at(item).payload),
    (lane, item) => this.#deliver(lane, "delete", at(item).id),
    (lane, from, to) =>
      this.#deliver(lane, "gap", { from: at(from).id || null, to: at(to).id || null }),
    (lane, why, number) => this.#abort(lane, why, this.#refusals[number]),
    (item) => this.#checked.push(at(item).id),
  ];

  #act(what, a, b, c) {
    if (what < FETCH) return this.#actions[what](a, b, c);
    const request = [a, b, what - FETCH, at(c).id, this.#checked.splice(0)];
    const { signal } = this.#controller;
    this.#requests = this.#requests.then(() => this.#fetch(signal, ...request));
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
      this.#refused = (this.#refused + 1) % 64;
      this.#refusals[this.#refused] = refusal(code, error);
      this.#say(REFUSED, this.#refused, code, +error.includes("list"));
    } else this.#say(EVENT);
    this.#run();
  }

  #event(event, stream, payload, text) {
    const number = this.#numberOf(...this.#label(stream));
    if (!number) return this.#say(EVENT);
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

  /** The number of a stream; 0 when nobody asked for it. */
  #numberOf(name, param) {
    for (const [number, [own, given]] of this.#channels) {
      if (own === name && given === param) return number;
    }
    return 0;
  }

  /** Which stream a message says it is for; some servers do not say. */
  #label(label) {
    let [name, param] = typeof label === "string" ? [label] : Array.isArray(label) ? label : [];
    if (typeof name !== "string") return [...this.#channels.values()][1] ?? [];
    // GoToSocial puts a list and its id into one.
    if (param === undefined && name.startsWith("list:")) [name, param] = ["list", name.slice(5)];
    return [name, param === undefined ? param : small(name, String(param))];
  }

  #malformed(number, event, cause) {
    const error = create(MALFORMED_EVENT, `the payload of \`${event}\` is no JSON`, cause);
    for (const [stream, own] of [...this.#streams]) {
      if (own.number === number) Stream.malformed(stream, error);
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
        opened: () => {
          this.#proven = query + 1;
          this.#tell(OPENED);
        },
        frame: (text) => this.#frame(text),
        closed: () => this.#tell(CLOSED),
      });
    } catch {
      if (attempt === this.#attempt) this.#tell(CLOSED);
    }
  }

  async #find() {
    const { signal } = this.#controller;
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
    const { signal } = this.#controller;
    const options = { signal, timeout: PROBE_TIME };
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
    if (!signal.aborted) this.#tell(result);
  }

  /**
   * What a lane asks of REST: the newest entry, those after an id, or (source 0) these statuses.
   */
  async #fetch(signal, lane, ticket, source, after, about) {
    let result = DONE;
    try {
      const [stream] = this.#on(lane);
      if (!stream) return;
      const list = await this.#list(Stream.label(stream), source, after, about, signal);
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
    if (signal.aborted) return;
    this.#say(FETCHED, lane, ticket, result);
    this.#run();
  }

  #list([name, param], source, after, about, signal) {
    const client = this.#client;
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
    this.#controller?.abort();
    if (this.#hub >= 0) spare.push(this.#hub);
    this.#hub = -1;
    this.#refusals = [];
    this.#kept = 0;
    sweep(this, new Set());
  }
}

/** What the parameter of a stream is called. */
const parameter = (name) =>
  name === "list" ? "list" : /^hashtag(:local)?$/.test(name) ? "tag" : undefined;

/** A tag is the same in small letters and in capitals. */
const small = (name, param) => (name === "list" ? param : param?.toLowerCase());

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
  streamUser: "user",
  streamUserNotifications: "user:notification",
  streamDirect: "direct",
  streamPublic: "public",
  streamLocal: "public:local",
  streamHashtag: "hashtag",
  streamList: "list",
  streamOpenWebsocket: "",
};

/** Gives the class its streams. */
export function addStreams({ prototype }, streamHub) {
  const drivers = new WeakMap();
  const define = (name, value) =>
    Object.defineProperty(prototype, name, { value, configurable: true, writable: true });

  for (const [method, base] of Object.entries(NAMES)) {
    declared[method] = prototype[method];
    const required = /Hashtag|List/.test(method) ? 1 : 0;
    const call = {
      [method](...values) {
        const [listener, options] = values.slice(required);
        const checked = check(this, method, [...values.slice(0, required), options]);
        listenable(method, listener);
        const { local, remote, only_media } = options ?? {};
        if (local && remote) {
          throw create(ILLEGAL_ARGUMENT, `${method}: \`local\` and \`remote\` exclude each other`);
        }
        const name = `${base}${local ? ":local" : ""}${remote ? ":remote" : ""}${only_media ? ":media" : ""}`;
        if (!drivers.has(this)) drivers.set(this, new Driver(this, streamHub, checked));
        const driver = drivers.get(this);
        return driver.open(name, checked.tag ?? checked.id, listener, options ?? {}, checked);
      },
    };
    define(method, call[method]);
  }

  const { close, streamHealthy } = prototype;
  define("streamHealthy", async function streamHealthy_(options) {
    // Before the server is asked for the address, and in this method's name.
    checked(rowOf("streamHealthy"), ["/", options]);
    const url = await find(this, options);
    return streamHealthy.call(this, `${url.replace("ws", "http")}/health`, options);
  });
  define("close", function close_() {
    drivers.get(this)?.end();
    close.call(this);
  });
}
