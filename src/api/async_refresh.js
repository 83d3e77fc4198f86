/** What the header said, where a result carries it. */
export function carried(result) {
  const refresh = result?.async_refresh;
  return typeof refresh?.id === "string" ? refresh : undefined;
}

/** Seconds until the server wants to be asked: 3 where it names none, and 300 at most. */
export const pause = (refresh) => Math.min(refresh.retry >= 0 ? refresh.retry : 3, 300);

/** The refresh as the entity that the server gives, and the seconds to wait. */
export function shown(refresh) {
  // A server that was done would not have sent the header.
  return [
    { id: refresh.id, status: "running", result_count: refresh.result_count ?? null },
    pause(refresh),
  ];
}
