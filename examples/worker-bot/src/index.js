// A bot that rolls dice for whoever mentions it with `2d6`. Every minute it answers what is there to
// be answered; between the minutes, the listener answers at once. Either works without the other.
import { Mastodon } from "mastodon-wasm";
import { answerMentions } from "./mentions.js";

export { Listener } from "./listener.js";

export default {
  async scheduled(_event, env) {
    // Nothing is waited for here: what the rate limit does not allow now, the next minute brings.
    const mastodon = new Mastodon({
      api_base_url: env.INSTANCE,
      access_token: env.TOKEN,
      ratelimit_method: "throw",
    });
    await answerMentions(mastodon, env.KV);
    await env.LISTENER.get(env.LISTENER.idFromName("listener")).listen();
  },
};
