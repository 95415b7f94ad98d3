import {
  type Mutation,
  type MutationCacheNotifyEvent,
  type MutationState,
  notifyManager,
  onlineManager,
  type QueryClient,
} from "@tanstack/react-query";
import * as z from "zod";
import { problemSchema } from "#contract/rows.ts";
import { ApiError, UnreachableError } from "#data/server/api-error.ts";
import type { Confirmed } from "#data/server/confirmed.ts";
import type { TabStorage } from "#data/storage/tab-storage.ts";
import { randomDigits } from "#data/tabs/tab-id.ts";
import { createEmitter } from "#sync";
import { ConflictError } from "./conflict-error.ts";
import type { Outbox, OutboxEntry } from "./outbox.ts";
import { putOnTop } from "./overlay.ts";
import { scopeOf, type Write, writeSchema } from "./write.ts";

export interface OutboxOptions {
  queryClient: QueryClient;
  keeper: Pick<TabStorage, "put" | "read">;
  /** Makes no further request once the write is not wanted any more. */
  send: (write: Write, isWanted: () => boolean) => Promise<Confirmed | null>;
  /** The server has accepted it. */
  onConfirmed?: (write: Write, submittedAt: number) => void;
}

export interface KeptOutbox extends Outbox {
  /** Takes up what is kept and not yet known here, and sends what can be sent. */
  load(): Promise<void>;
  close(): void;
}

type WriteMutation = Mutation<Confirmed | null, Error, Write>;

const writesKey = ["write"] as const;

const keptSchema = z.object({
  write: writeSchema,
  submittedAt: z.number(),
  /** Why it failed; null while it may still succeed. */
  failure: z
    .object({
      message: z.string(),
      status: z.number().optional(),
      problem: problemSchema.optional(),
      conflict: z
        .object({
          conflicts: z.array(
            z.object({ field: z.string(), base: z.string(), theirs: z.string(), mine: z.string() }),
          ),
          theirs: z.object({ version: z.int(), fields: z.record(z.string(), z.string()) }),
        })
        .optional(),
    })
    .nullable(),
});
type Kept = z.infer<typeof keptSchema>;

/** Taken back before it was sent. */
class CancelledWrite extends Error {
  override readonly name = "CancelledWrite";
}

/**
 * The writes of this tab are react-query's mutations; what is added here is that they are kept on disk
 * from the click until the server has answered, so that a reload or a crash takes none of them.
 */
export function createOutbox({
  queryClient,
  keeper,
  send,
  onConfirmed = () => {},
}: OutboxOptions): KeptOutbox {
  const mutations = queryClient.getMutationCache();
  const changed = createEmitter<void>();
  const cancelled = new Set<string>();
  const underWay = new Set<string>();
  /** Why the last attempt at those that are still to be sent had no answer. */
  const unanswered = new Map<string, UnreachableError>();
  /** What wakes those that wait for their next attempt. */
  const asleep = new Map<string, () => void>();
  let entries: readonly OutboxEntry[] | null = null;
  let isTelling = false;
  let closed = false;

  queryClient.setMutationDefaults(writesKey, {
    mutationFn: sendUntilAnswered,
    // What failed stays until the user has seen to it.
    gcTime: Number.POSITIVE_INFINITY,
  });

  const isOver = (key: string) => closed || cancelled.has(key);

  /**
   * What never arrived is sent until it does, also where nobody looks: react-query's own retries would
   * wait for somebody. What the server refused it would refuse again.
   */
  async function sendUntilAnswered(write: Write): Promise<Confirmed | null> {
    const { key } = write;
    try {
      for (let failures = 0; !isOver(key); failures++) {
        const result = await attempt(write);
        if (!(result instanceof UnreachableError)) return result;
        unanswered.set(key, result);
        tell();
        await sleep(key, Math.min(500 * 2 ** failures, 10_000));
      }
      throw new CancelledWrite();
    } finally {
      unanswered.delete(key);
    }
  }

  async function attempt(write: Write): Promise<Confirmed | UnreachableError | null> {
    const { key } = write;
    underWay.add(key);
    try {
      return await send(write, () => !isOver(key));
    } catch (error) {
      if (isOver(key)) throw new CancelledWrite();
      if (error instanceof UnreachableError) return error;
      throw error;
    } finally {
      underWay.delete(key);
    }
  }

  /** Until another attempt is worth it: for so long, not before there is a network, at once when it is back. */
  function sleep(key: string, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer);
        unsubscribe();
        asleep.delete(key);
        resolve();
      };
      const timer = setTimeout(() => onlineManager.isOnline() && wake(), ms);
      const unsubscribe = onlineManager.subscribe((isOnline) => isOnline && wake());
      asleep.set(key, wake);
    });
  }

  function all(): WriteMutation[] {
    return mutations.findAll({ mutationKey: writesKey }) as unknown as WriteMutation[];
  }
  function find(key: string): WriteMutation | undefined {
    return all().find(({ state }) => state.variables?.key === key);
  }
  function read(): readonly OutboxEntry[] {
    const before = new Map(entries?.map((entry) => [entry.write.key, entry]));
    return all()
      .flatMap(({ state }) => entryOf(state, unanswered.get(state.variables?.key ?? "")) ?? [])
      .sort((a, b) => a.submittedAt - b.submittedAt)
      .map((entry) => {
        const known = before.get(entry.write.key);
        return known?.state === entry.state && known.error === entry.error ? known : entry;
      });
  }

  function follow(event: MutationCacheNotifyEvent) {
    const mutation = event.mutation as unknown as WriteMutation | undefined;
    const write = mutation?.state.variables;
    if (!mutation || !write || mutation.options.mutationKey?.[0] !== writesKey[0]) return;
    if (event.type === "removed") keeper.put({ kind: "writes", name: write.key });
    else if (event.type === "updated") keep(mutation, write, event.action.type);
    tell();
  }

  function keep(mutation: WriteMutation, write: Write, action: string) {
    const { status, error } = mutation.state;
    if (status === "success" || error instanceof CancelledWrite) mutations.remove(mutation);
    const { submittedAt } = mutation.state;
    if (status === "success") onConfirmed(write, submittedAt);
    if (action !== "pending" && action !== "error") return;
    if (error instanceof CancelledWrite) return;
    const failure = status === "error" && error ? failureOf(error) : null;
    const value = { write, submittedAt, failure } satisfies Kept;
    keeper.put({ kind: "writes", name: write.key, value });
  }

  function tell() {
    entries &&= read();
    if (isTelling) return;
    isTelling = true;
    notifyManager.schedule(() => {
      isTelling = false;
      changed.emit();
    });
  }

  function restore(kept: Kept): WriteMutation {
    const { write } = kept;
    return mutations.build(
      queryClient,
      optionsOf(write),
      stateOf(kept) as MutationState<unknown>,
    ) as unknown as WriteMutation;
  }

  const unsubscribe = mutations.subscribe(follow);

  const entriesNow = () => {
    entries ??= read();
    return entries;
  };

  return {
    get entries() {
      return entriesNow();
    },
    subscribe: changed.subscribe,
    async send(asked) {
      const key = randomDigits() + randomDigits();
      const write = putOnTop(entriesNow(), { ...asked, key } as Write);
      const mutation = mutations.build(queryClient, optionsOf(write)) as unknown as WriteMutation;
      return mutation.execute(write);
    },
    retry(key, settled) {
      const failed = find(key);
      if (!failed?.state.variables || failed.state.status !== "error") return;
      const { variables, submittedAt } = failed.state;
      const write = settled ? ({ ...settled, key } as Write) : variables;
      const kept = { write, submittedAt, failure: null };
      mutations.remove(failed);
      keeper.put({ kind: "writes", name: key, value: kept });
      // Its failure is an entry again.
      restore(kept)
        .continue()
        .catch(() => {});
    },
    cancel(key) {
      const mutation = find(key);
      if (!mutation) return;
      const { status, isPaused } = mutation.state;
      if (status === "pending" && !isPaused && !unanswered.has(key)) return;
      if (status === "pending") cancelled.add(key);
      // One whose next attempt is under way may arrive after all: its end tells.
      if (underWay.has(key)) return;
      mutations.remove(mutation);
      // One that sleeps between two attempts finds itself cancelled.
      asleep.get(key)?.();
      void mutations.runNext(mutation);
    },
    async load() {
      const kept = [...(await keeper.read("writes")).values()]
        .flatMap((value) => keptSchema.safeParse(value).data ?? [])
        .sort((a, b) => a.submittedAt - b.submittedAt);
      for (const each of kept) if (!find(each.write.key)) restore(each);
      tell();
      await queryClient.resumePausedMutations();
    },
    close() {
      closed = true;
      unsubscribe();
      for (const wake of asleep.values()) wake();
    },
  };
}

function optionsOf(write: Write) {
  return {
    mutationKey: [...writesKey, write.type, write.id],
    scope: { id: scopeOf(write) },
  };
}

function entryOf(
  state: MutationState<Confirmed | null, Error, Write>,
  unanswered: Error | undefined,
): OutboxEntry | null {
  const { variables: write, submittedAt } = state;
  if (!write) return null;
  if (state.status === "pending") {
    const isWaiting = state.isPaused || unanswered !== undefined;
    return {
      write,
      state: isWaiting ? "waiting" : "sending",
      error: unanswered ?? null,
      submittedAt,
    };
  }
  if (state.status !== "error" || state.error instanceof CancelledWrite) return null;
  const isConflict = state.error instanceof ConflictError;
  return { write, state: isConflict ? "conflict" : "failed", error: state.error, submittedAt };
}

function stateOf({ write, submittedAt, failure }: Kept): MutationState {
  return {
    context: undefined,
    data: undefined,
    error: failure && errorOf(failure),
    failureCount: 0,
    failureReason: null,
    isPaused: failure === null,
    status: failure === null ? "pending" : "error",
    variables: write,
    submittedAt,
  };
}

function failureOf(error: Error): NonNullable<Kept["failure"]> {
  const { message } = error;
  if (error instanceof ApiError)
    return { message, status: error.status, ...(error.problem && { problem: error.problem }) };
  if (error instanceof ConflictError) {
    const { conflicts, theirs } = error;
    return {
      message,
      conflict: {
        conflicts: [...conflicts],
        theirs: { version: theirs.version, fields: { ...theirs.fields } },
      },
    };
  }
  return { message };
}

function errorOf({ message, status, problem, conflict }: NonNullable<Kept["failure"]>): Error {
  if (conflict) return new ConflictError(conflict.conflicts, conflict.theirs);
  if (status !== undefined) return new ApiError(message, status, problem);
  return new Error(message);
}
