// The libraries, each as one who uses it sets it up, and below them the floor: what the platform does
// alone. All ask a `fetch` that answers at once, so that only their own work is measured.
import axios, { AxiosHeaders } from "axios";
import { createRestAPIClient } from "masto";
import megalodon from "megalodon";

const HOST = "https://mastodon.example";
const TYPE = { "content-type": "application/json; charset=utf-8" };

/** Clients whose every request is answered with this text. */
export function contenders({ Mastodon }, text) {
  const answer = async () => new Response(text, { headers: TYPE });
  // masto.js takes the platform's `fetch`.
  globalThis.fetch = answer;
  // megalodon asks through axios, which has a way to answer instead of the network.
  axios.defaults.adapter = async (config) => ({
    data: await (await answer()).text(),
    status: 200,
    statusText: "OK",
    headers: new AxiosHeaders(TYPE),
    config,
  });

  const ours = new Mastodon({ api_base_url: HOST, access_token: "token", fetch: answer });
  const masto = createRestAPIClient({ url: HOST, accessToken: "token" });
  const generator = megalodon.default ?? megalodon;
  const peer = generator("mastodon", HOST, "token");
  const headers = { authorization: "Bearer token" };
  return {
    floor: async (options) => {
      const query = new URLSearchParams(options);
      return (await answer(`${HOST}/api/v1/timelines/home?${query}`, { headers })).json();
    },
    "mastodon-wasm": (options) => ours.timelineHome(options),
    "masto.js": ({ limit, max_id, local }) =>
      masto.v1.timelines.home.list({ limit, maxId: max_id, local }),
    megalodon: ({ limit, max_id, local }) =>
      peer.getHomeTimeline({ limit, max_id, local }).then(({ data }) => data),
  };
}
