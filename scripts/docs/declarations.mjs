// What the package's declarations say of its methods: the source of the tables in docs/.
import path from "node:path";
import ts from "typescript";
import { ROOT } from "../run.mjs";

/** Options that every request takes; the tables leave them out and their introductions name them. */
const EVERYWHERE = new Set(["signal", "timeout", "extra"]);

/** A program over declaration files alone. */
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

/** The names of all types that the package exports. */
export function ownTypes() {
  const file = path.join(ROOT, "pkg/index.d.ts");
  const program = programOf(file);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (!source) throw new Error("there is no package in pkg/: npm run build");
  const exported = checker.getExportsOfModule(checker.getSymbolAtLocation(source));
  return new Set(exported.map(({ name }) => name));
}

let methods;

/**
 * The methods of `Mastodon`, by name: `{ name, isStatic, params, options, routes, streams, comment,
 * returns }`. `params` are the names of the positional parameters that are required, `options` those
 * in the trailing object, `routes` the `GET /api/…` that the comment names.
 */
export function ownMethods() {
  methods ??= readMethods();
  return methods;
}

function readMethods() {
  const file = path.join(ROOT, "pkg/index.d.ts");
  const program = programOf(file);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (!source) throw new Error("there is no package in pkg/: npm run build");
  const symbol = checker
    .getExportsOfModule(checker.getSymbolAtLocation(source))
    .find(({ name }) => name === "Mastodon");
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
  };
}

/** The properties of an object type, those of each member of a union, without those that are refused. */
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
