// What a stream is asked for with, checked; driver.js makes the methods out of these.
const NAMES = [
  "streamUser",
  "streamUserNotifications",
  "streamDirect",
  "streamPublic",
  "streamLocal",
  "streamHashtag",
  "streamList",
  "streamOpenWebsocket",
];

function asked(call) {
  const signal = call.take("signal");
  if (signal?.aborted) throw signal.reason;
  return [JSON.stringify(call.sent()), call.state.web_socket, call.state.user_agent];
}

export const streaming = Object.fromEntries(NAMES.map((name) => [name, asked]));
