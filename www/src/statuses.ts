import type { Status } from "mastodon-wasm";

type Watcher = (status: Status | null) => void;

/**
 * The latest version of each status. A status can be on the page several times, for example in a
 * boost and in a thread, so each place listens for changes here.
 */
export class Statuses {
  readonly #known = new Map<string, Status>();
  /** Changes by the user that have no response yet. */
  readonly #changes = new Map<string, Set<Partial<Status>>>();
  readonly #watchers = new Map<string, Set<Watcher>>();

  get(id: string): Status | undefined {
    const known = this.#known.get(id);
    return known && Object.assign({}, known, ...(this.#changes.get(id) ?? []));
  }

  /** Stores a status from a response. The status of a boost is stored under its own id. */
  put(status: Status): void {
    if (status.reblog) this.put(status.reblog);
    // Public streams do not contain the visitor's own marks, so these are kept.
    this.#known.set(status.id, { ...this.#known.get(status.id), ...status });
    this.#tell(status.id);
  }

  /** Shows a change before the response. Returns a function that ends it. */
  patch(id: string, change: Partial<Status>): () => void {
    if (!this.#known.has(id)) return () => {};
    const changes = this.#changes.get(id) ?? new Set();
    this.#changes.set(id, changes.add(change));
    this.#tell(id);
    return () => {
      changes.delete(change);
      if (this.#known.has(id)) this.#tell(id);
    };
  }

  remove(id: string): void {
    this.#known.delete(id);
    this.#tell(id);
  }

  watch(id: string, watcher: Watcher, signal: AbortSignal): void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(watcher));
    signal.addEventListener("abort", () => watchers.delete(watcher));
  }

  #tell(id: string): void {
    const status = this.get(id) ?? null;
    for (const watcher of this.#watchers.get(id) ?? []) {
      try {
        watcher(status);
      } catch (error) {
        // An error in one place does not affect the others.
        console.warn("a post cannot be shown", error);
      }
    }
  }
}
