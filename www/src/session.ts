import { init, Mastodon } from "mastodon-wasm";
import { residentArrives, residentOptions } from "./resident.ts";
import { observedFetch } from "./wire.ts";

/** Opens the session: from the login that has just finished, or from an earlier visit. */
export async function openSession(): Promise<Mastodon | null> {
  await Promise.all([init(), residentArrives()]);
  // A person who waits should be told why, so a rate limit is an error here.
  const options = {
    fetch: observedFetch,
    ratelimit_method: "throw",
    ...residentOptions,
  } as const;
  return (await Mastodon.finishLogin(options)) ?? (await Mastodon.restore(options));
}

/** Sends the visitor to their instance and back. `instance` is whatever they typed. */
export function logIn(instance: string): Promise<void> {
  return Mastodon.startLogin({
    api_base_url: instance,
    client_name: "Tundra",
    redirect_uri: location.origin + location.pathname,
    scopes: ["read", "write", "follow"],
    fetch: observedFetch,
  });
}
