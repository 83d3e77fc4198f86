// `npm run compare -- schema.json`: what an OpenAPI description of Mastodon has, and the package
// lacks or has differently. For updates to a new version of Mastodon; needs a build.
//
//   npm run compare -- schema.json          prints differences; exit status 1 if there are any
//   npm run compare -- schema.json --ours   also prints what only the package has
//
// Requests come from the rows of src/api/, entities from the package's declarations. Reads OpenAPI
// 3.0 and 3.1 as JSON. What a description leaves open (no schema, a free-form object) is not
// compared.
import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import ts from "typescript";
import { ownMethods, programOf } from "./docs/declarations.mjs";
import { capture, ROOT } from "./run.mjs";

const VERBS = ["get", "head", "post", "put", "patch", "delete"];

/** Our types by their names in descriptions, if these are not only another spelling. */
const ALIASES = {
  error: "ErrorBody",
  v1filter: "Filter",
  v1instance: "Instance",
  trendslink: "PreviewCard",
  trendsstatus: "Status",
  trendstag: "Tag",
};
/** The same, for descriptions that call the older version `V1…`. */
const ALIASES_BESIDE_V1 = { filter: "FilterV2", instance: "InstanceV2" };

/** Parameters that methods add themselves, by their names on the wire. */
const BY_METHODS = {
  createApp: ["redirect_uris", "scopes", "website"],
  authRequestUrl: ["redirect_uri", "scope", "code_challenge", "code_challenge_method"],
  logIn: ["grant_type", "client_id", "client_secret", "scope", "code", "redirect_uri"],
  revokeAccessToken: ["client_id", "client_secret", "token"],
  markersSet: ["home[last_read_id]", "notifications[last_read_id]"],
  statusUpdate: ["media_attributes"],
  adminAccountsV1: ["active", "pending", "disabled", "silenced", "suspended", "sensitized"],
  adminDimensions: [
    "keys",
    "tag_servers",
    "tag_languages",
    "instance_accounts",
    "instance_languages",
  ],
  adminMeasures: [
    ...["keys", "tag_accounts", "tag_uses", "tag_servers", "instance_accounts"],
    ...["instance_media_attachments", "instance_reports", "instance_statuses"],
    ...["instance_follows", "instance_followers"],
  ],
};

/** Requests that the package leaves out on purpose. */
const LEFT_OUT = [
  // No server has these any more.
  /^GET \/api\/proofs$/,
  /\/identity_proofs$/,
  /^\w+ \/api\/v2_alpha\//,
  /^POST \/api\/v1\/notifications\/dismiss$/,
  /^GET \/api\/v1\/timelines\/direct$/,
  // Streams use a WebSocket.
  /^GET \/api\/v1\/streaming(\/|$)/,
];

// --- the package -------------------------------------------------------------------------------

/** The requests: `{ name, verb, path, legacy_path, params }`, parameters by their names on the wire. */
export async function ownRows() {
  const printed = await capture("cargo", [
    ...["test", "--quiet", "--workspace", "--lib", "api::tests::rows_as_json"],
    ...["--", "--ignored", "--nocapture"],
  ]);
  return rowsOf(printed ?? "");
}

/** The requests in the output of that test. */
export function rowsOf(printed) {
  const begin = printed.indexOf('[{"name"');
  if (begin < 0)
    throw new Error("cargo did not print the rows of src/api/: npm test -- --only rust");
  const [line] = printed.slice(begin).split("\n");
  const rows = JSON.parse(line.slice(0, line.lastIndexOf("]") + 1));
  return rows.flatMap((row) => [row, ...otherRequests(row)]);
}

/** Further requests from the documentation of a method. Its row has only one. */
function otherRequests(row) {
  const key = routeKey(row.verb, row.path);
  const routes = ownMethods().get(row.name)?.routes ?? [];
  return routes
    .filter(({ verb, path: route }) => routeKey(verb, route) !== key)
    .map(({ verb, path: route }) => ({ ...row, verb, path: route, legacy_path: null }));
}

/** The entities, by name: a map of fields, `{ types, nullable, optional }`. */
export function ownEntities() {
  const file = path.join(ROOT, "pkg/index.d.ts");
  const program = programOf(file);
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (!source) throw new Error("there is no package in pkg/: npm run build");
  const entities = new Map();
  for (const symbol of checker.getExportsOfModule(checker.getSymbolAtLocation(source))) {
    if (!(symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias))) continue;
    const fields = new Map();
    for (const property of propertiesOf(checker, checker.getDeclaredTypeOfSymbol(symbol))) {
      const [declaration] = property.getDeclarations() ?? [];
      if (!declaration) continue;
      const about = shapeOf(checker, checker.getTypeOfSymbol(property));
      const optional = Boolean(property.flags & ts.SymbolFlags.Optional);
      fields.set(property.name, { ...about, optional });
    }
    entities.set(symbol.name, fields);
  }
  return entities;
}

/** The properties of an object type. For a union, those of all members; shared ones come first. */
function propertiesOf(checker, type) {
  const members = type.isUnion() ? [type, ...type.types] : [type];
  const found = new Map();
  for (const member of members) {
    const objects = ts.TypeFlags.Object | ts.TypeFlags.Intersection | ts.TypeFlags.Union;
    if (!(member.flags & objects)) continue;
    for (const property of checker.getPropertiesOfType(member)) {
      if (!found.has(property.name)) found.set(property.name, property);
    }
  }
  return [...found.values()];
}

/** The JSON types that a TypeScript type allows. */
function shapeOf(checker, type) {
  const types = new Set();
  let nullable = false;
  for (const member of type.isUnion() ? type.types : [type]) {
    const { flags } = member;
    if (flags & ts.TypeFlags.Null) nullable = true;
    else if (flags & ts.TypeFlags.StringLike) types.add("string");
    else if (flags & ts.TypeFlags.NumberLike) types.add("number");
    else if (flags & ts.TypeFlags.BooleanLike) types.add("boolean");
    else if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) types.add("anything");
    else if (checker.isArrayType(member) || checker.isTupleType(member)) types.add("array");
    // `string & {}` keeps a union of names open.
    else if (
      member.isIntersection() &&
      member.types.some((part) => part.flags & ts.TypeFlags.String)
    )
      types.add("string");
    else if (!(flags & ts.TypeFlags.Undefined)) types.add("object");
  }
  return { types, nullable };
}

// --- the description ---------------------------------------------------------------------------

/** Resolves a reference. */
function resolve(document, it, seen = 0) {
  if (!it?.$ref || seen > 20) return it;
  const found = it.$ref
    .replace(/^#\//, "")
    .split("/")
    .reduce((at, key) => at?.[key.replaceAll("~1", "/").replaceAll("~0", "~")], document);
  if (found === undefined) throw new Error(`the description has no ${it.$ref}`);
  return resolve(document, found, seen + 1);
}

/** The properties and required names of an object schema, including those of `allOf`. */
function fieldsOf(document, schema) {
  const it = resolve(document, schema) ?? {};
  const fields = new Map();
  const required = new Set(it.required);
  for (const part of it.allOf ?? []) {
    const inner = fieldsOf(document, part);
    for (const [name, field] of inner.fields) fields.set(name, field);
    for (const name of inner.required) required.add(name);
  }
  for (const [name, field] of Object.entries(it.properties ?? {})) fields.set(name, field);
  return { fields, required };
}

/** The JSON types that a schema allows; empty if it does not specify any. */
function theirShape(document, schema) {
  const it = resolve(document, schema) ?? {};
  const types = new Set();
  let nullable = it.nullable === true;
  for (const name of [it.type].flat().filter(Boolean)) {
    if (name === "null") nullable = true;
    else types.add(name === "integer" ? "number" : name);
  }
  for (const part of [...(it.oneOf ?? []), ...(it.anyOf ?? []), ...(it.allOf ?? [])]) {
    const inner = theirShape(document, part);
    for (const name of inner.types) types.add(name);
    nullable ||= inner.nullable;
  }
  if (types.size === 0 && it.properties) types.add("object");
  if (types.size === 0 && it.enum) for (const value of it.enum) types.add(typeof value);
  return { types, nullable };
}

/** The names of an operation's parameters on the wire, without path parameters. */
function theirParams(document, item, operation) {
  const names = new Set();
  for (const each of [...(item.parameters ?? []), ...(operation.parameters ?? [])]) {
    const parameter = resolve(document, each);
    if (parameter.in === "query") names.add(plain(parameter.name));
  }
  const add = (schema, inside) => {
    for (const [name, field] of fieldsOf(document, schema).fields) {
      const full = inside ? `${inside}[${name}]` : plain(name);
      const it = resolve(document, field);
      const inner = it?.items ?? it;
      if (fieldsOf(document, inner).fields.size > 0) add(inner, full);
      else names.add(full);
    }
  };
  const body = resolve(document, operation.requestBody);
  for (const { schema } of Object.values(body?.content ?? {})) add(schema, "");
  return names;
}

/** `id[]` and `id` are one parameter. */
const plain = (name) => name.replaceAll("[]", "");

/** The key of a request, which does not depend on the names of placeholders. */
const routeKey = (verb, route) =>
  `${verb.toUpperCase()} ${route.replace(/\{[^}]*\}|:\w+/g, "{}").replace(/\/$/, "")}`;

// --- the difference ----------------------------------------------------------------------------

/**
 * The differences, as lines: `{ requests, entities, ours }`. `ours` is what only the package has.
 *
 * @param document an OpenAPI description
 * @param rows as `ownRows` returns them
 * @param entities as `ownEntities` returns them
 */
export function compare(document, rows, entities) {
  if (!document.openapi?.startsWith("3.")) throw new Error("this is no OpenAPI 3 description");
  const byRoute = new Map();
  for (const row of rows) {
    for (const route of [row.path, row.legacy_path].filter(Boolean)) {
      const key = routeKey(row.verb, route);
      byRoute.set(key, [...(byRoute.get(key) ?? []), row]);
    }
  }
  const requests = [];
  const ours = [];
  const seen = new Set();
  for (const [route, item] of Object.entries(document.paths ?? {})) {
    for (const verb of VERBS.filter((name) => item[name])) {
      const key = routeKey(verb, route);
      seen.add(key);
      const found = byRoute.get(key);
      const label = `${verb.toUpperCase()} ${route}`;
      if (!found) {
        if (!LEFT_OUT.some((pattern) => pattern.test(label))) requests.push(`${label}: not here`);
        continue;
      }
      const names = found.map(({ name }) => name).join(", ");
      const mine = new Set(
        found.flatMap(({ name, params }) => [...params.map(plain), ...(BY_METHODS[name] ?? [])]),
      );
      const theirs = theirParams(document, item, item[verb]);
      // If an object is passed on unchanged, our rows do not list its fields.
      const taken = (name) => mine.has(name) || [...mine].some((it) => name.startsWith(`${it}[`));
      for (const name of theirs) {
        if (!taken(name)) requests.push(`${label} (${names}): no parameter ${name}`);
      }
      const placed = new Set([...route.matchAll(/\{(\w+)\}/g)].map(([, name]) => name));
      for (const { path: own } of found) {
        for (const [, name] of own.matchAll(/\{(\w+)\}/g)) placed.add(name);
      }
      for (const name of mine) {
        const known = [...theirs].some((it) => it === name || it.startsWith(`${name}[`));
        if (!known && !placed.has(name)) ours.push(`${label} (${names}): ${name}`);
      }
    }
  }
  for (const [key, found] of byRoute) {
    if (!seen.has(key)) ours.push(`${key} (${found.map(({ name }) => name).join(", ")})`);
  }
  return { requests, entities: entityDifferences(document, entities, ours), ours };
}

/** `Admin::DomainBlock`, `Admin_DomainBlock` and `AdminDomainBlock` have the same key. */
const entityKey = (name) => name.replace(/[^a-z0-9]/gi, "").toLowerCase();

function entityDifferences(document, entities, ours) {
  const byKey = new Map([...entities].map(([name, fields]) => [entityKey(name), [name, fields]]));
  const lines = [];
  const schemas = Object.entries(document.components?.schemas ?? {});
  const keys = new Set(schemas.map(([name]) => entityKey(name)));
  for (const [name, schema] of schemas) {
    const { fields, required } = fieldsOf(document, schema);
    if (fields.size === 0) continue;
    const key = entityKey(name);
    const alias = ALIASES[key] ?? (keys.has(`v1${key}`) ? ALIASES_BESIDE_V1[key] : undefined);
    const found = (alias && byKey.get(entityKey(alias))) ?? byKey.get(key);
    if (!found) {
      lines.push(`${name}: not here`);
      continue;
    }
    const [own, mine] = found;
    const label = own === name ? name : `${name} (${own})`;
    for (const [field, about] of fields) {
      const here = mine.get(field);
      if (!here) {
        lines.push(`${label}: no field ${field}`);
        continue;
      }
      const there = theirShape(document, about);
      if (there.nullable && !here.nullable) lines.push(`${label}.${field}: may be null there`);
      if (!there.nullable && here.nullable) ours.push(`${label}.${field}: may be null here`);
      if (required.size > 0 && !required.has(field) && !here.optional && !here.nullable) {
        lines.push(`${label}.${field}: may be absent there`);
      }
      const open = there.types.size === 0 || here.types.has("anything");
      const missing = [...there.types].filter((type) => !here.types.has(type));
      if (!open && missing.length > 0) {
        lines.push(`${label}.${field}: ${list(there.types)} there, ${list(here.types)} here`);
      }
    }
    for (const field of mine.keys()) {
      if (!fields.has(field)) ours.push(`${label}.${field}`);
    }
  }
  return lines;
}

const list = (types) => [...types].sort().join(" or ");

// --- the command -------------------------------------------------------------------------------

async function main() {
  const { values, positionals } = parseArgs({
    options: { ours: { type: "boolean" } },
    allowPositionals: true,
  });
  if (positionals.length !== 1) throw new Error("which file? npm run compare -- schema.json");
  const document = JSON.parse(readFileSync(positionals[0], "utf8"));
  const { requests, entities, ours } = compare(document, await ownRows(), ownEntities());
  const print = (title, lines) => {
    console.log(`${title}: ${lines.length === 0 ? "nothing differs" : lines.length}`);
    for (const line of lines) console.log(`  ${line}`);
  };
  print("requests", requests);
  print("entities", entities);
  if (values.ours) print("here alone", ours);
  else console.log(`here alone: ${ours.length} (--ours lists them)`);
  return requests.length + entities.length === 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    process.exitCode = (await main()) ? 0 : 1;
  } catch (error) {
    console.error(`compare: ${error.message}`);
    process.exitCode = 2;
  }
}
