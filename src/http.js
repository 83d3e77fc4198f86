// One request and its answer. Whatever a given `fetch` does, it does inside a promise; whatever a
// server answers, it ends as a value or as an error that knows its status.
import { create, NETWORK, ofStatus } from "./error.js";

/** Calls `fetch`; gives the answer's head, and its body as text or what broke it. */
export async function exchange(fetch, url, init) {
  const response = await fetch.call(globalThis, url, init);
  const reply = {
    status: response.status,
    // A redirect that was not followed: browsers hide it, others show its status.
    redirect:
      response.type === "opaqueredirect" || (response.status > 299 && response.status < 400),
    headers: response.headers,
    header: response.headers.get.bind(response.headers),
    text: "",
  };
  try {
    reply.text = await response.text();
  } catch (cause) {
    reply.broken = { cause };
  }
  return reply;
}

/**
 * The JSON of an answer, or (`nothing`) undefined for any answer that is a good one. Throws the error
 * that the answer stands for; `secrets` are blanked in all of it.
 */
export function read(reply, nothing, { verb: method, path }, origin, secrets) {
  const { status, text } = reply;
  let why;
  let cause = reply.broken?.cause;
  if (reply.redirect) why = "a redirect, which is not followed";
  else if (status > 199 && status < 400) {
    if (reply.broken) {
      const message = `${method} ${origin}${path} was answered, but the answer broke off`;
      throw create(NETWORK, blank(message, secrets), cause, { method, path, status });
    }
    if (nothing) return;
    try {
      return JSON.parse(text);
    } catch (error) {
      cause = error;
    }
    why = /html/.test(reply.header("content-type"))
      ? "a web page where JSON was due"
      : text.trim()
        ? "a body that is no JSON"
        : "an empty body where JSON was due";
  }

  let body = text;
  let said;
  try {
    // Printed anew, a secret has one spelling: a server may have written it with escapes.
    body = blank(JSON.stringify(JSON.parse(text)), secrets);
    said = JSON.parse(body);
  } catch {
    body = blank(text, secrets);
  }
  const words = (name) => (typeof said?.[name] === "string" ? said[name] : null);
  const fields = {
    status,
    method,
    path: blank(path, secrets),
    error: words("error"),
    error_description: words("error_description"),
    details: said?.details ?? null,
    body: body.slice(0, 65536),
    headers: JSON.parse(blank(JSON.stringify(Object.fromEntries(reply.headers)), secrets)),
  };
  const parts = [
    `${method} ${fields.path} was answered with ${status}`,
    why,
    fields.error,
    fields.error_description,
  ];
  throw without(secrets, create(ofStatus(status), parts.filter(Boolean).join(": "), cause, fields));
}

/** The error for a request without an answer. A page is not told why; these are the usual reasons. */
export function unreachable({ verb: method, path }, origin, secrets, cause) {
  const message = `${method} ${origin}${path} got no answer: the connection was refused or dropped${globalThis.document ? ", or the server's CORS headers do not allow this page" : ""}. Check the address, and that the server is up`;
  const fields = { method, path: blank(path, secrets) };
  return without(secrets, create(NETWORK, blank(message, secrets), cause, fields));
}

const blank = (text, secrets) =>
  // One of a few letters is no secret, and would blank half of every sentence.
  secrets.reduce(
    (rest, secret) => (secret.length > 3 ? rest.replaceAll(secret, "***") : rest),
    text,
  );

/** The stack names the page's own address, in which a code may have stood. */
function without(secrets, error) {
  const value = blank(error.stack ?? "", secrets);
  // Not by assigning: in Firefox it would show among the fields then.
  return Object.defineProperty(error, "stack", { value, configurable: true, writable: true });
}
