// How long it takes from the import to the first request, compiling included: once in a process or
// page, for what is asked second is warm.

/** Milliseconds for one contender; `ours` imports this package as the runtime has it. */
export async function start(name, ours) {
  let sent;
  const first = new Promise((resolve) => {
    sent = () => {
      resolve(performance.now());
      return new Promise(() => {});
    };
  });
  globalThis.fetch = sent;
  const url = "https://mastodon.example";
  const begin = performance.now();
  if (name === "mastodon-wasm") {
    const { init, Mastodon } = await ours();
    globalThis.fetch = sent;
    await init();
    new Mastodon({ api_base_url: url, access_token: "token" }).timelineHome();
  } else if (name === "masto.js") {
    const { createRestAPIClient } = await import("masto");
    createRestAPIClient({ url, accessToken: "token" }).v1.timelines.home.list().then();
  } else {
    const [{ default: axios }, megalodon] = await Promise.all([
      import("axios"),
      import("megalodon"),
    ]);
    axios.defaults.adapter = sent;
    const generator = megalodon.default?.default ?? megalodon.default;
    generator("mastodon", url, "token").getHomeTimeline();
  }
  return (await first) - begin;
}
