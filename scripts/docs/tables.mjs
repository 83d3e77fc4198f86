// docs/from-mastodon-py.md, docs/from-masto-js.md and README.md. Their text is written by hand; the
// tables are generated from the declarations of the libraries.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../run.mjs";
import { AREAS, areaOf } from "./areas.mjs";
import { exportedNames, ownMethods } from "./declarations.mjs";
import { mastoMethods, mastoTypes, mastoVersion } from "./masto-js.mjs";
import { DATA_FILE, extractPythonMethods, pythonMethods, pythonVersion } from "./mastodon-py.mjs";

const MARK = "<!-- Below, everything is made by `npm run docs -- --tables`. -->\n";

const PAGES = [
  ["docs/from-mastodon-py.md", mastodonPyTable],
  ["docs/from-masto-js.md", mastoJsTable],
];

/** The README has a table of the areas. */
const README = "README.md";
const BEGIN = "<!-- By `npm run docs -- --tables`: -->\n";
const END = "<!-- to here. -->\n";

/** All pages with current tables: `[file, text]`. */
export async function tables() {
  const own = ownMethods();
  const pages = [];
  for (const [file, table] of PAGES) {
    const [prose, rest] = readFileSync(path.join(ROOT, file), "utf8").split(MARK);
    if (rest === undefined) throw new Error(`${file} has no mark to put the table under`);
    pages.push([file, `${prose}${MARK}\n${await table(own)}`]);
  }
  const [before, rest] = readFileSync(path.join(ROOT, README), "utf8").split(BEGIN);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${README} has no marks to put the table between`);
  pages.push([README, `${before}${BEGIN}${areasTable(own)}${END}${after}`]);
  return pages;
}

export async function writeTables() {
  const data = extractPythonMethods();
  if (data) {
    const rows = data.methods.map((method) => `    ${JSON.stringify(method)}`).join(",\n");
    const { library, version } = data;
    writeFileSync(
      path.join(ROOT, DATA_FILE),
      `{\n  "library": "${library}",\n  "version": "${version}",\n  "methods": [\n${rows}\n  ]\n}\n`,
    );
  }
  for (const [file, text] of await tables()) writeFileSync(path.join(ROOT, file), text);
}

const code = (text) => `\`${text}\``;
const list = (names) => names.map(code).join(", ");
const row = (...cells) => `| ${cells.join(" | ")} |\n`;

/** `status_post(status, …)`; the dots stand for optional parameters. */
function call(name, params, more) {
  return code(`${name}(${[...params, ...(more ? ["…"] : [])].join(", ")})`);
}

const ownCall = ({ name, isStatic, params, options }) =>
  call(`${isStatic ? "Mastodon." : ""}${name}`, params, options.length > 0);

/** The key of a request, which does not depend on the names of placeholders. */
const routeKey = (verb, route) =>
  `${verb} ${route
    .replace(/\?.*/, "")
    .replace(/\{[^}]*\}/g, "{}")
    .replace(/\/$/, "")}`;

/** How many methods the README names for each area. */
const NAMED = 4;

/** The areas of the API, with how many methods each has and some of them. */
function areasTable(own) {
  const rows = Object.entries(AREAS).map(([area, title]) => {
    const methods = [...own.values()].filter(({ name }) => areaOf(name) === area);
    const names = methods.map(({ name, isStatic }) =>
      code(`${isStatic ? "Mastodon." : ""}${name}`),
    );
    const more = names.length > NAMED ? ", …" : "";
    return row(title, names.length, `${names.slice(0, NAMED).join(", ")}${more}`);
  });
  return `| | methods | |\n|---|---|---|\n${rows.join("")}`;
}

// --- Mastodon.py -------------------------------------------------------------------------------

/** Parameters of Mastodon.py that are left out; the page explains why. */
const LEFT_OUT = new Set([
  "to_file",
  "session",
  "run_async",
  "reconnect_async",
  "reconnect_async_wait_sec",
  "websocket_handle",
]);

/** Differences other than names. Everything else is the same, except what the page explains. */
const PYTHON_REMARKS = {
  account_featured_tags: "the entities are `FeaturedTag`",
  auth_request_url: "a promise; with `code_verifier`, PKCE",
  create_account: "a refusal is an error with `details`, one list a field",
  create_app: "the application as the server sent it, to be spread into the constructor's options",
  decode_blurhash:
    "`Uint8ClampedArray` of RGBA, ready for `ImageData`; `return_linear`, here off by default, gives a `Float32Array`",
  get_approx_server_time: "not in pages: they do not see the header",
  get_async_refresh_info: "a promise",
  get_pagination_info: "a promise",
  generate_media_edit_attributes: "a promise; the thumbnail is a `Blob` or bytes",
  instance_terms_of_service: "`date` goes where the server looks for it",
  log_in: "`scopes` of the client says what was granted; with `code_verifier`, PKCE",
  make_poll: "no promise",
  media_post: "bytes, a `Blob` or a `File`, no path",
  media_update: "bytes, a `Blob` or a `File`, no path",
  pagination_iterator: "an async generator",
  pagination_page_iterator: "an async generator",
  persistable_login_credentials: "an object that the constructor takes back, no text",
  push_subscription_decrypt_push: "`aes128gcm`, too",
  push_subscription_generate_keys: "keys are base64url, the private one a JWK",
  push_subscription_set: "`standard` is sent",
  stream_open_websocket: "the listener is optional",
  stream_local: "the same as `streamPublic` with `local`",
};

function mastodonPyTable(own) {
  const methods = pythonMethods();
  const wrong = [];
  for (const { name, here, routes } of methods) {
    const mine = own.get(here);
    if (!mine) wrong.push(`${name}: there is no ${here} here`);
    // A method may use only some of these requests, but none that Mastodon.py does not use.
    const known = new Set(routes.map((route) => routeKey(...route.split(" "))));
    const sameRoute = mine?.routes.some(({ verb, path: it }) => known.has(routeKey(verb, it)));
    if (known.size > 0 && mine?.routes.length > 0 && !sameRoute) {
      wrong.push(`${name} asks ${[...known]}, ${here} something else`);
    }
  }
  for (const name of Object.keys(PYTHON_REMARKS)) {
    if (!methods.some((method) => method.name === name)) wrong.push(`a remark on ${name}`);
  }
  const unknownArea = methods.find(({ area }) => !AREAS[area]);
  if (unknownArea) wrong.push(`no words for the area ${unknownArea.area}`);
  if (wrong.length > 0) throw new Error(wrong.join("\n"));

  let text = `All ${methods.length} methods of Mastodon.py ${pythonVersion()}.\n`;
  for (const [area, title] of Object.entries(AREAS)) {
    text += `\n### ${title}\n`;
    text += "| Mastodon.py | here | options | differences |\n|---|---|---|---|\n";
    for (const method of methods.filter((candidate) => candidate.area === area)) {
      const mine = own.get(method.here);
      text += row(
        call(method.name, method.required, method.optional.length > 0),
        ownCall(mine),
        list(mine.options.filter((name) => method.optional.includes(name))),
        pythonDifferences(method, mine),
      );
    }
  }
  const theirs = new Set(methods.map(({ here }) => here));
  const more = [...own.values()].filter(({ name }) => !theirs.has(name));
  return `${text}\n## Here alone\n${purposes(more)}`;
}

function pythonDifferences({ name, required, optional }, mine) {
  const all = [...required, ...optional];
  const gone = optional.filter(
    (param) => !mine.options.includes(param) && param !== "timeout" && !mine.params.includes(param),
  );
  const unexpected = gone.filter((param) => !LEFT_OUT.has(param));
  if (unexpected.length > 0) throw new Error(`${name}: ${unexpected} is missing in ${mine.name}`);
  const more = mine.options.filter((it) => !all.includes(it) && it !== "idempotency_key");
  const renamed = required.filter((param) => !mine.params.includes(param));
  const newNames = mine.params.filter((param) => !required.includes(param));
  const isStream = mine.returns.startsWith("Stream");
  return [
    PYTHON_REMARKS[name],
    renamed.length > 0 ? `${list(renamed)} is called ${list(newNames)}` : "",
    more.length > 0 && !isStream ? `more: ${list(more)}` : "",
    gone.length > 0 && !isStream ? `without ${list(gone)}` : "",
  ]
    .filter(Boolean)
    .join("; ");
}

// --- masto.js ----------------------------------------------------------------------------------

/** The right method, if several methods here make the same request. */
const CHOICES = {
  "GET /api/v1/admin/accounts": "adminAccountsV1",
  "POST /api/v1/accounts/{}/follow": "accountFollow",
  "GET /api/v1/accounts/verify_credentials": "accountVerifyCredentials",
  "GET /api/v1/instance": "instanceV1",
  "GET /api/v2/instance": "instanceV2",
  "GET /api/v1/statuses/{}": "status",
  "POST /api/v1/statuses": "statusPost",
  "GET /api/v1/timelines/public": "timelinePublic",
  "GET /api/v1/trends/tags": "trendingTags",
  "GET /api/v2/suggestions": "suggestionsV2",
  "GET /api/v2/search": "searchV2",
  "POST /oauth/token": "logIn",
  "POST /oauth/revoke": "revokeAccessToken",
  "WS public:local": "streamPublic",
};

/** Methods without a corresponding request here, and what to use instead. */
const INSTEAD = {
  "v1.accounts.$select(id).identityProofs.list()": ["", "no server has it since Mastodon 3.5.0"],
  "v1.media.create(params)": ["mediaPost", "falls back to it by itself"],
  "v1.timelines.direct.list()": ["conversations", "the endpoint is gone since Mastodon 3.0.0"],
  "public.media.subscribe()": ["streamPublic", "`only_media: true`"],
  "public.remote.media.subscribe()": ["streamPublic", "`remote: true`, `only_media: true`"],
  "close()": ["close", "or `close()` of each stream"],
};

const MASTO_REMARKS = {
  "v1.statuses.$select(id).card.fetch()": "the `card` of the status where the endpoint is gone",
  "v1.accounts.create(params)": "gets the application's token first, and keeps the new one",
  "v2.media.create(params)": "waits for the server with `synchronous: true`",
  "public.local.subscribe()": "`local: true`",
  "public.remote.subscribe()": "`remote: true`",
  "hashtag.local.subscribe(params)": "`local: true`",
  "token.create(params)": "`logInApp()` for the application's own token",
};

/** The sections of the page. Those of REST are its resources. */
const CLIENTS = { rest: "", oauth: "OAuth", streaming: "Streams" };

async function mastoJsTable(own) {
  const methods = await mastoMethods();
  const byRoute = new Map();
  const remember = (key, name) => byRoute.set(key, [...(byRoute.get(key) ?? []), name]);
  for (const { name, routes, streams } of own.values()) {
    for (const { verb, path: route } of routes) remember(routeKey(verb, route), name);
    for (const stream of streams) remember(`WS ${stream}`, name);
  }

  const sections = new Map();
  const used = new Set();
  const wrong = [];
  for (const method of methods) {
    const found = counterpart(method, byRoute, own);
    if (found.wrong) wrong.push(found.wrong);
    if (found.mine) used.add(found.mine.name);
    const title = CLIENTS[method.client] || method.call.split(/[.(]/).slice(0, 2).join(".");
    const request = method.verb ? code(`${method.verb} ${method.path}`) : "";
    sections.set(
      title,
      (sections.get(title) ?? "") +
        row(
          code(method.call),
          found.mine ? ownCall(found.mine) : "—",
          request,
          [found.remark, MASTO_REMARKS[method.call]].filter(Boolean).join("; "),
        ),
    );
  }
  for (const name of [...Object.keys(INSTEAD), ...Object.keys(MASTO_REMARKS)]) {
    if (!methods.some((method) => method.call === name)) wrong.push(`masto.js has no ${name}`);
  }
  if (wrong.length > 0) throw new Error(wrong.join("\n"));

  let text = `All ${methods.length} methods of masto.js ${mastoVersion()}, by the request that each of them makes. \`…\` stands for the options.\n`;
  for (const [title, rows] of sections) {
    text += `\n### ${title}\n| masto.js | here | request | |\n|---|---|---|---|\n${rows}`;
  }
  const more = [...own.values()].filter(({ name }) => !used.has(name));
  return `${text}\n${mastoTypesTable()}\n## Here alone\n${purposes(more)}`;
}

/** Types that have another name here, by what follows `mastodon.`. */
const TYPE_NAMES = {
  "v1.AccountSource": "CredentialAccountSource",
  "v1.InstanceStatusesConfiguration": "InstanceStatusConfiguration",
  "v1.InstanceMediaAttachmentsConfiguration": "InstanceMediaConfiguration",
  "v1.InstancePollsConfiguration": "InstancePollConfiguration",
  "v1.InstanceAccountsConfiguration": "InstanceAccountConfiguration",
  "v1.InstanceStats": "InstanceStatistics",
  "v1.List": "UserList",
  "v1.MarkerItem": "Marker",
  "v1.Marker": "Markers",
  "v1.MediaAttachmentType": "MediaType",
  "v1.MediaAttachmentMetaImage": "MediaAttachmentImageMetadata",
  "v1.MediaAttachmentMetaVideo": "MediaAttachmentVideoMetadata",
  "v1.MediaAttachmentMetaFocus": "MediaAttachmentFocusPoint",
  "v1.MediaAttachmentMetaColors": "MediaAttachmentColors",
  "v1.MediaAttachmentMeta": "MediaAttachmentMetadataContainer",
  "v1.NotificationGroupType": "NotificationType",
  "v1.Preference": "Preferences",
  "v1.PreferenceReadingExpandMedia": "MediaExpansion",
  "v1.QuoteApprovalCurrentUserPolicy": "ApprovalForCurrentUser",
  "v1.RelationshipSeveranceEventType": "RelationshipSeveranceType",
  "v1.LegacySuggestionSource": "SuggestionSource",
  "v1.SuggestionSource": "SuggestionReason",
  "v1.StatusParams": "ScheduledStatusParams",
  "v1.TrendLink": "PreviewCard",
  "v1.WebPushSubscriptionPolicy": "PushPolicy",
  "v1.admin.CohortData": "AdminCohort",
  "v1.admin.Cohort": "AdminRetention",
  "v1.admin.CohortFrequency": "AdminRetentionFrequency",
  "v1.admin.Tag": "Tag",
  "v1.admin.TagHistory": "TagHistory",
  "v2.InstanceUrls": "InstanceURLsV2",
  "v2.InstanceAccountsConfiguration": "InstanceAccountConfiguration",
  "v2.InstanceStatusesConfiguration": "InstanceStatusConfiguration",
  "v2.InstanceMediaAttachmentsConfiguration": "InstanceMediaConfiguration",
  "v2.InstancePollsConfiguration": "InstancePollConfiguration",
  "v2.InstanceVapidConfiguration": "InstanceVapidKey",
  "v2.InstanceApiVersions": "InstanceV2",
  "v2.NotificationPolicyType": "NotificationPolicyAction",
  "streaming.Event": "StreamEvent",
  "streaming.Subscription": "Stream",
  "streaming.SubscribeListParams": "StreamParams",
  "streaming.SubscribeHashtagParams": "StreamParams",
};

/** Types of masto.js that are one member of a union here. */
const NARROWED = [
  [/^v1\.\w+NotificationGroup$/, "NotificationGroup", "its `type` says which"],
  [/^v1\.\w+Notification$/, "Notification", "narrows on `type`"],
  [/^streaming\.\w+Event$/, "StreamEventOf", "narrows on `event`"],
];

/** Our type for one of masto.js, with a remark. */
function typeHere(name, types) {
  const last = name.split(".").at(-1);
  const narrowed = NARROWED.find(
    ([pattern]) => pattern.test(name) && !/^v1\.Notification$/.test(name),
  );
  if (narrowed) return narrowed.slice(1);
  const candidates = [
    TYPE_NAMES[name],
    name.startsWith("v1.admin.") ? `Admin${last}` : undefined,
    name.startsWith("v2.") ? `${last}V2` : undefined,
    name.startsWith("v1.admin.") ? undefined : last,
  ];
  return [candidates.find((candidate) => types.has(candidate)), ""];
}

function mastoTypesTable() {
  const types = exportedNames();
  const rows = [];
  for (const full of mastoTypes()) {
    const name = full.replace(/^mastodon\./, "");
    const [here, remark] = typeHere(name, types);
    if (!here || !types.has(here)) throw new Error(`no type here stands for ${full}`);
    rows.push(row(code(full), code(here), remark));
  }
  return `## Type by type\nAll ${rows.length} types of what servers send and streams bring. The types of parameters (\`…Params\` in \`mastodon.rest\`) are the options of the method: \`CreateStatusParams\` is \`StatusPostOptions\`.\n\n| masto.js | here | |\n|---|---|---|\n${rows.join("")}`;
}

/** Our method for one of masto.js: `{ mine, remark }`, or an error as `{ wrong }`. */
function counterpart(method, byRoute, own) {
  if (INSTEAD[method.call]) {
    const [name, remark] = INSTEAD[method.call];
    const same = method.verb && byRoute.get(routeKey(method.verb, method.path));
    if (same) return { wrong: `${method.call} has its like here: ${same}` };
    if (name && !own.has(name)) return { wrong: `there is no ${name} here` };
    return { mine: own.get(name), remark };
  }
  const key = routeKey(method.verb, method.path);
  let names = byRoute.get(key);
  let remark = "";
  if (!names && method.verb === "PUT") {
    names = byRoute.get(key.replace("PUT", "PATCH"));
    remark = "sent as `PATCH`, as it is documented";
  }
  if (!names) return { wrong: `${method.call}: nothing here makes the request ${key}` };
  const name = names.length === 1 ? names[0] : CHOICES[key];
  if (!names.includes(name)) return { wrong: `${key} may be ${names}: CHOICES does not say which` };
  return { mine: own.get(name), remark };
}

// --- both --------------------------------------------------------------------------------------

/** Methods that every object has, or that are another name of `close`. */
const UNREMARKABLE = new Set(["free", "toJSON", "toString"]);

/** Methods that the other library lacks, each with the first sentence of its comment. */
function purposes(methods) {
  const remarkable = methods.filter(({ name }) => !UNREMARKABLE.has(name));
  const rows = remarkable.map((method) => {
    const [sentence] = method.comment.replace(/\s+/g, " ").split(/(?<=[.:;])\s/);
    return row(ownCall(method), sentence.replace(/[:;]$/, "."));
  });
  return `| | |\n|---|---|\n${rows.join("")}`;
}
