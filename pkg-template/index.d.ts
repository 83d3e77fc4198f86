/// <reference lib="esnext.disposable" />
export * from "./mastodon_wasm.js";

/** Where the WebAssembly module may come from. */
export type InitSource =
  | string
  | URL
  | Request
  | Response
  | Promise<Response>
  | ArrayBuffer
  | ArrayBufferView
  | WebAssembly.Module;

/**
 * Loads the WebAssembly module. In browsers, call it once before anything else; further calls cost
 * nothing and a call after a failure tries again. In Node, Deno, Bun and Workers the module is there
 * already and this resolves at once.
 *
 * @param source Only for `mastodon-wasm/slim`, or to load the module from another address.
 */
export function init(source?: InitSource): Promise<void>;

/** The same at once, where the module or its bytes are at hand. */
export function initSync(module: ArrayBuffer | ArrayBufferView | WebAssembly.Module): void;

declare module "./mastodon_wasm.js" {
  interface Mastodon {
    /**
     * The same with PKCE: the S256 challenge of the verifier (43 to 128 of `A-Z a-z 0-9 - . _ ~`) goes
     * into the address, and `logIn` takes the verifier itself.
     */
    authRequestUrl(options: AuthRequestUrlOptions & { code_verifier: string }): Promise<string>;
    /** With a time to publish it at, a status is scheduled. */
    statusPost(
      status: string,
      options: StatusPostOptions & { scheduled_at: NonNullable<StatusPostOptions["scheduled_at"]> },
    ): Promise<ScheduledStatus>;
    /** Without, it is published at once. */
    statusPost(
      status: string,
      options?: (StatusPostOptions & { scheduled_at?: null }) | null,
    ): Promise<Status>;
  }
}
