export interface Mastodon {
  /**
   * The page after a page: older entries.
   *
   * Repeats the first call's parameters with the cursor that the server gave. Resolves to null where
   * there is no next page. Rejects where the server's link points to another origin: the token is not
   * sent there. `MastodonIllegalArgumentError` for what is no page and no stored `pagination`.
   *
   * [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
   */
  fetchNext<P extends Paginated>(
    previous_page: P,
    options?: RequestOptions | null,
  ): Promise<P | null>;
  fetchNext(
    previous_page: Pagination | PaginationInfo,
    options?: RequestOptions | null,
  ): Promise<Page<unknown> | null>;
  /**
   * The page before a page: newer entries. Else as `fetchNext`.
   *
   * [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
   */
  fetchPrevious<P extends Paginated>(
    next_page: P,
    options?: RequestOptions | null,
  ): Promise<P | null>;
  fetchPrevious(
    next_page: Pagination | PaginationInfo,
    options?: RequestOptions | null,
  ): Promise<Page<unknown> | null>;
  /**
   * All entries from a page on, in one list: the page's own first, then those of every page after it.
   * A long timeline takes many requests; `timeout` bounds them together. Rejects as `fetchNext` does.
   *
   * [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
   */
  fetchRemaining<T>(first_page: Page<T>, options?: RequestOptions | null): Promise<T[]>;
  fetchRemaining(
    first_page: Pagination | PaginationInfo,
    options?: RequestOptions | null,
  ): Promise<unknown[]>;
  /**
   * One direction of a page's `pagination`, as plain JSON, or null where the page does not go on that
   * way. Store it, and pass it to `fetchNext` or an iterator another day. Nothing is sent.
   *
   * [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
   */
  getPaginationInfo(
    page: Paginated | Pagination,
    pagination_direction: PaginationDirection,
  ): Promise<PaginationInfo | null>;
  /**
   * Every entry from a page on, page after page, for `for await`. Pages are fetched when they are
   * reached. Ends on the last page, on one that continues with itself, and after three empty ones.
   *
   * [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
   */
  paginationIterator<T>(
    start_page: Page<T>,
    options?: (PaginationIteratorOptions & { return_pagination_info?: false | null }) | null,
  ): AsyncGenerator<T, void, undefined>;
  paginationIterator<T>(
    start_page: Page<T>,
    options: PaginationIteratorOptions & { return_pagination_info: true },
  ): AsyncGenerator<[entry: T, info: PaginationInfo | null], void, undefined>;
  paginationIterator(
    start_page: Pagination | PaginationInfo,
    options?: PaginationIteratorOptions | null,
  ): AsyncGenerator<unknown, void, undefined>;
  /**
   * Every page from a page on, itself included, for `for await`. Else as `paginationIterator`.
   *
   * [documentation](https://docs.joinmastodon.org/api/guidelines/#pagination)
   */
  paginationPageIterator<P extends Paginated>(
    start_page: P,
    options?: (PaginationIteratorOptions & { return_pagination_info?: false | null }) | null,
  ): AsyncGenerator<P, void, undefined>;
  paginationPageIterator<P extends Paginated>(
    start_page: P,
    options: PaginationIteratorOptions & { return_pagination_info: true },
  ): AsyncGenerator<[page: P, info: PaginationInfo | null], void, undefined>;
  paginationPageIterator(
    start_page: Pagination | PaginationInfo,
    options?: PaginationIteratorOptions | null,
  ): AsyncGenerator<Page<unknown>, void, undefined>;
}
