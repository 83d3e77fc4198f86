// The API reference of the site: pages in docs/reference/, generated from the package's
// declarations. There is a page for each area of the API, one for each entity, one for the errors,
// and one for all other types.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../run.mjs";
import { AREAS, areaOf } from "./areas.mjs";
import { compatibilityOf } from "./compatibility.mjs";
import { exportedTypes, ownMethods } from "./declarations.mjs";
import { fieldsByServer } from "./fields.mjs";
import { versionOf } from "./versions.mjs";

const FOLDER = path.join(ROOT, "docs/reference");

/** Options of many methods. The overview describes them, and the methods link there. */
const EVERYWHERE = ["signal", "timeout", "extra", "idempotency_key"];

/** Rewrites the pages. */
export function writeReference() {
  rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(path.join(FOLDER, "entities"), { recursive: true });
  for (const [file, text] of referencePages()) writeFileSync(path.join(FOLDER, file), text);
}

/** `[file, text]` of each page. */
export function referencePages() {
  const types = new Types(exportedTypes());
  const pages = Object.keys(AREAS).map((area) => [`${area}.md`, areaPage(area, types)]);
  for (const entity of types.entities) {
    pages.push([`entities/${entity.name}.md`, entityPage(entity, types)]);
  }
  pages.push(["index.md", overviewPage(types)]);
  pages.push(["entities/index.md", entitiesPage(types)]);
  pages.push(["errors.md", errorsPage(types)]);
  pages.push(["types.md", typesPage(types)]);
  return pages;
}

/** The exported types, with the page of each. */
class Types {
  constructor(all) {
    const isError = ({ name, kind }) => kind === "class" || /^FailedResponse$/.test(name);
    this.byName = new Map(all.map((type) => [type.name, type]));
    this.errors = all.filter(isError);
    this.entities = all.filter(
      (type) => type.kind === "interface" && !isError(type) && !/Options$/.test(type.name),
    );
    this.fields = fieldsByServer(this.byName);
    const methods = [...ownMethods().values()];
    const shown = new Set(methods.map(({ optionsType }) => nameIn(optionsType)));
    const elsewhere = new Set([...this.errors, ...this.entities].map(({ name }) => name));
    this.others = all.filter(({ name }) => !elsewhere.has(name) && !shown.has(name));
    this.pages = new Map([
      ...this.errors.map(({ name }) => [name, `errors.md#${name}`]),
      ...this.entities.map(({ name }) => [name, `entities/${name}.md`]),
      ...this.others.map(({ name }) => [name, `types.md#${name}`]),
    ]);
  }

  /** Which servers leave a field out, or send null: `{ absent, null }`, lists of names. */
  serversOf({ name, base = [] }, field) {
    const owners = [name, ...base];
    const owner = owners.find((each) => this.fields.get(each)?.has(field));
    return this.fields.get(owner)?.get(field) ?? { absent: [], null: [] };
  }

  /**
   * A type as code, with a link if it contains one of our types. `up` leads from the page to the
   * folder.
   */
  link(text, up = "./") {
    const names = text.match(/\w+/g)?.filter((word) => this.pages.has(word)) ?? [];
    // Of `PagePromise<Status>`, readers look for `Status`.
    const name = names.find((word) => this.pages.get(word).startsWith("entities/")) ?? names[0];
    return name ? `[${code(text)}](${up}${this.pages.get(name)})` : code(text);
  }
}

const nameIn = (text) => text?.match(/\w+/)[0];

/** A code span in a cell of a table: a `|` ends the cell, even in code. */
const code = (text) => `\`${text.replaceAll("|", "\\|")}\``;

/** Escapes the text of a comment: Vue would read `<` as a tag and `{{` as an expression. */
function prose(text) {
  return text
    .split(/(`[^`]*`)/)
    .map((part) =>
      part.startsWith("`")
        ? part
        : part
            .replace(/\{@link (\w+)\}/g, "`$1`")
            .replace(/<(https:[^>]+)>/g, (_, url) => `[${new URL(url).hostname}](${url})`)
            .replaceAll("<", "&lt;")
            .replaceAll("{{", "&#123;{"),
    )
    .join("");
}

const cell = (text) =>
  prose(text)
    .replace(/\s*\n\s*/g, " ")
    .replace(/(?<!\\)\|/g, "\\|");

const fence = (text, language = "ts") => `\`\`\`${language}\n${text.trim()}\n\`\`\`\n\n`;

const row = (...cells) => `| ${cells.join(" | ")} |\n`;

function areaPage(area, types) {
  const methods = [...ownMethods().values()].filter(({ name }) => areaOf(name) === area);
  let text = `# ${AREAS[area]} {#page}\n\n`;
  if (area === "client") text += clientProperties(types);
  for (const method of methods) text += methodSection(method, types);
  return text;
}

function clientProperties(types) {
  const options = types.byName.get("MastodonOptions");
  return `\`new Mastodon(options)\` makes a client; [Getting started](../guide/first-app.md) shows how.\n\n## Options of the constructor\n\n${propertyTable(options, types, { head: "Option" })}\n`;
}

function methodSection(method, types) {
  const { request, rest } = splitComment(method.comment);
  let text = `## ${method.name} {#${method.name}}\n\n`;
  const owner = method.isStatic ? "Mastodon." : "mastodon.";
  const calls = method.signatures.map((signature) =>
    signature.startsWith("constructor") ? `new Mastodon${signature.slice(11)}` : owner + signature,
  );
  text += `${prose(rest)}\n\n${fence(calls.join("\n"))}`;
  text += facts(method, request, types);
  const options = types.byName.get(nameIn(method.optionsType));
  if (options && options.name !== "MastodonOptions") text += optionsTable(options, types);
  if (method.example) text += `**Example**\n\n${fence(method.example)}`;
  return text;
}

function optionsTable(options, types) {
  const own = options.properties.filter(({ name }) => !EVERYWHERE.includes(name));
  const shared = EVERYWHERE.filter((name) => options.properties.some((each) => each.name === name));
  const links = shared.map((name) => `[${code(name)}](./index.md#options-of-every-call)`);
  if (own.length === 0) return links.length > 0 ? `**Options:** ${links.join(", ")}\n\n` : "";
  const more = links.length > 0 ? `\nAnd ${links.join(", ")}.\n` : "";
  return `**Options**\n\n${propertyTable({ ...options, properties: own }, types, { head: "Option" })}${more}\n`;
}

/** Separates the paragraph with route, scope and link from the text. */
function splitComment(comment) {
  const paragraphs = comment.split(/\n\s*\n/);
  const request = paragraphs.find((text) => /^(`[A-Z]+ \/|Streams? `)/.test(text.trim()));
  return { request, rest: paragraphs.filter((text) => text !== request).join("\n\n") };
}

function facts(method, request, types) {
  const rows = [];
  if (request) {
    const parts = request.replace(/\s+/g, " ").split(" · ");
    const isLink = (part) => part.startsWith("[documentation]");
    rows.push([
      "Request",
      prose(parts.filter((part) => /^`[A-Z]|^Streams?/.test(part)).join(", ")),
    ]);
    const scope = parts.filter((part) => !isLink(part) && !/^`[A-Z]|^Streams?/.test(part));
    if (scope.length > 0) rows.push(["Authorization", prose(scope.join(", "))]);
    const link = parts.find(isLink);
    if (link)
      rows.push([
        "Mastodon's documentation",
        link.replace("[documentation]", "[docs.joinmastodon.org]"),
      ]);
  }
  const version = versionOf(method.name);
  if (version) {
    const changed = version.changed === version.since ? "" : `, last changed in ${version.changed}`;
    rows.push(["Mastodon version", `${version.since}${changed}`]);
  }
  const { lacking, differing } = compatibilityOf(method.name);
  if (lacking.length > 0)
    rows.push(["[Servers](../compatibility.md) without it", lacking.join(", ")]);
  if (differing.length > 0) {
    rows.push(["[Servers](../compatibility.md) where it differs", prose(differing.join("; "))]);
  }
  const returned = method.signatures.map((signature) =>
    signature.slice(signature.lastIndexOf("): ") + 3),
  );
  rows.push(["Returns", [...new Set(returned)].map((type) => types.link(type)).join(" or ")]);
  const named = [...new Set(method.comment.match(/Mastodon\w*Error\b/g) ?? [])];
  const errors = named.filter((name) => types.pages.has(name)).map((name) => types.link(name));
  if (method.routes.length > 0 && !named.includes("MastodonAPIError")) {
    errors.push(types.link("MastodonAPIError"), types.link("MastodonNetworkError"));
  }
  if (errors.length > 0) rows.push(["Errors", errors.join(", ")]);
  return `${row("Property", "Value")}${row("---", "---")}${rows.map(([name, value]) => row(name, value.replace(/(?<!\\)\|/g, "\\|"))).join("")}\n`;
}

/** `optional` is the note for fields that servers may leave out, if nothing else says so. */
function propertyTable(type, types, { up = "./", optional, head = "Field" } = {}) {
  let text = row(head, "Type", "Meaning") + row("---", "---", "---");
  for (const property of type.properties) {
    const notes = [cell(property.comment)];
    const { absent, null: empty } = types.serversOf(type, property.name);
    if (absent.length > 0) notes.push(`*Not on ${absent.join(", ")}.*`);
    else if (property.optional && optional && !/\babsent\b/i.test(property.comment))
      notes.push(optional);
    if (empty.length > 0) notes.push(`*Null on ${empty.join(", ")}.*`);
    // Every option may be null, which has the same meaning as leaving it out.
    const shown = head === "Option" ? property.type.replace(/ \| null$/, "") : property.type;
    text += row(code(property.name), types.link(shown, up), notes.filter(Boolean).join(" "));
  }
  return text;
}

function entityPage(entity, types) {
  let text = `# ${entity.name}\n\n${prose(entity.comment)}\n\n`;
  if (entity.example) text += fence(entity.example);
  if (entity.properties.length > 0) {
    text += propertyTable(entity, types, { up: "../", optional: "*Some servers leave it out.*" });
  }
  const returning = [...ownMethods().values()].filter(({ signatures }) =>
    signatures.some((signature) =>
      new RegExp(`\\b${entity.name}\\b`).test(signature.slice(signature.lastIndexOf("): "))),
    ),
  );
  if (returning.length > 0) {
    const links = returning.map(({ name }) => `[${name}](../${areaOf(name)}.md#${name})`);
    text += `\n## Returned by\n\n${links.join(", ")}\n`;
  }
  return text;
}

function entitiesPage(types) {
  const first = (comment) => cell(comment.split(/(?<=\.)\s/)[0]);
  const lines = types.entities.map(({ name, comment }) =>
    row(`[${name}](./${name}.md)`, first(comment)),
  );
  return `# Entities

The objects that a server sends, and the objects of this package. Keys, values and everything that a fork adds arrive as the server sent them. A field with \`?\` in TypeScript may be left out by some servers; one with \`| null\` may be null. Where a server was seen to leave a field out, or to send null for it, the field names it; [Compatibility](../../compatibility.md) has the servers and their versions.

${row("Entity", "What it is")}${row("---", "---")}${lines.join("")}`;
}

function errorsPage(types) {
  let text = `# Errors {#page}

Every error extends \`MastodonError\`. [Error handling](../guide/errors.md) shows how to use them.

`;
  for (const error of types.errors) {
    text += `## ${error.name} {#${error.name}}\n\n${prose(error.comment)}\n\n`;
    if (error.base?.length)
      text += `Extends ${error.base.map((name) => types.link(name)).join(", ")}.\n\n`;
    const own = error.properties.filter((property) => property.own);
    if (own.length > 0) text += `${propertyTable({ ...error, properties: own }, types)}\n`;
  }
  return text;
}

function typesPage(types) {
  let text = "# Types {#page}\n\nTypes of parameters, options and fields that are no entities.\n\n";
  for (const type of types.others) {
    text += `## ${type.name} {#${type.name}}\n\n${prose(type.comment)}\n\n`;
    if (type.text) text += fence(`type ${type.name} = ${type.text};`);
    if (type.properties.length > 0) text += `${propertyTable(type, types)}\n`;
  }
  return text;
}

function overviewPage(types) {
  const methods = [...ownMethods().values()];
  const { properties } = types.byName.get("WriteOptions");
  let text = `# API reference

Every method is on the class \`Mastodon\`. Required parameters are positional, in the order shown; everything else goes into one options object at the end. Also here: [entities](./entities/index.md), [errors](./errors.md), [types](./types.md).

## Options of every call

Every method that makes a request takes these, \`idempotency_key\` only those that write:

${propertyTable({ properties }, types, { head: "Option" })}
`;
  for (const [area, title] of Object.entries(AREAS)) {
    const links = methods
      .filter(({ name }) => areaOf(name) === area)
      .map(({ name }) => `[${name}](./${area}.md#${name})`);
    text += `## [${title}](./${area}.md)\n\n${links.join(", ")}\n\n`;
  }
  return text;
}
