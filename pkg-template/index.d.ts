/// <reference lib="esnext.disposable" />
export * from "./mastodon_wasm.js";

/** The platform's `WebAssembly.Module`, if its types include it: those of Node alone do not. */
export type WebAssemblyModule = typeof globalThis extends {
  WebAssembly: { Module: { prototype: infer Module } };
}
  ? Module
  : never;

/** The sources from which the WebAssembly module can be loaded. */
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
 * Loads the WebAssembly module. In browsers, call it before anything else. Later calls return the same
 * promise. After a failure, the next call tries again. In Node, Deno, Bun and Workers, the import has already
 * loaded the module, and this resolves at once.
 *
 * @param source Only for `mastodon-wasm/slim`, or to load the module from another URL.
 */
export function init(source?: InitSource): Promise<void>;

/** Loads the module synchronously, if you have the module or its bytes. */
export function initSync(module: ArrayBuffer | ArrayBufferView | WebAssemblyModule): void;
