/** Whether what `/health` says is that all is well: `OK`, `"OK"`, `success`, `{"status":"OK"}`. */
export const isWell = (text) => /^\W*(status\W+)?(ok|success)\W*$/i.test(text);

/** The path under which the nodeinfo of a schema is, by what `/.well-known/nodeinfo` says. */
export function nodeinfoPath(known, schema, origin) {
  const links = Array.isArray(known?.links) ? known.links : [];
  const href = links.find((link) => link?.rel === schema)?.href;
  if (typeof href !== "string" || !URL.canParse(href, origin)) return;
  const url = new URL(href, origin);
  return url.pathname + url.search;
}
