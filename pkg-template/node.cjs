// @ts-check
// Entry for `require` in Node versions that cannot require ES modules; newer versions use node.js. The code
// contains the module here too, so bundlers for servers cannot leave a file out. Not Rust: an entry loads the
// module.
const mastodon = require("./mastodon.cjs");
const base64 = require("./mastodon_wasm_base64.cjs");

mastodon.initSync(Buffer.from(base64, "base64"), true);

module.exports = mastodon;
