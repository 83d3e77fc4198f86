// What an answer is made of: the declared type of each value in it, and of values of one type, which fields
// they have and what is in them.
import { fileURLToPath } from "node:url";
import ts from "typescript";

const DECLARATIONS = fileURLToPath(new URL("../../pkg/index.d.ts", import.meta.url));

const program = ts.createProgram([DECLARATIONS], {
  strict: true,
  exactOptionalPropertyTypes: true,
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.NodeNext,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
  types: [],
});
const checker = program.getTypeChecker();
const entry = checker.getSymbolAtLocation(program.getSourceFile(DECLARATIONS));
const exported = checker.getExportsOfModule(entry).map(real);

function real(symbol) {
  return symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

const named = (name) => exported.find((symbol) => symbol.name === name);

/** The type with this name. */
export const declared = (name) => checker.getDeclaredTypeOfSymbol(named(name));

/** What the promises of a method's signatures resolve to. */
export function results(method) {
  const mastodon = named("Mastodon");
  const types = [checker.getDeclaredTypeOfSymbol(mastodon), checker.getTypeOfSymbol(mastodon)];
  const property = types.map((type) => type.getProperty(method)).find(Boolean);
  const signatures = property ? checker.getTypeOfSymbol(property).getCallSignatures() : [];
  return signatures.map((signature) => checker.getAwaitedType(signature.getReturnType()));
}

const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** `"null"`, `"array"`, or what `typeof` has. */
export function kindOf(value) {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

const members = (type) => (type.isUnion() ? type.types : [type]);

function itemsOf(type) {
  for (const one of members(type)) {
    const list = one.isIntersection() ? one.types.find((part) => checker.isArrayType(part)) : one;
    if (list && checker.isArrayLikeType(list)) return checker.getTypeArguments(list)[0];
  }
}

const fieldOf = (type, name) => {
  const symbol = type.getProperty(name);
  if (symbol) return checker.getTypeOfSymbol(symbol);
  return checker.getIndexTypeOfType(type, ts.IndexKind.String);
};

/** How far a value is from a type: fields that the one has and the other does not. */
function distance(value, type) {
  const fields = checker.getPropertiesOfType(type).filter(({ name }) => name !== "pagination");
  const unknown = Object.keys(value).filter((name) => !fieldOf(type, name)).length;
  const missing = fields.filter(
    ({ name, flags }) => !(flags & ts.SymbolFlags.Optional) && !(name in value),
  ).length;
  return unknown + missing;
}

/** The one of the types that a value is of, as far as can be seen. */
function nearest(value, types) {
  const objects = types
    .flatMap(members)
    .filter((type) => type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection))
    .filter((type) => !itemsOf(type));
  return objects
    .map((type) => ({ type, off: distance(value, type) }))
    .sort((one, other) => one.off - other.off)[0]?.type;
}

/** The one of the types of an answer. */
export function typeOf(body, types) {
  if (isObject(body)) return nearest(body, types);
  if (!Array.isArray(body)) return undefined;
  const lists = types.flatMap(members).filter(itemsOf);
  const [first] = body;
  if (!isObject(first)) return lists[0];
  return lists.find(
    (list) => nearest(first, [itemsOf(list)]) === nearest(first, lists.map(itemsOf)),
  );
}

export const nameOf = (type) =>
  checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation);

/** The name that a type is exported by, if it is. */
function exportedName(type) {
  const name = type.aliasSymbol?.name ?? type.symbol?.name;
  return exported.some((symbol) => symbol.name === name) ? name : undefined;
}

/**
 * Calls `found(object, names, where)` for each object in an answer. `names` are those that its fields are
 * known under: its place in the answers of a route, and its type if it has one.
 */
export function eachObject(body, type, route, found) {
  const visit = (value, type, place) => {
    if (Array.isArray(value)) {
      const items = type && itemsOf(type);
      for (const item of value) visit(item, items, `${place}[]`);
    }
    if (!isObject(value)) return;
    const own = type && nearest(value, [type]);
    // The keys of a map say nothing of the others.
    const isMap = own && checker.getPropertiesOfType(own).length === 0;
    const entity = own && exportedName(own);
    if (!isMap) found(value, [place, ...(entity ? [entity] : [])]);
    for (const [name, field] of Object.entries(value)) {
      visit(field, own && fieldOf(own, name), isMap ? `${place}.*` : `${place}.${name}`);
    }
  };
  visit(body, type, route);
}

/** What is known of the objects of each name: how many there were, and of each field its kinds. */
export class Shapes {
  #known = new Map();

  add(body, type, route) {
    eachObject(body, type, route, (object, names) => {
      for (const name of names) {
        const known = this.#known.get(name) ?? { count: 0, fields: new Map() };
        this.#known.set(name, known);
        known.count += 1;
        for (const [field, value] of Object.entries(object)) {
          const kinds = known.fields.get(field) ?? new Map();
          known.fields.set(field, kinds);
          kinds.set(kindOf(value), (kinds.get(kindOf(value)) ?? 0) + 1);
        }
      }
    });
  }

  has(name) {
    return this.#known.has(name);
  }

  /** The fields that all objects of this name have. */
  always(name) {
    const { count = 0, fields = new Map() } = this.#known.get(name) ?? {};
    const total = (kinds) => [...kinds.values()].reduce((sum, one) => sum + one, 0);
    return [...fields].filter(([, kinds]) => total(kinds) === count).map(([field]) => field);
  }

  /** The kinds of values that a field has. */
  kinds(name, field) {
    return [...(this.#known.get(name)?.fields.get(field)?.keys() ?? [])];
  }

  /** How an answer differs from these shapes, a line each. */
  differences(body, type, route) {
    const found = new Set();
    eachObject(body, type, route, (object, names) => {
      const where = names.at(-1);
      for (const name of names) {
        for (const field of this.always(name)) {
          if (!(field in object)) found.add(`${name}.${field} is missing`);
        }
      }
      for (const [field, value] of Object.entries(object)) {
        const kinds = names.flatMap((name) => this.kinds(name, field));
        const known = kinds.some((kind) => kind !== "null");
        const kind = kindOf(value);
        if (known && !kinds.includes(kind)) {
          found.add(`${where}.${field} is ${kind}, not ${[...new Set(kinds)].sort().join(" or ")}`);
        }
      }
    });
    return [...found];
  }
}

/** What of these samples their types do not allow, by the compiler: `[{ type, body }]`. */
export function refused(samples) {
  const file = DECLARATIONS.replace("index.d.ts", "samples.ts");
  const text = samples.map(({ type }) => nameOf(type)).join(" ");
  const used = [...new Set(text.match(/\b[A-Z]\w*/g))].filter(named);
  const source = [
    `import type { ${used.join(", ")} } from "./index.js";`,
    "type Bare<T> = T extends (infer E)[] ? E[] : Omit<T, 'pagination'>;",
    ...samples.map(
      ({ type, body }, at) => `const sample${at}: Bare<${nameOf(type)}> = ${JSON.stringify(body)};`,
    ),
  ].join("\n");
  const options = { ...program.getCompilerOptions(), noEmit: true };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (name) => name === file || fileExists.call(host, name);
  host.readFile = (name) => (name === file ? source : readFile.call(host, name));
  host.getSourceFile = (name, ...rest) =>
    name === file
      ? ts.createSourceFile(name, source, ...rest)
      : (program.getSourceFile(name) ?? getSourceFile.call(host, name, ...rest));
  const checked = ts.createProgram([file], options, host, program);
  return checked
    .getSemanticDiagnostics(checked.getSourceFile(file))
    .map(({ start, messageText }) => {
      const line = checked.getSourceFile(file).getLineAndCharacterOfPosition(start).line;
      return { sample: samples[line - 2], why: ts.flattenDiagnosticMessageText(messageText, "\n") };
    });
}
