/** The base of every error that this package makes. */
export class MastodonError extends Error {}
/** The server's version is too old for the method; the message names both versions. */
export class MastodonVersionError extends MastodonError {}
/** An argument is wrong. Nothing was sent. The message names the method, the argument and what was expected. */
export class MastodonIllegalArgumentError extends MastodonError {}
/** The base of network errors. */
export class MastodonIOError extends MastodonError {}
/**
 * No response, or only part of one: the connection was refused or dropped, or the browser withheld the
 * response from the page because of CORS (a page cannot tell these apart).
 */
export class MastodonNetworkError extends MastodonIOError {
  /** The HTTP verb of the request. */
  readonly method?: string;
  /** The path of the request, without the query. */
  readonly path?: string;
  /** The status, where the connection dropped after the headers. */
  readonly status?: number;
}
/** The time of `timeout` or `request_timeout` is over. */
export class MastodonReadTimeout extends MastodonNetworkError {}

/** The response behind an error. */
export interface FailedResponse {
  /** The status of the response, such as 422. */
  readonly status: number;
  /** The HTTP verb of the request. */
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /** The server's message, in its language: show it, do not compare it. Null where it sent none. */
  readonly error: string | null;
  /** A longer message; OAuth errors have one. */
  readonly error_description: string | null;
  /** What is wrong with each field (422 on registration), or null. */
  readonly details: Record<string, Array<{ error: string; description: string }>> | null;
  /** The body as text, cut at 64 KiB. */
  readonly body: string;
  /** The headers that the platform shows, names in lower case. */
  readonly headers: Record<string, string>;
}

/** The server refused, or sent something that cannot be the response. */
export class MastodonAPIError extends MastodonError implements FailedResponse {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly error: string | null;
  readonly error_description: string | null;
  readonly details: Record<string, Array<{ error: string; description: string }>> | null;
  readonly body: string;
  readonly headers: Record<string, string>;
}
/** The server failed: status 500 and above. */
export class MastodonServerError extends MastodonAPIError {}
/** Status 500. */
export class MastodonInternalServerError extends MastodonServerError {}
/** Status 502: a proxy had no good response from the server behind it. */
export class MastodonBadGatewayError extends MastodonServerError {}
/** Status 503: down for a while, or overloaded. */
export class MastodonServiceUnavailableError extends MastodonServerError {}
/** Status 504: a proxy had no response in time from the server behind it. */
export class MastodonGatewayTimeoutError extends MastodonServerError {}
/** Status 404: not there, or not for this account to see. */
export class MastodonNotFoundError extends MastodonAPIError {}
/** Status 401: the token is missing, wrong or revoked. */
export class MastodonUnauthorizedError extends MastodonAPIError {}
/** Status 429 where the client does not wait, or too many of them where it does. */
export class MastodonRatelimitError extends MastodonError implements FailedResponse {
  readonly status: number;
  readonly method: string;
  readonly path: string;
  readonly error: string | null;
  readonly error_description: string | null;
  readonly details: Record<string, Array<{ error: string; description: string }>> | null;
  readonly body: string;
  readonly headers: Record<string, string>;
}
/** A login failed; `reason` says why. Where a response led to it, what is known of that is here too. */
export class MastodonLoginError extends MastodonAPIError {
  /** Why: compare this, not the message. */
  readonly reason: LoginFailure;
}
/** A message of a stream cannot be read. */
export class MastodonMalformedEventError extends MastodonError {}
