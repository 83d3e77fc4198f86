import type { Mastodon, Page, Status } from "mastodon-wasm";
import { useEffect, useState } from "react";

/** The home timeline: older statuses page by page, and new ones as they arrive. */
export function useTimeline(mastodon: Mastodon) {
  const [posts, setPosts] = useState<Status[]>([]);
  const [page, setPage] = useState<Page<Status> | null>(null);
  const [error, setError] = useState<Error | null>(null);

  useEffect(() => {
    const { signal, abort } = abortable();
    mastodon
      .timelineHome({ limit: 20, signal })
      .then((first) => {
        setPage(first);
        setPosts((newer) => [...newer, ...first.filter(isNotIn(newer))]);
      })
      .catch((reason) => signal.aborted || setError(reason));

    // The stream reconnects after a lost connection, and delivers what was missed.
    const stream = mastodon.streamUser({
      onUpdate: (post) => setPosts((all) => [post, ...all.filter(isNotIn([post]))]),
      onStatusUpdate: (post) =>
        setPosts((all) => all.map((old) => (old.id === post.id ? post : old))),
      onDelete: (id) => setPosts((all) => all.filter((post) => post.id !== id)),
      onAbort: setError,
    });
    // In development, React runs effects twice: the first request and stream must end.
    return () => {
      abort();
      stream.close();
    };
  }, [mastodon]);

  async function more() {
    if (!page) return;
    try {
      const older = await mastodon.fetchNext(page);
      setPage(older);
      if (older) setPosts((all) => [...all, ...older.filter(isNotIn(all))]);
    } catch (reason) {
      setError(reason as Error);
    }
  }

  return { posts, more: page?.pagination.next ? more : null, error };
}

const isNotIn = (posts: Status[]) => (post: Status) => posts.every(({ id }) => id !== post.id);

function abortable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
}
