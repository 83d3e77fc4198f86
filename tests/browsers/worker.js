// The scenario of the matrix in a worker, where import maps do not reach.
import * as library from "./node_modules/mastodon-wasm/browser.js";
import { scenario } from "./scenario.js";

addEventListener("message", async ({ data }) => postMessage(await scenario(library, data)));
