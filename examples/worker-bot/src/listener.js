// A Durable Object that holds a stream, so that the bot replies at once. There is only one such object,
// however many instances of the Worker run.
import { DurableObject } from "cloudflare:workers";
import { Mastodon } from "mastodon-wasm";
import { answer, readCursor, writeCursor } from "./mentions.js";

export class Listener extends DurableObject {
  #stream;
  #work = Promise.resolve();

  /**
   * Opens the stream, unless it is open. The platform may stop an object at any time, and does so with
   * every deployment; because this is called every minute, the stream is open again within a minute.
   */
  async listen() {
    if (this.#stream && this.#stream.state !== "closed") return;
    const mastodon = new Mastodon({
      api_base_url: this.env.INSTANCE,
      access_token: this.env.TOKEN,
    });
    const stream = mastodon.streamUserNotifications(
      {
        // One after the other: the cursor must not pass a mention without a reply.
        onNotification: (notification) => {
          this.#work = this.#work.then(() => this.#answer(mastodon, notification));
        },
        // Too many were missed for the stream to fetch them: the next run reads them page by page.
        onGap: () => stream.close(),
        onAbort: (error) => console.error(error),
      },
      // Notifications after the cursor are delivered first, also after a lost connection.
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
      // The next run replies to the rest, and opens the stream again after that.
      this.#stream.close();
    }
  }
}
