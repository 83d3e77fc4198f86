/** An entry of the log: a request with its response, or an event of a stream. */
export interface Exchange {
  label: string;
  outcome: string;
  failed: boolean;
  milliseconds: number | null;
}

const limit = 40;
const exchanges: Exchange[] = [];
const watchers = new Set<() => void>();

export function recentExchanges(): readonly Exchange[] {
  return exchanges;
}

export function watchExchanges(watcher: () => void, signal: AbortSignal): void {
  watchers.add(watcher);
  signal.addEventListener("abort", () => watchers.delete(watcher));
}

export function note(exchange: Exchange): void {
  exchanges.unshift(exchange);
  exchanges.length = Math.min(exchanges.length, limit);
  for (const watcher of watchers) watcher();
}

/** The `fetch` option of the client, which also keeps a short log. */
export const observedFetch: typeof fetch = async (input, options) => {
  const request = input instanceof Request ? input : null;
  const method = options?.method ?? request?.method ?? "GET";
  // Without origin and query: they may be long, or contain a code or a token.
  const { pathname } = new URL(request?.url ?? String(input), location.href);
  const label = `${method} ${pathname}`;
  const start = performance.now();
  const elapsed = () => Math.round(performance.now() - start);
  try {
    const response = await fetch(input, options);
    const outcome = String(response.status);
    note({ label, outcome, failed: !response.ok, milliseconds: elapsed() });
    return response;
  } catch (error) {
    const aborted = error instanceof DOMException && error.name === "AbortError";
    note({
      label,
      outcome: aborted ? "cancelled" : "failed",
      failed: !aborted,
      milliseconds: elapsed(),
    });
    throw error;
  }
};
