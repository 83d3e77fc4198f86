// Answering mentions: each of them, once, and whatever happens in between.
import { MastodonAPIError, MastodonRatelimitError, MastodonUnauthorizedError } from "mastodon-wasm";
import { roll } from "./dice.js";

/** The notification up to which everything is answered. */
const CURSOR = "last notification";
/** Requests to leave for whatever else the account does. */
const RESERVE = 20;

export const readCursor = (kv) => kv.get(CURSOR);
export const writeCursor = (kv, id) => kv.put(CURSOR, id);

/** Answers all mentions since the last time, oldest first. */
export async function answerMentions(mastodon, kv) {
  let cursor = await readCursor(kv);
  if (cursor === null) return begin(mastodon, kv);
  for (;;) {
    // With `min_id` a page begins right after the cursor, however much there is.
    const page = await mastodon.notifications({ types: ["mention"], min_id: cursor, limit: 40 });
    if (page.length === 0) return;
    try {
      for (const notification of page.toReversed()) {
        if (mastodon.ratelimit?.remaining < RESERVE) return;
        await answer(mastodon, notification);
        cursor = notification.id;
      }
    } catch (error) {
      if (error instanceof MastodonRatelimitError) return;
      throw error;
    } finally {
      // Once a page: KV takes one write a second. What is answered again after an accident between
      // answer and write has the same key, and so is not posted again.
      await writeCursor(kv, cursor);
    }
  }
}

/** A new bot does not answer what was written before it was there. */
async function begin(mastodon, kv) {
  const [newest] = await mastodon.notifications({ limit: 1 });
  await writeCursor(kv, newest?.id ?? "0");
}

/** Answers one mention. May be called as often as you like: the server posts it once. */
export async function answer(mastodon, { type, account, status }) {
  // Two bots that answer each other do not stop.
  if (type !== "mention" || !status || account.bot) return;
  try {
    await mastodon.statusReply(status, roll(status.content), {
      untag: true,
      // Rather not in everybody's timelines.
      visibility: status.visibility === "public" ? "unlisted" : status.visibility,
      idempotency_key: `answer to ${status.id}`,
    });
  } catch (error) {
    if (!isFinal(error)) throw error;
    // Servers write these words, which must not steer the terminal that shows the log.
    const words = `${status.url} cannot be answered: ${error.message}`;
    console.warn(words.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ""));
  }
}

/** Whether trying again would not help: the mention is gone, or its author blocks us. */
function isFinal(error) {
  return (
    error instanceof MastodonAPIError &&
    !(error instanceof MastodonUnauthorizedError || error instanceof MastodonRatelimitError) &&
    error.status >= 400 &&
    error.status < 500
  );
}
