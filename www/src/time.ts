import { h } from "./dom.ts";

const units = [
  { seconds: 86_400 * 365, letter: "y" },
  { seconds: 86_400 * 30, letter: "mo" },
  { seconds: 86_400 * 7, letter: "w" },
  { seconds: 86_400, letter: "d" },
  { seconds: 3_600, letter: "h" },
  { seconds: 60, letter: "m" },
] as const;

const full = new Intl.DateTimeFormat(undefined, { dateStyle: "long", timeStyle: "short" });
const count = new Intl.NumberFormat(undefined, { notation: "compact", maximumFractionDigits: 1 });

/** `3m`, `2h`, `5d`. Forks also send invalid dates, for which it returns an empty text. */
export function age(date: string, now = Date.now()): string {
  const seconds = (now - Date.parse(date)) / 1000;
  if (Number.isNaN(seconds)) return "";
  const unit = units.find((each) => seconds >= each.seconds);
  return unit ? `${Math.floor(seconds / unit.seconds)}${unit.letter}` : "now";
}

export function fullDate(date: string): string {
  const time = Date.parse(date);
  return Number.isNaN(time) ? "" : full.format(time);
}

export function timeLeft(date: string): string {
  const seconds = (Date.parse(date) - Date.now()) / 1000;
  const names = { d: "day", h: "hour", m: "minute" } as const;
  for (const { seconds: length, letter } of units) {
    const name = names[letter as keyof typeof names];
    if (!name || seconds < length) continue;
    const whole = Math.floor(seconds / length);
    return `${whole} ${name}${whole === 1 ? "" : "s"} left`;
  }
  return seconds > 0 ? "less than a minute left" : "closed";
}

export function shortCount(number: number): string {
  return count.format(number);
}

export function ageOf(date: string): HTMLTimeElement {
  return h("time", { class: "age", datetime: date, title: fullDate(date) }, age(date));
}

/** Updates all ages on the page regularly. */
export function keepAgesFresh(): void {
  setInterval(() => {
    for (const element of document.querySelectorAll<HTMLTimeElement>("time.age")) {
      element.textContent = age(element.dateTime);
    }
  }, 30_000);
}
