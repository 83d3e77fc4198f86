// How `npm test` performs its steps: two at a time, each with what it prints in one piece.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { run } from "../../scripts/run.mjs";

const module = (name) => JSON.stringify(String(new URL(`../../scripts/${name}`, import.meta.url)));

/** Runs a program over `performSteps`; resolves to the lines that it prints. */
async function lines(program) {
  const text = `
    import { currentStep, performSteps } from ${module("steps.mjs")};
    import { run } from ${module("run.mjs")};
    const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
    ${program}`;
  const { output } = await run(process.execPath, ["--input-type=module", "-e", text], {
    show: false,
    check: false,
  });
  return output.trim().split("\n");
}

describe("steps", () => {
  it("print each in one piece, in the order in which they began", async () => {
    const printed = await lines(`
      const steps = [["a", 300], ["b", 10], ["c", 10]].map(([name, ms]) => ({ name, ms }));
      await performSteps(steps, async ({ name, ms }) => {
        console.log(name, "begins");
        await pause(ms);
        await run(process.execPath, ["-e", "console.log('" + name + "', 'runs')"]);
        console.log(currentStep(), "ends");
      });
      console.log("all");`);
    const each = (name) => [`${name} begins`, `${name} runs`, `${name} ends`];
    assert.deepEqual(printed, [...each("a"), ...each("b"), ...each("c"), "all"]);
  });

  it("begin two at a time, when what they need is done and what they hold is free", async () => {
    const [told, results] = await lines(`
      const steps = [
        { name: "one", holds: ["x"], ms: 60 },
        { name: "two", holds: ["x", "y"], ms: 30 },
        { name: "three", ms: 20 },
        { name: "four", needs: ["two", "absent"], ms: 10 },
        { name: "last", last: true, ms: 0 },
        { name: "five", ms: 10 },
      ];
      const begun = [];
      let now = 0;
      let most = 0;
      const results = await performSteps(steps, async ({ name, ms }, before) => {
        begun.push(name);
        most = Math.max(most, (now += 1));
        await pause(ms);
        now -= 1;
        return [...before.keys()].length;
      });
      console.log(JSON.stringify({ begun, most }));
      console.log(JSON.stringify([...results]));`);
    assert.deepEqual(JSON.parse(told), {
      begun: ["one", "three", "five", "two", "four", "last"],
      most: 2,
    });
    assert.deepEqual(
      JSON.parse(results).map(([name]) => name),
      ["one", "two", "three", "four", "last", "five"],
    );
    assert.equal(new Map(JSON.parse(results)).get("last"), 5);
  });

  it("lose nothing that was printed when they are ended", async () => {
    const printed = await lines(`
      await performSteps([{ name: "a" }, { name: "b" }], async ({ name }) => {
        console.log(name);
        if (name === "b") setTimeout(() => process.exit(1), 20);
        await pause(10_000);
      });`);
    assert.deepEqual(printed, ["a", "b"]);
  });
});
