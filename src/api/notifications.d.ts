export interface Mastodon {
  /**
   * What happened and concerns the account, the newest first; with `id`, one of them.
   *
   * `GET /api/v1/notifications`, `GET /api/v1/notifications/{id}` · scope `read:notifications` ·
   * [documentation](https://docs.joinmastodon.org/methods/notifications/#get)
   *
   * Types come that this package does not name: show what you know, pass over the rest.
   * `MastodonIllegalArgumentError` for `mentions_only` beside `types` or `exclude_types`.
   */
  notifications(
    options?:
      | (Omit<NotificationsOptions, "id"> & {
          /** One notification instead of the list. */
          id?: null;
        })
      | null,
  ): Promise<Page<Notification>>;
  notifications(options: NotificationsOptions & { id: Id }): Promise<Notification>;
}
