// Symbol.asyncIterator, which Rust cannot name on a class of its own.

/** The pages of a walk, or (`flat`) their entries; with `info`, each beside what continues its page. */
export async function* iterate(walk, flat, info) {
  try {
    for (;;) {
      const page = await walk.next();
      if (page === undefined) return;
      const more = info ? walk.info() : undefined;
      if (!flat) yield info ? [page, more] : page;
      else for (const entry of page) yield info ? [entry, more] : entry;
    }
  } finally {
    walk.free();
  }
}
