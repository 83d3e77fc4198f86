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

/** The stream that an event came on: its name, and the tag or the list's id for `hashtag` and `list`. */
export type StreamLabel = readonly [stream: StreamName | (string & {}), param?: string];

/** Someone added a reaction to an announcement, or removed one. */
export interface StreamReaction {
  /** The emoji, or the shortcode of a custom one. */
  name: string;
  /** How many accounts have added this reaction. */
  count: number;
  /** The announcement. */
  announcement_id: string;
}

/** Events that were missed and cannot be fetched any more. */
export interface StreamGap {
  /** The last id before the gap, or null if it is not known. */
  from: string | null;
  /** The first id after the gap, or null if no event has come since. */
  to: string | null;
}

/** The payload of each event. */
export interface StreamPayloads {
  /** A status is new. */
  update: Status;
  /** A status was edited. */
  "status.update": Status;
  /** The status with this id was deleted. */
  delete: string;
  /** A notification is new. */
  notification: Notification;
  /** A conversation has a new status. */
  conversation: Conversation;
  /** An announcement was published or changed. */
  announcement: Announcement;
  /** Someone added a reaction to an announcement, or removed one. */
  "announcement.reaction": StreamReaction;
  /** The announcement with this id was deleted. */
  "announcement.delete": string;
  /** The account's filters changed: request them again. */
  filters_changed: undefined;
  /** Filtered notifications were accepted: request notifications again. */
  notifications_merged: undefined;
  /** Events were missed and cannot be fetched any more. */
  gap: StreamGap;
}

/** An event with the name `K`. */
export interface StreamEventOf<K extends keyof StreamPayloads> {
  /** The name of the event. */
  event: K;
  /** The stream that the event came on. */
  stream: StreamLabel;
  /** The payload. */
  payload: StreamPayloads[K];
}

/**
 * An event, as an iterator yields it. Servers send other events too: check `event.event` before you use the
 * payload, and ignore unknown events.
 */
export type StreamEvent = { [K in keyof StreamPayloads]: StreamEventOf<K> }[keyof StreamPayloads];

/**
 * The callbacks of a stream. Each method is optional, and may be asynchronous. If one throws, the error goes
 * to `console.error` and to `onError`, and the stream continues.
 */
export interface StreamListener {
  /** A status is new. */
  onUpdate?(status: Status, stream: StreamLabel): unknown;
  /** A status was edited. */
  onStatusUpdate?(status: Status, stream: StreamLabel): unknown;
  /** The status with this id was deleted. */
  onDelete?(id: string, stream: StreamLabel): unknown;
  /** A notification is new. */
  onNotification?(notification: Notification, stream: StreamLabel): unknown;
  /** A conversation has a new status. */
  onConversation?(conversation: Conversation, stream: StreamLabel): unknown;
  /** An announcement was published or changed. */
  onAnnouncement?(announcement: Announcement, stream: StreamLabel): unknown;
  /** Someone added a reaction to an announcement, or removed one. */
  onAnnouncementReaction?(reaction: StreamReaction, stream: StreamLabel): unknown;
  /** The announcement with this id was deleted. */
  onAnnouncementDelete?(id: string, stream: StreamLabel): unknown;
  /** The account's filters changed: request them again. */
  onFiltersChanged?(payload: undefined, stream: StreamLabel): unknown;
  /** Filtered notifications were accepted: request notifications again. */
  onNotificationsMerged?(payload: undefined, stream: StreamLabel): unknown;
  /** The server sent an event that this package does not know. The payload is parsed if it is JSON. */
  onUnknownEvent?(name: string, payload: unknown, stream: StreamLabel): unknown;
  /** Events were missed and cannot be fetched any more. */
  onGap?(gap: StreamGap, stream: StreamLabel): unknown;
  /** The connection is open: for the first time, or again after it was lost. */
  onOpen?(): unknown;
  /** The state of the connection has changed. */
  onState?(state: StreamState, stream: StreamLabel): unknown;
  /** The stream has ended with an error that a retry cannot fix. No callback is called after this. */
  onAbort?(error: MastodonError, stream: StreamLabel): unknown;
  /** Another method of this listener threw, or an event could not be read. The stream continues. */
  onError?(error: unknown): unknown;
}

/**
 * The state of the connection: being opened; open; lost, waiting for the next attempt; replaced by polling
 * over REST while the server refuses WebSockets; closed.
 */
export type StreamState = "connecting" | "open" | "waiting" | "polling" | "closed";

/**
 * A stream. It reconnects by itself after the connection is lost, and fetches the events that were missed.
 * Each event is delivered once, in order.
 * @example
 * for await (const { event, payload } of m.streamUser()) {
 *   if (event === "notification") console.log(payload.type);
 * }
 */
export interface Stream extends AsyncIterable<StreamEvent> {
  /** The state of the connection. */
  readonly state: StreamState;
  /** Closes the stream and ends its loops. */
  close(): void;
  /** The events from now on. Leaving the last loop closes the stream if it has no listener. */
  [Symbol.asyncIterator](): AsyncIterableIterator<StreamEvent>;
  /** `close()`, for `using`. */
  [Symbol.dispose](): void;
}

/** The parameter of a stream, if it needs one. */
export interface StreamParams {
  /** The tag without its #, for `hashtag` and `hashtag:local`. */
  tag?: string | null;
  /** The list, for `list`. */
  list?: Id | null;
}

/**
 * A connection on which streams can be opened and closed. It stays open until you close it, even without
 * streams. Leaving its last loop closes it too, with its streams, unless it or one of its streams has a
 * listener or another loop.
 */
export interface StreamSocket extends Stream {
  /**
   * Opens a stream. If it has no listener of its own, its events go to the listener and the loops of the
   * socket.
   */
  subscribe(
    stream: StreamName | (string & {}),
    params?: StreamParams | null,
    listener?: StreamListener | null,
  ): Stream;
  /** Closes the streams that were opened with this name and parameter. */
  unsubscribe(stream: StreamName | (string & {}), params?: StreamParams | null): void;
}
