// The pages. All inserted values are escaped.

const ESCAPES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (text) => String(text).replace(/[&<>"']/g, (character) => ESCAPES[character]);

/** A template that escapes its values, unless they are templates themselves. */
function html(strings, ...values) {
  const text = (value) => {
    if (Array.isArray(value)) return value.map(text).join("");
    return value instanceof Markup ? value.text : escaped(value);
  };
  return new Markup(String.raw({ raw: strings }, ...values.map(text)));
}

class Markup {
  constructor(text) {
    this.text = text;
  }
}

export const visitor = () =>
  page(
    200,
    html`<form method="post" action="/login">
      <label>Your server <input name="server" placeholder="mastodon.social" required></label>
      <button>Log in</button>
    </form>`,
  );

export const home = (acct, posts) =>
  page(
    200,
    html`<p>You are <strong>${acct}</strong>.</p>
      <form method="post" action="/logout"><button>Log out</button></form>
      <ul>${posts.map(({ account, url }) => html`<li><a href="${web(url)}">a post by ${account.acct}</a></li>`)}</ul>`,
  );

export const failed = (status, message, ...cookies) =>
  page(status, html`<p role="alert">${message}</p><p><a href="/">Back</a></p>`, ...cookies);

/** The URL of a status comes from a server: only http and https become links. */
const web = (url) => (/^https?:/.test(url ?? "") ? url : "#");

function page(status, content, ...cookies) {
  const headers = new Headers({
    "content-type": "text/html; charset=utf-8",
    "content-security-policy": "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
    // The URL of the callback contains the code, so it must not be sent as referrer. With "no-referrer",
    // forms would not have the `Origin` that is checked.
    "referrer-policy": "strict-origin",
    "cache-control": "no-store",
  });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  const { text } = html`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Login on the edge</title>
${content}
</html>`;
  return new Response(text, { status, headers });
}
