import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { contentSecurityPolicy, securityHeaders } from "./content-security-policy.ts";

const packageEntry = fileURLToPath(new URL("../pkg/browser.js", import.meta.url));

/** Vite's development server puts style sheets into `<style>` elements; they need a nonce. */
const developmentNonce = "development";

/** The policy also stands in the page itself, for hosts where headers cannot be set. */
function policyInPage(serviceWorker: boolean): Plugin {
  return {
    name: "content-security-policy",
    transformIndexHtml(_html, { server }) {
      const content = contentSecurityPolicy({
        serviceWorker,
        styleNonce: server ? developmentNonce : undefined,
      });
      const attrs = { "http-equiv": "Content-Security-Policy", content };
      return [{ tag: "meta", attrs, injectTo: "head-prepend" }];
    },
  };
}

/**
 * Answers `/sandbox.json`: which sandbox to offer on the login page, and whose names and passwords.
 * `npm start` names it in the environment; without one, the page asks for an instance.
 */
function sandboxAddress(): Plugin {
  const answer = (
    request: { url?: string },
    response: { setHeader(name: string, value: string): void; end(body: string): void },
    next: () => void,
  ) => {
    const sandbox = process.env.MASTODON_SANDBOX;
    if (!sandbox || request.url?.split("?")[0] !== "/sandbox.json") return next();
    response.setHeader("Content-Type", "application/json");
    response.end(sandbox.startsWith("{") ? sandbox : JSON.stringify({ url: sandbox }));
  };
  return {
    name: "sandbox-address",
    configureServer: (server) => void server.middlewares.use(answer),
    configurePreviewServer: (server) => void server.middlewares.use(answer),
  };
}

export default defineConfig(({ command, mode }) => ({
  root: fileURLToPath(new URL(".", import.meta.url)),
  // Relative, so that the built page also works below a path (`https://example.org/demo/`).
  base: "./",
  plugins: [policyInPage(mode === "demo"), sandboxAddress()],
  resolve: { alias: { "mastodon-wasm": packageEntry } },
  html: { cspNonce: command === "serve" ? developmentNonce : undefined },
  build: {
    target: "es2022",
    // What the style sheets are written in: nesting, layers, light-dark().
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    // An inlined asset would be a `data:` address, which the policy allows for pictures only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    headers: securityHeaders({ styleNonce: developmentNonce }),
    fs: { allow: [".."] },
  },
  preview: { host: "127.0.0.1", headers: securityHeaders({ serviceWorker: mode === "demo" }) },
}));
