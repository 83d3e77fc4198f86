// Listens to a stream until the good event arrives: what sockets.test.mjs runs, with the address, the
// token and the class of sockets. An exception in a socket's listener ends it, as it would any program.
import { WebSocket as Ws } from "ws";
import { Mastodon, MastodonError } from "../../pkg/node.js";

const [api_base_url, access_token, name] = process.argv.slice(2);
const web_socket = name === "ws" ? Ws : globalThis.WebSocket;
if (!web_socket) throw new Error("there is no WebSocket here");

const errors = [];
const late = setTimeout(() => {
  console.log("the good one did not arrive");
  process.exit(1);
}, 60_000);

const mastodon = new Mastodon({ api_base_url, access_token, web_socket });
const natives = Reflect.ownKeys(Object.prototype).length;
const iterated = mastodon.streamUser();
const iterating = (async () => {
  for await (const { event, payload } of iterated) {
    if (event === "update" && payload?.id === "9".repeat(30)) return;
  }
})();

mastodon.streamUser({
  onError: (error) => errors.push(error),
  onAbort(error) {
    console.log("it was ended", error);
    process.exit(2);
  },
  async onUpdate(status) {
    if (status?.id !== "9".repeat(30)) return;
    await iterating;
    clearTimeout(late);
    const foreign = errors.filter((error) => !(error instanceof MastodonError));
    if (foreign.length > 0 || {}.polluted || Reflect.ownKeys(Object.prototype).length !== natives) {
      console.log("errors of others, or pollution", foreign);
      process.exit(3);
    }
    console.log("the good one arrived");
    mastodon.close();
  },
});
