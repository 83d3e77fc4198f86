// Files: made ready, sent, and waited for.

import { idOf, request } from "../client/call.js";
import { isOlder, send, tooOld } from "../client/send.js";
import { segment } from "../params/encode.js";
import { complete } from "../params/upload.js";

/** How long to wait for the server to process a file before asking, in milliseconds; doubled each time. */
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 5000;

/** Thumbnails came with this version; before it, they were passed over in silence. */
const THUMBNAILS = 3002000;

function withThumbnail(call) {
  const { name, state } = call;
  if (call.has("thumbnail") && isOlder(state, THUMBNAILS))
    throw tooOld(name, THUMBNAILS, state.version);
  complete(call, "thumbnail", "thumbnail_mime_type");
}

export const media = {
  mediaUpdate: withThumbnail,

  mediaPost(call) {
    complete(call, "media_file", "mime_type", "file_name");
    withThumbnail(call);
    return upload(call);
  },
};

async function upload(call) {
  const { name, scope } = call;
  const synchronous = call.take("synchronous");
  let result = await send(scope, call.build());
  for (let pause = FIRST_PAUSE; synchronous && typeof result?.url !== "string"; ) {
    await scope.sleep(pause);
    pause = Math.min(pause * 2, LONGEST_PAUSE);
    const id = segment(idOf(name, "id", result));
    result = await send(scope, request(name, `/api/v1/media/${id}`));
  }
  return result;
}
