// A bot that rolls dice for everyone who mentions it with `2d6`. A cron trigger replies every minute; the
// listener replies at once in between. Each works without the other.
import { Mastodon } from "mastodon-wasm";
import { answerMentions } from "./mentions.js";

export { Listener } from "./listener.js";

export default {
  async scheduled(_event, env) {
    // Does not wait for rate limits: the next run continues.
    const mastodon = new Mastodon({
      api_base_url: env.INSTANCE,
      access_token: env.TOKEN,
      ratelimit_method: "throw",
    });
    await answerMentions(mastodon, env.KV);
    await env.LISTENER.get(env.LISTENER.idFromName("listener")).listen();
  },
};
