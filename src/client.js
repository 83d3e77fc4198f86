// A client: what it knows of its server, and its methods, which are the rows of a table in the module.

import { accounts } from "./api/accounts.js";
import { admin } from "./api/admin.js";
import { asyncRefresh } from "./api/async_refresh.js";
import { authentication } from "./api/authentication.js";
import { filters } from "./api/filters.js";
import { instance } from "./api/instance.js";
import { media } from "./api/media.js";
import { notifications } from "./api/notifications.js";
import { pagination } from "./api/pagination.js";
import { polls } from "./api/polls.js";
import { preferences } from "./api/preferences.js";
import { push } from "./api/push.js";
import { reports } from "./api/reports.js";
import { search } from "./api/search.js";
import { statuses } from "./api/statuses.js";
import { streaming } from "./api/streaming.js";
import { timeline } from "./api/timeline.js";
import { utility } from "./api/utility.js";
import { originOf } from "./client/base_url.js";
import { Call, checked, headerValue, illegal } from "./client/call.js";
import { names, rowOf } from "./client/rows.js";
import { isServer } from "./client/runtime.js";
import { send, setVersion, shown } from "./client/send.js";
import { create, refused } from "./error.js";

/**
 * What methods do beside sending their request, by their names. It is done to the checked call before
 * it is sent; what gives a promise is done instead.
 */
const CODE = {
  ...accounts,
  ...admin,
  ...asyncRefresh,
  ...authentication,
  ...filters,
  ...instance,
  ...media,
  ...notifications,
  ...pagination,
  ...polls,
  ...preferences,
  ...push,
  ...reports,
  ...search,
  ...statuses,
  ...streaming,
  ...timeline,
  ...utility,
};

/** What clients know: in here, and not on them, since consoles show what is on an object. */
const states = new WeakMap();

/** Before the module is loaded. */
let loaded = false;
const ready = () => {
  if (!loaded) throw new Error("mastodon-wasm is not loaded yet: call `await init()` first");
};

export class Mastodon {
  constructor(options) {
    ready();
    states.set(this, stateOf("Mastodon", options));
  }

  get api_base_url() {
    return states.get(this).origin;
  }

  get ratelimit() {
    return shown(states.get(this).ratelimit);
  }

  /** What runs rejects, what comes later does too. */
  close() {
    const state = states.get(this);
    state.ended = true;
    for (const scope of state.running)
      scope.end(create(0, "the client was closed while this call was running"));
  }

  free() {
    this.close();
  }

  toString() {
    return `[Mastodon ${this.api_base_url}]`;
  }

  toJSON() {
    return { api_base_url: this.api_base_url };
  }
}

// Minifying takes the name away that a console shows.
Object.defineProperty(Mastodon, "name", { value: "Mastodon" });
if (Symbol.dispose) Mastodon.prototype[Symbol.dispose] = Mastodon.prototype.free;

// There is no table yet to take them from.
for (const name of "createApp startLogin finishLogin restore savedLogins getSupportedVersion getStatusLength".split(
  " ",
))
  Mastodon[name] = ready;

/** A client, made for a method. */
export function makeClient(method, options) {
  const client = Object.create(Mastodon.prototype);
  states.set(client, stateOf(method, options));
  return client;
}

/** What the options of a client make of it. */
function stateOf(method, options) {
  if (options === undefined || options === null)
    throw refused(method, "options", "an object with `api_base_url`", options);
  const given = checked(rowOf("Mastodon"), [options], method);
  const state = {
    ratelimit_method: "wait",
    ratelimit_pacefactor: 1.1,
    request_timeout: 300,
    // Browsers have one of their own; setting the header there makes a request that not every
    // server's CORS headers allow.
    user_agent: isServer() ? `mastodon-wasm/${PACKAGE_VERSION}` : undefined,
    ratelimit: undefined,
    lastRequest: 0,
    running: new Set(),
  };
  // An empty text is as good as none.
  for (const [name, [, value]] of given) if (value !== "") state[name] = value;
  state.origin = originOf(method, state.api_base_url ?? "", state.allow_http);
  headerValue(method, "user_agent", state.user_agent);
  if (/[^!-~]/.test(state.access_token))
    throw illegal(method, "`access_token` has characters that no token has");
  if (state.mastodon_version) {
    setVersion(state, state.mastodon_version);
    state.givenVersion = true;
  }
  return state;
}

/** Calls a method. What it reads of the caller's it reads at once: it may be another's afterwards. */
async function perform(client, row, values) {
  // A login makes its clients by itself.
  if (row.isStatic && !row.path) return CODE[row.name](new Call({}, row, values));
  const state = row.isStatic ? passing(row, values[1]) : own(client, row);
  const call = new Call(state, row, values);
  call.open();
  try {
    return await (CODE[row.name]?.(call) ?? send(call.scope, call.build()));
  } finally {
    call.scope.close();
  }
}

/** Gives the class its methods, once the module is there. A login needs clients, and comes from outside. */
export function start(login) {
  Object.assign(CODE, login);
  for (const [place, name] of names()) {
    if (place !== "-") define(place ? Mastodon : Mastodon.prototype, name);
  }
  loaded = true;
}

/**
 * Methods do not show. That is said of what is there already: engines take ten times as long to define a
 * property as it is to be on an object that others inherit from.
 */
function define(on, name) {
  const value = {
    [name](...values) {
      const row = rowOf(name);
      if (row.verb) return perform(this, row, values);
      return CODE[name](new Call(own(this, row), row, values));
    },
  }[name];
  on[name] = value;
  Object.defineProperty(on, name, { enumerable: false });
}

/** What the client knows that a method is called on. */
function own(client, { name, isStatic }) {
  if (isStatic) return {};
  const state = states.get(client);
  if (!state) throw illegal(name, "it was called without its client");
  return state;
}

/** What a client would know that is there for one call. */
const passing = ({ name }, options) =>
  Object.assign(stateOf(name, options), { ratelimit_method: "throw" });

/** The same as `new Mastodon(options)`, as a promise. */
export const connect = async (options) => makeClient("connect", options);
