// Polls, put together.
export const polls = {
  makePoll: (call) => ({
    ...call.sent(),
    multiple: !!call.get("multiple"),
    hide_totals: !!call.get("hide_totals"),
  }),
};
