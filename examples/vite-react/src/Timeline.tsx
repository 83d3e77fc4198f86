import type { Mastodon, Status } from "mastodon-wasm";
import { useState } from "react";
import { sanitize } from "./sanitize";
import { useTimeline } from "./useTimeline";

export function Timeline({ mastodon }: { mastodon: Mastodon }) {
  const { posts, more, error } = useTimeline(mastodon);
  return (
    <main>
      {error && <p role="alert">{error.message}</p>}
      {posts.map((post) => (
        <Post key={post.id} post={post.reblog ?? post} />
      ))}
      {more && (
        <button type="button" onClick={more}>
          More
        </button>
      )}
    </main>
  );
}

function Post({ post }: { post: Status }) {
  const [open, setOpen] = useState(!post.spoiler_text);
  const content = { __html: sanitize(post.content) };
  return (
    <article>
      <img src={post.account.avatar} alt="" loading="lazy" />
      <b>{post.account.display_name || post.account.acct}</b>
      {open ? (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitized above
        <div dangerouslySetInnerHTML={content} />
      ) : (
        <button type="button" onClick={() => setOpen(true)}>
          {post.spoiler_text}
        </button>
      )}
    </article>
  );
}
