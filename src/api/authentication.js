// Applications, tokens and accounts: https://docs.joinmastodon.org/methods/oauth/
import {
  addSecret,
  asApplication,
  challenge,
  discover,
  hideSecrets,
  needsApplication,
  OUT_OF_BAND,
  sendOAuth,
  takeScopes,
  token,
  tokenOf,
} from "../auth/oauth.js";
import { forget } from "../auth/storage.js";
import { illegal, request } from "../client/call.js";
import { answer, exchange, query, send } from "../client/send.js";

/** A verifier as RFC 7636 (4.1) has it. */
export const isVerifier = (text) => /^[\w.~-]{43,128}$/.test(text);

function uris(call) {
  const given = call.take("redirect_uris") ?? [OUT_OF_BAND];
  if (!given.length) throw illegal(call.name, "`redirect_uris` must name an address");
  return given;
}

/** `logIn` and `logInApp`: gets a token and keeps it. */
async function logIn(call) {
  const grant =
    call.name === "logInApp"
      ? "client_credentials"
      : call.has("username") && call.has("password")
        ? "password"
        : call.has("code")
          ? "authorization_code"
          : call.has("refresh_token") && "refresh_token";
  if (!grant) {
    const message = "pass `code`, or `username` and `password`, or `refresh_token`";
    throw illegal(call.name, message);
  }
  needsApplication(call);
  const scopes = takeScopes(call);
  await discover(call, "token_endpoint");
  const { state } = call;
  state.access_token = await token(call, grant, scopes);
  return state.access_token;
}

/** Revokes the client's token, which the client then forgets. */
async function revoke(call) {
  const { name, scope, state } = call;
  const own = state.access_token;
  if (!own) throw illegal(name, "the client has no token");
  needsApplication(call);
  await discover(call, "revocation_endpoint");
  addSecret(asApplication(call), "token", own);
  try {
    await sendOAuth(call);
  } catch (failed) {
    // A server may do it and keep its answer from web pages. The token itself tells.
    const probe = exchange(scope, request(name, "/api/v1/apps/verify_credentials"));
    const status = await probe.then(
      (reply) => reply.status,
      () => 0,
    );
    if (status !== 401) throw failed;
  }
  state.access_token = undefined;
}

export const authentication = {
  createApp(call) {
    const scopes = takeScopes(call);
    // One a line: servers before 4.3 know no list.
    const addresses = uris(call).join("\n");
    call.build().pairs.push(["scopes", scopes]);
    // Nothing in it is a secret, but the answer has one: it must not come from elsewhere.
    addSecret(call, "redirect_uris", addresses);
    return send(call.scope, call);
  },

  async authRequestUrl(call) {
    const { name, state } = call;
    const scopes = takeScopes(call);
    const [uri] = uris(call);
    const verifier = call.take("code_verifier");
    if (!call.has("client_id")) {
      if (!state.client_id)
        throw illegal(name, "the client has no `client_id`; `createApp` gives one");
      call.set("client_id", state.client_id);
    }
    if (verifier !== undefined) {
      if (call.has("code_challenge") || !isVerifier(verifier)) {
        throw illegal(
          name,
          "`code_verifier` must be 43 to 128 of A-Z a-z 0-9 - . _ ~, and stand without a `code_challenge`",
        );
      }
      call.set("code_challenge", await challenge(verifier));
    }
    if (!call.take("skip_server_info")) await discover(call, "authorization_endpoint");
    if (call.has("code_challenge"))
      call.set("code_challenge_method", "S256", "code_challenge_method");
    call.set("redirect_uri", uri);
    call.set("scope", scopes);
    const { path } = call;
    call.build().path = path;
    return state.origin + path + query(call);
  },

  logIn,
  logInApp: logIn,
  revokeAccessToken: revoke,

  async logOut(call) {
    const { state } = call;
    const own = state.access_token;
    if (!own) return;
    try {
      await revoke(call);
    } finally {
      state.access_token = undefined;
      if (state.storage) await forget(state.storage, own);
    }
  },

  async oauthUserinfo(call) {
    await discover(call, "userinfo_endpoint");
    return send(call.scope, call.build());
  },

  async oauthAuthorizationServerInfo(call) {
    call.build().auth = null;
    const reply = await exchange(call.scope, call);
    try {
      return answer(call.state, call, reply);
    } catch (error) {
      // Not there, or some page of the server where it should be.
      if (reply.status < 429) return {};
      throw error;
    }
  },

  async createAccount(call) {
    const { name, scope, state } = call;
    needsApplication(call);
    const scopes = takeScopes(call);
    const application = Object.assign(Object.create(call), {
      path: "/oauth/token",
      given: new Map(),
      defaults: [],
      key: undefined,
      secrets: [],
    });
    const auth = await token(application, "client_credentials", scopes);
    call.build().auth = auth;
    hideSecrets(call);
    const given = await send(scope, call);
    state.access_token = tokenOf(given, scopes, { name, path: call.path });
    return state.access_token;
  },

  persistableLoginCredentials({ state }) {
    const kept = { api_base_url: state.origin };
    for (const name of ["client_id", "client_secret", "access_token"])
      if (state[name] !== undefined) kept[name] = state[name];
    return kept;
  },
};
