// A Durable Object that holds a stream, so that mentions are answered at once. There is one of it,
// wherever the Worker runs.
import { DurableObject } from "cloudflare:workers";
import { Mastodon } from "mastodon-wasm";
import { answer, readCursor, writeCursor } from "./mentions.js";

export class Listener extends DurableObject {
  #stream;
  #work = Promise.resolve();

  /**
   * Listens, if it does not already. The platform may end an object at any time (it does with every
   * deployment); called every minute, this one is back within that.
   */
  async listen() {
    if (this.#stream && this.#stream.state !== "closed") return;
    const mastodon = new Mastodon({
      api_base_url: this.env.INSTANCE,
      access_token: this.env.TOKEN,
    });
    const stream = mastodon.streamUserNotifications(
      {
        // One after the other: the cursor must not pass a mention that was not answered.
        onNotification: (notification) => {
          this.#work = this.#work.then(() => this.#answer(mastodon, notification));
        },
        // Too much was missed for the stream to fetch it: the next minute does, page by page.
        onGap: () => stream.close(),
        onAbort: (error) => console.error(error),
      },
      // What came since the cursor is delivered first, as is what comes while a connection is lost.
      { resume: await readCursor(this.env.KV) },
    );
    this.#stream = stream;
  }

  async #answer(mastodon, notification) {
    if (this.#stream.state === "closed") return;
    try {
      await answer(mastodon, notification);
      await writeCursor(this.env.KV, notification.id);
    } catch (error) {
      console.error(error);
      // The next minute answers what is left, and listens again behind it.
      this.#stream.close();
    }
  }
}
