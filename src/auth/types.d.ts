/** Something that a token may do. Servers add to the list. */
export type OAuthScope =
  | "read"
  | "read:accounts"
  | "read:blocks"
  | "read:bookmarks"
  | "read:collections"
  | "read:favourites"
  | "read:filters"
  | "read:follows"
  | "read:lists"
  | "read:mutes"
  | "read:notifications"
  | "read:search"
  | "read:statuses"
  | "write"
  | "write:accounts"
  | "write:blocks"
  | "write:bookmarks"
  | "write:collections"
  | "write:conversations"
  | "write:favourites"
  | "write:filters"
  | "write:follows"
  | "write:lists"
  | "write:media"
  | "write:mutes"
  | "write:notifications"
  | "write:reports"
  | "write:statuses"
  | "follow"
  | "push"
  | "profile"
  | "admin:read"
  | "admin:read:accounts"
  | "admin:read:reports"
  | "admin:read:domain_allows"
  | "admin:read:domain_blocks"
  | "admin:read:ip_blocks"
  | "admin:read:email_domain_blocks"
  | "admin:read:canonical_email_blocks"
  | "admin:write"
  | "admin:write:accounts"
  | "admin:write:reports"
  | "admin:write:domain_allows"
  | "admin:write:domain_blocks"
  | "admin:write:ip_blocks"
  | "admin:write:email_domain_blocks"
  | "admin:write:canonical_email_blocks"
  | (string & {});

/** Where logins are kept: the Web's `localStorage`, or any key-value store, such as a `Map` or Workers KV. */
export type LoginStorage =
  | Pick<Storage, "getItem" | "setItem" | "removeItem">
  | {
      getItem(key: string): Promise<string | null> | string | null;
      setItem(key: string, value: string): unknown;
      removeItem(key: string): unknown;
    }
  | LoginStore<{ set(key: string, value: string): unknown }>
  | LoginStore<{ put(key: string, value: string): unknown }>;

/** What a key-value store needs beside the method that writes. */
export type LoginStore<Writes> = Writes & {
  get(key: string): Promise<string | null | undefined> | string | null | undefined;
  delete(key: string): unknown;
};

/** How a login failed: `reason` of the error. */
export type LoginFailure =
  /** The server sent no `state` back. */
  | "missing_state"
  /** The answer belongs to another login, or comes from another server. */
  | "wrong_state"
  /** No login waits for the answer: it was finished already, or begun in another tab. */
  | "spent_state"
  /** The person said no. */
  | "access_denied"
  /** The server said no; the message has its words. */
  | "refused"
  /** The code is too old or was used. */
  | "expired_code"
  /** The server forgot the application; the next `startLogin` registers it anew. */
  | "stale_app"
  /** The server granted less than was asked for. */
  | "missing_scope"
  /** The browser opened no window. */
  | "popup_blocked"
  /** The person closed the window. */
  | "popup_closed"
  /** The page that opened the window is gone. */
  | "popup_alone";

/** Options of `Mastodon.finishLogin`: those of the client that comes out, and these. */
export interface FinishLoginOptions
  extends Omit<MastodonOptions, "api_base_url" | "client_id" | "client_secret" | "access_token"> {
  /** Ends the call: it rejects with the signal's reason. */
  signal?: AbortSignal | null;
  /** Seconds that the whole call may take. Then it rejects with `MastodonReadTimeout`. */
  timeout?: Seconds | null;
}

/** Options of `Mastodon.restore`: those of the client that comes out, and this. */
export interface RestoreOptions
  extends Omit<MastodonOptions, "api_base_url" | "client_id" | "client_secret" | "access_token"> {
  /** Whose login, as `savedLogins` has it (`mina@mastodon.social`). The last one when it is not said. */
  account?: string | null;
}

/** A login that is kept, without its secrets. */
export interface SavedLogin {
  /** The person's name at the server; the server alone where the token may not read the account. */
  account: string;
  /** The server. */
  api_base_url: string;
  /** The name to show. Absent where the token may not read the account. */
  display_name?: string;
  /** The address of the picture. Absent where the token may not read the account. */
  avatar?: string;
}

export declare namespace Mastodon {
  /**
   * Sends the person to their server to let the application in: the first half of a login, for a
   * button. They come back to `redirect_uri`, where `finishLogin` does the second half.
   *
   * Finds the server in what people type, registers the application there once (again where the server
   * forgot it), and protects the login with `state` and PKCE.
   *
   * Rejects with `MastodonIllegalArgumentError` where the address is none, with `MastodonNetworkError`
   * where nothing answers there, with `MastodonAPIError` where what answers is no Mastodon.
   */
  function startLogin(options: StartLoginOptions & { popup?: false | null }): Promise<void>;
  /**
   * The same in a window of its own, for a page that must not be left: resolves to the client. The page
   * at `redirect_uri` calls `finishLogin` as ever, which closes the window.
   */
  function startLogin(options: StartLoginOptions & { popup: true }): Promise<Mastodon>;
  /** Either of them. */
  function startLogin(options: StartLoginOptions): Promise<Mastodon | undefined>;
}

export declare namespace Mastodon {
  /**
   * The second half of a login, for the page that the person comes back to: call it whenever that
   * page starts. Resolves to null where there is nothing to finish, else to a client that is ready.
   *
   * Takes the answer out of the address, and goes to `return_to` where `startLogin` was given one.
   * The login is kept in the storage for `restore`.
   *
   * Rejects where the login failed; `reason` of the error says how (`LoginFailure`). Whatever
   * happened, a login can be finished once.
   */
  function finishLogin(options?: FinishLoginOptions | null): Promise<Mastodon | null>;
  /**
   * The client of an earlier login, or null where there is none. Nothing is sent: whether the server
   * still takes the token shows with the first call.
   */
  function restore(options?: RestoreOptions | null): Promise<Mastodon | null>;
  /**
   * Who is logged in, without secrets: the one that `restore` takes by itself comes first.
   */
  function savedLogins(options?: SavedLoginsOptions | null): Promise<SavedLogin[]>;
}
