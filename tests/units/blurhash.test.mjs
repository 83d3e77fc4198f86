// Blurhashes: against the definition, word for word, which is what `draw` does faster.
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { draw, gamma, linear, parse } from "../../src/api/utility/blurhash.js";

const HASHES = [
  "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
  "LGF5]+Yk^6#M@-5c,1J5@[or[Q6.",
  "eCF6B#-:0JInxr?@s;nmIoWUIko1%NocRk.8xbIUaxR*^+s;RiWAWU",
];

function slowly({ columns, rows, colours }, width, height) {
  const pixels = [];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const sum = [0, 0, 0];
      for (let at = 0; at < columns * rows; at += 1) {
        const [i, j] = [at % columns, Math.floor(at / columns)];
        const wave = Math.cos((Math.PI * i * x) / width) * Math.cos((Math.PI * j * y) / height);
        for (const part of [0, 1, 2]) sum[part] += colours[at * 3 + part] * wave;
      }
      pixels.push(...sum, 1);
    }
  }
  return pixels;
}

describe("a blurhash", () => {
  for (const text of HASHES) {
    it(`is drawn as the definition says: ${text}`, () => {
      const picture = parse(text);
      const drawn = draw(picture, 21, 13, new Float64Array(21 * 13 * 4), 1, (light) => light);
      for (const [at, wanted] of slowly(picture, 21, 13).entries())
        assert.ok(Math.abs(drawn[at] - wanted) < 1e-9, `${at}`);
    });
  }

  it("of a single wave is one colour", () => {
    const digits =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";
    const colour = [3, 2, 1, 0].map((place) => digits[Math.floor(0xff8000 / 83 ** place) % 83]);
    const pixels = draw(
      parse(`00${colour.join("")}`),
      3,
      2,
      new Uint8ClampedArray(24),
      255,
      gamma(),
    );
    assert.deepEqual([...pixels], Array(6).fill([255, 128, 0, 255]).flat());
  });

  it("is no other text", () => {
    for (const text of [
      "",
      "L",
      "LEHV6n",
      "LEHV6nWB2yk8pyo0adR*.7kCMdn",
      "LEHV6nWB2yk8pyo0adR*.7kCMdnjj",
      'LEHV6nWB2yk8pyo0adR*.7kCMdn"',
      "LEHV6nWB2yk8pyo0adR*.7kCMdé",
      "~EHV6n",
      "0000 0",
    ])
      assert.equal(parse(text), undefined, text);
  });
});

describe("light", () => {
  const byteOf = gamma();

  it("is rounded as the formula does", () => {
    for (let step = 0; step <= 200_000; step += 1) {
      const light = step / 200_000;
      const value = light <= 0.0031308 ? light * 12.92 : 1.055 * light ** (1 / 2.4) - 0.055;
      assert.ok(Math.abs(byteOf(light) - value * 255) < 0.501, `${light}`);
    }
    assert.deepEqual([-1, 7, Number.NaN].map(byteOf), [0, 255, 0]);
  });

  it("comes back as the byte that it was", () => {
    for (let byte = 0; byte < 256; byte += 1) assert.equal(byteOf(linear(byte)), byte);
  });
});
