// Which servers leave out fields of an entity, or send null for them. The source is the `Shape` of
// each preset in sandbox/src/preset/, which follows responses of these servers.
import { readFileSync } from "node:fs";
import path from "node:path";
import { ROOT } from "../run.mjs";
import { testedServers } from "./compatibility.mjs";

/** The package's names of types that have other names in the presets. */
const TYPES = { InstanceV1: "Instance" };

const SHAPE = /Shape \{\s*of: Entity::(\w+),\s*absent: &\[([^\]]*)\],\s*null: &\[([^\]]*)\],\s*\}/g;

const names = (list) => [...list.matchAll(/"([^"]+)"/g)].map(([, name]) => name);

/** `[{ server, entity, absent, null }]`; names are paths, such as `contact.account`. */
export function shapes() {
  return testedServers().flatMap(({ preset, name: server }) => {
    if (preset === "mastodon") return [];
    const file = path.join(ROOT, "sandbox/src/preset", `${preset}.rs`);
    const text = readFileSync(file, "utf8");
    const found = [...text.matchAll(SHAPE)];
    if (found.length !== text.split("Shape {").length - 1) {
      throw new Error(
        `${file}: a Shape is written otherwise than scripts/docs/fields.mjs reads it`,
      );
    }
    return found.map(([, entity, absent, empty]) => ({
      server,
      entity: TYPES[entity] ?? entity,
      absent: names(absent),
      null: names(empty),
    }));
  });
}

/**
 * The same by type, as `Map(type → Map(field → { absent, null }))` with lists of servers. `types`
 * are the exported types, by name.
 */
export function fieldsByServer(types) {
  const found = new Map();
  for (const shape of shapes()) {
    for (const state of ["absent", "null"]) {
      for (const route of shape[state]) {
        const [type, field] = resolve(types, shape.entity, route.split("."));
        if (!found.has(type)) found.set(type, new Map());
        const fields = found.get(type);
        if (!fields.has(field)) fields.set(field, { absent: [], null: [] });
        const servers = fields.get(field)[state];
        if (!servers.includes(shape.server)) servers.push(shape.server);
      }
    }
  }
  return found;
}

/** The type that declares the last field of a path. */
function resolve(types, name, [field, ...rest]) {
  const type = types.get(name);
  const property = type?.properties.find((each) => each.name === field);
  if (!property)
    throw new Error(`a preset of the sandbox names ${name}.${field}, which is no field`);
  if (rest.length === 0) return [name, field];
  const inside = property.type.match(/\w+/g).find((word) => types.get(word)?.properties.length > 0);
  return resolve(types, inside, rest);
}
