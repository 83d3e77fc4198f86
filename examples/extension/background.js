// Once a minute, counts the mentions since the page was last opened.
import { init, Mastodon, MastodonUnauthorizedError } from "./lib/browser.js";
import { storage } from "./storage.js";

chrome.action.onClicked.addListener(() => chrome.runtime.openOptionsPage());
chrome.runtime.onInstalled.addListener(() =>
  chrome.alarms.create("look", { periodInMinutes: 1, delayInMinutes: 0 }),
);
// The browser stops an idle service worker, so each event starts without any state.
chrome.alarms.onAlarm.addListener(() => look());
chrome.runtime.onMessage.addListener((message, _sender, answer) => {
  if (message !== "look") return false;
  look().then(answer, (error) => answer(error.message));
  return true;
});

async function look() {
  await init();
  const mastodon = await Mastodon.restore({ storage });
  const text = mastodon ? await waiting(mastodon) : "";
  await chrome.action.setBadgeText({ text });
  return text;
}

async function waiting(mastodon) {
  try {
    const { notifications } = await mastodon.markersGet({ timeline: ["notifications"] });
    const since = notifications?.last_read_id;
    const mentions = await mastodon.notifications({
      types: ["mention"],
      limit: 40,
      ...(since && { since_id: since }),
    });
    return mentions.length > 0 ? String(mentions.length) : "";
  } catch (error) {
    return error instanceof MastodonUnauthorizedError ? "!" : "?";
  }
}
