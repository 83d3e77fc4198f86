import type { Mastodon, MediaAttachment } from "mastodon-wasm";
import { fill, h } from "../dom.ts";
import { icon } from "../icons.ts";
import { describe, isAbort } from "../problem.ts";

const pollInterval = 800;

interface Attachment {
  element: HTMLElement;
  description: string;
  /** The uploaded media; rejects if the upload failed. */
  media: Promise<MediaAttachment>;
}

export interface Attachments {
  element: HTMLElement;
  readonly count: number;
  add(files: Iterable<File>): void;
  /** Waits for the uploads, sends the descriptions, and returns the ids for the status. */
  ids(): Promise<string[]>;
}

/** The images of a new status, each uploaded as soon as it is chosen. */
export function attachments(m: Mastodon, limit: number, onChange: () => void): Attachments {
  const all = new Set<Attachment>();
  const element = h("div", { class: "attachments", hidden: true });

  const changed = () => {
    element.hidden = all.size === 0;
    onChange();
  };

  const add = (file: File) => {
    const controller = new AbortController();
    const address = URL.createObjectURL(file);
    const state = h("p", { class: "attachment-state", role: "status" });
    const tries = { again: () => {} };

    const start = () => {
      const uploading = upload(m, file, controller.signal, (name) => {
        card.dataset.state = name;
        fill(
          state,
          h("span", { class: "spinner" }),
          name === "uploading" ? "Uploading" : "Processing",
        );
      });
      uploading.then(
        () => {
          card.dataset.state = "ready";
          fill(state, icon("check", 16), "Ready");
        },
        (error) => {
          if (isAbort(error)) return;
          card.dataset.state = "failed";
          const retry = h(
            "button",
            { class: "text-button", type: "button", onclick: tries.again },
            "Try again",
          );
          const { title, message } = describe(error);
          state.title = message;
          fill(state, icon("alert", 16), title, retry);
        },
      );
      return uploading;
    };

    const remove = () => {
      controller.abort();
      URL.revokeObjectURL(address);
      all.delete(attachment);
      card.remove();
      changed();
    };

    const description = h("textarea", {
      class: "attachment-description",
      rows: 2,
      maxlength: 1500,
      placeholder: "Describe it for people who cannot see it",
      "aria-label": `Description of ${file.name}`,
      oninput: () => {
        attachment.description = description.value.trim();
      },
    });
    const preview = file.type.startsWith("image/")
      ? h("img", { src: address, alt: "" })
      : h("video", { src: address, muted: true, preload: "metadata" });
    const card = h(
      "div",
      { class: "attachment", role: "group", "aria-label": file.name },
      preview,
      h("div", { class: "attachment-side" }, description, state),
      h(
        "button",
        {
          class: "icon-button attachment-remove",
          type: "button",
          "aria-label": `Remove ${file.name}`,
          onclick: remove,
        },
        icon("close", 16),
      ),
    );
    const attachment: Attachment = { element: card, description: "", media: start() };
    tries.again = () => {
      attachment.media = start();
      changed();
    };
    all.add(attachment);
    element.append(card);
    changed();
  };

  return {
    element,
    get count() {
      return all.size;
    },
    add(files) {
      for (const file of files) if (all.size < limit) add(file);
    },
    ids() {
      return Promise.all(
        [...all].map(async ({ media, description }) => {
          const { id } = await media;
          if (description) await m.mediaUpdate(id, { description });
          return id;
        }),
      );
    },
  };
}

/**
 * Uploads a file, and waits until the instance has processed it: until then it cannot be posted.
 */
async function upload(
  m: Mastodon,
  file: File,
  signal: AbortSignal,
  onState: (state: "uploading" | "processing") => void,
): Promise<MediaAttachment> {
  onState("uploading");
  let media = await m.mediaPost(file, { signal });
  while (!media.url) {
    onState("processing");
    await new Promise((resolve) => setTimeout(resolve, pollInterval));
    media = await m.media(media.id, { signal });
  }
  return media;
}
