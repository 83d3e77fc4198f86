// Accounts: what is more than one request, or needs a file made ready.

import { idOf, request } from "../client/call.js";
import { ownId, send } from "../client/send.js";
import { create, NOT_FOUND } from "../error.js";
import { segment } from "../params/encode.js";
import { complete } from "../params/upload.js";

/** The pictures of a profile, with the types that were given beside them. */
function withPictures(call) {
  complete(call, "avatar", "avatar_mime_type");
  complete(call, "header", "header_mime_type");
}

export const accounts = {
  accountUpdateCredentials: withPictures,
  profileUpdate: withPictures,

  /** Looks the handle up, then follows. */
  async follows(call) {
    const { key, name, scope } = call;
    call.key = undefined;
    const found = (await send(scope, call.build()))?.[0];
    if (!found?.id) throw create(NOT_FOUND, `${name}: nobody with this handle was found`);
    const path = `/api/v1/accounts/${segment(String(found.id))}/follow`;
    return send(scope, request(name, path, { verb: "POST", repeatable: false, key }));
  },

  /** Null is for the account's own id. */
  async accountInCollections(call) {
    const id = call.get("id");
    call.set("id", id === null ? await ownId(call.scope) : idOf(call.name, "id", id));
    return send(call.scope, call.build());
  },
};
