// What callers may and may not write; types.test.mjs compiles it.
import { type Newcomer, Sandbox } from "../../pkg-sandbox/index.js";

const grace: Newcomer = { username: "grace", display_name: "Grace", follows: ["mina"] };
const sandbox = await Sandbox.start({ seed: 1, now: new Date(), people: ["ada", grace] });
const bytes: Uint8Array<ArrayBuffer> = await sandbox.snapshot();
await sandbox.restore(bytes);
await Sandbox.start({ push: fetch });
await Sandbox.start({ push: (endpoint, { body }) => console.log(endpoint, body.byteLength) });
const answer: Response = await sandbox.fetch(`${sandbox.url}/api/v2/instance`);
console.log(answer.status, sandbox.as("grace").access_token, sandbox.people[0]?.password);

// @ts-expect-error an option that there is not
await Sandbox.start({ sede: 1 });
// @ts-expect-error a person without a username
await Sandbox.start({ people: [{ display_name: "Nobody" }] });
// @ts-expect-error a snapshot is bytes
await sandbox.restore("text");
// @ts-expect-error sandboxes are started
new Sandbox();
