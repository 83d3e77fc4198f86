import { init, Mastodon } from "mastodon-wasm";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./style.css";

const root = createRoot(document.querySelector("#root") as HTMLElement);

try {
  await init();
  // Back from the server, here before, or new: a client in the first two cases, null in the third.
  const mastodon = (await Mastodon.finishLogin()) ?? (await Mastodon.restore());
  root.render(<App mastodon={mastodon} />);
} catch (error) {
  root.render(<App mastodon={null} problem={error as Error} />);
}
