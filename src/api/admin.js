// For moderators: options that the server wants in another form.
import { illegal } from "../client/call.js";
import { byId } from "./notifications.js";

/** The server wants a flag for each status of an account. */
function flagStatus(call) {
  call.set(call.take("status") ?? "active", true);
}

/** A measure is asked for by its name in `keys`, and by what it is about where that is a thing. */
function withKeys(call) {
  const keys = [];
  for (const [name, [wire, value]] of [...call.given]) {
    if (wire) continue;
    call.take(name);
    if (value === false) continue;
    keys.push(name);
    if (value !== true) call.set(name, { [name.startsWith("tag") ? "id" : "domain"]: value });
  }
  if (!keys.length) throw illegal(call.name, "name at least one thing to ask for in the options");
  call.set("keys", keys);
}

export const admin = {
  adminAccounts: flagStatus,
  adminAccountsV1: flagStatus,
  adminMeasures: withKeys,
  adminDimensions: withKeys,
  adminDomainBlocks: byId,
  adminCreateDomainBlock(call) {
    if (!/^(?!.*:\/\/)./s.test(call.get("domain"))) {
      throw illegal(call.name, '`domain` must be a name such as "example.org", without `https://`');
    }
  },
};
