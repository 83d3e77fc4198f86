// Reports to moderators.

import { send, serverVersion } from "../client/send.js";
import { create, VERSION } from "../error.js";

export const reports = {
  async reports(call) {
    if ((await serverVersion(call.scope)) >= 2005000)
      throw create(VERSION, "reports: Mastodon has had this no more since 2.5.0");
    return send(call.scope, call.build());
  },
};
