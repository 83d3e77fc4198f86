/** The value of `--port`; undefined if it was not given. */
export function portOf(text) {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port takes a number from 0 to 65535, got "${text}"`);
  }
  return port;
}
