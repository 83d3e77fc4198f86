import type { Account, Mastodon, Notification, Status, StreamState } from "mastodon-wasm";
import type { Emitter } from "./emitter.ts";
import type { Statuses } from "./statuses.ts";

export interface AppEvents {
  /** A status arrived on the home stream. */
  update: Status;
  /** The visitor published a status. */
  posted: Status;
  notification: Notification;
  unread: number;
  connection: StreamState;
}

/** The limits of the instance, read once. */
export interface InstanceFacts {
  title: string;
  domain: string;
  maxCharacters: number;
  maxPictures: number;
  maxPollOptions: number;
}

/** What to write: a new status, a reply, or an edit of one's own status. */
export interface Draft {
  replyTo?: Status;
  edit?: Status;
  text?: string;
}

/** What the views of a logged-in visitor share. */
export interface App {
  m: Mastodon;
  me: Account;
  instance: InstanceFacts;
  statuses: Statuses;
  events: Emitter<AppEvents>;
  compose(draft?: Draft): void;
  /**
   * Opens the stream, starting after the newest status that is shown. Only the first call has an
   * effect.
   */
  goLive(newest?: Status): void;
  logOut(): Promise<void>;
  /** Restores the initial state of the instance in this browser. */
  reset(): Promise<void>;
}

/** The view of one URL. Its signal is aborted when the view is left, and cancels its requests. */
export interface View {
  title: string;
  element: HTMLElement;
  /** The calls that the view makes, shown beside it. */
  code: string;
  /** Shown in the header instead of the title. */
  header?: HTMLElement;
  /** The URL was selected again while the view was open. */
  onReselect?(): void;
  onShow?(): void;
}
