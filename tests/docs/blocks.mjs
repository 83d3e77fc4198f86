// The code in the pages: found, made into files, compiled, run.
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../../scripts/run.mjs";

/** Every page whose code has to be true. */
export const PAGES = [
  "README.md",
  "pkg-template/README.md",
  ...["docs", "docs/guide"].flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((name) => name.endsWith(".md"))
      .map((name) => `${folder}/${name}`),
  ),
];

/** Where the files are: next to a `node_modules` in which the package is found by its name. */
export const FOLDER = path.join(ROOT, "build/docs-examples");

/** What is compiled, and the ending of the file that it becomes. */
const CODE = new Map([
  ["ts", "ts"],
  ["tsx", "tsx"],
  ["js", "js"],
  ["jsx", "jsx"],
  ["mjs", "js"],
  ["html", "js"],
]);

/** What is no program, or not of JavaScript: cargo compiles what is Rust. */
const OTHER = new Set(["", "json", "py", "rust", "sh", "text", "toml", "mermaid", "yaml"]);

/**
 * The blocks of a page: `{ page, line, language, code, run, output, file }`.
 *
 * A comment `<!-- run -->` before a block has it run against a sandbox, `<!-- run life -->` while
 * people post there, `<!-- run worker -->` as a Worker's module, `<!-- run alone -->` in a process
 * of its own, `<!-- run unchecked -->` though TypeScript would object. A block of `text` that follows is what it prints; `…` in it stands for
 * anything.
 */
export function blocksOf(page) {
  const lines = readFileSync(path.join(ROOT, page), "utf8").split("\n");
  const blocks = [];
  let mark = "";
  for (let index = 0; index < lines.length; index += 1) {
    // After the language, a tab of the site may have its title: ```js [Browser]
    const fence = lines[index].match(/^```(\w*)/);
    if (!fence) {
      const comment = lines[index].match(/^<!-- (run.*) -->$/);
      if (comment) mark = comment[1];
      else if (lines[index].trim()) mark = "";
      continue;
    }
    const end = lines.indexOf("```", index + 1);
    const code = lines.slice(index + 1, end).join("\n");
    const [, language] = fence;
    const previous = blocks.at(-1);
    if (language === "text") {
      if (!previous?.run || lines.slice(previous.end + 1, index).some((line) => line.trim())) {
        throw new Error(`${page}:${index + 1}: a block of text follows what is run`);
      }
      previous.output = code;
    }
    if (CODE.has(language)) {
      const name = page.replace(/\.md$/, "").replaceAll("/", "-");
      const file = `${name}-${index + 2}.${CODE.get(language)}`;
      const script = language === "html" ? scriptOf(code) : code;
      blocks.push({ page, line: index + 2, language, code: script, run: mark, end, file });
    } else if (!OTHER.has(language)) {
      throw new Error(`${page}:${index + 1}: no test compiles a block of ${language}`);
    } else if (mark) {
      throw new Error(`${page}:${index + 1}: what is to be run is no code`);
    }
    mark = "";
    index = end;
  }
  return blocks;
}

function scriptOf(html) {
  return html.match(/<script type="module">\n([\s\S]*?)<\/script>/)?.[1] ?? "";
}

/** Writes the blocks, a file each, and what they may take for granted. */
export function write(blocks) {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(path.join(FOLDER, "node_modules"), { recursive: true });
  for (const [folder, name] of [
    ["pkg", "mastodon-wasm"],
    ["pkg-sandbox", "mastodon-wasm-sandbox"],
  ]) {
    symlinkSync(path.join(ROOT, folder), path.join(FOLDER, "node_modules", name), "junction");
  }
  writeFileSync(path.join(FOLDER, "package.json"), JSON.stringify({ type: "module" }));
  writeFileSync(path.join(FOLDER, "globals.d.ts"), GLOBALS);
  writeFileSync(path.join(FOLDER, "modules.d.ts"), MODULES);
  for (const { file, code } of blocks) {
    writeFileSync(path.join(FOLDER, file), `${code}\nexport {};\n`);
  }
}

/** What a fragment of a few lines uses without saying where it is from. */
const GLOBALS = `
import type { Mastodon as Client, Status as Post } from "mastodon-wasm";

declare global {
  /** Logged in. */
  const mastodon: Client;
  /** Somebody's. */
  const post: Post;

  // As Workers have them.
  interface KVNamespace {
    get(key: string): Promise<string | null>;
    put(key: string, value: string): Promise<void>;
    delete(key: string): Promise<void>;
  }
}
`;

/** What blocks import that is not installed here: just what they use, as its own types declare it. */
const MODULES = `
// In a service worker.
interface PushEvent extends Event {
  readonly data: { json(): any } | null;
  waitUntil(promise: Promise<unknown>): void;
}
interface WindowEventMap {
  push: PushEvent;
}
interface Window {
  readonly registration: ServiceWorkerRegistration;
}
declare module "megalodon" {
  interface Client {
    postStatus(status: string, options?: { visibility?: string }): Promise<{ data: { id: string } }>;
    favouriteStatus(id: string): Promise<unknown>;
  }
  export default function generator(
    kind: "mastodon",
    url: string,
    token?: string | null,
  ): Client;
}
declare module "react" {
  export function useState<T>(initial: T): [T, (next: T | ((previous: T) => T)) => void];
  export function useEffect(effect: () => void | (() => void), dependencies?: readonly unknown[]): void;
}
declare module "#imports" {
  export function useAsyncData<T>(
    key: string,
    load: () => Promise<T>,
  ): Promise<{ data: { value: T | undefined } }>;
}
declare module "react-dom/client" {
  export function createRoot(element: Element): { render(children: unknown): void };
}
declare namespace JSX {
  interface IntrinsicElements {
    a: { href?: string };
    li: { key?: string };
    p: { role?: string };
    ul: {};
  }
}
declare module "@tanstack/react-query" {
  export interface InfiniteData<Page> {
    pages: Page[];
  }
  export function useInfiniteQuery<Page, Param>(options: {
    queryKey: readonly unknown[];
    initialPageParam: Param;
    queryFn: (context: { pageParam: Param; signal: AbortSignal }) => Promise<Page>;
    getNextPageParam: (last: Page) => Param | null | undefined;
  }): { data: InfiniteData<Page> | undefined; fetchNextPage(): Promise<unknown> };
}
declare module "svelte/store" {
  export interface Readable<T> {
    subscribe(run: (value: T) => void): () => void;
  }
  export function readable<T>(
    value: T,
    start: (
      set: (value: T) => void,
      update: (change: (value: T) => T) => void,
    ) => void | (() => void),
  ): Readable<T>;
}
interface Expectation {
  not: Expectation;
  rejects: Expectation;
  toBe(expected: unknown): void;
  toContain(expected: unknown): void;
  toBeGreaterThan(expected: number): void;
  toThrow(expected: string): Promise<void>;
}
declare module "vitest" {
  export function inject(key: string): any;
  export function beforeEach(run: () => unknown): void;
  export function afterAll(run: () => unknown): void;
  export function test(name: string, run: () => unknown): void;
  export function expect(actual: unknown): Expectation;
}
declare module "vitest/config" {
  export function defineConfig(config: { plugins: unknown[] }): unknown;
}
declare module "@cloudflare/vitest-plugin" {
  export function cloudflareTest(options: { miniflare: Record<string, unknown> }): unknown;
}
// Jest's are global.
declare function beforeEach(run: () => unknown): void;
declare function afterAll(run: () => unknown): void;
declare function test(name: string, run: () => unknown): void;
declare function expect(actual: unknown): Expectation;
declare module "electron" {
  export const app: { whenReady(): Promise<void> };
  export const ipcMain: {
    handle(channel: string, listener: (event: unknown, ...args: any[]) => unknown): void;
  };
  export const safeStorage: { decryptString(encrypted: Buffer): string };
}
`;
