/**
 * How a page continues. It is plain JSON: you can store it and continue later, with any client of the same
 * server.
 */
export interface Pagination {
  /** The request for the next page (older entries), or null on the last page. */
  readonly next: PaginationInfo | null;
  /** The request for the previous page (newer entries), or null if the server gave none. */
  readonly prev: PaginationInfo | null;
}

/** A request that continues a page. It contains no token. */
export interface PaginationInfo {
  /** The method that returned the first page. */
  readonly method: string;
  /** The path on the server. */
  readonly path: string;
  /** The parameters of the first call, with the server's cursor. */
  readonly params: Record<string, string | string[]>;
  /** For pages by `offset`: the number of entries per page. */
  readonly size?: number;
  /** For pages by `offset`: the offset of the page before. */
  readonly from?: number;
  /** The other origin, if the server linked to one. Such a page is never requested. */
  readonly origin?: string;
}

/** A result that has more pages. */
export interface Paginated {
  /** How it continues. Not enumerable, so `JSON.stringify` of a page gives what the server sent. */
  readonly pagination: Pagination;
}

/** A list of entries, as the server sent it, with its `pagination`. */
export type Page<T> = T[] & Paginated;

/**
 * The result of a paginated method: a promise of the first page, which is requested at once. It is also an
 * async iterable over the entries of all pages, which requests more pages only when needed. With `min_id`, the
 * loop goes on to newer pages, from the oldest entry to the newest; otherwise to older ones.
 *
 * @example
 * const first = await m.timelineHome({ limit: 40 });
 * for await (const status of m.timelineHome()) console.log(status.account.acct);
 */
export type PagePromise<T> = Pages.Promise<Page<T>>;

/** Types for pages. */
export declare namespace Pages {
  /** A promise of the first page; iterating over it goes through all pages. */
  interface Promise<P extends Page<unknown>>
    extends globalThis.Promise<P>,
      AsyncIterable<P[number]> {}
}
