/** Where a page continues: plain JSON that can be stored, and continued later by any client of the same server. */
export interface Pagination {
  /** The request for what comes after (older entries), or null on the last page. */
  readonly next: PaginationInfo | null;
  /** The request for what comes before (newer entries), or null where the server names none. */
  readonly prev: PaginationInfo | null;
}

/** One request that continues a page. It holds no token. */
export interface PaginationInfo {
  /** The method that the first page came from. */
  readonly method: string;
  /** The path on the server. */
  readonly path: string;
  /** The parameters: those of the first call, with the server's cursor. */
  readonly params: Record<string, string | string[]>;
  /** Set where the server pointed to another origin. Such a page is never followed. */
  readonly origin?: string;
}

/** A result that has more pages. */
export interface Paginated {
  /** Where it continues. Not enumerable: `JSON.stringify` of a page is what the server sent. */
  readonly pagination: Pagination;
}

/** A list of entries, as the server sent it, that knows where it continues. */
export type Page<T> = T[] & Paginated;

/**
 * What a paginated method returns: a promise of the first page, whose request is made at once, and an
 * async iterable over the entries of all pages, which requests a further page only when it is needed.
 *
 * @example
 * const first = await m.timelineHome({ limit: 40 });
 * for await (const status of m.timelineHome()) console.log(status.account.acct);
 */
export type PagePromise<T> = Pages.Promise<Page<T>>;

/** What pages come in. */
export declare namespace Pages {
  /** A promise of the first page that walks all of them where it is iterated. */
  interface Promise<P extends Page<unknown>>
    extends globalThis.Promise<P>,
      AsyncIterable<P[number]> {}
}
