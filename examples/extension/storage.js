/** Where the login is kept: every page of the extension and its service worker see the same. */
export const storage = {
  async getItem(key) {
    return (await chrome.storage.local.get(key))[key] ?? null;
  },
  setItem: (key, value) => chrome.storage.local.set({ [key]: value }),
  removeItem: (key) => chrome.storage.local.remove(key),
};
