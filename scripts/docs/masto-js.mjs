// The API of masto.js: its methods from its types, and the request of each. To find the request,
// the method is called with a `fetch` that only records it.
import { readFileSync } from "node:fs";
import path from "node:path";
import { createOAuthAPIClient, createRestAPIClient } from "masto";
import ts from "typescript";
import { ROOT } from "../run.mjs";
import { programOf } from "./declarations.mjs";

const FOLDER = path.join(ROOT, "node_modules/masto");

export const mastoVersion = () =>
  JSON.parse(readFileSync(path.join(FOLDER, "package.json"), "utf8")).version;

let methods;

/**
 * The names of its types for requests and responses, such as `mastodon.v1.Status`. Leaves out types
 * that only its own declarations need (`…Registry`), and resources.
 */
export function mastoTypes() {
  const program = programOf(path.join(FOLDER, "dist/index.d.ts"));
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path.join(FOLDER, "dist/index.d.ts"));
  const followed = (symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
  const inside = (symbol, name) =>
    checker.getExportsOfModule(followed(symbol)).find((each) => each.name === name);
  const mastodon = inside(checker.getSymbolAtLocation(source), "mastodon");
  const names = [];
  const list = (symbol, prefix) => {
    for (const each of checker.getExportsOfModule(followed(symbol))) {
      if (followed(each).flags & ts.SymbolFlags.Module) list(each, `${prefix}.${each.name}`);
      else if (!/Registry$|Resource$|^Client$/.test(each.name))
        names.push(`${prefix}.${each.name}`);
    }
  };
  for (const name of ["v1", "v2", "streaming"]) list(inside(mastodon, name), `mastodon.${name}`);
  return names;
}

/**
 * All methods: `{ client: "rest" | "oauth" | "streaming", call, verb, path, deprecated }`. `call`
 * is the code after the client, such as `v1.statuses.$select(id).reblog()`. For a stream, `path` is
 * the name of the stream and `verb` is `WS`.
 */
export async function mastoMethods() {
  methods ??= await readMethods();
  return methods;
}

async function readMethods() {
  const file = path.join(FOLDER, "dist/index.d.ts");
  const program = programOf(file);
  const checker = program.getTypeChecker();
  const found = [];
  for (const client of ["rest", "oauth", "streaming"]) {
    const source = program.getSourceFile(path.join(FOLDER, `dist/mastodon/${client}/client.d.ts`));
    const symbol = checker
      .getExportsOfModule(checker.getSymbolAtLocation(source))
      .find(({ name }) => name === "Client");
    for (const steps of walk(checker, checker.getDeclaredTypeOfSymbol(symbol), [])) {
      found.push({
        client,
        call: typed(steps),
        deprecated: steps.at(-1).deprecated,
        ...(client === "streaming" ? stream(steps) : await routeOf(client, steps)),
      });
    }
  }
  return found;
}

/** The chains of properties and calls that end in a method. */
function* walk(checker, type, steps) {
  for (const property of checker.getPropertiesOfType(type)) {
    const { name } = property;
    const [declaration] = property.getDeclarations() ?? [];
    if (!declaration || name.startsWith("__@") || isInternal(property)) continue;
    const next = checker.getTypeOfSymbolAtLocation(property, declaration);
    const [signature] = next.getCallSignatures();
    if (!signature) {
      yield* walk(checker, next, [...steps, { name }]);
      continue;
    }
    const params = signature.getParameters().map((parameter) => ({
      name: parameter.name,
      optional: checker.isOptionalParameter(parameter.valueDeclaration),
    }));
    if (name === "$select") {
      yield* walk(checker, signature.getReturnType(), [...steps, { name, args: params }]);
      continue;
    }
    const deprecated = property.getJsDocTags().some((tag) => tag.name === "deprecated");
    const needed = params.filter(({ name: it, optional }) => it !== "meta" && !optional);
    yield [...steps, { name, args: needed, deprecated }];
  }
}

const isInternal = (property) => property.getJsDocTags().some((tag) => tag.name === "internal");

function typed(steps) {
  return steps
    .map(({ name, args }) => (args ? `${name}(${args.map((arg) => arg.name).join(", ")})` : name))
    .join(".");
}

/** Calls the method, and returns its request. */
async function routeOf(client, steps) {
  let seen;
  const look = async (input, init) => {
    const request = new Request(input, init);
    seen ??= { verb: request.method, path: decodeURIComponent(new URL(request.url).pathname) };
    throw new Error("seen");
  };
  const create = client === "rest" ? createRestAPIClient : createOAuthAPIClient;
  // masto.js has no option for fetch.
  const platform = globalThis.fetch;
  globalThis.fetch = look;
  try {
    let at = create({ url: "https://example.social", log: "error" });
    for (const { name, args } of steps) {
      at = at[name];
      if (!args) continue;
      at = name === "$select" ? at(`{${args[0].name}}`) : at({});
    }
    await at;
  } catch (error) {
    if (!seen) throw new Error(`masto.js: ${typed(steps)} sent nothing: ${error.message}`);
  } finally {
    globalThis.fetch = platform;
  }
  return seen;
}

function stream(steps) {
  const names = steps.map(({ name }) => name);
  return names.at(-1) === "subscribe"
    ? { verb: "WS", path: names.slice(0, -1).join(":") }
    : { verb: undefined, path: undefined };
}
