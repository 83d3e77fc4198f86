// Blurhashes: a few dozen letters that stand for a blurred picture. https://blurha.sh
//
// A hash holds a small table of cosine waves, each with a colour. A pixel is the sum of all waves at its
// place, in linear light. Waves along x and y are independent, so that a row's sums over y are worked out
// once a row, and a pixel costs one sum over x.

const DIGITS =
  "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~";

/** From a byte of sRGB to linear light. Half bytes are allowed: they are the borders between bytes. */
export const linear = (byte) =>
  byte > 10.31475 ? ((byte / 255 + 0.055) / 1.055) ** 2.4 : byte / 3294.6;

/** What a hash says: numbers of waves each way, and their colours row by row; undefined where it is none. */
export function parse(text) {
  let at = 0;
  const take = (count) => {
    let value = 0;
    // What is no digit, or not there, makes all of it NaN.
    for (const end = at + count; at < end; at += 1) {
      const digit = DIGITS.indexOf(text[at] ?? " ");
      value = value * 83 + (digit < 0 ? Number.NaN : digit);
    }
    return value;
  };
  const size = take(1);
  const [columns, rows] = [(size % 9) + 1, Math.floor(size / 9) + 1];
  const loudest = (take(1) + 1) / 166;
  const average = take(4);
  const colours = [average >> 16, average >> 8, average].map((part) => linear(part & 255));
  let sound = size < 81 && loudest + average;
  for (let wave = 1; wave < columns * rows; wave += 1) {
    const strength = take(2);
    sound += strength;
    // Three numbers from -9 to 9, whose squares are the strength.
    for (const part of [strength / 361, (strength / 19) % 19, strength % 19]) {
      const level = (Math.floor(part) - 9) / 9;
      colours.push(level * Math.abs(level) * loudest);
    }
  }
  return sound >= 0 && at === text.length ? { columns, rows, colours } : undefined;
}

/** How high each of some waves is at each place, place by place. */
function waves(length, count) {
  const heights = new Float64Array(length * count);
  for (let place = 0; place < length; place += 1)
    for (let wave = 0; wave < count; wave += 1)
      heights[place * count + wave] = Math.cos((Math.PI * place * wave) / length);
  return heights;
}

/** Works the picture out: red, green, blue and alpha (`full`) of each pixel, each sum through `convert`. */
export function draw({ columns, rows, colours }, width, height, pixels, full, convert) {
  const [across, down] = [waves(width, columns), waves(height, rows)];
  const sums = new Float64Array(columns * 3);
  let out = 0;
  for (let y = 0; y < height; y += 1) {
    sums.fill(0);
    for (let j = 0; j < rows; j += 1)
      for (let part = 0; part < sums.length; part += 1)
        sums[part] += colours[j * sums.length + part] * down[y * rows + j];
    for (let x = 0; x < width; x += 1) {
      let [red, green, blue] = [0, 0, 0];
      for (let i = 0; i < columns; i += 1) {
        const wave = across[x * columns + i];
        red += sums[i * 3] * wave;
        green += sums[i * 3 + 1] * wave;
        blue += sums[i * 3 + 2] * wave;
      }
      pixels[out] = convert(red);
      pixels[out + 1] = convert(green);
      pixels[out + 2] = convert(blue);
      pixels[out + 3] = full;
      out += 4;
    }
  }
  return pixels;
}

const STEPS = 1024;

/** Gives the function from linear light to bytes of sRGB, without a power for each pixel. */
export function gamma() {
  // The least light of each byte; and for each step of light, the byte that it is at least.
  const borders = Float64Array.from({ length: 257 }, (_, byte) => linear(byte - 0.5));
  borders[256] = Infinity;
  const starts = new Uint8Array(STEPS + 1);
  const find = (byte, light) => {
    while (borders[byte + 1] <= light) byte += 1;
    return byte;
  };
  for (let step = 1; step <= STEPS; step += 1) starts[step] = find(starts[step - 1], step / STEPS);
  return (light) => {
    if (!(light > 0)) return 0;
    return light < 1 ? find(starts[(light * STEPS) | 0], light) : 255;
  };
}
