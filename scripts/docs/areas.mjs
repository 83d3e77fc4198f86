// The areas of the methods: the parts of the reference and of the tables.
import { pythonMethods } from "./mastodon-py.mjs";

/** In the order of the pages. */
export const AREAS = {
  authentication: "Applications and authentication",
  timeline: "Timelines",
  statuses: "Statuses",
  media: "Media",
  polls: "Polls",
  accounts: "Accounts",
  profile: "Profile",
  relationships: "Relationships",
  endorsements: "Endorsements",
  lists: "Lists",
  collections: "Collections",
  hashtags: "Hashtags",
  favourites: "Favourites and bookmarks",
  conversations: "Conversations",
  notifications: "Notifications",
  push: "Push",
  filters: "Filters",
  search: "Search",
  trends: "Trends",
  suggestions: "Suggestions",
  reports: "Reports",
  preferences: "Preferences and markers",
  annual_reports: "Annual reports",
  instance: "The instance",
  admin: "Administration",
  streaming: "Streaming",
  async_refresh: "Async refreshes",
  client: "The client itself",
  utility: "Pagination, versions, and what is computed locally",
};

/** The areas of methods that Mastodon.py does not have. */
const OURS = {
  accountEndorsements: "endorsements",
  accountEmailSubscribe: "accounts",
  emailCheckConfirmation: "accounts",
  adminReportUpdate: "admin",
  adminTag: "admin",
  adminTags: "admin",
  adminTagUpdate: "admin",
  adminApproveTrendingLinkPublisher: "admin",
  adminRejectTrendingLinkPublisher: "admin",
  adminTrendingLinkPublishers: "admin",
  conversationsDelete: "conversations",
  conversationsUnread: "conversations",
  filterKeywordV2: "filters",
  updateFilterKeywordV2: "filters",
  instancePrivacyPolicy: "instance",
  donationCampaigns: "instance",
  invite: "instance",
  peersSearch: "instance",
  oembed: "instance",
  mediaDelete: "media",
  notificationsDelete: "notifications",
  notificationsDeleteMultiple: "notifications",
  domainBlocksPreview: "relationships",
  finishLogin: "authentication",
  logInApp: "authentication",
  logOut: "authentication",
  restore: "authentication",
  savedLogins: "authentication",
  startLogin: "authentication",
  close: "client",
  connect: "client",
  constructor: "client",
  free: "client",
  request: "client",
  toJSON: "client",
  toString: "client",
  "[dispose]": "client",
};

let areas;

/** The area of one of our methods; undefined if it has none. */
export function areaOf(name) {
  areas ??= new Map([
    ...pythonMethods().map(({ here, area }) => [here, area]),
    ...Object.entries(OURS),
  ]);
  return areas.get(name);
}
