// Rolls a die for everyone who mentions it. After a restart, it replies to mentions that it missed.
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

/** The id of the last notification with a reply. At the very first start, the newest notification. */
async function readCursor() {
  try {
    return readFileSync(CURSOR, "utf8");
  } catch {
    const [newest] = await mastodon.notifications({ limit: 1 });
    return newest?.id ?? "0";
  }
}

async function answer({ type, account, status }) {
  // Two bots would reply to each other forever.
  if (type !== "mention" || !status || account.bot) return;
  await mastodon.statusReply(status, `🎲 ${1 + Math.floor(Math.random() * 6)}`, {
    untag: true,
    // If the program stops between reply and cursor, the next start sends the reply again, with the
    // same key, and the server posts it only once.
    idempotency_key: `answer to ${status.id}`,
  });
  console.log(plain(`answered ${account.acct}`));
}

/** Names of strangers must not send control characters to the terminal. */
function plain(text) {
  return text.replace(/[\p{Cc}\p{Bidi_Control}]/gu, "");
}

const resume = await readCursor();
writeFileSync(CURSOR, resume);
const stream = mastodon.streamUserNotifications(null, { resume });
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => stream.close());

console.log(`listening to ${mastodon.api_base_url}`);
// After a lost connection, the stream reconnects and delivers what it missed. The loop ends when the
// stream is closed, and throws if it cannot continue, for example because the token was revoked.
for await (const { event, payload } of stream) {
  if (event !== "notification") continue;
  await answer(payload).catch((error) => {
    // The mention was deleted, or its author blocks the bot: continue.
    if (!(error.status >= 400 && error.status < 500) || error.status === 401) throw error;
    console.warn(plain(error.message));
  });
  writeFileSync(CURSOR, payload.id);
}
