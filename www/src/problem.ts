import {
  MastodonAPIError,
  MastodonIllegalArgumentError,
  MastodonNetworkError,
  MastodonNotFoundError,
  MastodonRatelimitError,
  MastodonReadTimeout,
  MastodonServerError,
  MastodonUnauthorizedError,
} from "mastodon-wasm";

/** An error in plain words for users, and in the terms of the package for developers. */
export interface Problem {
  title: string;
  message: string;
  technical: string;
}

export function describe(error: unknown): Problem {
  return { ...inWords(error), technical: inTerms(error) };
}

/** Leaving a view cancels its requests, so such errors are not reported. */
export function isAbort(error: unknown): boolean {
  return error instanceof DOMException && error.name === "AbortError";
}

function inWords(error: unknown): { title: string; message: string } {
  if (error instanceof MastodonRatelimitError) {
    return {
      title: "Too many requests",
      message: "The instance asks for a pause. Try again soon.",
    };
  }
  if (error instanceof MastodonReadTimeout) {
    return { title: "No answer in time", message: "The instance took too long to answer." };
  }
  if (error instanceof MastodonNetworkError) {
    return { title: "Cannot reach the instance", message: error.message };
  }
  if (error instanceof MastodonUnauthorizedError) {
    return {
      title: "No longer logged in",
      message: "The instance does not accept this login any more.",
    };
  }
  if (error instanceof MastodonNotFoundError) {
    return { title: "Not found", message: "It may have been deleted, or is not for you to see." };
  }
  if (error instanceof MastodonServerError) {
    return {
      title: "The instance is in trouble",
      message: "It answered with an error of its own.",
    };
  }
  if (error instanceof Error && "reason" in error) return loginFailure(error);
  if (error instanceof MastodonAPIError) {
    return { title: "The instance refused", message: error.error ?? error.message };
  }
  if (error instanceof MastodonIllegalArgumentError) {
    return { title: "That cannot be sent", message: error.message };
  }
  const message = error instanceof Error ? error.message : String(error);
  return { title: "Something went wrong", message };
}

function loginFailure({ reason, message }: Error & { reason: unknown }) {
  if (reason !== "access_denied") return { title: "The login did not work", message };
  return { title: "You are not logged in", message: "You said no on the page of your instance." };
}

function inTerms(error: unknown): string {
  const name = error instanceof Error ? error.name : typeof error;
  const { status, method, path } = (error ?? {}) as Partial<MastodonAPIError>;
  return [name, status, path && `${method} ${path}`].filter(Boolean).join(" · ");
}
