// The page of the redirect URI, in the popup: it passes the result to the extension's page and closes.
import { init, Mastodon } from "./lib/browser.js";
import { storage } from "./storage.js";

await init();
await Mastodon.finishLogin({ storage });
