// Streams of a client, for the tests of the sandbox's package.

/** The user's stream, once it is open; `heard` gets each new status. */
export function openedStream(client, heard) {
  return new Promise((resolve) => {
    const stream = client.streamUser({
      onUpdate: heard,
      onState: (state) => state === "open" && resolve(stream),
    });
  });
}
