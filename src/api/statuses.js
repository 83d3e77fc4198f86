// Statuses, where they are JavaScript values.

/** A key that no other call has. `randomUUID` is there in secure contexts alone. */
export const randomKey = () =>
  Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join("");

/** Whom a reply is to, as ids and handles: the author first, then those mentioned. */
export const people = (status, untag) =>
  [status.account, ...(untag ? [] : (status.mentions ?? []))].map(({ id, acct }) => [
    String(id),
    acct,
  ]);

/** A reply behind the handles of those whom it is to. Nobody is there twice, oneself only as the author. */
export const address = ([author, ...others], own, text) =>
  [...new Map([author, ...others.filter(([id]) => id !== own && id !== author[0])]).values()]
    .map((acct) => `@${acct} `)
    .join("") + text;

/** A file in one string. */
export async function dataUrl(file) {
  let binary = "";
  for (const byte of new Uint8Array(await file.arrayBuffer())) binary += String.fromCharCode(byte);
  return `data:${file.type};base64,${btoa(binary)}`;
}
