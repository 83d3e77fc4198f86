// Rolls a die for whoever mentions it. What came while it was off is answered at the next start.
//
//   INSTANCE=https://mastodon.social TOKEN=… node bot.js
import { readFileSync, writeFileSync } from "node:fs";
import { Mastodon } from "mastodon-wasm";
import WebSocket from "ws"; // Node 22 and later have one: leave this out there

const { INSTANCE, TOKEN, CURSOR = "cursor.txt" } = process.env;
if (!INSTANCE || !TOKEN) throw new Error("INSTANCE and TOKEN have to be set");

const mastodon = new Mastodon({
  api_base_url: INSTANCE,
  access_token: TOKEN,
  web_socket: WebSocket,
  on_ratelimit: ({ remaining, reset }) => {
    if (remaining === 0) console.warn(`waiting until ${reset.toLocaleTimeString()}`);
  },
});

/** The last notification that was dealt with; at the very first start, the newest there is. */
async function readCursor() {
  try {
    return readFileSync(CURSOR, "utf8");
  } catch {
    const [newest] = await mastodon.notifications({ limit: 1 });
    return newest?.id ?? "0";
  }
}

async function answer({ type, account, status }) {
  // Two bots that answer each other do not stop.
  if (type !== "mention" || !status || account.bot) return;
  await mastodon.statusReply(status, `🎲 ${1 + Math.floor(Math.random() * 6)}`, {
    untag: true,
    // If we are stopped between answer and cursor, the next start answers again: with the same key,
    // so that the server posts it once.
    idempotency_key: `answer to ${status.id}`,
  });
  console.log(plain(`answered ${account.acct}`));
}

/** What strangers are called must not steer the terminal. */
function plain(text) {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "");
}

const resume = await readCursor();
writeFileSync(CURSOR, resume);
const stream = mastodon.streamUserNotifications(null, { resume });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stream.close());

console.log(`listening to ${mastodon.api_base_url}`);
// Connections that are lost come back, and bring what was missed. The loop ends when the stream is
// closed, and throws when it cannot go on: the token was revoked.
for await (const { event, payload } of stream) {
  if (event !== "notification") continue;
  await answer(payload).catch((error) => {
    // The mention was deleted, its author blocks us: not worth stopping for.
    if (!(error.status >= 400 && error.status < 500) || error.status === 401) throw error;
    console.warn(plain(error.message));
  });
  writeFileSync(CURSOR, payload.id);
}
