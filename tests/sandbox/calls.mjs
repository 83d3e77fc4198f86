// A call of every method that has a route, with what it is about: what is asked of the sandbox to hold its
// answers against what is promised of them.
import assert from "node:assert/strict";
import { Mastodon } from "../../pkg/node.js";

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const CALLBACK = "https://app.example/callback";
const DAY = 86_400_000;
const SCOPES = "read write follow push profile admin:read admin:write";

/** The people that the calls are about, besides those who are always there. */
export const PEOPLE = ["ada", "bea", "cleo", "finn", { username: "dora", locked: true }];

/** Makes the calls. `fetch` is the sandbox's, or one that looks on. */
export async function callEverything(sandbox, fetch) {
  const url = sandbox.url;
  const client = async (name) => {
    const { access_token } = await sandbox.control("POST", "/sandbox/tokens", {
      username: name,
      scopes: SCOPES,
    });
    return new Mastodon({ ...sandbox.as(name), access_token, fetch });
  };
  const names = ["mina", "theo", "yuki", "ada", "bea", "cleo", "dora", "finn"];
  const [mina, theo, yuki, ada, bea, cleo, dora, finn] = await Promise.all(names.map(client));
  await instance(theo, sandbox);
  await accounts({ theo, ada, bea, dora });
  await profiles(theo, url, fetch);
  await statuses({ mina, theo, ada, bea });
  await timelines(theo);
  await lists({ theo, ada });
  await tags(theo);
  await filters(theo);
  await notifications({ theo, yuki, ada, bea, cleo, finn });
  await collections({ theo, ada });
  await reports({ mina, theo, bea });
  await moderation(mina);
  await logins(theo, sandbox, fetch);
}

async function instance(theo, sandbox) {
  await theo.instanceV1();
  await theo.instanceV2();
  await theo.instanceActivity();
  await theo.instancePeers();
  await theo.peersSearch("f");
  await theo.instanceRules();
  await theo.instanceDomainBlocks();
  await theo.instanceExtendedDescription();
  await theo.instancePrivacyPolicy();
  await theo.instanceTermsOfService();
  await theo.instanceTranslationLanguages();
  await theo.instanceLanguages();
  await theo.instanceHealth();
  await theo.instanceNodeinfo();
  await theo.streamHealthy();
  await theo.getApproxServerTime();
  await theo.directory();
  await theo.customEmojis();
  await sandbox.control("POST", "/sandbox/announcements", { text: "High tide at noon" });
  const [announcement] = await theo.announcements();
  await theo.announcementReactionCreate(announcement, "🌊");
  await theo.announcements();
  await theo.announcementReactionDelete(announcement, "🌊");
  await theo.announcementDismiss(announcement);
  await theo.annualReportGenerate(2026);
  await theo.annualReports();
  await theo.annualReport(2026);
  await theo.annualReportState(2026);
  await theo.annualReportRead(2026);
}

async function accounts({ theo, ada, bea, dora }) {
  const me = await theo.me();
  const [her, other, locked] = await Promise.all([ada, bea, dora].map((one) => one.me()));
  const [mina] = (await theo.accountSearch("mina")).filter(({ acct }) => acct === "mina");
  await theo.account(mina);
  await theo.accounts([mina, her]);
  await theo.accountLookup("mina");
  await theo.accountStatuses(mina);
  await theo.accountFollowers(mina);
  await theo.accountFollowing(mina);
  await theo.accountFamiliarFollowers(mina);
  await theo.accountFeaturedTags(mina);
  await theo.accountEndorse(mina);
  await theo.accountEndorsements(me);
  await theo.endorsements();
  await theo.accountUnendorse(mina);
  await theo.accountPin(mina);
  await theo.accountUnpin(mina);
  await theo.accountNoteSet(mina, "Knows mosses");
  await theo.accountRelationships([mina, her]);
  await ada.accountFollow(me);
  await theo.accountRemoveFromFollowers(her);
  await theo.accountFollow(her, { notify: true, languages: ["en"] });
  await theo.accountUnfollow(her);
  await theo.accountBlock(her);
  await theo.blocks();
  await theo.accountUnblock(her);
  await theo.accountMute(her, { duration: 600 });
  await theo.mutes();
  await theo.accountUnmute(her);
  await ada.accountFollow(locked);
  await bea.accountFollow(locked);
  await dora.followRequests();
  await dora.followRequestAuthorize(her);
  await dora.followRequestReject(other);
  await theo.domainBlocksPreview("faro.example");
  await theo.domainBlock("faro.example");
  await theo.domainBlocks();
  await theo.domainUnblock("faro.example");
  const [{ account: suggested }] = await ada.suggestionsV2();
  await ada.suggestionsV1();
  await ada.suggestionDelete(suggested);
}

async function profiles(theo, url, fetch) {
  const avatar = new Blob([PICTURE], { type: "image/png" });
  await theo.accountUpdateCredentials({ avatar, header: avatar, fields: [["Trains", "Night"]] });
  await theo.accountVerifyCredentials();
  await theo.profile();
  await theo.profileUpdate({ note: "Synthesizers and *trains*" });
  await theo.accountDeleteAvatar();
  await theo.accountDeleteHeader();
  await theo.preferences();
  const app = await Mastodon.createApp("A program", { api_base_url: url, fetch });
  const fresh = new Mastodon({ ...app, api_base_url: url, fetch });
  await fresh.logInApp();
  await fresh.createAccount("fresh", "a-long-password", "fresh@example.org", { agreement: true });
  // The sandbox sends no mail, and asks nobody to confirm an address.
  await assert.rejects(fresh.emailResendConfirmation(), { status: 403 });
  await fresh.emailCheckConfirmation();
}

async function statuses({ mina, theo, ada, bea }) {
  const media = await theo.mediaPost(PICTURE, { mime_type: "image/png", synchronous: true });
  await theo.media(media);
  await theo.mediaUpdate(media, { description: "One pixel", focus: [0.5, -0.5] });
  const unused = await theo.mediaPost(PICTURE, { mime_type: "image/png", synchronous: true });
  await theo.mediaDelete(unused);
  const posted = await theo.statusPost("A picture for @mina of #ferns https://faro.example/lamps", {
    media_ids: [media],
    language: "en",
  });
  await theo.statusUpdate(posted, "Another picture for @mina", { spoiler_text: "One pixel" });
  await theo.status(posted);
  await theo.statuses([posted]);
  await theo.statusHistory(posted);
  await theo.statusSource(posted);
  await theo.request("GET", `/api/v1/statuses/${posted.id}/card`);
  await mina.statusFavourite(posted);
  await theo.statusFavouritedBy(posted);
  await mina.statusReblog(posted);
  await theo.statusRebloggedBy(posted);
  await mina.statusBookmark(posted);
  await mina.favourites();
  await mina.bookmarks();
  await mina.statusUnfavourite(posted);
  await mina.statusUnreblog(posted);
  await mina.statusUnbookmark(posted);
  await theo.statusMute(posted);
  await theo.statusUnmute(posted);
  await theo.statusPin(posted);
  await theo.statusUnpin(posted);
  const reply = await ada.statusReply(posted, "What a pixel");
  await ada.statusContext(posted);
  const quoting = await bea.statusPost("Look at this", { quoted_status_id: posted.id });
  await theo.statusQuotes(posted);
  await theo.statusQuoteRevoke(posted, quoting);
  await theo.statusUpdateQuoteApprovalPolicy(posted, "followers");
  await ada.statusDelete(reply);
  // As on most small servers, there is no translator.
  await assert.rejects(mina.statusTranslate(posted), { status: 404 });
  const asked = await theo.statusPost("By night or by day?", {
    poll: theo.makePoll(["By night", "By day"], 3600),
  });
  await ada.pollVote(asked.poll, [0]);
  await theo.poll(asked.poll);
  const at = new Date(Date.parse(posted.created_at) + DAY);
  const scheduled = await theo.statusPost("Tomorrow", { scheduled_at: at });
  await theo.scheduledStatuses();
  await theo.scheduledStatus(scheduled);
  await theo.scheduledStatusUpdate(scheduled, new Date(at.getTime() + DAY));
  await theo.scheduledStatusDelete(scheduled);
}

async function timelines(theo) {
  await theo.timelineHome();
  const remote = (await theo.timelinePublic()).find(({ account }) => account.acct.includes("@"));
  const context = await theo.statusContext(remote);
  await theo.getAsyncRefreshStatus(context);
  await theo.timelineHashtag("ferns");
  const [link] = await theo.trendingLinks();
  await theo.timelineLink(link.url);
  await theo.trendingStatuses();
  await theo.trendingTags();
  await theo.request("GET", "/api/v1/trends");
  await theo.searchV2("ferns", { resolve: false });
  await theo.request("GET", "/api/v1/search", { q: "mina" });
  await theo.markersSet(["home", "notifications"], [link.id ?? "1", "2"]);
  await theo.markersGet();
}

async function lists({ theo, ada }) {
  const me = await ada.me();
  await theo.accountFollow(me);
  const list = await theo.listCreate("Counters", { replies_policy: "followed", exclusive: true });
  await theo.listAccountsAdd(list, [me]);
  await theo.lists();
  await theo.list(list);
  await theo.listUpdate(list, "Computers");
  await theo.listAccounts(list);
  await theo.accountLists(me);
  await ada.statusPost("Two and two");
  await theo.timelineList(list);
  await theo.listAccountsDelete(list, [me]);
  await theo.listDelete(list);
}

async function tags(theo) {
  await theo.tag("ferns");
  await theo.tagFollow("ferns");
  await theo.followedTags();
  await theo.tagUnfollow("ferns");
  await theo.tagFeature("ferns");
  await theo.tagUnfeature("ferns");
  const featured = await theo.featuredTagCreate("ferns");
  await theo.featuredTags();
  await theo.accountFeaturedTags(await theo.me());
  await theo.featuredTagSuggestions();
  await theo.featuredTagDelete(featured);
}

async function filters(theo) {
  const old = await theo.filterCreate("bricks", ["home"], { expires_in: 3600 });
  await theo.filters();
  await theo.filter(old);
  await theo.filterUpdate(old, { phrase: "brick", context: ["home", "public"] });
  await theo.filterDelete(old);
  const [mine] = await theo.accountStatuses(await theo.me());
  const filter = await theo.createFilterV2("Pixels", ["home", "account"], "warn", {
    keywords_attributes: [{ keyword: "pixel", whole_word: true }],
  });
  const keyword = await theo.addFilterKeywordV2(filter, "picture");
  const held = await theo.addFilterStatusV2(filter, mine);
  await theo.filtersV2();
  await theo.filterV2(filter);
  await theo.filterKeywordsV2(filter);
  await theo.filterKeywordV2(keyword);
  await theo.updateFilterKeywordV2(keyword, "pictures");
  await theo.filterStatusesV2(filter);
  await theo.filterStatusV2(held);
  await theo.accountStatuses(await theo.me());
  await theo.updateFilterV2(filter, { title: "Pictures" });
  await theo.deleteFilterKeywordV2(keyword);
  await theo.deleteFilterStatusV2(held);
  await theo.deleteFilterV2(filter);
}

async function notifications({ theo, yuki, ada, bea, cleo, finn }) {
  const [, keys] = await theo.pushSubscriptionGenerateKeys();
  await theo.pushSubscriptionSet("https://push.example/theo", keys, { mention_events: true });
  await theo.pushSubscription();
  await theo.pushSubscriptionUpdate({ follow_events: true });
  await theo.pushSubscriptionDelete();

  const mine = await ada.statusPost("Everybody likes this");
  for (const one of [theo, bea]) await one.statusFavourite(mine);
  await ada.accountFollow(await theo.me());
  await theo.statusPost("@ada and a word");
  const [newest] = await ada.notifications();
  await ada.notifications({ id: newest });
  await ada.notificationsUnreadCount();
  const { notification_groups } = await ada.groupedNotifications();
  const group = notification_groups.find(({ type }) => type === "favourite").group_key;
  await ada.groupedNotifications({ expand_accounts: "partial_avatars" });
  await ada.groupedNotification(group);
  await ada.groupedNotificationAccounts(group);
  await ada.unreadGroupedNotificationsCount();
  await ada.dismissGroupedNotification(group);
  await ada.notificationsDismiss(newest);
  const [next] = await ada.notifications();
  await ada.request("POST", "/api/v1/notifications/dismiss", { id: next.id });
  await ada.notificationsClear();

  await ada.notificationsPolicy();
  await ada.updateNotificationsPolicy({ for_not_following: "filter" });
  const requestsOf = async (people) => {
    for (const one of people) await one.statusPost("@ada hello");
    return ada.notificationRequests();
  };
  const [first, second] = await requestsOf([bea, cleo]);
  await ada.notificationRequest(first);
  await ada.acceptNotificationRequest(first);
  await ada.notificationsMerged();
  await ada.dismissNotificationRequest(second);
  const [third, fourth] = await requestsOf([yuki, finn]);
  await ada.acceptMultipleNotificationRequests([third]);
  await ada.dismissMultipleNotificationRequests([fourth]);

  await theo.statusPost("@ada psst", { visibility: "direct" });
  const [conversation] = await ada.conversations();
  await ada.conversationsRead(conversation);
  await ada.conversationsUnread(conversation);
  await ada.conversationsDelete(conversation);
}

async function collections({ theo, ada }) {
  const [me, her] = [await theo.me(), await ada.me()];
  const { collection } = await theo.collectionCreate("Good people", { tag_name: "kind" });
  const { collection_item } = await theo.collectionItemAdd(collection, her);
  await theo.accountCollections(me);
  await ada.accountInCollections(her);
  await theo.collection(collection);
  await theo.collectionUpdate(collection, { name: "Very good people" });
  await ada.collectionItemRevoke(collection, collection_item);
  const again = await theo.collectionItemAdd(collection, me);
  await theo.collectionItemDelete(collection, again.collection_item);
  await theo.collectionDelete(collection);
}

async function reports({ mina, theo, bea }) {
  const she = await bea.me();
  const bad = await bea.statusPost("Buy my bricks");
  const made = await theo.report(she, { status_ids: [bad], comment: "Bricks", rule_ids: ["1"] });
  await mina.notifications();
  await mina.groupedNotifications();
  await mina.adminReports();
  await mina.adminReport(made);
  await mina.adminReportUpdate(made, { category: "spam" });
  await mina.adminReportAssign(made);
  await mina.adminReportUnassign(made);
  await mina.adminReportResolve(made);
  await mina.adminReportReopen(made);
  await mina.adminAccounts();
  await mina.adminAccountsV1();
  await mina.adminAccountsV2();
  // Nobody waits to be let in.
  await assert.rejects(mina.adminAccountApprove(she), { status: 403 });
  await assert.rejects(mina.adminAccountReject(she), { status: 403 });
  await mina.adminAccount(she);
  await mina.adminAccountModerate(she, { action: "sensitive" });
  await mina.adminAccountUnsensitive(she);
  await mina.adminAccountModerate(she, { action: "silence" });
  await mina.adminAccountUnsilence(she);
  await mina.adminAccountModerate(she, { action: "disable" });
  await mina.adminAccountEnable(she);
  await mina.adminAccountModerate(she, { action: "suspend" });
  await mina.adminAccountUnsuspend(she);
  await mina.adminAccountModerate(she, { action: "suspend" });
  await mina.adminAccountDelete(she);
}

async function moderation(mina) {
  const domain = await mina.adminCreateDomainBlock("spam.example", { severity: "silence" });
  await mina.adminDomainBlocks();
  await mina.adminDomainBlocks({ id: domain });
  await mina.adminUpdateDomainBlock(domain, { public_comment: "Bricks" });
  await mina.adminDeleteDomainBlock(domain);
  const allowed = await mina.adminCreateDomainAllow("kind.example");
  await mina.adminDomainAllows();
  await mina.adminDomainAllow(allowed);
  await mina.adminDeleteDomainAllow(allowed);
  const mail = await mina.adminCreateEmailDomainBlock("bricks.example");
  await mina.adminEmailDomainBlocks();
  await mina.adminEmailDomainBlock(mail);
  await mina.adminDeleteEmailDomainBlock(mail);
  const address = await mina.adminCreateCanonicalEmailBlock({ email: "eve@example.org" });
  await mina.adminCanonicalEmailBlocks();
  await mina.adminCanonicalEmailBlock(address);
  await mina.adminTestCanonicalEmailBlock("eve@example.org");
  await mina.adminDeleteCanonicalEmailBlock(address);
  const ip = await mina.adminCreateIpBlock("8.8.8.0/24", "no_access", { expires_in: 3600 });
  await mina.adminIpBlocks();
  await mina.adminIpBlock(ip);
  await mina.adminUpdateIpBlock(ip, { comment: "Bricks" });
  await mina.adminDeleteIpBlock(ip);

  const [tag] = await mina.adminTrendingTags();
  await mina.adminApproveTrendingTag(tag);
  await mina.adminRejectTrendingTag(tag);
  const [link] = await mina.adminTrendingLinks();
  await mina.adminApproveTrendingLink(link.id);
  await mina.adminRejectTrendingLink(link.id);
  const [status] = await mina.adminTrendingStatuses();
  await mina.adminApproveTrendingStatus(status);
  await mina.adminRejectTrendingStatus(status);
  await mina.adminTags();
  await mina.adminTag(tag);
  await mina.adminTagUpdate(tag, { listable: true });

  const to = new Date(status.created_at);
  const from = new Date(to.getTime() - 6 * DAY);
  await mina.adminMeasures(from, to, { active_users: true, instance_accounts: "faro.example" });
  await mina.adminDimensions(from, to, { servers: true, languages: true });
  await mina.adminRetention(from, to, { frequency: "day" });
}

async function logins(theo, sandbox, fetch) {
  const api_base_url = sandbox.url;
  const options = { api_base_url, fetch, redirect_uris: [CALLBACK], scopes: ["read", "profile"] };
  const app = await Mastodon.createApp("Another program", options);
  const visitor = new Mastodon({ ...app, api_base_url, fetch });
  const page = await visitor.authRequestUrl({ redirect_uris: CALLBACK, scopes: options.scopes });
  await fetch(page);
  const body = new URLSearchParams([...new URL(page).searchParams, ["as", "theo"]]);
  const answer = await fetch(`${api_base_url}/oauth/authorize`, {
    method: "POST",
    body,
    redirect: "manual",
  });
  const code = new URL(answer.headers.get("location")).searchParams.get("code");
  await visitor.logIn({ code, redirect_uri: CALLBACK, scopes: options.scopes });
  await visitor.appVerifyCredentials();
  await visitor.oauthUserinfo();
  await visitor.oauthAuthorizationServerInfo();
  await visitor.revokeAccessToken();
  await theo.appVerifyCredentials();
}
