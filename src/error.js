// The errors of the package: real classes, so that `instanceof`, `name` and `stack` are the platform's.

const define = (name, Parent) => {
  const Class = { [name]: class extends Parent {} }[name];
  Object.defineProperty(Class.prototype, "name", {
    value: name,
    configurable: true,
    writable: true,
  });
  return Class;
};

export const MastodonError = define("MastodonError", Error);
export const MastodonVersionError = define("MastodonVersionError", MastodonError);
export const MastodonIllegalArgumentError = define("MastodonIllegalArgumentError", MastodonError);
export const MastodonIOError = define("MastodonIOError", MastodonError);
export const MastodonNetworkError = define("MastodonNetworkError", MastodonIOError);
export const MastodonReadTimeout = define("MastodonReadTimeout", MastodonNetworkError);
export const MastodonAPIError = define("MastodonAPIError", MastodonError);
export const MastodonServerError = define("MastodonServerError", MastodonAPIError);
export const MastodonInternalServerError = define(
  "MastodonInternalServerError",
  MastodonServerError,
);
export const MastodonBadGatewayError = define("MastodonBadGatewayError", MastodonServerError);
export const MastodonServiceUnavailableError = define(
  "MastodonServiceUnavailableError",
  MastodonServerError,
);
export const MastodonGatewayTimeoutError = define(
  "MastodonGatewayTimeoutError",
  MastodonServerError,
);
export const MastodonNotFoundError = define("MastodonNotFoundError", MastodonAPIError);
export const MastodonUnauthorizedError = define("MastodonUnauthorizedError", MastodonAPIError);
export const MastodonRatelimitError = define("MastodonRatelimitError", MastodonError);
export const MastodonMalformedEventError = define("MastodonMalformedEventError", MastodonError);

const classes = [
  MastodonError,
  MastodonVersionError,
  MastodonIllegalArgumentError,
  MastodonNetworkError,
  MastodonReadTimeout,
  MastodonAPIError,
  MastodonServerError,
  MastodonInternalServerError,
  MastodonBadGatewayError,
  MastodonServiceUnavailableError,
  MastodonGatewayTimeoutError,
  MastodonNotFoundError,
  MastodonUnauthorizedError,
  MastodonRatelimitError,
  MastodonMalformedEventError,
];

/** The place of `MastodonVersionError` among the classes. */
export const VERSION = 1;
/** The place of `MastodonNetworkError` among the classes. */
export const NETWORK = 3;
/** That of `MastodonIllegalArgumentError`. */
export const ILLEGAL_ARGUMENT = 2;
/** That of `MastodonNotFoundError`. */
export const NOT_FOUND = 11;
/** That of `MastodonAPIError`. */
export const API = 5;
/** That of `MastodonReadTimeout`. */
export const READ_TIMEOUT = 4;
/** That of `MastodonMalformedEventError`. */
export const MALFORMED_EVENT = 14;

/** The place of the class for a status. Messages tell nothing: they are localised. */
export const ofStatus = (status) =>
  ({ 401: 12, 404: 11, 429: 13, 500: 7, 502: 8, 503: 9, 504: 10 })[status] ??
  (status > 500 ? 6 : 5);

/** An error of a kind; `fields` become its own properties. */
export function create(kind, message, cause, fields) {
  const error = new classes[kind](message, cause === undefined ? undefined : { cause });
  return Object.assign(error, fields);
}

/** The error for an argument that is not what was expected. */
export const refused = (method, name, expected, value) =>
  create(2, `${method}: \`${name}\` must be ${expected}, got ${show(value)}`);

/** A value in a message: short, and without running any of the caller's code. */
function show(value) {
  if (typeof value === "string")
    return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (value === null || !/object|function|symbol/.test(typeof value)) return String(value);
  try {
    if (Array.isArray(value)) return "an array";
  } catch {
    // a proxy that was revoked
  }
  return `a value of type ${typeof value}`;
}
