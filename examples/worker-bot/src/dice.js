const MOST = 100;

/** The result of the dice in a status: `2d6` are two dice with six sides. */
export function roll(html) {
  const text = html.replace(/<[^>]*>/g, " ");
  const [, count, sides] = text.match(/\b(\d{0,3})d(\d{1,3})\b/i)?.map(Number) ?? [];
  if (!sides || count > MOST) return "Write something like 2d6, and I will roll the dice.";
  const dice = Array.from({ length: count || 1 }, () => 1 + Math.floor(Math.random() * sides));
  const sum = dice.reduce((all, die) => all + die, 0);
  return dice.length === 1 ? `🎲 ${sum}` : `🎲 ${dice.join(" + ")} = ${sum}`;
}
