// The errors of the package: real classes, so that `instanceof`, `name` and `stack` are the platform's.

const define = (name, Parent) => {
  const Class = { [name]: class extends Parent {} }[name];
  Object.defineProperty(Class.prototype, "name", { value: name, configurable: true, writable: true });
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
export const MastodonInternalServerError = define("MastodonInternalServerError", MastodonServerError);
export const MastodonBadGatewayError = define("MastodonBadGatewayError", MastodonServerError);
export const MastodonServiceUnavailableError = define("MastodonServiceUnavailableError", MastodonServerError);
export const MastodonGatewayTimeoutError = define("MastodonGatewayTimeoutError", MastodonServerError);
export const MastodonNotFoundError = define("MastodonNotFoundError", MastodonAPIError);
export const MastodonUnauthorizedError = define("MastodonUnauthorizedError", MastodonAPIError);
export const MastodonRatelimitError = define("MastodonRatelimitError", MastodonError);
export const MastodonMalformedEventError = define("MastodonMalformedEventError", MastodonError);

// In the order of `Kind` in error.rs.
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

/** An error of a kind; `fields` become its own properties. */
export function create(kind, message, cause, fields) {
  const error = new classes[kind](message, cause === undefined ? undefined : { cause });
  return Object.assign(error, fields);
}
