import type { Account, Mastodon, Notification, Status, StreamState } from "mastodon-wasm";
import type { Emitter } from "./emitter.ts";
import type { Statuses } from "./statuses.ts";

export interface AppEvents {
  /** A post arrived on the home stream. */
  update: Status;
  /** The visitor posted. */
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

/** What to write: a new post, a reply, or a change of one's own post. */
export interface Draft {
  replyTo?: Status;
  edit?: Status;
  text?: string;
}

/** Everything that the views of a logged-in visitor share. */
export interface App {
  m: Mastodon;
  me: Account;
  instance: InstanceFacts;
  statuses: Statuses;
  events: Emitter<AppEvents>;
  compose(draft?: Draft): void;
  /** Opens the stream, beginning after the newest post that is shown. Only the first call has an effect. */
  goLive(newest?: Status): void;
  logOut(): Promise<void>;
  /** Restores the initial state of the instance in this browser. */
  reset(): Promise<void>;
}

/** The view of one URL. Its signal is aborted with it, and cancels its requests. */
export interface View {
  title: string;
  element: HTMLElement;
  /** The calls that the view consists of, to be read beside it. */
  code: string;
  /** Shown in the header in the place of the title. */
  header?: HTMLElement;
  /** The address was chosen again while the view was open. */
  onReselect?(): void;
  onShow?(): void;
}
