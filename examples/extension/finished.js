// Where the server sends people back to, in the window: it tells the page, and closes.
import { init, Mastodon } from "./lib/browser.js";
import { storage } from "./storage.js";

await init();
await Mastodon.finishLogin({ storage });
