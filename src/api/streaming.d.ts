/** The name of a stream. */
export type StreamName =
  | "user"
  | "user:notification"
  | "public"
  | "public:media"
  | "public:local"
  | "public:local:media"
  | "public:remote"
  | "public:remote:media"
  | "hashtag"
  | "hashtag:local"
  | "list"
  | "direct";

/** Which stream an event came on: its name, and with `hashtag` and `list` the tag or the list's id. */
export type StreamLabel = readonly [stream: StreamName | (string & {}), param?: string];

/** Somebody reacted to an announcement, or took that back. */
export interface StreamReaction {
  /** The emoji, or the shortcode of a custom one. */
  name: string;
  /** How many have reacted so. */
  count: number;
  /** The announcement. */
  announcement_id: string;
}

/** Events that were missed and cannot be had again. */
export interface StreamGap {
  /** The last id before them, or null where that is not known. */
  from: string | null;
  /** The first id after them, or null where nothing came since. */
  to: string | null;
}

/** What comes with each event. */
export interface StreamPayloads {
  /** A status is new. */
  update: Status;
  /** A status was edited. */
  "status.update": Status;
  /** The status with this id is gone. */
  delete: string;
  /** A notification is new. */
  notification: Notification;
  /** A conversation has a new status. */
  conversation: Conversation;
  /** An announcement was published or changed. */
  announcement: Announcement;
  /** Somebody reacted to an announcement. */
  "announcement.reaction": StreamReaction;
  /** The announcement with this id is gone. */
  "announcement.delete": string;
  /** The account's filters changed: request them again. */
  filters_changed: undefined;
  /** Filtered notifications were accepted: request notifications again. */
  notifications_merged: undefined;
  /** Something was missed that cannot be had again. */
  gap: StreamGap;
}

/** An event of the name `K`. */
export interface StreamEventOf<K extends keyof StreamPayloads> {
  /** What happened. */
  event: K;
  /** On which stream. */
  stream: StreamLabel;
  /** What it happened to. */
  payload: StreamPayloads[K];
}

/**
 * What an iterator gives. Servers know more events than these: ask for `event.event` before using the
 * payload, and ignore unknown events.
 */
export type StreamEvent = { [K in keyof StreamPayloads]: StreamEventOf<K> }[keyof StreamPayloads];

/**
 * What is called when something happens. Each method is optional, and may be asynchronous. One that
 * throws is reported to `console.error` and to `onError`, and does not stop the stream.
 */
export interface StreamListener {
  /** A status is new. */
  onUpdate?(status: Status, stream: StreamLabel): unknown;
  /** A status was edited. */
  onStatusUpdate?(status: Status, stream: StreamLabel): unknown;
  /** The status with this id is gone. */
  onDelete?(id: string, stream: StreamLabel): unknown;
  /** A notification is new. */
  onNotification?(notification: Notification, stream: StreamLabel): unknown;
  /** A conversation has a new status. */
  onConversation?(conversation: Conversation, stream: StreamLabel): unknown;
  /** An announcement was published or changed. */
  onAnnouncement?(announcement: Announcement, stream: StreamLabel): unknown;
  /** Somebody reacted to an announcement, or took that back. */
  onAnnouncementReaction?(reaction: StreamReaction, stream: StreamLabel): unknown;
  /** The announcement with this id is gone. */
  onAnnouncementDelete?(id: string, stream: StreamLabel): unknown;
  /** The account's filters changed: request them again. */
  onFiltersChanged?(payload: undefined, stream: StreamLabel): unknown;
  /** Filtered notifications were accepted: request notifications again. */
  onNotificationsMerged?(payload: undefined, stream: StreamLabel): unknown;
  /** The server sent an event that this package does not know. The payload is parsed where it is JSON. */
  onUnknownEvent?(name: string, payload: unknown, stream: StreamLabel): unknown;
  /** Events were missed that cannot be had again. */
  onGap?(gap: StreamGap, stream: StreamLabel): unknown;
  /** The connection is open: at first, and after each time that it was lost. */
  onOpen?(): unknown;
  /** The state of the connection is another. */
  onState?(state: StreamState, stream: StreamLabel): unknown;
  /** The stream is over, for a reason that trying again would not help. Nothing comes after this. */
  onAbort?(error: MastodonError, stream: StreamLabel): unknown;
  /** Another method of this listener threw, or an event could not be read. The stream continues. */
  onError?(error: unknown): unknown;
}

/**
 * How the connection is: being opened, open, lost (the next attempt is due), replaced by asking over
 * REST while the server refuses WebSockets, or over.
 */
export type StreamState = "connecting" | "open" | "waiting" | "polling" | "closed";

/**
 * One stream. It looks after itself: a lost connection is opened again, and what was missed
 * meanwhile is fetched. Each event comes once, in order.
 *
 * @example
 * for await (const { event, payload } of m.streamUser()) {
 *   if (event === "notification") console.log(payload.type);
 * }
 */
export interface Stream extends AsyncIterable<StreamEvent> {
  /** How the connection is. */
  readonly state: StreamState;
  /** Closes the stream; its loops end. */
  close(): void;
  /** The events from now on. Leaving the last loop closes a stream that has no listener. */
  [Symbol.asyncIterator](): AsyncIterableIterator<StreamEvent>;
  /** `close()`, for `using`. */
  [Symbol.dispose](): void;
}

/** The parameter of a stream that has one. */
export interface StreamParams {
  /** The tag without its #, for `hashtag` and `hashtag:local`. */
  tag?: string | null;
  /** The list, for `list`. */
  list?: Id | null;
}

/** A connection for streams that come and go. It stays open until it is closed, also without any. */
export interface StreamSocket extends Stream {
  /** Opens a stream. Without a listener of its own, its events go to the socket's listener and loops. */
  subscribe(
    stream: StreamName | (string & {}),
    params?: StreamParams | null,
    listener?: StreamListener | null,
  ): Stream;
  /** Closes the streams that were opened with this name and parameter. */
  unsubscribe(stream: StreamName | (string & {}), params?: StreamParams | null): void;
}
