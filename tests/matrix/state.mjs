// What keeps state: proxies around a client and its pages, and caches and servers that copy what they
// are given. The recipes are those of docs/guide/recipes.md.
import assert from "node:assert/strict";
import { recipe } from "./recipes.mjs";

/** A client whose home timeline has three pages of two. */
const CLIENT = `
import { Mastodon } from "mastodon-wasm";
const PAGES = { "": ["1", "2"], 2: ["3", "4"], 4: ["5", "6"] };
const fetch = async (url) => {
  const ids = PAGES[new URL(url).searchParams.get("max_id") ?? ""];
  const next = \`<https://mastodon.example/api/v1/timelines/home?max_id=\${ids.at(-1)}>; rel="next"\`;
  const headers = ids.at(-1) === "6" ? {} : { link: next };
  return Response.json(ids.map((id) => ({ id })), { headers });
};
class WebSocket extends EventTarget {
  send() {}
  close() {}
}
export const create = () =>
  new Mastodon({
    api_base_url: "https://mastodon.example",
    access_token: "t",
    fetch,
    web_socket: WebSocket,
  });
export const ids = (list) => list.map(({ id }) => id).join("");
/** Everything that a client does, on one that somebody may have put a proxy around. */
export async function all(client, keep = (page) => page) {
  const page = keep(await client.timelineHome());
  const next = keep(await client.fetchNext(page));
  const walked = [];
  for await (const { id } of client.timelineHome()) walked.push(id);
  const stream = client.streamUser();
  stream.close();
  client.setLanguage("de");
  const wrong = await client.timelineHome({ limt: 1 }).catch(({ name }) => name);
  return [
    ids(page),
    ids(next),
    ids(await client.fetchRemaining(next)),
    walked.join(""),
    stream.state,
    client.api_base_url,
    String(client),
    JSON.stringify(client),
    JSON.stringify(page),
    wrong,
  ];
}
/** What an error says of a copy. */
export const refused = (call) => call.then(() => "taken", ({ message }) => message);
`;

const EXPECTED = [
  "12",
  "34",
  "3456",
  "123456",
  "closed",
  "https://mastodon.example",
  "[Mastodon https://mastodon.example]",
  '{"api_base_url":"https://mastodon.example"}',
  '[{"id":"1"},{"id":"2"}]',
  "MastodonIllegalArgumentError",
];

/** Runs a program that prints one JSON value. */
const prints = (check) => async (project) => {
  const printed = await project.run("node", ["main.mjs"]);
  check(JSON.parse(printed.trim().split("\n").at(-1)));
};

/** The page is taken through the proxy as well. */
const whole = (name, packages, version, program) => ({
  name,
  packages,
  version,
  files: { "client.mjs": CLIENT, "main.mjs": program },
  run: prints((results) => {
    assert.ok(results.length > 0);
    for (const result of results) assert.deepEqual(result, EXPECTED);
  }),
});

export default [
  whole(
    "Vue: ref and reactive",
    { vue: "*" },
    "vue",
    `
import { markRaw, reactive, readonly, ref, shallowRef } from "vue";
import { all, create } from "./client.mjs";
const wrap = (page) => ref(page).value;
console.log(
  JSON.stringify([
    await all(ref(create()).value, wrap),
    await all(reactive({ client: create() }).client, (page) => reactive({ page }).page),
    await all(readonly({ client: create() }).client, (page) => readonly({ page }).page),
    await all(shallowRef(create()).value, wrap),
    await all(ref(markRaw(create())).value, wrap),
  ]),
);
`,
  ),
  whole(
    "Vue: Pinia",
    { vue: "*", pinia: "*" },
    "pinia",
    `
import { createPinia, defineStore, setActivePinia } from "pinia";
import { all, create } from "./client.mjs";
setActivePinia(createPinia());
const useStore = defineStore("timeline", {
  state: () => ({ client: create(), page: null }),
  actions: {
    run() {
      return all(this.client, (page) => {
        this.page = page;
        return this.page;
      });
    },
  },
});
console.log(JSON.stringify([await useStore().run()]));
`,
  ),
  whole(
    "valtio: proxy and snapshot",
    { valtio: "*" },
    "valtio",
    `
import { proxy, snapshot } from "valtio/vanilla";
import { all, create } from "./client.mjs";
const state = proxy({ client: create(), page: null });
const keep = (page) => {
  state.page = page;
  return state.page;
};
console.log(
  JSON.stringify([
    await all(state.client, keep),
    await all(snapshot(state).client, (page) => {
      keep(page);
      return snapshot(state).page;
    }),
  ]),
);
`,
  ),
  {
    name: "MobX: the client as it is, of pages their pagination",
    packages: { mobx: "*" },
    version: "mobx",
    files: {
      "client.mjs": CLIENT,
      "main.mjs": `
import { makeAutoObservable, runInAction } from "mobx";
import { all, create, ids, refused } from "./client.mjs";
class Store {
  client = create();
  items = [];
  pagination = null;
  constructor() {
    makeAutoObservable(this);
  }
}
const store = new Store();
const whole = await all(store.client);
const page = await store.client.timelineHome();
runInAction(() => {
  store.items = page;
  store.pagination = page.pagination;
});
console.log(
  JSON.stringify([
    whole,
    ids(await store.client.fetchNext(store.pagination)),
    await refused(store.client.fetchNext(store.items)),
  ]),
);
`,
    },
    run: prints(([whole, next, words]) => {
      assert.deepEqual(whole, EXPECTED);
      assert.equal(next, "34");
      assert.match(words, /a copy of a page.*keep its `pagination`/);
    }),
  },
  {
    name: "immer: a page until it is changed, and its pagination",
    packages: { immer: "*" },
    version: "immer",
    files: {
      "client.mjs": CLIENT,
      "main.mjs": `
import { produce } from "immer";
import { all, create, ids, refused } from "./client.mjs";
const client = create();
const page = await client.timelineHome();
const state = { client, page, pagination: page.pagination, title: "" };
const renamed = produce(state, (draft) => {
  draft.title = "Home";
});
const longer = produce(renamed, (draft) => {
  draft.page.push({ id: "9" });
});
console.log(
  JSON.stringify([
    await all(renamed.client),
    ids(await client.fetchNext(renamed.page)),
    ids(await client.fetchNext(longer.pagination)),
    await refused(client.fetchNext(longer.page)),
  ]),
);
`,
    },
    run: prints(([whole, kept, next, words]) => {
      assert.deepEqual(whole, EXPECTED);
      assert.deepEqual([kept, next], ["34", "34"]);
      assert.match(words, /a copy of a page.*keep its `pagination`/);
    }),
  },
  {
    name: "TanStack Query: the infinite list of docs/guide/recipes.md",
    packages: {
      "@tanstack/react-query": "*",
      "@types/react": "19",
      "@types/react-dom": "19",
      react: "*",
      "react-dom": "*",
      typescript: "~5.9",
      vite: "*",
    },
    version: "@tanstack/react-query",
    files: {
      "timeline.tsx": recipe("tsx", "useInfiniteQuery"),
      "index.html":
        '<!doctype html><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,"><main id="root"></main><script type="module" src="./main.tsx"></script>',
      "main.tsx": `
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { init, Mastodon } from "mastodon-wasm";
import { createRoot } from "react-dom/client";
import { statusesOf, useTimeline } from "./timeline";
import { scenario } from "./scenario.js";

function List({ mastodon }: { mastodon: Mastodon }) {
  const { data, fetchNextPage, hasNextPage } = useTimeline(mastodon);
  return (
    <>
      <ol>{statusesOf(data).map(({ id }) => <li key={id}>{id}</li>)}</ol>
      <button type="button" disabled={!hasNextPage} onClick={() => fetchNextPage()}>More</button>
    </>
  );
}

const count = () => new Set([...document.querySelectorAll("li")].map((li) => li.textContent)).size;
async function until(wanted: number) {
  for (let waited = 0; count() !== wanted; waited += 20) {
    if (waited > 10_000) throw new Error(\`\${count()} entries, not \${wanted}\`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

(globalThis as any).scenario = async (caller: any) => {
  await init();
  const mastodon = new Mastodon({ api_base_url: caller.url, access_token: caller.access_token });
  const queries = new QueryClient();
  createRoot(document.querySelector("#root")!).render(
    <QueryClientProvider client={queries}><List mastodon={mastodon} /></QueryClientProvider>,
  );
  await until(20);
  document.querySelector("button")!.click();
  await until(40);
  return scenario(await import("mastodon-wasm"), caller, {});
};
`,
      "scenario.d.ts":
        "export function scenario(library: unknown, caller: unknown, options: object): Promise<object>;",
      "tsconfig.json": JSON.stringify({
        compilerOptions: {
          target: "es2022",
          module: "esnext",
          moduleResolution: "bundler",
          lib: ["es2023", "dom", "dom.iterable"],
          jsx: "react-jsx",
          strict: true,
          exactOptionalPropertyTypes: true,
          skipLibCheck: true,
          noEmit: true,
        },
        files: ["main.tsx", "timeline.tsx"],
      }),
      "vite.config.js":
        'export default { build: { target: "es2022" }, oxc: { jsx: { runtime: "automatic" } } };',
    },
    async run(project, world) {
      await project.run("tsc", ["-p", "."]);
      await project.run("vite", ["build"]);
      await world.works(await world.serve(project.path("dist")));
    },
  },
].map((each) => ({ group: "state", ...each }));
