// Clients of the package for people of a sandbox, to be closed together.
import WebSocket from "ws";
import { Mastodon } from "../pkg/node.js";

/** `client(username, options)` makes one; `close()` closes all that were made since the last time. */
export function clientsOf(sandbox) {
  const open = [];
  return {
    client(username, options) {
      const made = new Mastodon({
        api_base_url: sandbox.url,
        access_token: sandbox.account(username).access_token,
        web_socket: WebSocket,
        ...sandbox.client,
        ...options,
      });
      open.push(made);
      return made;
    },
    close() {
      for (const made of open.splice(0)) made.close();
    },
  };
}
