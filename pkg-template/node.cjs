// `require` in Node versions that cannot require ES modules; the newer ones get node.js.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const mastodon = require("./mastodon.cjs");

mastodon.initSync(readFileSync(join(__dirname, "mastodon_wasm_bg.wasm")));

module.exports = mastodon;
