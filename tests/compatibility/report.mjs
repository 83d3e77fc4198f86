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
    "What works with each kind of server. **works**: as with Mastodon. **none**: the server does not have it, and the call rejects with a `MastodonNotFoundError` or the server's status. Other cells say what is different. [Servers and forks](guide/forks.md) explains how to handle the differences.",
    "",
    "`npm run compatibility` tests all of it against the presets of the [sandbox](../sandbox/README.md), not against the servers themselves, and `npm test` fails if a result differs from this table. The presets of GoToSocial, Takahē and Mitra follow responses of these servers; the others follow observations and public bug reports. If a behavior is not known, the preset behaves like Mastodon.",
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
