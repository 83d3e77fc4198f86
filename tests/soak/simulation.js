// Days of a client in a few seconds: time is given, and the instance is in the same process. People post,
// edit and delete while sockets are cut, the server goes away, REST fails, tokens end, the tab is frozen,
// the clock is moved, and the program is ended and started again. What the streams delivered is compared
// with what was posted: every event once, in order, or covered by a gap.
//
// It runs wherever there are the package, the sandbox and fake timers: in Node and in a page.
import { dice } from "../dice.js";

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 2, 1);
/** How many turns of the event loop a request may take before time passes again. */
const TURNS = 60;
const LIFETIME_S = 4 * 3600;

/** What one stream has delivered of one list. */
class Heard {
  seen = [];
  gaps = [];
  /** The newest delivered: a program that is started again goes on after it. */
  last;

  constructor(name) {
    this.name = name;
  }

  add(id) {
    this.seen.push(id);
    if (this.last === undefined || BigInt(id) > BigInt(this.last)) this.last = id;
  }

  /** Complaints, as texts: `posted` is what there was, `{ id, at, deleted }` in order. */
  compare(posted) {
    const complaints = [];
    const seen = new Map();
    let last = 0n;
    for (const id of this.seen) {
      if (seen.has(id)) complaints.push(`${this.name}: ${id} came twice`);
      else if (BigInt(id) < last) complaints.push(`${this.name}: ${id} came after ${last}`);
      seen.set(id, true);
      if (BigInt(id) > last) last = BigInt(id);
    }
    for (const one of posted) {
      if (seen.delete(one.id) || one.deleted || this.covers(one)) continue;
      complaints.push(`${this.name}: ${one.id} is missing`);
    }
    for (const id of seen.keys()) complaints.push(`${this.name}: ${id} was never posted`);
    return complaints;
  }

  covers({ id, at }) {
    return this.gaps.some(
      (gap) =>
        (gap.from === null || BigInt(gap.from) < BigInt(id)) &&
        // A gap whose end is not known ends when it is reported.
        (gap.to === null ? at <= gap.at : BigInt(id) < BigInt(gap.to)),
    );
  }
}

export class Simulation {
  #random;
  #clock;
  #turn;
  #log;
  #inside = 0;
  #statuses = [];
  #mentions = [];
  #home = new Heard("home");
  #notifications = new Heard("notifications");
  #local = new Heard("local");
  figures = { days: 0, posts: 0, events: 0, gaps: 0, reconnects: 0, requests: 0, starts: 0 };

  /** `turn` resolves after a turn of the real event loop; `log` is told what happens, in minutes. */
  constructor({ Mastodon, Sandbox, FakeTimers, seed = 1, turn, log = () => {} }) {
    Object.assign(this, { Mastodon, Sandbox, FakeTimers, seed });
    this.#log = (...texts) => log((this.elapsed / MINUTE).toFixed(2), ...texts);
    this.#random = dice(seed);
    this.#turn = turn;
  }

  async start() {
    this.#clock = this.FakeTimers.install({
      now: START,
      toFake: ["setTimeout", "clearTimeout", "setInterval", "clearInterval", "Date"],
    });
    this.sandbox = await this.Sandbox.start({ seed: this.seed, now: START });
    await this.sandbox.behaviour({ token_lifetime_s: LIFETIME_S });
    this.credentials = await this.sandbox.control("POST", "/sandbox/tokens", {
      username: "mina",
      scopes: "read write follow push",
    });
    await this.#begin();
  }

  stop() {
    this.mina?.close();
    this.sandbox?.close();
    this.#clock?.uninstall();
  }

  /** A day, at the end of which all is well again. Resolves to what was wrong. */
  async day() {
    const end = this.elapsed + DAY;
    while (this.elapsed < end) {
      await this.#something();
      await this.pass(this.#between(MINUTE, 2 * HOUR));
    }
    await this.#recover();
    await this.pass(20 * MINUTE);
    this.figures.days += 1;
    return this.#compare();
  }

  /** Time passes, in steps from one timer to the next. */
  async pass(ms) {
    let over = false;
    setTimeout(() => {
      over = true;
    }, ms);
    while (!over) {
      await this.#settle();
      const before = Date.now();
      this.#clock.next();
      this.#sandboxPasses(Date.now() - before);
    }
    await this.#settle();
  }

  elapsed = 0;

  #sandboxPasses(ms) {
    this.elapsed += ms;
    this.sandbox.advance(ms);
  }

  /** Everything that needs no time is done. */
  async #settle() {
    for (let turns = 0; turns < 3 || (this.#inside > 0 && turns < TURNS); turns += 1) {
      await this.#turn();
    }
  }

  /** The program is started, and goes on where it was ended. */
  async #begin() {
    const { access_token, refresh_token, expires_in, client_id, client_secret } = this.credentials;
    const { WebSocket: web_socket, url: api_base_url } = this.sandbox;
    this.mina = new this.Mastodon({
      api_base_url,
      client_id: client_id ?? "sandbox-client",
      client_secret: client_secret ?? "sandbox-secret",
      access_token,
      refresh_token,
      expires_in,
      web_socket,
      fetch: (input, init) => this.#fetch(input, init),
    });
    this.figures.starts += 1;
    this.streams = [
      this.mina.streamUser(this.#listener(this.#home, this.#notifications), {
        resume: this.#home.last,
        resume_notification: this.#notifications.last,
      }),
      this.mina.streamLocal(this.#listener(this.#local), { resume: this.#local.last }),
    ];
    await this.pass(MINUTE);
  }

  #listener(statuses, notifications) {
    const note = (heard, id) => {
      this.figures.events += 1;
      this.#log(`${heard.name}: ${id}`);
      heard.add(id);
    };
    return {
      onUpdate: ({ id }) => note(statuses, id),
      onState: (state) => this.#log(`${statuses.name} is ${state}`),
      onNotification: ({ id }) => note(notifications, id),
      onGap: ({ from, to }) => {
        this.figures.gaps += 1;
        this.#log(`${statuses.name}: gap from ${from} to ${to}`);
        for (const heard of [statuses, notifications])
          heard?.gaps.push({ from, to, at: this.elapsed });
      },
      onOpen: () => {
        this.figures.reconnects += 1;
      },
      onError: (error) => {
        this.lastError = error;
      },
      onAbort: (error) => {
        this.aborted = error;
      },
    };
  }

  async #fetch(input, init) {
    this.figures.requests += 1;
    this.#inside += 1;
    try {
      const response = await this.sandbox.fetch(input, init);
      const { status, headers, url } = response;
      const body = await response.arrayBuffer();
      const whole = new Response([204, 205, 304].includes(status) ? null : body, {
        status,
        headers,
      });
      Object.defineProperty(whole, "url", { value: url });
      return whole;
    } finally {
      this.#inside -= 1;
    }
  }

  #between(low, high) {
    return Math.floor(low + this.#random() * (high - low));
  }

  async #something() {
    const ways = [
      [6, () => this.#posts(this.#between(1, 40), this.#between(0, 30 * SECOND))],
      [1, () => this.#posts(this.#between(400, 600), 0)],
      [1, () => this.#flood(this.#between(300, 700))],
      [4, () => this.#mention()],
      [2, () => this.#edit()],
      [2, () => this.#delete()],
      [4, () => this.#sockets({ drop: true })],
      [2, () => this.#restart(this.#between(SECOND, 20 * MINUTE))],
      [2, () => this.#silence(this.#between(SECOND, 30 * MINUTE))],
      [2, () => this.#rest({ status: 503, body: "html" }, this.#between(SECOND, 30 * MINUTE))],
      [1, () => this.#rest({ latency_ms: 15 * SECOND }, this.#between(SECOND, 10 * MINUTE))],
      [1, () => this.#limits()],
      [2, () => this.#freeze(this.#between(MINUTE, 8 * HOUR))],
      [1, () => this.#moveClock(this.#between(-3 * HOUR, 3 * HOUR))],
      [1, () => this.#end(this.#between(MINUTE, 3 * HOUR))],
    ];
    let left = this.#random() * ways.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, way] of ways) {
      left -= weight;
      if (left < 0) return way();
    }
  }

  async #theo(method, path, body) {
    const { access_token } = this.sandbox.as("theo");
    const response = await this.sandbox.fetch(`${this.sandbox.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
      body: body && JSON.stringify(body),
    });
    if (!response.ok)
      throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return response.json();
  }

  async #posts(count, every) {
    this.#log(`posts ${count}`);
    for (let number = 0; number < count; number += 1) {
      await this.#post(`Post ${this.figures.posts}`);
      // A millisecond at least: ids are made of the time.
      await this.pass(Math.max(1, Math.floor(every * this.#random())));
    }
  }

  async #post(status) {
    this.figures.posts += 1;
    const { id } = await this.#theo("POST", "/api/v1/statuses", { status });
    this.#log(`posted ${id}`);
    const one = { id, at: this.elapsed, deleted: false };
    this.#statuses.push(one);
    return one;
  }

  async #mention() {
    const { id } = await this.#post(`@mina, this is number ${this.figures.posts}`);
    this.#mentions.push(id);
  }

  async #edit() {
    const one = this.#statuses.at(-1);
    if (one && !one.deleted)
      await this.#theo("PUT", `/api/v1/statuses/${one.id}`, { status: "Edited" });
  }

  async #delete() {
    const one = this.#statuses.at(-1);
    if (!one || one.deleted || this.#mentions.includes(one.id)) return;
    one.deleted = true;
    await this.#theo("DELETE", `/api/v1/statuses/${one.id}`);
  }

  #sockets(change) {
    this.#log(`sockets ${JSON.stringify(change)}`);
    return this.sandbox.control("POST", "/sandbox/streaming", change);
  }

  /** The server is away: no socket, no REST. */
  async #restart(time) {
    this.#log(`is away for ${time} ms`);
    await this.#sockets({ drop: true, refuse_for_ms: time });
    await this.#rest({ status: 502, body: "html" }, time);
  }

  /** More is posted while the sockets are refused than is fetched afterwards, or nearly. */
  async #flood(count) {
    await this.#sockets({ drop: true, refuse_for_ms: MINUTE });
    await this.#posts(count, 0);
  }

  /** What is sent is lost, and nobody says so until the end. */
  async #silence(time) {
    this.#log(`sends nothing for ${time} ms`);
    await this.#sockets({ silent: true });
    await this.#posts(this.#between(0, 5), SECOND);
    await this.pass(time);
    await this.#sockets({ silent: false, drop: true });
  }

  /** What the client asks of REST fails while theo goes on. */
  async #rest(fault, time) {
    this.#log(`REST ${JSON.stringify(fault)} for ${time} ms`);
    const match = { path: "^/api/v1/(timelines|notifications|statuses\\?)" };
    await this.sandbox.faults({ match, ...fault });
    await this.#posts(this.#between(0, 10), time / 10);
    await this.pass(time);
    await this.sandbox.clearFaults();
  }

  #limits() {
    const reset = new Date(Date.now() + 5 * MINUTE).toISOString();
    const headers = {
      "X-RateLimit-Limit": "300",
      "X-RateLimit-Remaining": "0",
      "X-RateLimit-Reset": reset,
    };
    return this.#rest({ status: 429, headers, times: 3 }, MINUTE);
  }

  /** The tab sleeps: no timer fires, then all do. What was sent waits in the socket, unless that was lost. */
  async #freeze(time) {
    this.#log(`sleeps for ${time} ms`);
    const lost = this.#random() < 0.5;
    if (lost) await this.#sockets({ silent: true });
    await this.#posts(this.#between(0, 20), 0);
    this.#clock.jump(time);
    this.#sandboxPasses(time);
    await this.#settle();
    if (lost) await this.#sockets({ silent: false, drop: true });
  }

  /** Somebody sets the clock of the machine. The server's goes on. */
  async #moveClock(by) {
    this.#log(`the clock is moved by ${by} ms`);
    this.#clock.setSystemTime(Date.now() + by);
    await this.#posts(2, SECOND);
  }

  /** The program is ended, and started later. */
  async #end(time) {
    this.#log(`is ended for ${time} ms`);
    this.credentials = this.mina.persistableLoginCredentials();
    this.mina.close();
    await this.#posts(this.#between(0, 30), 10 * SECOND);
    await this.pass(time);
    await this.#begin();
  }

  async #recover() {
    await this.sandbox.clearFaults();
    await this.sandbox.control("DELETE", "/sandbox/streaming");
  }

  async #compare() {
    const complaints = [];
    if (this.aborted) complaints.push(`a stream ended: ${this.aborted}`);
    for (const stream of this.streams) {
      if (stream.state !== "open") complaints.push(`a stream is ${stream.state}`);
    }
    complaints.push(...this.#home.compare(this.#statuses));
    complaints.push(...this.#local.compare(this.#statuses));
    complaints.push(...this.#notifications.compare(await this.#mentioned()));
    this.#forget();
    return complaints;
  }

  /** The notifications that there are of theo's mentions. */
  async #mentioned() {
    const at = new Map(this.#statuses.map((one) => [one.id, one.at]));
    const list = [];
    let page = await this.mina.notifications({ limit: 80 });
    while (page?.length > 0 && list.length < this.#mentions.length) {
      list.push(...page.filter(({ status }) => at.has(status?.id)));
      page = await this.mina.fetchNext(page);
    }
    return list.map(({ id, status }) => ({ id, at: at.get(status.id), deleted: false }));
  }

  /** What was compared is not compared again. */
  #forget() {
    this.#statuses = [];
    this.#mentions = [];
    for (const heard of [this.#home, this.#local, this.#notifications]) {
      heard.gaps = [];
      heard.seen = [];
    }
  }
}
