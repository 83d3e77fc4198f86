// A live home timeline with older pages, in Solid. `<Timeline mastodon={mastodon} />`
import type { Mastodon, Page, Status } from "mastodon-wasm";
import { createSignal, For, onCleanup, Show } from "solid-js";

const without = (gone: Status[]) => (post: Status) => gone.every(({ id }) => id !== post.id);

export function Timeline(props: { mastodon: Mastodon }) {
  const [posts, setPosts] = createSignal<Status[]>([]);
  // Its `pagination` has the cursor of the next page; `posts` is a copy without one.
  const [page, setPage] = createSignal<Page<Status> | null>(null);
  const [problem, setProblem] = createSignal("");

  async function load(next: Promise<Page<Status> | null>) {
    try {
      const loaded = await next;
      setPage(loaded);
      setPosts((all) => [...all, ...(loaded ?? []).filter(without(all))]);
    } catch (error) {
      setProblem((error as Error).message);
    }
  }
  function more() {
    const last = page();
    if (last) load(props.mastodon.fetchNext(last));
  }

  load(props.mastodon.timelineHome({ limit: 20 }));
  const stream = props.mastodon.streamUser({
    onUpdate: (post) => setPosts((all) => [post, ...all]),
    onDelete: (id) => setPosts((all) => all.filter((post) => post.id !== id)),
    onAbort: ({ message }) => setProblem(message),
  });
  onCleanup(() => stream.close());

  return (
    <>
      <Show when={problem()}>
        <p role="alert">{problem()}</p>
      </Show>
      <ol>
        <For each={posts()}>
          {(post) => (
            <li>
              <b>{post.account.acct}</b> <time>{post.created_at}</time>
            </li>
          )}
        </For>
      </ol>
      <Show when={page()?.pagination.next}>
        <button type="button" onClick={more}>
          More
        </button>
      </Show>
    </>
  );
}
