/** The paths inside the page, all after `#`, so that any static host can serve it. */
export const paths = {
  home: "#/home",
  local: "#/local",
  public: "#/public",
  notifications: "#/notifications",
  search: "#/search",
  bookmarks: "#/bookmarks",
  favourites: "#/favourites",
} as const;

export const accountPath = (account: { acct: string }) => `#/@${encodeURIComponent(account.acct)}`;
export const statusPath = (status: { id: string }) => `#/status/${encodeURIComponent(status.id)}`;
export const tagPath = (name: string) => `#/tags/${encodeURIComponent(name)}`;
export const searchPath = (query: string) => `${paths.search}/${encodeURIComponent(query)}`;
