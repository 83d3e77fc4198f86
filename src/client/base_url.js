/** What an `api_base_url` is for the platform: [origin, scheme, host], or why it cannot be one. */
export function parse(value) {
  const text = (value instanceof URL ? value.href : value)?.trim?.();
  if (!text) return 'the address of a server, such as "https://mastodon.social"';
  let url;
  try {
    url = new URL(text.includes("://") ? text : `https://${text}`);
  } catch {
    return "a URL";
  }
  if (!/^https?:$/.test(url.protocol)) return "https";
  // All that is not the origin shows as a difference here, an empty query included.
  if (url.href !== `${url.origin}/`)
    return "a server's address alone, without user, path, query or fragment";
  return [url.origin, url.protocol, url.hostname];
}
