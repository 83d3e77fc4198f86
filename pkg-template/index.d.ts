/// <reference lib="esnext.disposable" />
export * from "./mastodon_wasm.js";

/** Where the WebAssembly module may come from. */
export type InitSource =
  | string
  | URL
  | Request
  | Response
  | Promise<Response>
  | ArrayBuffer
  | ArrayBufferView
  | WebAssembly.Module;

/**
 * Loads the WebAssembly module. In browsers, call it once before anything else; further calls cost
 * nothing and a call after a failure tries again. In Node, Deno, Bun and Workers the module is there
 * already and this resolves at once.
 *
 * @param source Only for `mastodon-wasm/slim`, or to load the module from another address.
 */
export function init(source?: InitSource): Promise<void>;

/** The same at once, where the module or its bytes are at hand. */
export function initSync(module: ArrayBuffer | ArrayBufferView | WebAssembly.Module): void;

declare module "./mastodon_wasm.js" {
  interface Mastodon {
    /**
     * The same with PKCE: the S256 challenge of the verifier (43 to 128 of `A-Z a-z 0-9 - . _ ~`) goes
     * into the address, and `logIn` takes the verifier itself.
     */
    authRequestUrl(
      options: AuthRequestUrlOptions & { code_verifier?: string | null },
    ): Promise<string>;
    /** With a time to publish it at, a status is scheduled. */
    statusPost(
      status: string,
      options: StatusPostOptions & { scheduled_at: NonNullable<StatusPostOptions["scheduled_at"]> },
    ): Promise<ScheduledStatus>;
    /** Without, it is published at once. */
    statusPost(
      status: string,
      options?: (StatusPostOptions & { scheduled_at?: null }) | null,
    ): Promise<Status>;

    // What Mastodon documents and Mastodon.py does not offer: further options of its methods.
    /** The same, for posts in some languages (ISO 639-1) alone: only they reach the home timeline. */
    accountFollow(
      id: Id,
      options: AccountFollowOptions & { languages?: readonly string[] | null },
    ): Promise<Relationship>;
    /** The same, to another address, which is to be confirmed instead. */
    emailResendConfirmation(
      options: EmailResendConfirmationOptions & { email?: string | null },
    ): Promise<void>;
    /** The same, so many (80 at most) before or after an account's id. */
    endorsements(
      options: EndorsementsOptions & {
        max_id?: Id | null;
        since_id?: Id | null;
        limit?: number | null;
      },
    ): Promise<Page<Account>>;
    /** The same, with those as well that the policy filters. */
    notifications(
      options: NotificationsOptions & { include_filtered: boolean },
    ): Promise<Page<Notification>>;
    /** The same, counted up to `limit` (100 when it is not said, 1000 at most), of some kinds. */
    notificationsUnreadCount(
      options: NotificationsUnreadCountOptions & {
        limit?: number | null;
        types?: readonly NotificationType[] | null;
        exclude_types?: readonly NotificationType[] | null;
        account_id?: Id | null;
      },
    ): Promise<UnreadNotificationsCount>;
    /** The same, among the accounts that the account follows. */
    search(
      q: string,
      options: SearchOptions & { following?: boolean | null },
    ): Promise<(Search | SearchV2) & Paginated>;
    /** The same, among the accounts that the account follows. */
    searchV2(
      q: string,
      options: SearchOptions & { following?: boolean | null },
    ): Promise<SearchV2 & Paginated>;
    /** The same, so many (80 at most) before or after an id. */
    statusRebloggedBy(
      id: Id,
      options: StatusAccountsOptions & {
        max_id?: Id | null;
        since_id?: Id | null;
        limit?: number | null;
      },
    ): Promise<Page<Account>>;
    /** The same, so many (80 at most) before or after an id. */
    statusFavouritedBy(
      id: Id,
      options: StatusAccountsOptions & {
        max_id?: Id | null;
        since_id?: Id | null;
        limit?: number | null;
      },
    ): Promise<Page<Account>>;
    /** The same, with the language that the status is in now (ISO 639-1). */
    statusUpdate(
      id: Id,
      status: string,
      options: StatusUpdateOptions & { language?: string | null },
    ): Promise<Status>;
    /** The same, so many (80 at most). */
    suggestions(options: SuggestionsOptions & { limit?: number | null }): Promise<Account[]>;
    /** The same, so many (80 at most). */
    suggestionsV1(options: SuggestionsOptions & { limit?: number | null }): Promise<Account[]>;
    /** The same, so many (80 at most). */
    suggestionsV2(options: SuggestionsOptions & { limit?: number | null }): Promise<Suggestion[]>;
    /** The same, with further tags: `any` of which counts as well, `all` that are wanted, `none` that is not. */
    timelineHashtag(
      hashtag: string,
      options: TimelineHashtagOptions & {
        any?: readonly string[] | null;
        all?: readonly string[] | null;
        none?: readonly string[] | null;
      },
    ): Promise<Page<Status>>;
  }
}
