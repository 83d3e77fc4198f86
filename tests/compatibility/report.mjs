// What came of the checks, as the page docs/compatibility.md and as data.
import path from "node:path";
import { ROOT } from "../../scripts/run.mjs";
import { AREAS } from "./checks.mjs";

export const PAGE = path.join(ROOT, "docs/compatibility.md");
export const DATA = path.join(ROOT, "docs/data/compatibility.json");

/** The sandbox's presets, and what they are presets of. */
export const SERVERS = [
  ["mastodon", "Mastodon"],
  ["gotosocial", "GoToSocial"],
  ["takahe", "Takahē"],
  ["snac", "snac"],
  ["hollo", "Hollo"],
  ["mitra", "Mitra"],
  ["pixelfed", "Pixelfed"],
  ["akkoma", "Akkoma"],
  ["wordpress", "WordPress"],
].map(([preset, name]) => ({ preset, name }));

/** `results` maps a preset to what came of each check, by its name: `{ state, how? }`. */
export function data(results, versions) {
  return {
    servers: SERVERS.map(({ preset, name }) => ({ preset, name, version: versions.get(preset) })),
    areas: AREAS.map(({ area, checks }) => ({
      area,
      checks: checks.map(({ name, methods }) => ({
        name,
        methods,
        servers: Object.fromEntries(
          SERVERS.map(({ preset }) => [preset, results.get(preset).get(name)]),
        ),
      })),
    })),
  };
}

const cell = ({ state, how }) => (state === "differs" ? how : state);

export function page({ servers, areas }) {
  const lines = [
    "# Other servers, area by area",
    "",
    "What the package does with each kind of server: **works**, as with Mastodon; **none**, the server does not have it, and the call rejects with a `MastodonNotFoundError` or with the status that the server gave; or how it differs. [Other servers](guide/forks.md) says what to do about it.",
    "",
    "`npm run compatibility` tries it all, each server as the [sandbox](../sandbox/README.md) plays it (`--preset`), and `npm test` fails where this table says something else. The presets of GoToSocial, Takahē and Mitra were made after what these servers answered, the others after what was seen of them and after public bug reports; where nothing is known they are as Mastodon is.",
    "",
    `| | ${servers.map(({ name }) => name).join(" | ")} |`,
    `|---|${servers.map(() => "---|").join("")}`,
    `| *version* | ${servers.map(({ version }) => `\`${version}\``).join(" | ")} |`,
  ];
  for (const { area, checks } of areas) {
    lines.push(`| **${area}** |${servers.map(() => " |").join("")}`);
    for (const { name, servers: cells } of checks) {
      lines.push(`| ${name} | ${servers.map(({ preset }) => cell(cells[preset])).join(" | ")} |`);
    }
  }
  const states = areas.flatMap(({ checks }) => checks.flatMap((row) => Object.values(row.servers)));
  const count = (wanted) => states.filter(({ state }) => state === wanted).length;
  lines.push(
    "",
    `${states.length} cells: ${count("works")} work, ${count("none")} are none, ${count("differs")} differ.`,
    "",
    "The same as data, with the methods that each row concerns: `docs/data/compatibility.json`.",
    "",
  );
  return lines.join("\n");
}
