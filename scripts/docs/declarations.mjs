// Reads the package's declarations: the source of the tables in docs/ and of the API reference.
import path from "node:path";
import ts from "typescript";
import { ROOT } from "../run.mjs";

/** Options of every request. The tables leave them out, because the introductions describe them. */
const EVERYWHERE = new Set(["signal", "timeout", "extra"]);

/** A TypeScript program of declaration files. */
export function programOf(...files) {
  return ts.createProgram(files, {
    target: ts.ScriptTarget.ESNext,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    lib: ["lib.esnext.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    strict: true,
    types: [],
  });
}

let package_;

/** The package's declarations as TypeScript reads them: `{ checker, source, exports }`. */
function ownPackage() {
  package_ ??= readPackage();
  return package_;
}

function readPackage() {
  const file = path.join(ROOT, "pkg/index.d.ts");
  const program = programOf(file);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (!source) throw new Error("there is no package in pkg/: npm run build");
  const exports = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
  return { checker, source, exports };
}

let methods;

/**
 * The methods of `Mastodon`, by name: `{ name, isStatic, params, options, routes, streams, comment,
 * returns, signatures, optionsType, example }`.
 *
 * `params` are the names of the required positional parameters, `options` those in the trailing
 * object. `routes` are the `GET /api/…` in the comment, `signatures` are texts.
 */
export function ownMethods() {
  methods ??= readMethods();
  return methods;
}

function readMethods() {
  const { checker, source, exports } = ownPackage();
  const symbol = exports.find(({ name }) => name === "Mastodon");
  const found = new Map();
  const add = (type, isStatic) => {
    for (const property of checker.getPropertiesOfType(type)) {
      const [declaration] = property.getDeclarations() ?? [];
      if (!declaration || property.name === "prototype" || property.name.startsWith("__@"))
        continue;
      const signatures = checker
        .getTypeOfSymbolAtLocation(property, declaration)
        .getCallSignatures();
      if (signatures.length === 0) continue;
      found.set(property.name, describe(checker, property, signatures, isStatic));
    }
  };
  add(checker.getDeclaredTypeOfSymbol(symbol), false);
  add(checker.getTypeOfSymbolAtLocation(symbol, source), true);
  return found;
}

function describe(checker, property, signatures, isStatic) {
  const comment = ts.displayPartsToString(property.getDocumentationComment(checker));
  const params = [];
  const options = new Set();
  for (const signature of signatures) {
    for (const parameter of signature.getParameters()) {
      const [declaration] = parameter.getDeclarations();
      const type = checker.getTypeOfSymbolAtLocation(parameter, declaration);
      if (parameter.name === "options") {
        for (const name of namesOf(checker, type)) options.add(name);
      } else if (!params.includes(parameter.name)) {
        params.push(parameter.name);
      }
    }
  }
  const routes = [...comment.matchAll(/`(GET|POST|PUT|PATCH|DELETE|HEAD) (\/[^`\s]*)`/g)].map(
    ([, verb, route]) => ({ verb, path: route }),
  );
  return {
    name: property.name,
    isStatic,
    params,
    options: [...options].filter((name) => !EVERYWHERE.has(name)),
    routes,
    streams: [...comment.matchAll(/^Streams? (.*?) ·/gm)].flatMap(([, names]) =>
      [...names.matchAll(/`([a-z:]+)`/g)].map(([, name]) => name),
    ),
    comment,
    returns: checker.typeToString(signatures[0].getReturnType()),
    signatures: signatures.map((signature) => property.name + textOf(signature.getDeclaration())),
    optionsType: signatures
      .flatMap((signature) => signature.getDeclaration().parameters)
      .find(({ name }) => name.getText() === "options")
      ?.type?.getText(),
    example: exampleOf(property, checker),
  };
}

/** `(id: EntityId, options?: WriteOptions | null): Promise<Status>` */
function textOf({ typeParameters, parameters, type }) {
  const generic = typeParameters?.length
    ? `<${typeParameters.map((node) => node.getText()).join(", ")}>`
    : "";
  const list = parameters.map((node) => node.getText().replace(/\s+/g, " "));
  const result = type?.getText() ?? "Mastodon";
  const line = `${generic}(${list.join(", ")}): ${result}`;
  // The maximum length without a scroll bar.
  return line.length < 56 ? line : `${generic}(\n  ${list.join(",\n  ")},\n): ${result}`;
}

function exampleOf(symbol, checker) {
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === "example");
  return tag && ts.displayPartsToString(tag.text);
}

/**
 * The exported types: `{ name, kind, comment, example, properties, text, base }`.
 *
 * `kind` is `interface`, `class` or `type`; `text` is the right side of a type alias. `properties`
 * are `{ name, type, optional, comment }`.
 */
export function exportedTypes() {
  const { checker, exports } = ownPackage();
  return exports
    .filter(({ name }) => name !== "Mastodon")
    .flatMap((symbol) => {
      const target =
        symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declaration = target.getDeclarations()?.find(({ kind }) => KINDS.has(kind));
      if (!declaration) return [];
      const kind = KINDS.get(declaration.kind);
      const type = checker.getDeclaredTypeOfSymbol(target);
      // Options that exclude each other are declared as a union.
      const isOptions = symbol.name.endsWith("Options");
      return {
        name: symbol.name,
        kind,
        comment: ts.displayPartsToString(target.getDocumentationComment(checker)),
        example: exampleOf(target, checker),
        text: kind === "type" ? declaration.type.getText() : undefined,
        base: declaration.heritageClauses?.flatMap(({ types }) =>
          types.map((node) => node.getText()),
        ),
        properties: isOptions || kind !== "type" ? propertiesOf(checker, type, declaration) : [],
      };
    });
}

const KINDS = new Map([
  [ts.SyntaxKind.InterfaceDeclaration, "interface"],
  [ts.SyntaxKind.ClassDeclaration, "class"],
  [ts.SyntaxKind.TypeAliasDeclaration, "type"],
]);

/**
 * The properties that the package declares: for an error class, without those of `Error`. For a
 * union, those of each member, except those that a member excludes with `undefined` or `never`.
 */
function propertiesOf(checker, type, owner) {
  const found = new Map();
  for (const member of type.isUnion() ? type.types : [type]) {
    for (const property of checker.getPropertiesOfType(member)) {
      const [declaration] = property.getDeclarations() ?? [];
      const file = declaration?.getSourceFile().fileName ?? "";
      if (!file.includes("/pkg/") || property.name.startsWith("__@")) continue;
      const refused = ts.TypeFlags.Undefined | ts.TypeFlags.Never;
      if (found.has(property.name) || checker.getTypeOfSymbol(property).flags & refused) continue;
      found.set(property.name, {
        name: property.name,
        type: typeText(checker, property, declaration),
        optional: Boolean(property.flags & ts.SymbolFlags.Optional),
        own: declaration.parent === owner,
        comment: ts.displayPartsToString(property.getDocumentationComment(checker)),
      });
    }
  }
  return [...found.values()];
}

function typeText(checker, property, declaration) {
  const text = declaration.type && !declaration.parameters && declaration.type.getText();
  return (
    text || checker.typeToString(checker.getTypeOfSymbolAtLocation(property, declaration))
  ).replace(/\s+/g, " ");
}

/** The names of an object type's properties; for a union, see `propertiesOf`. */
function namesOf(checker, type) {
  const members = type.isUnion() ? type.types : [type];
  const names = new Set();
  for (const member of members) {
    if (member.flags & (ts.TypeFlags.Null | ts.TypeFlags.Undefined)) continue;
    for (const property of checker.getPropertiesOfType(member)) {
      const refused = ts.TypeFlags.Undefined | ts.TypeFlags.Never;
      if (!(checker.getTypeOfSymbol(property).flags & refused)) names.add(property.name);
    }
  }
  return names;
}

/** The names of all types and classes that the package exports. */
export function exportedNames() {
  return new Set(ownPackage().exports.map(({ name }) => name));
}
