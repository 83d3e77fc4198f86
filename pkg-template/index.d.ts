/// <reference lib="esnext.disposable" />
export * from "./mastodon_wasm.js";

/** The platform's `WebAssembly.Module`, where its types have one: those of Node alone do not. */
export type WebAssemblyModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module
  : never;

/** Where the WebAssembly module may come from. */
export type InitSource =
  | string
  | URL
  | Request
  | Response
  | Promise<Response>
  | ArrayBuffer
  | ArrayBufferView
  | WebAssemblyModule;

/**
 * Loads the WebAssembly module. In browsers, call it before anything else. Later calls resolve at once;
 * after a failure, the next call tries again. In Node, Deno, Bun and Workers the import has loaded the
 * module already, and this resolves at once.
 *
 * @param source Only for `mastodon-wasm/slim`, or to load the module from another address.
 */
export function init(source?: InitSource): Promise<void>;

/** The same at once, where the module or its bytes are at hand. */
export function initSync(module: ArrayBuffer | ArrayBufferView | WebAssemblyModule): void;
