import { init, Mastodon } from "mastodon-wasm";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./style.css";

const root = createRoot(document.querySelector("#root") as HTMLElement);

try {
  await init();
  // A client after a login or from an earlier visit; null for a new user.
  const mastodon = (await Mastodon.finishLogin()) ?? (await Mastodon.restore());
  root.render(<App mastodon={mastodon} />);
} catch (error) {
  root.render(<App mastodon={null} problem={error as Error} />);
}
