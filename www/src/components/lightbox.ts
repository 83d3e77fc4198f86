import type { MediaAttachment } from "mastodon-wasm";
import { fill, h } from "../dom.ts";
import { icon } from "../icons.ts";

/** Shows images in full size; arrow keys move to the next or previous one. */
export function openLightbox(media: MediaAttachment[], start: number): void {
  const pictures = media.filter((each) => each.type === "image");
  let at = Math.max(0, pictures.indexOf(media[start] as MediaAttachment));
  const stage = h("div", { class: "lightbox-stage" });
  const dialog = h("dialog", { class: "lightbox", "aria-label": "Picture" });
  const step = (by: number) => {
    at = (at + by + pictures.length) % pictures.length;
    draw();
  };
  const draw = () => {
    const current = pictures[at];
    if (!current) return;
    fill(
      stage,
      h("img", { src: current.url ?? current.preview_url, alt: current.description ?? "" }),
      current.description && h("p", { class: "lightbox-caption" }, current.description),
    );
  };
  const button = (label: string, name: "back" | "close", kind: string, onclick: () => void) =>
    h(
      "button",
      { class: `lightbox-button ${kind}`, type: "button", "aria-label": label, onclick },
      icon(name, 26),
    );
  dialog.append(
    stage,
    button("Close", "close", "lightbox-close", () => dialog.close()),
  );
  if (pictures.length > 1) {
    dialog.append(
      button("Previous picture", "back", "lightbox-previous", () => step(-1)),
      button("Next picture", "back", "lightbox-next", () => step(1)),
    );
  }
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target === stage) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  draw();
  document.body.append(dialog);
  dialog.showModal();
}
