// Replies to every mention exactly once, even if a run is interrupted.
import { MastodonAPIError, MastodonRatelimitError, MastodonUnauthorizedError } from "mastodon-wasm";
import { roll } from "./dice.js";

/** The id of the last notification with a reply. */
const CURSOR = "last notification";
/** Requests to leave for other programs that use the account. */
const RESERVE = 20;

export const readCursor = (kv) => kv.get(CURSOR);
export const writeCursor = (kv, id) => kv.put(CURSOR, id);

/** Replies to all mentions since the last run, the oldest first. */
export async function answerMentions(mastodon, kv) {
  let cursor = await readCursor(kv);
  if (cursor === null) return begin(mastodon, kv);
  for (;;) {
    // With `min_id`, a page begins directly after the cursor, however many notifications there are.
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
      // Once for each page: KV allows one write per second. If a run is interrupted between reply and
      // write, the next run sends the reply with the same key, and the server does not post it again.
      await writeCursor(kv, cursor);
    }
  }
}

/** A new bot does not reply to mentions from before its first run. */
async function begin(mastodon, kv) {
  const [newest] = await mastodon.notifications({ limit: 1 });
  await writeCursor(kv, newest?.id ?? "0");
}

/** Replies to one mention. May be called several times: the server posts the reply once. */
export async function answer(mastodon, { type, account, status }) {
  // Two bots would reply to each other forever.
  if (type !== "mention" || !status || account.bot) return;
  try {
    await mastodon.statusReply(status, roll(status.content), {
      untag: true,
      // Not in public timelines.
      visibility: status.visibility === "public" ? "unlisted" : status.visibility,
      idempotency_key: `answer to ${status.id}`,
    });
  } catch (error) {
    if (!isFinal(error)) throw error;
    // The text comes from a server: control characters must not reach the terminal that shows the log.
    const words = `${status.url} cannot be answered: ${error.message}`;
    console.warn(words.replace(/[\p{Cc}\p{Bidi_Control}]/gu, ""));
  }
}

/** Whether a retry cannot help: the mention is gone, or its author blocks the bot. */
function isFinal(error) {
  return (
    error instanceof MastodonAPIError &&
    !(error instanceof MastodonUnauthorizedError || error instanceof MastodonRatelimitError) &&
    error.status >= 400 &&
    error.status < 500
  );
}
