// What has to work everywhere: load, a timeline of somebody who is logged in, an error, and an event of
// a stream. Copied into each project.

/** `friend`: the token of somebody else, who posts while we listen. */
export async function scenario(library, { url, access_token, friend }, options) {
  const { init, Mastodon, MastodonError, MastodonNotFoundError } = library;
  await init();
  const mastodon = new Mastodon({ api_base_url: url, access_token, ...options });
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
    event: await nextEvent(mastodon, new Mastodon({ api_base_url: url, access_token: friend })),
  };
}

async function nextEvent(mastodon, other) {
  const stream = mastodon.streamUser();
  const late = setTimeout(() => stream.close(), 20_000);
  // Without setInterval, which Nuxt takes away on the server.
  const posted = (async () => {
    while (stream.state !== "open" && stream.state !== "closed")
      await new Promise((resolve) => setTimeout(resolve, 20));
    return other.statusPost("Hello from the matrix");
  })();
  try {
    for await (const { event, payload } of stream) {
      if (event === "update" && payload.id === (await posted).id) return event;
    }
    return `nothing within 20 s, ${stream.state}`;
  } finally {
    clearTimeout(late);
    stream.close();
  }
}

export const expected = {
  username: "mina",
  posts: 3,
  next: "object",
  error: "MastodonNotFoundError",
  status: 404,
  typed: true,
  event: "update",
};
