// Timelines by their names.
import { refused } from "../error.js";

const TIMELINES = "/api/v1/timelines/";

export const timeline = {
  timeline(call) {
    let name = call.take("timeline") ?? "home";
    if (name.startsWith("tag/#")) {
      const expected = "the name of a timeline, with a hashtag without its #";
      throw refused(call.name, "timeline", expected, name);
    }
    if (name.startsWith("link?url=")) {
      call.path = `${TIMELINES}link`;
      call.set("url", name.slice(9));
      return;
    }
    if (name === "local") {
      name = "public";
      call.set("local", true, "local");
    }
    const [, of, rest] = /^(tag|list)\/(.*)$/s.exec(name) ?? [];
    call.path = `${TIMELINES}${of ? `${of}/` : ""}{timeline}`;
    call.set("timeline", of ? rest : name, "timeline");
  },
};
