/** The storage of the login, shared by the extension's pages and its service worker. */
export const storage = {
  async getItem(key) {
    return (await chrome.storage.local.get(key))[key] ?? null;
  },
  setItem: (key, value) => chrome.storage.local.set({ [key]: value }),
  removeItem: (key) => chrome.storage.local.remove(key),
};
