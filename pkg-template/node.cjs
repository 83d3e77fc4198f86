// @ts-check
// `require` in Node versions that cannot require ES modules; the newer ones get node.js. The module is
// part of the code here as well, so that a bundler for servers has no file to lose. Not Rust: an entry
// brings the module.
const mastodon = require("./mastodon.cjs");
const base64 = require("./mastodon_wasm_base64.cjs");

mastodon.initSync(Buffer.from(base64, "base64"), true);

module.exports = mastodon;
