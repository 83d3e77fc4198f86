// What every runtime has to manage: load, ask, and get a typed error. Copied into each project.

export async function scenario(library, { url, access_token }) {
  const { init, Mastodon, MastodonError, MastodonNotFoundError } = library;
  await init();
  const mastodon = new Mastodon({ api_base_url: url, access_token });
  const me = await mastodon.accountVerifyCredentials();
  const posts = await mastodon.timelineHome({ limit: 3 });
  const error = await mastodon.status("1").catch((reason) => reason);
  return {
    username: me.username,
    posts: posts.length,
    next: typeof posts.pagination.next,
    error: error.name,
    status: error.status,
    typed: error instanceof MastodonNotFoundError && error instanceof MastodonError,
  };
}

export const expected = {
  username: "mina",
  posts: 3,
  next: "object",
  error: "MastodonNotFoundError",
  status: 404,
  typed: true,
};
