// The site: the guides in docs/ and a reference made from the package's declarations, by TypeDoc.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { Application, Comment, Converter, LogLevel, ReflectionFlag, ReflectionKind } from "typedoc";
import { ROOT } from "../run.mjs";
import { AREAS, areaOf } from "./areas.mjs";

export const SITE = path.join(ROOT, "build/docs");

/** In the order in which they are read. The title is the page's first heading. */
export const GUIDES = [
  "docs/guide/first-app.md",
  "docs/guide/login.md",
  "docs/guide/pagination.md",
  "docs/guide/streaming.md",
  "docs/guide/errors.md",
  "docs/guide/rate-limits.md",
  "docs/guide/media.md",
  "docs/guide/recipes.md",
  "docs/guide/workers.md",
  "docs/guide/forks.md",
  "docs/guide/testing.md",
  "sandbox/README.md",
  "docs/from-mastodon-py.md",
  "docs/from-masto-js.md",
  "docs/faults.md",
  "docs/security.md",
  "docs/benchmarks.md",
  "docs/matrix.md",
  "docs/dependencies.md",
];

const GROUPS = ["The client", "Errors", "Entities", "Options", "Other types"];

/**
 * Builds the site into build/docs. Rejects on anything that TypeDoc warns of, such as a link that
 * leads nowhere. Resolves to TypeDoc's project.
 */
export async function buildSite() {
  // TypeDoc takes compiler options from a file alone.
  const tsconfig = path.join(ROOT, "build/docs.tsconfig.json");
  mkdirSync(path.dirname(tsconfig), { recursive: true });
  const compilerOptions = {
    target: "esnext",
    module: "nodenext",
    lib: ["esnext", "dom", "dom.iterable"],
    strict: true,
    types: [],
  };
  writeFileSync(tsconfig, JSON.stringify({ compilerOptions, files: ["../pkg/index.d.ts"] }));

  const app = await Application.bootstrap({
    name: "mastodon-wasm",
    entryPoints: [path.join(ROOT, "pkg/index.d.ts")],
    tsconfig,
    // The step `types` of npm test does that.
    skipErrorChecking: true,
    readme: path.join(ROOT, "docs/README.md"),
    projectDocuments: GUIDES.map((file) => path.join(ROOT, file)),
    customCss: path.join(ROOT, "docs/site.css"),
    disableSources: true,
    disableGit: true,
    searchInComments: true,
    searchInDocuments: true,
    categorizeByGroup: false,
    categoryOrder: [...GROUPS, ...Object.values(AREAS), "*"],
    sort: ["source-order"],
    navigation: { includeCategories: true, includeGroups: false },
    // "Mastodon.py" is no address.
    markdownItOptions: { html: true, linkify: false },
    highlightLanguages: ["ts", "tsx", "js", "json", "sh", "html", "toml", "py", "rust"],
    navigationLinks: { GitHub: "https://github.com/mastodon-wasm/mastodon-wasm" },
    hideGenerator: true,
    logLevel: LogLevel.Warn,
  });
  app.converter.on(Converter.EVENT_CREATE_DECLARATION, (_, reflection) => sortIn(reflection));
  app.converter.on(Converter.EVENT_CREATE_SIGNATURE, (_, signature) => sortIn(signature));

  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => joinStatics(project));

  const project = await app.convert();
  if (!project) throw new Error("TypeDoc could not read the package's declarations");
  for (const reflection of project.children ?? []) {
    if (reflection.kindOf(ReflectionKind.Module)) reflection.name = "Reference";
  }
  for (const document of project.documents ?? []) {
    const file = GUIDES.find((guide) => `/${guide}`.endsWith(`/${document.name}.md`));
    document.name = titleOf(file);
  }
  await app.generateDocs(project, SITE);
  if (app.logger.hasErrors() || app.logger.hasWarnings()) {
    throw new Error("the documentation has faults, see above");
  }
  return project;
}

export function titleOf(guide) {
  return readFileSync(path.join(ROOT, guide), "utf8").match(/^# (.+)$/m)[1];
}

/** `startLogin` is declared in a namespace beside the class; readers look for it in the class. */
function joinStatics(project) {
  const called = (kind) =>
    project.getReflectionsByKind(kind).find(({ name }) => name === "Mastodon");
  const [namespace, target] = [called(ReflectionKind.Namespace), called(ReflectionKind.Class)];
  for (const method of namespace.children) {
    method.kind = ReflectionKind.Method;
    method.setFlag(ReflectionFlag.Static);
  }
  project.mergeReflections(namespace, target);
}

/** Puts a method into its area and a type into its group. */
function sortIn(reflection) {
  const { parent } = reflection;
  if (reflection.kindOf(ReflectionKind.SomeSignature)) {
    const owner = parent?.parent;
    if (owner?.name !== "Mastodon") return;
    if (CLOSE.has(parent.name)) explain(reflection, "The same as `close`.");
    category(reflection, AREAS[areaOf(parent.name) ?? "client"]);
  } else if (parent?.kindOf(ReflectionKind.Module)) {
    category(reflection, groupOf(reflection));
  } else if (parent?.name === "Mastodon" && reflection.kindOf(ReflectionKind.Property)) {
    category(reflection, AREAS.client);
  }
}

/** Methods that wasm-bindgen declares without a word. */
const CLOSE = new Set(["free", "[dispose]"]);

function explain(signature, text) {
  signature.comment ??= new Comment([{ kind: "text", text }]);
}

function groupOf({ name, kind }) {
  if (name === "Mastodon" || /^init/i.test(name)) return "The client";
  if (/Options$/.test(name)) return "Options";
  if (kind === ReflectionKind.Class || /Failure|FailedResponse/.test(name)) return "Errors";
  return kind === ReflectionKind.Interface ? "Entities" : "Other types";
}

function category(reflection, name) {
  reflection.comment ??= new Comment();
  reflection.comment.blockTags.push({ tag: "@category", content: [{ kind: "text", text: name }] });
}
