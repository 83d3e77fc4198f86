import { init, Mastodon } from "mastodon-wasm";
import { residentArrives, residentOptions } from "./resident.ts";
import { observedFetch } from "./wire.ts";

/** Opens the session of a login that has just finished, or of an earlier visit. */
export async function openSession(): Promise<Mastodon | null> {
  await Promise.all([init(), residentArrives()]);
  // A waiting user should know why, so a rate limit is an error here.
  const options = {
    fetch: observedFetch,
    ratelimit_method: "throw",
    ...residentOptions,
  } as const;
  return (await Mastodon.finishLogin(options)) ?? (await Mastodon.restore(options));
}

/** Redirects the visitor to the login of their instance. `instance` is what they typed. */
export function logIn(instance: string): Promise<void> {
  return Mastodon.startLogin({
    api_base_url: instance,
    client_name: "Tundra",
    redirect_uri: location.origin + location.pathname,
    scopes: ["read", "write", "follow"],
    fetch: observedFetch,
  });
}
