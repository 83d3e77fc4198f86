export interface Mastodon {
  /**
   * What the server said about a result that it is still working on (such as a thread whose answers it
   * is fetching): the refresh, and how many seconds to wait before asking about it. Null for a result
   * that is complete. Nothing is sent.
   *
   * [documentation](https://docs.joinmastodon.org/methods/async_refreshes/)
   */
  getAsyncRefreshInfo(result: unknown): Promise<[refresh: AsyncRefresh, retry: number] | null>;
  /**
   * Waits until the server is done with a result, and gives the finished one: the call that the result
   * came from, made once more. Null when `timeout` or `max_attempts` is used up before; the result
   * itself where it is complete already.
   *
   * `GET /api/v1_alpha/async_refreshes/{id}`, as often as the server wants (3 seconds apart when it
   * does not say) · scope `read` ·
   * [documentation](https://docs.joinmastodon.org/methods/async_refreshes/#show)
   *
   * @example
   * const thread = await m.statusContext(id);
   * const whole = (await m.awaitAsyncRefresh(thread, { timeout: 30 })) ?? thread;
   */
  awaitAsyncRefresh<T>(result: T, options?: AwaitAsyncRefreshOptions | null): Promise<T | null>;
}
