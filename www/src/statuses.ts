import type { Status } from "mastodon-wasm";

type Watcher = (status: Status | null) => void;

/**
 * The newest that is known about each status. A status can be on the page several times, boosted
 * and in a thread; whoever shows it watches it here.
 */
export class Statuses {
  readonly #known = new Map<string, Status>();
  readonly #watchers = new Map<string, Set<Watcher>>();

  get(id: string): Status | undefined {
    return this.#known.get(id);
  }

  /** Takes what the instance answered. What a boost carries is known under its own id. */
  put(status: Status): void {
    if (status.reblog) this.put(status.reblog);
    // Public streams do not say what the visitor did with a post: that stays as it was.
    const newest = { ...this.#known.get(status.id), ...status };
    this.#known.set(status.id, newest);
    this.#tell(status.id, newest);
  }

  /** Changes what is shown at once; returns what puts it back if the instance does not agree. */
  patch(id: string, change: Partial<Status>): () => void {
    const before = this.#known.get(id);
    if (!before) return () => {};
    const undo: Partial<Status> = {};
    for (const key of Object.keys(change))
      Object.assign(undo, { [key]: before[key as keyof Status] });
    this.put({ ...before, ...change });
    return () => {
      const now = this.#known.get(id);
      if (now) this.put({ ...now, ...undo });
    };
  }

  remove(id: string): void {
    this.#known.delete(id);
    this.#tell(id, null);
  }

  watch(id: string, watcher: Watcher, signal: AbortSignal): void {
    const watchers = this.#watchers.get(id) ?? new Set();
    this.#watchers.set(id, watchers.add(watcher));
    signal.addEventListener("abort", () => watchers.delete(watcher));
  }

  #tell(id: string, status: Status | null): void {
    for (const watcher of this.#watchers.get(id) ?? []) watcher(status);
  }
}
