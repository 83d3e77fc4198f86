// What a server answers to a page, changed on its way.

/**
 * Has the page see what `change` makes of each JSON answer from `url`: `change(json)` gives the JSON
 * that it gets. `options` are those of Playwright's `page.route`.
 */
export function changeAnswers(page, url, change, options) {
  return page.route(
    url,
    async (route) => {
      let answer;
      try {
        const response = await route.fetch();
        answer = { response, json: await response.json() };
      } catch {
        // The server is gone, or the page: at the end of a test a request may still be on its way. A
        // page that is there sees a request that failed.
        return route.abort().catch(() => {});
      }
      const json = change(answer.json);
      // It fails where the page was closed meanwhile.
      return route.fulfill({ ...answer, json }).catch(() => {});
    },
    options,
  );
}
