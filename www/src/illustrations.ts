import { h, svg } from "./dom.ts";

/** The logo: the head of a mastodon with its trunk and tusk, in one round shape. */
export function logo(size = 36): SVGSVGElement {
  return svg(
    "svg",
    { class: "logo", viewBox: "0 0 48 48", width: size, height: size, "aria-hidden": "true" },
    svg("rect", { class: "logo-sky", width: 48, height: 48, rx: 14 }),
    svg("circle", { class: "logo-sun", cx: 35, cy: 14, r: 5 }),
    svg("path", {
      class: "logo-body",
      d: "M0 48V31c0-10 7-17.5 16.5-17.5 8.5 0 14 6 14 14v8.500c0 3 1.5 4.5 3.8 4.5 2 0 3.2-1.3 3.2-3.300V35h4.500v2.500c0 5-3.2 8-7.7 8-3.3 0-5.8-1.5-7.2-4-1 2.6-2.6 4.8-4.6 6.500z",
    }),
    svg("path", {
      class: "logo-tusk",
      d: "M26.5 33.500c2 5.5 7.5 7.5 12.5 4.5-2.5 6-11.5 6-15-2.500z",
    }),
    svg("circle", { class: "logo-eye", cx: 22.5, cy: 26, r: 1.7 }),
  );
}

/** A wide landscape at dusk (or at night), with the herd far away. */
export function landscape(): SVGSVGElement {
  const stars: [number, number, number][] = [
    [80, 90, 2],
    [180, 180, 1.5],
    [260, 70, 1.5],
    [370, 140, 2],
    [450, 60, 1.5],
    [520, 190, 1.5],
    [600, 100, 2],
    [700, 60, 1.5],
    [140, 280, 1.5],
    [330, 250, 1.5],
    [660, 230, 1.5],
    [40, 210, 1.5],
  ];
  return svg(
    "svg",
    {
      class: "landscape",
      viewBox: "0 0 760 900",
      preserveAspectRatio: "xMidYMax slice",
      "aria-hidden": "true",
    },
    svg("rect", { class: "land-sky", width: 760, height: 900 }),
    svg(
      "g",
      { class: "land-stars" },
      stars.map(([cx, cy, r]) => svg("circle", { cx, cy, r })),
    ),
    svg("circle", { class: "land-halo", cx: 520, cy: 440, r: 150 }),
    svg("circle", { class: "land-sun", cx: 520, cy: 440, r: 84 }),
    svg("path", {
      class: "land-1",
      d: "M0 560 70 500l60 38 90-96 70 76 60-40 90 84 80-60 70 52 90-78 80 64v360H0z",
    }),
    svg("path", {
      class: "land-2",
      d: "M0 610c120-40 200-16 300 4s200-50 300-36 120 30 160 20v302H0z",
    }),
    herd(),
    svg("path", {
      class: "land-3",
      d: "M0 690c90-30 210-46 330-16s170 46 260 22 120-30 170-24v228H0z",
    }),
    svg(
      "g",
      { class: "land-trees" },
      [
        [60, 716, 1.2],
        [96, 722, 0.9],
        [640, 708, 1.1],
        [676, 700, 1.5],
        [716, 704, 1],
      ].map(([x, y, k]) => tree(x ?? 0, y ?? 0, k ?? 1)),
    ),
    svg("path", { class: "land-4", d: "M0 780c120-36 260-20 380 6s260 18 380-22v136H0z" }),
    svg("path", { class: "land-trail", d: "M300 900c30-40 70-60 120-70s80-16 110-34" }),
  );
}

function tree(x: number, y: number, scale: number): SVGElement {
  return svg("path", {
    d: "M0-66 9-44H5L13-24H8L16-4H2V4H-2V-4H-16L-8-24H-13L-5-44H-9z",
    transform: `translate(${x} ${y}) scale(${scale})`,
  });
}

/** One animal. The others in the herd are copies of it with `transform`. */
function herd(): SVGElement {
  const beast =
    "M6 60V36C2 14 22 2 44 4c16 1 26 0 34-2 12-3 24 4 26 16 1 8 1 16 3 26 1 6 5 6 7 2l4 2c-3 9-15 9-17-2-1-6-1-12-3-16-2 6-6 8-12 8l2 22H76l-2-18c-10 3-24 3-34 0l-4 18H22l-1-14-3 14z";
  const tusk = "M100 34c4 10 14 12 20 4-1 10-18 14-24-2z";
  const family: [number, number, number][] = [
    [330, 574, 0.95],
    [232, 590, 0.72],
    [452, 598, 0.5],
  ];
  return svg(
    "g",
    { class: "land-herd" },
    family.map(([x, y, scale]) =>
      svg(
        "g",
        { transform: `translate(${x} ${y}) scale(${scale})` },
        svg("path", { class: "land-beast", d: beast }),
        svg("path", { class: "land-tusk", d: tusk }),
      ),
    ),
  );
}

const scenes = {
  /** For an empty timeline. */
  footprints: [
    ["ground", "M12 112c0-16 40-26 88-26s88 10 88 26-40 20-88 20-88-4-88-20z"],
    [
      "print",
      "M56 114a9 5.5 0 1 0 .1 0zM82 103a8 4.8 0 1 0 .1 0zM106 106a7 4 0 1 0 .1 0zM124 97a5.5 3.2 0 1 0 .1 0zM140 98a4.5 2.6 0 1 0 .1 0z",
    ],
    ["sun", "M146 26a17 17 0 1 1-.1 0z"],
    ["line", "M42 94c4-10 4-20 3-34M45 78l-9-9M45 72l8-8"],
  ],
  /** For an empty list of accounts or notifications. */
  campfire: [
    ["ground", "M24 114c0-8 34-13 76-13s76 5 76 13-34 13-76 13-76-5-76-13z"],
    ["glow", "M100 40a42 42 0 1 1-.1 0z"],
    [
      "flame",
      "M100 48c4 14 20 20 20 38a20 20 0 0 1-40 0c0-8 4-12 8-16 1 5 4 7 6 7-2-12 2-22 6-29z",
    ],
    ["spark", "M100 78c2 6 8 8 8 16a8 8 0 0 1-16 0c0-6 6-10 8-16z"],
    ["line", "M72 112l56-8M72 104l56 8"],
  ],
  /** For bookmarks and favourites. */
  cairn: [
    ["ground", "M24 114c0-8 34-13 76-13s76 5 76 13-34 13-76 13-76-5-76-13z"],
    ["stone", "M64 96c0-10 16-12 36-12s36 2 36 12-14 14-36 14-36-4-36-14z"],
    ["stone-2", "M74 76c0-8 12-10 27-10s25 2 25 10-10 10-26 10-26-2-26-10z"],
    ["stone", "M83 60c0-6 8-9 17-9s17 3 17 9-7 8-17 8-17-2-17-8z"],
    ["sun", "M91 44a9 6.5 0 1 1 18 0 9 6.5 0 0 1-18 0z"],
  ],
  /** For a search, and for a page that does not exist. */
  lantern: [
    ["ground", "M24 114c0-8 34-13 76-13s76 5 76 13-34 13-76 13-76-5-76-13z"],
    ["glow", "M100 34a44 44 0 1 1-.1 0z"],
    ["stone", "M82 62h36l5 46H77z"],
    ["flame", "M100 70c3 9 10 11 10 20a10 10 0 0 1-20 0c0-9 8-12 10-20z"],
    ["line", "M80 62h40M88 62c0-20 24-20 24 0M76 110h48"],
  ],
  /** For a failed request. */
  storm: [
    ["ground", "M24 114c0-8 34-13 76-13s76 5 76 13-34 13-76 13-76-5-76-13z"],
    ["stone", "M62 76a19 19 0 0 1 4-37 28 28 0 0 1 52-4 21 21 0 0 1 22 41z"],
    ["flame", "M104 60 86 88h13l-6 22 22-30h-13l8-20z"],
    ["line", "M66 88l-5 12M78 90l-4 10M128 88l-5 12M140 86l-4 10"],
  ],
} as const;

export type Scene = keyof typeof scenes;

/** A small drawing for an empty place. */
export function scene(name: Scene): HTMLElement {
  const paths = scenes[name].map(([kind, d]) => svg("path", { class: `scene-${kind}`, d }));
  return h(
    "div",
    { class: "scene", "aria-hidden": "true" },
    svg("svg", { viewBox: "0 0 200 136" }, paths),
  );
}
