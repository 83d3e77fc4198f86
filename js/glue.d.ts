// Types of what scripts/build.mjs bundles with the entries: wasm-bindgen's glue, and the imports of the
// module.
declare module "mastodon-wasm-glue" {
  /** The class also has internal methods for Rust. The loader replaces three methods. */
  export const Mastodon: {
    new (options: unknown): object;
    prototype: Record<PropertyKey, unknown>;
    connect(options: unknown): Promise<object>;
  };
  export function __wbg_set_wasm(exports: object): void;
}
declare module "mastodon-wasm-imports" {
  const imports: WebAssembly.Imports;
  export default imports;
}
declare module "*_base64.js" {
  const base64: string;
  export default base64;
}
declare module "*_bg.wasm" {
  const module: WebAssembly.Module;
  export default module;
}
declare module "*_base64.cjs" {
  const base64: string;
  export = base64;
}
declare module "*/mastodon.cjs" {
  export function initSync(source: BufferSource, server: boolean): void;
}
