// Every method of the built package with its parameters, read from its own declarations: what is
// tested is what is promised, and a method that comes new is tested without a line here.
import { readFileSync } from "node:fs";
import ts from "typescript";

const DECLARATIONS = new URL("../../pkg/mastodon_wasm.d.ts", import.meta.url);

/**
 * What a declared type takes, as one word: the keys of `VALID` in garbage.mjs.
 */
const NAMED = {
  string: "text",
  number: "number",
  boolean: "boolean",
  unknown: "anything",
  T: "anything",
  Id: "id",
  IdOrOwn: "id",
  Ids: "ids",
  TimelineId: "timelineId",
  Timestamp: "time",
  Day: "day",
  Seconds: "seconds",
  Factor: "factor",
  Upload: "file",
  AbortSignal: "signal",
  BaseUrl: "url",
  ClientId: "clientId",
  Domain: "domain",
  Extra: "record",
  PushHeader: "record",
  PushMessage: "record",
  PushData: "record",
  InteractionPolicyOption: "record",
  "Record<string, unknown>": "record",
  Fetch: "function",
  RatelimitCallback: "function",
  WebSocketClass: "function",
  FocalPoint: "pair",
  Size: "pair",
  ProfileFields: "pairs",
  LoginStorage: "object",
  StreamListener: "listener",
  TimelineName: "text",
  MediaEdits: "edits",
  NewPoll: "poll",
  WholeStatus: "object",
  Refreshing: "refreshing",
  PushKeys: "object",
  PushDecryptParams: "object",
  "string[]": "texts",
  "number[]": "numbers",
  "FilterKeywordAttributes[]": "keywords",
  "ArrayBuffer | ArrayBufferView": "file",
  P: "page",
  "Page<T>": "page",
  "readonly T[]": "list",
  "ReadonlyArray<Filter | FilterV2>": "list",
  "Pagination | PaginationInfo": "page",
  "Paginated | Pagination": "page",
  "string | { readonly blurhash?: string | null }": "blurhash",
};

/** Parameters that are more particular than their type. */
const PARTICULAR = {
  idempotency_key: "header",
  user_agent: "header",
  access_token: "secret",
  code_verifier: "verifier",
  file_name: "filePart",
  mime_type: "filePart",
  thumbnail_mime_type: "filePart",
  avatar_mime_type: "filePart",
  header_mime_type: "filePart",
  thumb_mimetype: "filePart",
  hashtag: "hashtag",
};

/**
 * The methods: `{ name, static, returns, routes, parameters }`. A parameter is
 * `{ name, required, nullable, kind }`; the kind of the trailing options is `{ options: fields }`,
 * fields being parameters themselves; those of names are `{ choices }` (a closed set), `{ known }`
 * (an open one), `{ several }` and `{ severalKnown }` (lists of such).
 */
export function inventory() {
  const source = ts.createSourceFile(
    "mastodon_wasm.d.ts",
    readFileSync(DECLARATIONS, "utf8"),
    ts.ScriptTarget.Latest,
    true,
  );
  const types = new Map();
  const methods = new Map();
  for (const statement of source.statements) {
    const name = statement.name?.text;
    if (ts.isTypeAliasDeclaration(statement)) types.set(name, statement.type);
    if (ts.isInterfaceDeclaration(statement)) types.set(name, statement);
  }
  for (const statement of source.statements) {
    if (statement.name?.text !== "Mastodon") continue;
    const members = statement.body?.statements ?? statement.members;
    for (const member of members) {
      const fixed = ts.isModuleDeclaration(statement) || isStatic(member);
      if (member.parameters) add(methods, member, fixed, types);
    }
  }
  // It goes wherever it is told to: the tests tell it this.
  methods.get("request").routes.add("GET /api/v1/timelines/home");
  return [...methods.values()].map((method) => ({ ...method, routes: [...method.routes] }));
}

const isStatic = (member) =>
  member.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword) ?? false;

/** Adds a method; of one that has several signatures, all parameters and options together. */
function add(methods, member, fixed, types) {
  const name = member.name?.text ?? member.name?.getText() ?? "constructor";
  const method = methods.get(name) ?? {
    name,
    static: fixed,
    returns: returns(member.type),
    routes: new Set(),
    parameters: [],
  };
  const comment = ts
    .getJSDocCommentsAndTags(member)
    .map((part) => part.getText())
    .join("\n");
  for (const [, route] of comment.matchAll(/`((?:GET|POST|PUT|PATCH|DELETE|HEAD) \/[^`]*)`/g)) {
    method.routes.add(route);
  }
  for (const [at, parameter] of member.parameters.entries()) {
    const found = describe(parameter, types);
    const known = method.parameters[at];
    if (!known) method.parameters[at] = found;
    else {
      known.required &&= found.required;
      for (const field of found.kind.options ?? []) {
        if (!known.kind.options.some(({ name }) => name === field.name))
          known.kind.options.push(field);
      }
    }
  }
  methods.set(name, method);
}

function returns(type) {
  const text = type?.getText() ?? "";
  if (text.startsWith("Promise<")) return "promise";
  if (/^(Stream|StreamSocket)$/.test(text)) return "stream";
  if (text.startsWith("AsyncGenerator<")) return "iterator";
  return "value";
}

function describe(parameter, types) {
  const written = bare(parameter.type);
  const nullable = written.length !== parts(parameter.type).length;
  const name = parameter.name.getText();
  const options = name === "options" || /Options$/.test(written[0].getText());
  return {
    name,
    nullable,
    required: !parameter.questionToken,
    kind: options
      ? { options: written.flatMap((type) => fields(type, types)) }
      : (PARTICULAR[name] ?? kind(written, types, name)),
  };
}

const parts = (type) => {
  if (ts.isParenthesizedTypeNode(type)) return parts(type.type);
  return ts.isUnionTypeNode(type) ? type.types.flatMap(parts) : [type];
};
const bare = (type) => parts(type).filter((part) => !/^(null|undefined)$/.test(part.getText()));

/** The fields of an options type, also of `Pick<…>`, `Omit<…>` and `… & { … }`. */
function fields(type, types) {
  if (ts.isParenthesizedTypeNode(type)) return fields(type.type, types);
  if (ts.isIntersectionTypeNode(type) || ts.isUnionTypeNode(type)) {
    return unique(type.types.flatMap((part) => fields(part, types)));
  }
  if (ts.isTypeReferenceNode(type)) {
    const name = type.typeName.getText();
    if (name === "Pick" || name === "Omit") {
      const [whole, keys] = type.typeArguments;
      const named = parts(keys).map((key) => key.literal.text);
      return fields(whole, types).filter(
        (field) => named.includes(field.name) === (name === "Pick"),
      );
    }
    if (!types.has(name)) throw new Error(`an options type that is not declared: ${name}`);
    return fields(types.get(name), types);
  }
  const inherited = (type.heritageClauses ?? []).flatMap((clause) =>
    clause.types.flatMap((parent) => {
      const name = parent.expression.getText();
      if (name !== "Omit" && name !== "Pick") return fields(types.get(name), types);
      const [whole, keys] = parent.typeArguments;
      const named = parts(keys).map((key) => key.literal.text);
      return fields(whole, types).filter(
        (field) => named.includes(field.name) === (name === "Pick"),
      );
    }),
  );
  const own = (type.members ?? [])
    .filter((member) => ts.isPropertySignature(member) && bare(member.type).length > 0)
    .map((member) => ({ ...describe(member, types), nullable: true }));
  return unique([...own, ...inherited]);
}

const unique = (fields) => [...new Map(fields.map((field) => [field.name, field])).values()];

/** What a type takes. One that nobody foresaw is an error here: the test would pass it over. */
function kind(written, types, at) {
  const text = written.map((type) => type.getText()).join(" | ");
  if (NAMED[text]) return NAMED[text];
  const literals = (type) => {
    if (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal)) return [type.literal.text];
    if (type.getText() === "(string & {})") return [OPEN];
    if (ts.isParenthesizedTypeNode(type)) return literals(type.type);
    if (ts.isUnionTypeNode(type)) return type.types.flatMap(literals);
    if (ts.isIntersectionTypeNode(type) && type.getText() === "string & {}") return [OPEN];
    if (ts.isLiteralTypeNode(type) && /true|false/.test(type.getText())) return [BOOLEAN];
    if (ts.isTypeReferenceNode(type) && types.has(type.typeName.getText())) {
      return literals(types.get(type.typeName.getText()));
    }
    return [NaN];
  };
  const items = (type) => {
    if (ts.isParenthesizedTypeNode(type)) return items(type.type);
    if (ts.isArrayTypeNode(type)) return type.elementType;
    if (ts.isTypeOperatorNode(type)) return items(type.type);
    if (ts.isTypeReferenceNode(type) && types.has(type.typeName.getText())) {
      const target = types.get(type.typeName.getText());
      if (ts.isUnionTypeNode(target)) return target.types.map(items).find(Boolean);
      return ts.isInterfaceDeclaration(target) ? undefined : items(target);
    }
  };
  const found = written.flatMap(literals);
  if (found.every((literal) => literal === BOOLEAN)) return "boolean";
  if (found.every((literal) => typeof literal === "string")) return { choices: found };
  if (found.every((literal) => typeof literal === "string" || literal === OPEN)) {
    return { known: found.filter((literal) => literal !== OPEN) };
  }
  const item = written.map(items).find(Boolean);
  if (item) {
    const each = literals(item);
    if (each.every((literal) => typeof literal === "string")) return { several: each };
    if (each.every((literal) => typeof literal === "string" || literal === OPEN)) {
      return { severalKnown: each.filter((literal) => literal !== OPEN) };
    }
    if (item.getText() === "string") return "texts";
  }
  throw new Error(`arguments.test.mjs does not know what \`${at}: ${text}\` takes`);
}

const OPEN = Symbol("any other string");
const BOOLEAN = Symbol("boolean");
