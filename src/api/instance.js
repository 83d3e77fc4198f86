// Instances, and what they say of themselves beside the API.
import { illegal, request } from "../client/call.js";
import { answer, exchange, send } from "../client/send.js";

/** Whether what `/health` says is that all is well: `OK`, `"OK"`, `success`, `{"status":"OK"}`. */
const isWell = (text) => /^\W*(status\W+)?(ok|success)\W*$/i.test(text);

/** The path under which the nodeinfo of a schema is, by what `/.well-known/nodeinfo` says. */
function nodeinfoPath(known, schema, origin) {
  const links = Array.isArray(known?.links) ? known.links : [];
  const href = links.find((link) => link?.rel === schema)?.href;
  if (typeof href !== "string" || !URL.canParse(href, origin)) return;
  const url = new URL(href, origin);
  return url.pathname + url.search;
}

export const instance = {
  instanceTermsOfService(call) {
    if (call.has("date")) call.path += "/{date}";
  },

  async instanceHealth(call) {
    const reply = await exchange(call.scope, call.build());
    answer(call.state, call, reply);
    return isWell(reply.text);
  },

  async instanceNodeinfo(call) {
    const { name, scope, state } = call;
    const schema = call.take("schema") ?? "http://nodeinfo.diaspora.software/ns/schema/2.0";
    const path = nodeinfoPath(await send(scope, call.build()), schema, state.origin);
    if (!path) throw illegal(name, `the server has no \`${schema}\``);
    return send(scope, request(name, path));
  },

  /** The streaming server may have an address of its own, and gets no token. */
  async streamHealthy(call) {
    call.path = call.take("url");
    call.auth = null;
    call.pairs = [];
    const { status, text } = await exchange(call.scope, call);
    return status === 200 && isWell(text);
  },
};
