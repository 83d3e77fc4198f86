export interface Mastodon {
  /**
   * The servers that are blocked; with `id`, one of the blocks.
   *
   * `GET /api/v1/admin/domain_blocks`, `GET /api/v1/admin/domain_blocks/{id}` ·
   * scope `admin:read:domain_blocks` ·
   * [documentation](https://docs.joinmastodon.org/methods/admin/domain_blocks/#get)
   */
  adminDomainBlocks(
    options?:
      | (Omit<AdminDomainBlocksOptions, "id"> & {
          /** One block instead of the list. */
          id?: null;
        })
      | null,
  ): Promise<Page<AdminDomainBlock>>;
  adminDomainBlocks(options: AdminDomainBlocksOptions & { id: Id }): Promise<AdminDomainBlock>;
}
