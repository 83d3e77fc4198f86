// The instance in this browser, in a Service Worker (www/worker): the demo without a server.
import type { ToWorker } from "../worker/messages.ts";
import { residentSocketClass } from "./resident-socket.ts";

/** Whether this page was built with such an instance (`npm run demo`). */
export const hasResident = import.meta.env.MODE === "demo";

/** The options for a client of this instance. Service Workers see requests, but no sockets. */
export const residentOptions = hasResident ? { web_socket: residentSocketClass() } : {};

const PATIENCE = 60_000;

/** Resolves when the Service Worker handles the requests of this page. */
export async function residentArrives(): Promise<void> {
  if (!hasResident) return;
  const workers = navigator.serviceWorker;
  if (!workers) {
    throw new Error("This browser lets no page have a Service Worker, as in some private windows.");
  }
  const controlled = new Promise<void>((resolve) => {
    workers.addEventListener("controllerchange", () => resolve(), { once: true });
  });
  await workers.register(scriptUrl("service-worker.js"), { updateViaCache: "none" });
  const { active } = await workers.ready;
  if (workers.controller) return;
  active?.postMessage({ kind: "claim" } satisfies ToWorker);
  const late = new Promise<never>((_, reject) => {
    setTimeout(reject, PATIENCE, new Error("The Service Worker does not begin its work."));
  });
  await Promise.race([controlled, late]);
}

/** Restores the initial state of the instance. */
export async function resetResident(): Promise<void> {
  const response = await fetch("instance/sandbox/reset", { method: "POST" });
  if (!response.ok) throw new Error(`The instance answered ${response.status}.`);
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL(url: string): string },
  ): { createScriptURL(url: string): string };
}

/** With `require-trusted-types-for`, the URL of a script must be a trusted type. */
function scriptUrl(url: string): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  const policy = trustedTypes?.createPolicy("service-worker", {
    createScriptURL: (address) => address,
  });
  return policy?.createScriptURL(url) ?? url;
}
