// The extension's page: login, and unread mentions. It is a tab, because the toolbar popup closes as soon as
// another window opens.
import { init, Mastodon, MastodonLoginError } from "./lib/browser.js";
import { storage } from "./storage.js";

const form = document.querySelector("form");
const out = document.querySelector("#out");
const status = document.querySelector("[role=status]");
const list = document.querySelector("ul");

await init();
await show(await Mastodon.restore({ storage }));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    // Must be called directly in the click handler: otherwise browsers block the popup.
    const mastodon = await Mastodon.startLogin({
      api_base_url: new FormData(form).get("instance"),
      client_name: "Mentions",
      redirect_uri: chrome.runtime.getURL("finished.html"),
      scopes: ["read"],
      popup: true,
      storage,
    });
    await show(mastodon);
  } catch (error) {
    const closed = error instanceof MastodonLoginError && error.reason === "popup_closed";
    status.textContent = closed ? "" : error.message;
  }
});

async function show(mastodon) {
  form.hidden = mastodon !== null;
  out.hidden = mastodon === null;
  list.replaceChildren();
  status.textContent = "";
  if (!mastodon) return;
  out.onclick = async () => {
    // The login is removed from the storage even if the server cannot be reached.
    await mastodon.logOut().catch(console.error);
    await show(null);
  };
  try {
    const { acct } = await mastodon.accountVerifyCredentials();
    status.textContent = `Logged in as ${acct}`;
    for (const mention of await mastodon.notifications({ types: ["mention"], limit: 5 })) {
      const entry = document.createElement("li");
      entry.textContent = mention.account.acct;
      list.append(entry);
    }
    await chrome.runtime.sendMessage("look");
  } catch (error) {
    status.textContent = error.message;
  }
}
