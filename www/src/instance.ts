import type { Mastodon } from "mastodon-wasm";
import type { InstanceFacts } from "./app.ts";

/**
 * Reads the limits of the instance. Old instances and forks may send none: Mastodon's are the
 * defaults.
 */
export async function describeInstance(m: Mastodon): Promise<InstanceFacts> {
  const instance = await m.instance();
  const { statuses, polls } = instance.configuration ?? {};
  return {
    title: instance.title,
    domain: "domain" in instance ? instance.domain : instance.uri,
    maxCharacters: statuses?.max_characters ?? 500,
    maxPictures: statuses?.max_media_attachments ?? 4,
    maxPollOptions: polls?.max_options ?? 4,
  };
}
