/** The base class of all errors of this package. */
export class MastodonError extends Error {}
/** The server's version is too old for the method; the message names both versions. */
export class MastodonVersionError extends MastodonError {}
/**
 * An argument is wrong, and nothing was sent. The message names the method, the argument and what was
 * expected.
 */
export class MastodonIllegalArgumentError extends MastodonError {}
/** The base of network errors. */
export class MastodonIOError extends MastodonError {}
/**
 * There was no response, or only a part of it: the connection was refused or lost, or the browser withheld
 * the response because of CORS. A page cannot distinguish these.
 */
export class MastodonNetworkError extends MastodonIOError {
  /** The HTTP verb of the request. */
  readonly method?: string;
  /** The path of the request, without the query. */
  readonly path?: string;
  /** The status, if the connection was lost after the headers. */
  readonly status?: number;
}
/** The timeout (`timeout` or `request_timeout`) has passed. */
export class MastodonReadTimeout extends MastodonNetworkError {}

/** The response behind an error. */
export interface FailedResponse {
  /** The status of the response, such as 422. */
  readonly status: number;
  /** The HTTP verb of the request. */
  readonly method: string;
  /** The path of the request, without the query. */
  readonly path: string;
  /**
   * The server's message, in the server's language: show it, but do not compare it. Null if there is none.
   */
  readonly error: string | null;
  /** A longer message; OAuth errors have one. Null if there is none. */
  readonly error_description: string | null;
  /** What is wrong with each field (422 on registration), or null. */
  readonly details: Record<string, Array<{ error: string; description: string }>> | null;
  /** The body as text, cut at 64 KiB. */
  readonly body: string;
  /** The headers that the platform exposes, with names in lower case. */
  readonly headers: Record<string, string>;
}

/** The server returned an error, or a response that cannot be read. */
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
/** Status 502: a proxy got no valid response from the server behind it. */
export class MastodonBadGatewayError extends MastodonServerError {}
/** Status 503: the server is down for a while, or overloaded. */
export class MastodonServiceUnavailableError extends MastodonServerError {}
/** Status 504: a proxy got no response in time from the server behind it. */
export class MastodonGatewayTimeoutError extends MastodonServerError {}
/** Status 404: it does not exist, or this account may not see it. */
export class MastodonNotFoundError extends MastodonAPIError {}
/** Status 401: the token is missing, wrong or revoked. */
export class MastodonUnauthorizedError extends MastodonAPIError {}
/** Status 429: the client does not wait for rate limits, or has waited too often or too long. */
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
/** A login failed; `reason` says why. If a response caused it, its details are here too. */
export class MastodonLoginError extends MastodonAPIError {
  /** The reason. Compare this, not the message. */
  readonly reason: LoginFailure;
}
/** A message of a stream could not be read. */
export class MastodonMalformedEventError extends MastodonError {}
