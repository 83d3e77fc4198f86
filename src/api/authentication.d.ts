/** What a client can be made of again. Secret. */
export interface LoginCredentials {
  /** The server. */
  api_base_url: string;
  /** The application's id. */
  client_id?: string;
  /** The application's secret. */
  client_secret?: string;
  /** The token. */
  access_token?: string;
}

export interface Mastodon {
  /**
   * What to keep so that the client can be made again: `new Mastodon(kept)`. It has the client's
   * secrets, and nothing else gives them out. Parts that the client does not have are left out.
   */
  persistableLoginCredentials(): LoginCredentials;
}

export declare namespace Mastodon {
  /**
   * Registers an application with a server, which any program may do. The answer has `client_id`
   * and `client_secret`: keep them, and spread them into the constructor's options.
   *
   * `POST /api/v1/apps` · no token ·
   * [documentation](https://docs.joinmastodon.org/methods/apps/#create)
   *
   * Rejects with a `MastodonAPIError` of status 422 where a scope or an address is wrong.
   */
  function createApp(
    client_name: string,
    options: CreateAppOptions,
  ): Promise<CredentialApplication>;
}
