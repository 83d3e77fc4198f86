// What an application needs beside requests: versions, clocks, counting, decoding.
import { illegal } from "../client/call.js";
import { answer, askVersion, exchange, serverVersion, setVersion } from "../client/send.js";
import { parseVersion } from "../client/version.js";
import { API, create, refused, VERSION } from "../error.js";
import { hide } from "../page.js";
import { draw, gamma, parse } from "./utility/blurhash.js";
import { statusLength } from "./utility/status_length.js";
import { isOpen } from "./utility/timeline_access.js";

/** The version of Mastodon whose API this package covers. */
const SUPPORTED = "4.6.0";

/** The longest side of a decoded blurhash: more is a mistake, and memory that may not be there. */
const LONGEST_SIDE = 4096;

const inBounds = (side) => side > 0 && side <= LONGEST_SIDE;

export const utility = {
  async retrieveMastodonVersion(call) {
    const { name, scope, state } = call;
    const hard = call.get("fail_hard");
    let text;
    try {
      text = await askVersion(scope);
      if (text === undefined && hard)
        throw create(VERSION, `${name}: the server does not tell its version`);
    } catch (error) {
      // Not where the caller ended the call.
      if (hard || scope.over) throw error;
    }
    text ??= "1.0.0";
    setVersion(state, text);
    return text;
  },

  async verifyMinimumVersion(call) {
    const { name, scope, state } = call;
    const wanted = call.get("version_str");
    if (!/^\d/.test(wanted)) throw illegal(name, '`version_str` must be a version such as "4.3.0"');
    let have;
    if (call.get("cached")) have = await serverVersion(scope);
    else {
      const text = (await askVersion(scope)) ?? "1";
      setVersion(state, text);
      have = parseVersion(text);
    }
    return have >= parseVersion(wanted);
  },

  async getApproxServerTime(call) {
    call.build().auth = null;
    const { header } = await exchange(call.scope, call);
    const date = new Date(header("date") ?? NaN);
    if (Number.isNaN(date.getTime())) {
      throw create(
        API,
        `${call.name}: the answer has no \`Date\` header, or this page may not see it`,
      );
    }
    return date;
  },

  async timelineIsAvailable(call) {
    const { scope, state } = call;
    const [timeline, local = false, remote = false, withAuth, hard] = [
      "timeline",
      "local",
      "remote",
      "with_auth",
      "fail_hard",
    ].map((name) => call.get(name));
    let instance;
    try {
      instance = answer(state, call.build(), await exchange(scope, call));
    } catch (error) {
      if (hard || scope.over) throw error;
    }
    return isOpen(instance, timeline, local, remote, withAuth ?? !!state.access_token);
  },

  getSupportedVersion: () => SUPPORTED,

  setLanguage(call) {
    call.state.lang = call.get("lang");
  },

  clearCaches({ state }) {
    state.own = undefined;
    if (!state.givenVersion) state.version = undefined;
  },

  getStatusLength: (call) => statusLength(call.get("text"), call.get("spoiler_text") ?? ""),

  async decodeBlurhash(call) {
    const { name } = call;
    const media = call.get("media_dict");
    let hash;
    try {
      hash = typeof media === "string" ? media : media?.blurhash;
    } catch (cause) {
      throw illegal(name, "`media_dict` could not be read", cause);
    }
    const picture = typeof hash === "string" ? parse(hash) : undefined;
    if (!picture) throw refused(name, "media_dict", "a blurhash, or something with one", hash);
    const waves = [picture.columns, picture.rows];
    const sides = (call.get("out_size") ?? "16,16").split(",").map(Number);
    const perWave = call.get("size_per_component") ?? true;
    const [width, height] = sides.map((side, at) => (perWave ? side * waves[at] : side));
    if (!sides.every(Number.isInteger) || !inBounds(width) || !inBounds(height)) {
      const message = "`out_size` must be two whole numbers of pixels, 1 to 4096 in all";
      throw illegal(name, message);
    }
    const size = width * height * 4;
    const pixels = call.get("return_linear")
      ? draw(picture, width, height, new Float32Array(size), 1, (light) => light)
      : draw(picture, width, height, new Uint8ClampedArray(size), 255, gamma());
    hide(pixels, "width", width);
    hide(pixels, "height", height);
    return pixels;
  },
};
