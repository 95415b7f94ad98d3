import { focusManager, QueryClient, QueryObserver } from "@tanstack/query-core";
import { createSync, type Sync, type Visibility } from "tandem-sync";
import { httpLog } from "tandem-sync/http";
import * as z from "zod/mini";
import { createAsk } from "./ask.ts";
import { type Changes, changesRule, readChanges } from "./changes.ts";
import { accountOf, type Names, namesRule, readNames } from "./names.ts";
import type { BoardState } from "./view.ts";

export interface OpenBoard {
  readonly sync: Sync;
  /** Tries at once what failed. */
  retry(): void;
  close(): void;
}

export interface OpenBoardOptions {
  readonly sessionId: string;
  readonly visibility: Visibility;
  readonly onState: (state: BoardState) => void;
  readonly onBuild: (build: unknown) => void;
  /** The server has answered that nobody is signed in. */
  readonly onSignedOut: () => void;
}

/** What the API says of its data file. */
const statusSchema = z.object({
  file: z.union([z.literal("ok"), z.object({ broken: z.string() })]),
});

/**
 * The board of one session: two queries, which the change stream keeps true. It has a channel of its own, and so at most one
 * stream for all boards of a browser: as leader of the tab-app's it would have to pass on what only that understands.
 */
export function openBoard(options: OpenBoardOptions): OpenBoard {
  const { sessionId, visibility, onState } = options;
  const ask = createAsk(options);
  const queryClient = new QueryClient({
    defaultOptions: {
      queries: {
        retry: 2,
        // Out of view nothing is read: react-query would, when the network is back.
        refetchOnReconnect: () => focusManager.isFocused(),
      },
    },
  });
  const sync = createSync<"changes" | "names">({
    name: "tandem-wall-board",
    session: sessionId,
    queryClient,
    server: httpLog("/api/changes", {
      events: { "signed-out": options.onSignedOut, build: options.onBuild },
      readStatus(data) {
        const { file } = statusSchema.safeParse(data).data ?? {};
        return typeof file === "object" ? file.broken : file && null;
      },
    }),
    effects: { changes: changesRule, names: namesRule },
    visibility,
  });
  // While changes arrive by themselves, age makes nothing stale.
  const staleTime = () => (sync.isLive ? Number.POSITIVE_INFINITY : 10_000);
  const changes = new QueryObserver<Changes>(queryClient, {
    queryKey: ["changes"],
    queryFn: () => readChanges(ask, queryClient.getQueryData<Changes>(["changes"])),
    staleTime,
  });
  const shownAccounts = () => {
    const shown = changes.getCurrentResult().data?.changes ?? [];
    return [...new Set(shown.flatMap((change) => accountOf(change) ?? []))];
  };
  const names = new QueryObserver<Names>(queryClient, {
    queryKey: ["names"],
    queryFn: () => readNames(ask, shownAccounts()),
    staleTime,
    // Until there are changes there is nothing to name.
    enabled: () => changes.getCurrentResult().data !== undefined,
  });
  let asked = "";

  function readMissingNames() {
    const { data, isFetching } = names.getCurrentResult();
    const ids = shownAccounts();
    const isMissing = ids.some((id) => !Object.hasOwn(data?.names ?? {}, id));
    // What failed is tried again with the next change that names another account.
    if (!isMissing || isFetching || ids.join() === asked) return;
    asked = ids.join();
    void names.refetch();
  }

  function update() {
    const { data, isError } = changes.getCurrentResult();
    const known = names.getCurrentResult();
    readMissingNames();
    onState({
      phase: data ? "ready" : isError ? "failed" : "loading",
      data: data ?? null,
      names: known.data?.names ?? {},
      status: sync.status,
      trouble: sync.trouble,
    });
  }

  queryClient.mount();
  const undo = [changes.subscribe(update), names.subscribe(update), sync.subscribe(update)];
  update();
  return {
    sync,
    retry() {
      sync.retry();
      if (!changes.getCurrentResult().data) void changes.refetch();
    },
    close() {
      for (const each of undo) each();
      sync.close();
      queryClient.unmount();
      queryClient.clear();
    },
  };
}
