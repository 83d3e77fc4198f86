// The built module: nothing in it words a panic. A panic in WebAssembly leaves a promise pending for
// ever and the module dead, so that none may be reached; where the compiler cannot see that, it keeps the
// panic's message, or the place in the source that it would name.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, it } from "node:test";

const bytes = readFileSync(new URL("../../pkg/mastodon_wasm_bg.wasm", import.meta.url));
const text = bytes.toString("latin1");
const script = readFileSync(new URL("../../pkg/mastodon.js", import.meta.url), "utf8");

/** What rustc, the standard library and wasm-bindgen write into modules that can panic. */
const MESSAGES = {
  "a place in our source": /\bsrc[/\\][\w/\\]+\.rs/,
  "a place in a dependency's source": /[/\\](registry|rustc|library)[/\\][\w/\\.-]+\.rs/,
  "a failed unwrap": /called `(Option|Result)::unwrap\(\)`/,
  "a failed expect or assertion": /panicked at|assertion (failed|`left)/,
  "an index out of bounds": /index out of bounds|range (start|end) index|out of range for slice/,
  "a string cut inside a character": /byte index .{0,20} is not a char boundary/,
  "arithmetic that overflows": /attempt to (add|subtract|multiply|divide|negate|shift)/,
  "a borrow of what is borrowed": /already (mutably )?borrowed/,
  "code that was thought unreachable":
    /internal error: entered unreachable code|not (yet )?implemented/,
  "a formatter that fails": /a formatting trait implementation returned an error/,
};

describe("the module", () => {
  for (const [name, pattern] of Object.entries(MESSAGES)) {
    it(`has no message for ${name}`, () => {
      const found = text.match(pattern);
      assert.equal(found && text.slice(found.index - 40, found.index + 120), null);
    });
  }

  it("names no place of the machine that built it", () => {
    for (const content of [text, script]) {
      assert.doesNotMatch(content, /\/(home|root|Users|build|work)\/[\w.-]+\/|\.cargo\/registry/);
    }
  });

  it("is valid, and imports from its glue alone", async () => {
    const module = await WebAssembly.compile(bytes);
    const from = new Set(WebAssembly.Module.imports(module).map(({ module: name }) => name));
    assert.equal(from.size, 1, [...from].join(", "));
    assert.ok(WebAssembly.Module.exports(module).length > 0);
  });
});
