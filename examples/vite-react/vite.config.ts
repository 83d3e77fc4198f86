import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  // The user's server can be any server. A sandbox on this machine has no https.
  "connect-src 'self' https: wss: http://127.0.0.1:* ws://127.0.0.1:*",
  "img-src 'self' https: http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/** The policy of the built page. In development Vite needs inline scripts and styles. */
const contentSecurityPolicy: Plugin = {
  name: "content-security-policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: POLICY },
      injectTo: "head-prepend",
    },
  ],
};

// mastodon-wasm needs no plugin.
export default defineConfig({ plugins: [react(), contentSecurityPolicy] });
