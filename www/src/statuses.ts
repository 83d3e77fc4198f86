import type { Status } from "mastodon-wasm";

type Watcher = (status: Status | null) => void;

/**
 * The newest that is known about each status. A status can be on the page several times, boosted
 * and in a thread; whoever shows it watches it here.
 */
export class Statuses {
  readonly #known = new Map<string, Status>();
  /** What the visitor did that the instance has not answered yet. */
  readonly #changes = new Map<string, Set<Partial<Status>>>();
  readonly #watchers = new Map<string, Set<Watcher>>();

  get(id: string): Status | undefined {
    const known = this.#known.get(id);
    return known && Object.assign({}, known, ...(this.#changes.get(id) ?? []));
  }

  /** Takes what the instance answered. What a boost carries is known under its own id. */
  put(status: Status): void {
    if (status.reblog) this.put(status.reblog);
    // Public streams do not say what the visitor did with a post: that stays as it was.
    this.#known.set(status.id, { ...this.#known.get(status.id), ...status });
    this.#tell(status.id);
  }

  /**
   * Changes what is shown, whatever the instance says meanwhile; returns what ends that, once it has
   * agreed or not.
   */
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
        // One place that cannot show it keeps no other from doing so.
        console.warn("a post cannot be shown", error);
      }
    }
  }
}
