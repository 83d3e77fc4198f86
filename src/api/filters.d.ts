export interface Mastodon {
  /**
   * Those of some statuses or notifications that no filter matches. Nothing is sent.
   *
   * For servers, or lists put together by the application, that are not filtered already: since 4.0.0
   * a server says in `filtered` of each status which filters match.
   *
   * All filters of the place count that have not ended, whatever their action. They look into content,
   * content warning, descriptions of media and options of a poll; of a boost, into what is boosted.
   * `MastodonIllegalArgumentError` for what is no list, and for an unknown place.
   */
  filtersApply<T extends Status | { status?: Status | null }>(
    objects: readonly T[],
    filters: ReadonlyArray<Filter | FilterV2>,
    context: FilterContext,
  ): Promise<T[]>;
}
