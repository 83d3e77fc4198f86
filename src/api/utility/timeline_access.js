/** Whether a kind of timeline can be read, by what an instance says; undefined says nothing. */
export function isOpen(instance, timeline, local, remote, withAuth) {
  const feeds =
    { hashtag: "hashtag_feeds", trending_links: "trending_link_feeds" }[timeline] ?? "live_feeds";
  const access = instance?.configuration?.timelines_access?.[feeds];
  const open = (part) =>
    access?.[part] !== "disabled" && (withAuth || access?.[part] !== "authenticated");
  const either = local === remote;
  return ((local || either) && open("local")) || ((remote || either) && open("remote"));
}
