/** The children of an element; `null` and `false` are ignored. */
export type Child = Node | string | number | null | undefined | false | Child[];

type Handlers = {
  [Name in keyof HTMLElementEventMap as `on${Name}`]?: (event: HTMLElementEventMap[Name]) => void;
};
type Attribute = string | number | boolean | null | undefined;
export type Properties = Handlers & { [attribute: string]: Attribute | ((event: never) => void) };

/** Builds an element: `h("a", { href: "#/home", onclick: close }, "Home")`. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  properties?: Properties | null,
  ...children: Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  assign(element, properties);
  add(element, children);
  return element;
}

/** The same for SVG. */
export function svg<Tag extends keyof SVGElementTagNameMap>(
  tag: Tag,
  attributes?: Record<string, Attribute> | null,
  ...children: Child[]
): SVGElementTagNameMap[Tag] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  assign(element, attributes);
  add(element, children);
  return element;
}

/** Replaces everything inside `element` with `children`. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren();
  add(element, children);
}

/** Whether a URL is http or https. */
export function isWeb(address: string): boolean {
  return URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);
}

/** Only links within this page, and http or https, because the URL may come from an instance. */
function isLink(address: string): boolean {
  return address.startsWith("#") || isWeb(address);
}

function assign(element: Element, properties: Properties | null | undefined): void {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (name === "href" && !isLink(String(value))) continue;
    if (typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (value === true) {
      element.setAttribute(name, "");
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, String(value));
    }
  }
}

/**
 * An element for each item. An instance may send anything: an item that cannot be rendered is replaced by a
 * note, and does not affect the others.
 */
export function drawEach<Item>(items: Item[], draw: (item: Item) => HTMLElement): HTMLElement[] {
  return items.map((item) => {
    try {
      return draw(item);
    } catch (error) {
      console.warn("an item cannot be shown", error);
      return h("article", { class: "status broken" }, "The instance sent something unreadable.");
    }
  });
}

function add(parent: Element, children: Child[]): void {
  for (const child of children) {
    if (Array.isArray(child)) add(parent, child);
    else if (child !== null && child !== undefined && child !== false) {
      parent.append(child instanceof Node ? child : String(child));
    }
  }
}
