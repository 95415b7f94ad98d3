import type { RowStore } from "#api/engine/row-store.ts";
import type { Sender } from "#api/http/who.ts";
import type { PresenceList } from "#api/presence/presence-list.ts";
import {
  type ChangesOptions,
  createChangesHandler,
  type FurtherEvents,
  type ReadableLog,
} from "#sync/server";

/** `GET /changes`: catch-up as JSON, or the change stream as server-sent events. */
export interface ChangeStream {
  /** The stream ends with the session of its sender. */
  handle(request: Request, sender: Sender | null): Promise<Response>;
  readonly count: number;
  /** Ends every open stream, and refuses further ones. */
  close(): void;
}

/** With a `presence`, the stream brings who is there as well; with a `build`, which one the pages are of. */
export function createChangeStream(
  store: RowStore,
  options: ChangesOptions & { build?: (() => string | null) | undefined },
  presence?: PresenceList,
): ChangeStream {
  const changes = createChangesHandler(logOf(store), options);
  return {
    handle: (request, sender) =>
      changes.handle(
        request,
        furtherEvents(store, { presence, sender, build: options.build?.() ?? null }),
      ),
    get count() {
      return changes.count;
    },
    close: changes.close,
  };
}

/** The log of a store, as the change stream reads it. */
export function logOf({ state, log, subscribe }: RowStore): ReadableLog {
  return { revision: state, since: log.since, subscribe };
}

/** What a stream brings beside the changes: the state of the data file, the build of the pages, who is there, and the end of the session. */
export function furtherEvents(
  store: RowStore,
  {
    presence,
    sender,
    build = null,
  }: {
    presence?: PresenceList | undefined;
    sender?: Sender | null;
    /** Of the pages that are served; null where that is not known. */
    build?: string | null;
  } = {},
): FurtherEvents {
  return ({ send, end }) => {
    const sendFile = () => send("status", { file: store.file() });
    const sendPresence = (event: unknown) => send("presence", event, presence?.read);
    sendFile();
    if (build !== null) send("build", build);
    if (presence) sendPresence(presence.read());
    const undo = [
      store.subscribe({ file: sendFile }),
      presence?.subscribe(sendPresence),
      // Nothing more is told to whom the session has ended; the page hears why.
      sender?.onEnd(() => end("signed-out", {})),
    ];
    return () => {
      for (const each of undo) each?.();
    };
  };
}
