import type { CompletePoll, Poll, Status } from "mastodon-wasm";
import type { App } from "../app.ts";
import { fill, h } from "../dom.ts";
import { plainText } from "../html.ts";
import { icon } from "../icons.ts";
import { fullDate, shortCount, timeLeft } from "../time.ts";
import { toastError } from "./toast.ts";

/** A poll: its options, or its results after the vote or the end. */
export function pollOf(app: App, status: Status, first: CompletePoll): HTMLElement {
  const element = h("div", { class: "poll" });
  let resultsWanted = false;
  let current = first;

  const draw = () => {
    const poll = current;
    const open = !poll.expired && !poll.voted && status.account.id !== app.me.id;
    if (open && !resultsWanted) fill(element, ballot(poll), foot(poll, open));
    else fill(element, results(poll), foot(poll, open));
  };

  const take = (answer: Poll) => {
    const poll = { ...current, ...answer };
    current = poll;
    const known = app.statuses.get(status.id) ?? status;
    app.statuses.put({ ...known, poll });
    draw();
  };

  const ballot = (poll: CompletePoll) => {
    const vote = h(
      "button",
      { class: "button button-small", type: "submit", disabled: true },
      "Vote",
    );
    const chosen = () =>
      [...form.querySelectorAll<HTMLInputElement>("input:checked")].map((input) =>
        Number(input.value),
      );
    const form = h(
      "form",
      {
        class: "poll-ballot",
        onchange: () => {
          vote.disabled = chosen().length === 0;
        },
        onsubmit: async (event) => {
          event.preventDefault();
          vote.disabled = true;
          try {
            take(await app.m.pollVote(poll, chosen()));
          } catch (error) {
            vote.disabled = false;
            toastError(error, "The vote did not count");
          }
        },
      },
      poll.options.map((option, index) =>
        h(
          "label",
          { class: "poll-choice" },
          h("input", {
            type: poll.multiple ? "checkbox" : "radio",
            name: `poll-${poll.id}`,
            value: index,
          }),
          h("span", null, plainText(option.title, poll.emojis)),
        ),
      ),
      vote,
    );
    return form;
  };

  const foot = (poll: CompletePoll, open: boolean) => {
    const people = poll.voters_count ?? poll.votes_count;
    const toggle = () => {
      resultsWanted = !resultsWanted;
      draw();
    };
    return h(
      "p",
      { class: "poll-foot" },
      `${shortCount(people)} ${people === 1 ? "person" : "people"}`,
      poll.expires_at &&
        h(
          "span",
          { title: fullDate(poll.expires_at) },
          ` · ${poll.expired ? "closed" : timeLeft(poll.expires_at)}`,
        ),
      open &&
        h(
          "button",
          { class: "text-button", type: "button", onclick: toggle },
          resultsWanted ? "Vote" : "See results",
        ),
    );
  };

  draw();
  return element;
}

function results(poll: CompletePoll): HTMLElement {
  const total = poll.multiple ? (poll.voters_count ?? poll.votes_count) : poll.votes_count;
  const most = Math.max(...poll.options.map((option) => option.votes_count ?? 0));
  return h(
    "ul",
    { class: "poll-results", role: "list" },
    poll.options.map((option, index) => {
      const share = total ? (option.votes_count ?? 0) / total : 0;
      const mine = poll.own_votes?.includes(index);
      const winner = most > 0 && option.votes_count === most;
      const bar = h("span", { class: "poll-bar" });
      bar.style.setProperty("--share", String(share));
      return h(
        "li",
        { class: winner ? "poll-result poll-winner" : "poll-result" },
        bar,
        h(
          "span",
          { class: "poll-title" },
          plainText(option.title, poll.emojis),
          mine && icon("check", 16),
          mine && h("span", { class: "visually-hidden" }, "your choice"),
        ),
        h(
          "span",
          { class: "poll-share" },
          option.votes_count === null ? "–" : `${Math.round(share * 100)} %`,
        ),
      );
    }),
  );
}
