import { svg } from "./dom.ts";

/** Drawn on a grid of 24, as strokes; `solid` ones are filled when their button is pressed. */
const shapes = {
  alert: ["M12 4 3 19.5h18z", "M12 10v4.5", "M12 17v.01"],
  arrowRight: ["M5 12h14", "m13 6 6 6-6 6"],
  arrowUp: ["M12 19V5", "m6 11 6-6 6 6"],
  back: ["m14 6-6 6 6 6"],
  bell: ["M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 2h-15z", "M10 21h4"],
  bookmark: ["M7 4h10v16l-5-4-5 4z"],
  boost: [
    "m4 9 3.5-3.5L11 9",
    "M7.5 6v9.5a2 2 0 0 0 2 2H13",
    "m20 15-3.5 3.5L13 15",
    "M16.5 18V8.5a2 2 0 0 0-2-2H11",
  ],
  check: ["m5 12.5 4.5 4.5L19 7.5"],
  close: ["m6 6 12 12", "M18 6 6 18"],
  code: ["m8 7-5 5 5 5", "m16 7 5 5-5 5"],
  external: ["M14 4h6v6", "M20 4 11 13", "M18 14v5H5V6h5"],
  eyeOff: [
    "M4 4l16 16",
    "M9.5 6A9 9 0 0 1 12 5.5c6 0 9.5 6.5 9.5 6.5a17 17 0 0 1-3 3.7",
    "M6.3 7.6A16 16 0 0 0 2.5 12S6 18.5 12 18.5a9 9 0 0 0 4.2-1",
    "M10.2 10.3a2.5 2.5 0 0 0 3.5 3.5",
  ],
  globe: [
    "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z",
    "M3 12h18",
    "M12 3c3 3 3.6 6 3.6 9s-.6 6-3.6 9c-3-3-3.6-6-3.6-9S9 6 12 3z",
  ],
  home: ["M4 11 12 4l8 7v9h-5.5v-6h-5v6H4z"],
  image: ["M4 5h16v14H4z", "m4 16 5-5 5.5 5.5L17 14l3 3", "M15.5 9v.01"],
  keyboard: ["M3 7h18v11H3z", "M7 11v.01M10.3 11v.01M13.6 11v.01M17 11v.01", "M8 14.5h8"],
  link: [
    "M10 14a4 4 0 0 0 5.7 0l3-3a4 4 0 0 0-5.7-5.7l-1 1",
    "M14 10a4 4 0 0 0-5.7 0l-3 3a4 4 0 0 0 5.7 5.7l1-1",
  ],
  lock: ["M6 11h12v9H6z", "M8.5 11V8a3.5 3.5 0 0 1 7 0v3"],
  logOut: ["M10 4H5v16h5", "M15 8l4 4-4 4", "M19 12H9"],
  mail: ["M3.5 6h17v12h-17z", "m4 7 8 6 8-6"],
  moon: ["M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"],
  more: ["M6 12v.01", "M12 12v.01", "M18 12v.01"],
  pencil: ["M4 20l1-4L16.5 4.5l3 3L8 19z", "m14 7 3 3"],
  people: [
    "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7z",
    "M2.5 20c.4-3.8 3-6 6.5-6s6.1 2.2 6.5 6",
    "M16 4.5a3.5 3.5 0 0 1 0 6.3",
    "M18 14.5c2.2.8 3.4 2.8 3.6 5.5",
  ],
  pin: ["M9 4h6l-1 6 3 3.5H7L10 10z", "M12 13.5V20"],
  plus: ["M12 5v14", "M5 12h14"],
  poll: ["M5 20v-8", "M12 20V4", "M19 20v-5"],
  quote: ["M5 16c2.5-1 4-3 4-6H5V6h5", "M14 16c2.5-1 4-3 4-6h-4V6h5"],
  reply: ["M10 6 4 11.5 10 17", "M4.5 11.5H14c4 0 6 2.5 6 6.5"],
  retry: ["M19.5 12a7.5 7.5 0 1 1-2.3-5.4", "M19.5 4v4.5H15"],
  search: ["M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13z", "m15.5 15.5 5 5"],
  settings: ["M4 7h9", "M17 7h3", "M15 5v4", "M4 17h3", "M11 17h9", "M9 15v4"],
  star: ["m12 3.5 2.6 5.5 6 .8-4.4 4.2 1.1 6L12 17.1 6.7 20l1.1-6L3.4 9.8l6-.8z"],
  sun: [
    "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8z",
    "M12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  ],
  trash: ["M5 7h14", "M9 7V4h6v3", "M7 7l1 13h8l1-13"],
  user: ["M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8z", "M4.5 20.5c.5-4.3 3.4-6.5 7.5-6.5s7 2.2 7.5 6.5"],
} as const;

export type IconName = keyof typeof shapes;

/** An icon beside or instead of a word. Its container has the label. */
export function icon(name: IconName, size = 20): SVGSVGElement {
  return svg(
    "svg",
    {
      class: `icon icon-${name}`,
      viewBox: "0 0 24 24",
      width: size,
      height: size,
      "aria-hidden": "true",
    },
    shapes[name].map((d) => svg("path", { d })),
  );
}
