// What callers hold of a stream: its state, its listener's methods, its iterators.
import { EVENTS } from "./events.js";

/** What the method of a listener is called for an event; others go to `onUnknownEvent`. */
const HANDLERS = new Map(
  [...Object.keys(EVENTS), "gap"].map((event) => [
    event,
    `on.${event}`.replace(/[._](.)/g, (_, letter) => letter.toUpperCase()),
  ]),
);

/** Calls a method of a listener, if it has it. What it throws is reported and goes no further. */
function call(listener, handler, ...args) {
  try {
    const result = listener?.[handler]?.(...args);
    // An async listener throws later.
    if (typeof result?.then === "function")
      result.then(undefined, (cause) => thrown(listener, cause));
  } catch (cause) {
    thrown(listener, cause);
  }
}

function thrown(listener, cause) {
  console.error(cause);
  try {
    listener.onError?.(cause);
  } catch (another) {
    console.error(another);
  }
}

/** One stream. What is static is for the driver. */
export class Stream {
  #driver;
  #label;
  #listener;
  #options;
  #parent;
  #state = "connecting";
  #iterators = new Set();
  #failure;

  constructor(driver, label, listener, options, parent) {
    this.#driver = driver;
    this.#label = label;
    this.#listener = listener ?? undefined;
    this.#options = options;
    this.#parent = parent;
    options.signal?.addEventListener("abort", this.#abort);
  }

  get state() {
    return this.#state;
  }

  close() {
    this.#driver?.close(this);
  }

  [Symbol.asyncIterator]() {
    const iterator = new Events(this.#options.buffer_limit ?? 10_000, () => {
      this.#iterators.delete(iterator);
      if (!this.#listener && !this.#parent && this.#iterators.size === 0) this.close();
    });
    if (this.#state === "closed") iterator.end(this.#failure);
    else this.#iterators.add(iterator);
    return iterator;
  }

  #abort = () => this.#driver?.close(this, [this.#options.signal.reason]);

  static label(stream) {
    return stream.#label;
  }

  static parent(stream) {
    return stream.#parent;
  }

  /** The connection's state is this. */
  static changed(stream, state) {
    // That it is over, and why, `end` says.
    if (state === stream.#state || state === "closed" || stream.#state === "closed") return;
    stream.#state = state;
    if (state === "open") call(stream.#listener, "onOpen");
  }

  /** An event came; on a stream without a listener, for that of the socket it was opened on. */
  static deliver(stream, event, payload, label = stream.#label) {
    if (stream.#state === "closed") return;
    for (const iterator of stream.#iterators) iterator.push({ event, stream: label, payload });
    const listener = stream.#listener;
    const handler = HANDLERS.get(event);
    if (!listener) {
      if (stream.#parent) Stream.deliver(stream.#parent, event, payload, label);
    } else if (handler) call(listener, handler, payload, label);
    else call(listener, "onUnknownEvent", event, payload, label);
  }

  /** Something came that cannot be read: for the listener to know, else for the console. */
  static malformed(stream, error) {
    const listener = stream.#listener ?? stream.#parent?.#listener;
    if (typeof listener?.onError === "function") call(listener, "onError", error);
    else console.error(error);
  }

  /** It is over; `failure` holds the reason where there is one, of which the listener may be told. */
  static end(stream, failure, told) {
    if (stream.#state === "closed") return;
    stream.#state = "closed";
    stream.#driver = undefined;
    stream.#failure = failure;
    stream.#options.signal?.removeEventListener("abort", stream.#abort);
    for (const iterator of stream.#iterators) iterator.end(failure);
    stream.#iterators.clear();
    const listener = stream.#listener ?? stream.#parent?.#listener;
    if (told) call(listener, "onAbort", failure[0], stream.#label);
  }

  /** Another stream on the same socket, with the same options. */
  static subscribe(stream, name, params, listener) {
    const { signal, ...options } = stream.#options;
    return stream.#driver?.subscribe(stream, name, params, listener, options);
  }

  static is(stream, name, param) {
    const [own, given] = stream.#label;
    return own === name && given?.toLowerCase() === param?.toLowerCase();
  }
}

if (Symbol.dispose) Stream.prototype[Symbol.dispose] = Stream.prototype.close;

/** What `streamOpenWebsocket` gives: a socket for streams that come and go. */
export class StreamSocket extends Stream {
  #streams = new Set();

  subscribe(name, params, listener) {
    for (const stream of this.#streams) if (stream.state === "closed") this.#streams.delete(stream);
    const stream = Stream.subscribe(this, name, params, listener);
    if (!stream) throw new TypeError("subscribe: this socket was closed");
    this.#streams.add(stream);
    return stream;
  }

  unsubscribe(name, params) {
    const param = params?.tag ?? params?.list?.id ?? params?.list;
    for (const stream of this.#streams) {
      if (Stream.is(stream, name, param === undefined ? param : String(param))) stream.close();
    }
  }
}

/** The events of one loop: those that nobody has read yet, and those who wait for the next. */
class Events {
  #limit;
  #leave;
  #unread = [];
  #waiting = [];
  #last = null;
  #dropped = false;
  #ended = false;
  #failure;

  constructor(limit, leave) {
    this.#limit = limit;
    this.#leave = leave;
  }

  push(event) {
    this.#unread.push(event);
    if (this.#unread.length > this.#limit) {
      this.#unread.shift();
      this.#dropped = true;
    }
    this.#settle();
  }

  end(failure) {
    this.#ended = true;
    this.#failure = failure;
    this.#settle();
  }

  next() {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#settle();
    });
  }

  return(value) {
    this.#unread = [];
    if (!this.#ended) this.#leave();
    this.end();
    return Promise.resolve({ value, done: true });
  }

  [Symbol.asyncIterator]() {
    return this;
  }

  /** Gives those who wait what there is. */
  #settle() {
    while (this.#waiting.length > 0 && (this.#ended || this.#unread.length > 0)) {
      const { resolve, reject } = this.#waiting.shift();
      const [first] = this.#unread;
      if (first && this.#dropped) {
        const payload = { from: this.#last, to: newId(first) };
        this.#dropped = false;
        resolve({ value: { event: "gap", stream: first.stream, payload }, done: false });
      } else if (first) {
        this.#last = newId(first) ?? this.#last;
        resolve({ value: this.#unread.shift(), done: false });
      } else if (this.#failure) {
        reject(this.#failure[0]);
        this.#failure = undefined;
      } else {
        resolve({ value: undefined, done: true });
      }
    }
  }
}

/** The id by which an event continues a numbering. */
function newId({ event, payload }) {
  const numbered = event === "update" || event === "notification";
  return numbered && payload?.id !== undefined ? String(payload.id) : null;
}
