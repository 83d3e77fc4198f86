// Runs things in turn, a little of each in every round, so that whatever else the machine does falls
// on all of them alike.

/**
 * For functions by name: how many milliseconds one call takes, a list of `rounds` numbers each. A
 * round calls a function for about `slice` milliseconds.
 */
export async function interleave(functions, { rounds = 25, slice = 40 } = {}) {
  const names = Object.keys(functions);
  const times = Object.fromEntries(names.map((name) => [name, []]));
  const repeats = {};
  for (const name of names) {
    // Long enough for the engine to have optimised what it will.
    let count = 0;
    const begin = performance.now();
    while (performance.now() - begin < 4 * slice) {
      await functions[name]();
      count += 1;
    }
    repeats[name] = Math.max(1, Math.round(count / 4));
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const at of names.keys()) {
      const name = names[(at + round) % names.length];
      const begin = performance.now();
      for (let left = repeats[name]; left > 0; left -= 1) await functions[name]();
      times[name].push((performance.now() - begin) / repeats[name]);
    }
  }
  return times;
}
