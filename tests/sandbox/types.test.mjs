// The package's declarations, and its scripts by them.
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import ts from "typescript";

const at = (name) => fileURLToPath(new URL(name, import.meta.url));

test("what callers may write compiles, and the scripts do", () => {
  const files = ["use.ts", ...["cli.js", "browser.js"].map((name) => `../../pkg-sandbox/${name}`)];
  const program = ts.createProgram(files.map(at), {
    noEmit: true,
    strict: true,
    allowJs: true,
    checkJs: true,
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    lib: ["esnext", "dom", "dom.iterable", "dom.asynciterable"].map((name) => `lib.${name}.d.ts`),
    types: ["node"],
  });
  // The glue is made by wasm-bindgen, which types it elsewhere.
  const mistakes = ts
    .getPreEmitDiagnostics(program)
    .filter(({ file }) => !file?.fileName.endsWith("/glue.js"))
    .map(({ file, messageText }) => {
      const where = file ? `${file.fileName}: ` : "";
      return `${where}${ts.flattenDiagnosticMessageText(messageText, "\n")}`;
    });
  assert.deepEqual(mistakes, []);
});
