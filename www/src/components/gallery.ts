import type { Mastodon, MediaAttachment, Status } from "mastodon-wasm";
import { h } from "../dom.ts";
import { icon } from "../icons.ts";
import { openLightbox } from "./lightbox.ts";

/** The images, videos and audio of a status, covered if the author marked them as sensitive. */
export function gallery(m: Mastodon, status: Status): HTMLElement | null {
  const media = status.media_attachments;
  if (media.length === 0) return null;
  const tiles = media.map((attachment, index) => tile(m, media, attachment, index));
  const element = h("div", { class: `gallery gallery-${Math.min(media.length, 4)}` }, tiles);
  const only = media.length === 1 ? media[0] : undefined;
  const aspect = only && aspectOf(only);
  if (aspect) element.style.setProperty("--aspect", String(Math.min(Math.max(aspect, 0.8), 2.2)));
  if (status.sensitive) cover(element);
  return element;
}

function aspectOf(attachment: MediaAttachment): number | undefined {
  const size = attachment.meta?.original ?? attachment.meta?.small;
  const known = size && "width" in size && size.width && size.height;
  return known ? size.width / size.height : undefined;
}

/**
 * Another type would become a class chosen by the instance, and could look like a part of this
 * page.
 */
const kinds = new Set<string>(["image", "gifv", "video", "audio"]);

function tile(
  m: Mastodon,
  media: MediaAttachment[],
  attachment: MediaAttachment,
  index: number,
): HTMLElement {
  const figure = h(
    "figure",
    { class: kinds.has(attachment.type) ? `tile tile-${attachment.type}` : "tile tile-unknown" },
    content(media, attachment, index),
  );
  if (attachment.blurhash) void drawBlurhash(m, attachment, figure);
  if (attachment.description && attachment.type !== "audio") {
    figure.append(
      h(
        "span",
        { class: "tile-badge", title: attachment.description, "aria-hidden": "true" },
        "ALT",
      ),
    );
  }
  return figure;
}

function content(
  media: MediaAttachment[],
  attachment: MediaAttachment,
  index: number,
): HTMLElement {
  const label = attachment.description ?? "";
  switch (attachment.type) {
    case "image":
      return h(
        "button",
        {
          class: "tile-open",
          type: "button",
          "aria-label": label ? `Picture: ${label}` : "Picture without a description",
          onclick: () => openLightbox(media, index),
        },
        picture(attachment),
      );
    case "gifv":
      return player(attachment, {
        autoplay: !reducedMotion(),
        loop: true,
        muted: true,
        controls: reducedMotion(),
      });
    case "video":
      return player(attachment, { controls: true, preload: "metadata" });
    case "audio":
      return h("audio", {
        src: attachment.url,
        controls: true,
        preload: "metadata",
        "aria-label": label || "Sound",
      });
    default: {
      const href = attachment.remote_url ?? attachment.url;
      return h(
        "a",
        { class: "tile-unknown", href, target: "_blank", rel: "noopener noreferrer" },
        icon("external"),
        "Open the attachment",
      );
    }
  }
}

function picture(attachment: MediaAttachment): HTMLImageElement {
  const image = h("img", {
    src: attachment.preview_url ?? attachment.url,
    alt: attachment.description ?? "",
    loading: "lazy",
    draggable: "false",
  });
  const { x, y } = attachment.meta?.focus ?? {};
  if (x != null && y != null) image.style.objectPosition = `${(x + 1) * 50}% ${(1 - y) * 50}%`;
  const shown = () => image.classList.add("loaded");
  image.addEventListener("load", shown);
  if (image.complete) shown();
  return image;
}

/** Shows the blurhash of an image until it is loaded. */
async function drawBlurhash(
  m: Mastodon,
  attachment: MediaAttachment,
  figure: HTMLElement,
): Promise<void> {
  try {
    const pixels = await m.decodeBlurhash(attachment);
    const { width, height } = pixels;
    const canvas = h("canvas", { class: "blurhash", width, height, "aria-hidden": "true" });
    canvas.getContext("2d")?.putImageData(new ImageData(pixels, width, height), 0, 0);
    figure.prepend(canvas);
  } catch {
    // Without a valid hash, the tile keeps its plain color.
  }
}

function player(
  attachment: MediaAttachment,
  settings: Record<string, string | boolean>,
): HTMLVideoElement {
  return h("video", {
    src: attachment.url,
    poster: attachment.preview_url,
    playsinline: true,
    "aria-label": attachment.description ?? "Video",
    ...settings,
  });
}

function reducedMotion(): boolean {
  return matchMedia("(prefers-reduced-motion: reduce)").matches;
}

function cover(element: HTMLElement): void {
  element.classList.add("covered");
  element.inert = false;
  const tiles = [...element.children] as HTMLElement[];
  const set = (covered: boolean) => {
    element.classList.toggle("covered", covered);
    for (const each of tiles) each.inert = covered;
    show.hidden = !covered;
    hide.hidden = covered;
  };
  const show = h(
    "button",
    { class: "gallery-cover", type: "button", onclick: () => set(false) },
    icon("eyeOff", 22),
    h("strong", null, "Sensitive content"),
    h("span", null, "Select to view"),
  );
  const hide = h(
    "button",
    {
      class: "gallery-hide icon-button",
      type: "button",
      "aria-label": "Hide the pictures",
      onclick: () => set(true),
    },
    icon("eyeOff", 18),
  );
  element.append(show, hide);
  set(true);
}
