// Frameworks: those that run the same code on a server and in a page, and the components of
// examples/components.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { expected } from "./scenario.js";

/** What the server part of each says, as text in the page. */
async function serverSaid(url) {
  const html = await (await fetch(url)).text();
  const said = html.match(/data-result="([^"]*)"/)?.[1];
  assert.ok(said, `no result in ${html.slice(0, 300)}`);
  assert.deepEqual(JSON.parse(said.replaceAll("&quot;", '"').replaceAll("&#34;", '"')), expected);
}

const CLIENT = `
import * as library from "mastodon-wasm";
import { scenario } from "SCENARIO";
`;

const next = (name, flag) => ({
  name,
  packages: { next: "*", react: "*", "react-dom": "*" },
  version: "next",
  files: {
    "app/layout.js": `
export default function Layout({ children }) {
  return <html lang="en"><head><link rel="icon" href="data:," /></head><body>{children}</body></html>;
}
`,
    "app/page.js": `
import * as library from "mastodon-wasm";
import { scenario } from "../scenario.js";
import { Client } from "./client.js";
export const dynamic = "force-dynamic";
export default async function Page() {
  const result = await scenario(library, JSON.parse(process.env.CALLER));
  return <main data-result={JSON.stringify(result)}><Client /></main>;
}
`,
    "app/client.js": `"use client";
${CLIENT.replace("SCENARIO", "../scenario.js")}
import { useEffect } from "react";
export function Client() {
  useEffect(() => {
    window.scenario = (caller) => scenario(library, caller);
  }, []);
  return <p>client</p>;
}
`,
  },
  async run(project, world) {
    const env = { CALLER: JSON.stringify(world.caller) };
    await project.run("next", ["build", ...flag], env);
    const args = ["start", "--hostname", "127.0.0.1", "--port", "0"];
    const [, port] = await project.start("next", args, /http:\/\/127\.0\.0\.1:(\d+)/, env);
    const url = `http://127.0.0.1:${port}/`;
    await serverSaid(url);
    await world.works(url);
  },
});

/** A component of examples/components, built by Vite and used: pages, a button, a post as it comes. */
const component = ({ name, packages, version, file, mount, plugin }) => ({
  name: `${name}: examples/components/${file}`,
  packages: { vite: "*", ...packages },
  version,
  files: {
    [file]: readFileSync(new URL(`../../examples/components/${file}`, import.meta.url), "utf8"),
    "index.html":
      '<!doctype html><meta charset="utf-8"><title>Test</title><link rel="icon" href="data:,"><main></main><script type="module" src="./main.js"></script>',
    "main.js": `
import * as library from "mastodon-wasm";
import { scenario } from "./scenario.js";
${mount}
const count = () => document.querySelectorAll("li").length;
async function until(holds) {
  for (let waited = 0; !holds(); waited += 20) {
    if (waited > 10000) throw new Error(\`\${count()} entries, and not \${holds}\`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
window.scenario = async (caller) => {
  await library.init();
  const mastodon = new library.Mastodon({
    api_base_url: caller.url,
    access_token: caller.access_token,
  });
  show(mastodon, document.querySelector("main"));
  await until(() => count() >= 20);
  document.querySelector("button").click();
  await until(() => count() >= 40);
  // Its stream may still be opening: what comes is there, one way or the other.
  const before = count();
  const friend = new library.Mastodon({ api_base_url: caller.url, access_token: caller.friend });
  await new Promise((resolve) => setTimeout(resolve, 500));
  await friend.statusPost("Hello, component");
  await until(() => count() === before + 1);
  if (document.querySelector("[role=alert]")) throw new Error("something went wrong");
  return scenario(library, caller);
};
`,
    "vite.config.js": plugin,
  },
  async run(project, world) {
    await project.run("vite", ["build"]);
    await world.works(await world.serve(project.path("dist")));
  },
});

export default [
  component({
    name: "Vue 3",
    packages: { vue: "*", "@vitejs/plugin-vue": "*" },
    version: "vue",
    file: "Timeline.vue",
    mount: `
import { createApp } from "vue";
import Timeline from "./Timeline.vue";
const show = (mastodon, element) => createApp(Timeline, { mastodon }).mount(element);
`,
    plugin: `
import vue from "@vitejs/plugin-vue";
export default { plugins: [vue()] };
`,
  }),
  component({
    name: "Svelte 5",
    packages: { svelte: "*", "@sveltejs/vite-plugin-svelte": "*" },
    version: "svelte",
    file: "Timeline.svelte",
    mount: `
import { mount } from "svelte";
import Timeline from "./Timeline.svelte";
const show = (mastodon, target) => mount(Timeline, { target, props: { mastodon } });
`,
    plugin: `
import { svelte } from "@sveltejs/vite-plugin-svelte";
export default { plugins: [svelte()] };
`,
  }),
  component({
    name: "Solid",
    packages: { "solid-js": "*", "vite-plugin-solid": "*" },
    version: "solid-js",
    file: "Timeline.tsx",
    mount: `
import { createComponent } from "solid-js";
import { render } from "solid-js/web";
import { Timeline } from "./Timeline.tsx";
const show = (mastodon, element) => render(() => createComponent(Timeline, { mastodon }), element);
`,
    plugin: `
import solid from "vite-plugin-solid";
export default { plugins: [solid()] };
`,
  }),
  next("Next.js (Turbopack), server and client component", []),
  next("Next.js (webpack), server and client component", ["--webpack"]),
  {
    name: "Astro, on the server and in the page",
    packages: { astro: "*", "@astrojs/node": "*" },
    version: "astro",
    files: {
      "astro.config.mjs": `
import node from "@astrojs/node";
import { defineConfig } from "astro/config";
export default defineConfig({ output: "server", adapter: node({ mode: "standalone" }) });
`,
      "src/pages/index.astro": `---
import * as library from "mastodon-wasm";
import { scenario } from "../../scenario.js";
const result = await scenario(library, JSON.parse(process.env.CALLER));
---
<html lang="en">
  <head><link rel="icon" href="data:,"></head>
  <body data-result={JSON.stringify(result)}>
    <script>
      ${CLIENT.replace("SCENARIO", "../../scenario.js")}
      window.scenario = (caller) => scenario(library, caller);
    </script>
  </body>
</html>
`,
    },
    async run(project, world) {
      await project.run("astro", ["build"]);
      const port = 20_000 + (process.pid % 20_000);
      const env = { CALLER: JSON.stringify(world.caller), HOST: "127.0.0.1", PORT: String(port) };
      await project.start("node", ["dist/server/entry.mjs"], /127\.0\.0\.1:\d+/, env);
      const url = `http://127.0.0.1:${port}/`;
      await serverSaid(url);
      await world.works(url);
    },
  },
  {
    name: "SvelteKit with adapter-node, load on the server and the page",
    packages: {
      "@sveltejs/adapter-node": "*",
      "@sveltejs/kit": "*",
      "@sveltejs/vite-plugin-svelte": "*",
      svelte: "*",
      vite: "*",
    },
    version: "@sveltejs/kit",
    files: {
      "vite.config.js": `
import adapter from "@sveltejs/adapter-node";
import { sveltekit } from "@sveltejs/kit/vite";
export default { plugins: [sveltekit({ adapter: adapter() })] };
`,
      "src/app.html": `<!doctype html>
<html lang="en">
  <head><link rel="icon" href="data:,">%sveltekit.head%</head>
  <body>%sveltekit.body%</body>
</html>
`,
      "src/routes/+page.server.js": `
import * as library from "mastodon-wasm";
import { scenario } from "../../scenario.js";
export const load = async () => ({ result: await scenario(library, JSON.parse(process.env.CALLER)) });
`,
      "src/routes/+page.svelte": `<script>
  ${CLIENT.replace("SCENARIO", "../../scenario.js")}
  import { onMount } from "svelte";
  let { data } = $props();
  // Hydrated: the data of the server is here as well.
  onMount(() => {
    window.scenario = async (caller) => ({ ...data.result, ...(await scenario(library, caller)) });
  });
</script>
<main data-result={JSON.stringify(data.result)}></main>
`,
    },
    async run(project, world) {
      await project.run("vite", ["build"]);
      const port = 20_000 + ((process.pid + 1) % 20_000);
      const env = { CALLER: JSON.stringify(world.caller), HOST: "127.0.0.1", PORT: String(port) };
      await project.start("node", ["build/index.js"], /Listening on/, env);
      const url = `http://127.0.0.1:${port}/`;
      await serverSaid(url);
      await world.works(url);
    },
  },
  {
    name: "Nuxt, on the server and hydrated in the page",
    packages: { nuxt: "*" },
    version: "nuxt",
    files: {
      "nuxt.config.js": `
export default defineNuxtConfig({
  compatibilityDate: "2026-01-01",
  app: { head: { link: [{ rel: "icon", href: "data:," }] } },
  telemetry: false,
});
`,
      "app/app.vue": `<script setup>
import * as library from "mastodon-wasm";
import { scenario } from "../scenario.js";
const load = () => scenario(library, JSON.parse(process.env.CALLER));
const { data } = await useAsyncData("result", load);
// Hydrated: the data of the server is here as well.
onMounted(() => {
  window.scenario = async (caller) => ({ ...data.value, ...(await scenario(library, caller)) });
});
</script>

<template>
  <main :data-result="JSON.stringify(data)"></main>
</template>
`,
    },
    async run(project, world) {
      await project.run("nuxt", ["build"]);
      const port = 20_000 + ((process.pid + 2) % 20_000);
      const env = { CALLER: JSON.stringify(world.caller), HOST: "127.0.0.1", PORT: String(port) };
      await project.start("node", [".output/server/index.mjs"], /Listening on/, env);
      const url = `http://127.0.0.1:${port}/`;
      await serverSaid(url);
      await world.works(url);
    },
  },
].map((each) => ({ group: "frameworks", ...each }));
