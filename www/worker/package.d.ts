// What the worker takes of the package mastodon-wasm-sandbox besides its class: it loads the module itself.
declare module "mastodon-wasm-sandbox/sandbox.js" {
  export function provide(load: () => unknown): void;
}
declare module "mastodon-wasm-sandbox/glue.js" {
  export default function init(options: { module_or_path: Promise<Response> }): Promise<unknown>;
}
/** The file of the module; its name has a hash of what is in it (scripts/demo.mjs). */
declare const MODULE: string;
