import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// React's plug-in is all: mastodon-wasm needs none.
export default defineConfig({ plugins: [react()] });
