// Carries the checks out against one kind of server.
import { init, Mastodon } from "../../pkg/node.js";
import { clientsOf } from "../clients.mjs";
import { AREAS, None } from "./checks.mjs";

/** What the package warned of, with whichever server. */
const warnings = [];
console.warn = (...words) => warnings.push(words.join(" "));

/** A server of this kind, with its people. `start` is one of `SHELLS`. */
export async function open(start, preset) {
  await init();
  const sandbox = await start({ preset });
  const { client, close } = clientsOf(sandbox);
  const [mina, theo, yuki] = ["mina", "theo", "yuki"].map((name) => client(name));
  const { version } = await sandbox.control("GET", "/sandbox/behaviour");
  const gone = await theo.statusPost("Soon gone");
  await theo.statusDelete(gone);
  return {
    Mastodon,
    sandbox,
    client,
    mina,
    theo,
    yuki,
    stranger: new Mastodon({ api_base_url: sandbox.url, ...sandbox.client }),
    absent: gone.id,
    warnings,
    version,
    async stop() {
      close();
      await sandbox.stop();
    },
  };
}

/** What comes of one check: `{ state: "works" | "none" | "differs", how? }`. */
export async function perform(check, world) {
  try {
    const how = await check.run(world);
    return how ? { state: "differs", how } : { state: "works" };
  } catch (error) {
    if (error instanceof None) return { state: "none" };
    throw error;
  }
}

export const checks = AREAS.flatMap(({ area, checks }) =>
  checks.map((check) => ({ ...check, area })),
);
