// @ts-check
// Error classes. Not Rust: a wasm-bindgen class cannot extend `Error`.

/** @type {Record<string, new (message: string, options?: ErrorOptions) => Error>} */
const classes = {};

/**
 * @template {new (...values: any[]) => Error} Parent
 * @param {string} name
 * @param {Parent} Base
 */
const define = (name, Base) => {
  // The computed key names the class: a minifier would remove the name.
  const Class = { [name]: class extends Base {} }[name];
  Object.defineProperty(Class.prototype, "name", {
    value: name,
    configurable: true,
    writable: true,
  });
  classes[name] = Class;
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
export const MastodonLoginError = define("MastodonLoginError", MastodonAPIError);

/**
 * Creates an error of the class that Rust names. `fields` become its own properties.
 *
 * @param {string} name
 * @param {string} message
 * @param {unknown} cause
 * @param {object | undefined} fields
 */
export function createError(name, message, cause, fields) {
  const error = new classes[name](message, cause === undefined ? undefined : { cause });
  return Object.assign(error, fields);
}
