import { QueryClient, QueryObserver } from "@tanstack/query-core";
import { createSync, type EffectRule } from "#sync";
import { httpLog } from "#sync/http";
import { type Answer, httpValidators } from "#sync/validators";
import type { Level, Note } from "./levels.ts";

/** Milliseconds. */
export const age = 10_000;

const note: EffectRule = {
  effect({ id, row }, data: Answer<Note>, [, noteId]) {
    if (id !== noteId) return "none";
    return row ? { patched: { ...data, body: row } } : "stale";
  },
};

/** An app that shows notes, the same on each level but for the log that it is given. */
export function startApp(level: Level, ids: readonly string[] = ["1"]) {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  queryClient.mount();
  const server = level === "a change log" ? httpLog("/changes") : undefined;
  const sync = createSync({ name: "notes", queryClient, server, effects: { note } });
  const http = httpValidators();
  const key = (id: string) => ["note", id];
  const held = (id = "1") => queryClient.getQueryData<Answer<Note>>(key(id));
  /** The titles that were rendered, by note. */
  const shown = new Map(ids.map((id) => [id, [] as (string | undefined)[]]));

  for (const id of ids) {
    const observer = new QueryObserver(queryClient, {
      queryKey: key(id),
      queryFn: ({ signal }) => http.read<Note>(`/notes/${id}`, { signal }),
      select: ({ body }) => body.title,
      staleTime: () => (sync.isLive ? Number.POSITIVE_INFINITY : age),
      refetchInterval: () => (sync.isLive ? false : age),
      notifyOnChangeProps: ["data"],
    });
    observer.subscribe(({ data }) => void shown.get(id)?.push(data));
  }

  async function rename(title: string, seen?: Answer<Note>) {
    const init = {
      method: "PATCH",
      headers: { "Tandem-Origin": sync.tabId },
      body: JSON.stringify({ title, ...(server && { expectedVersion: seen?.body.version }) }),
    };
    // A server with a log compares versions by itself.
    const written = await http.write<Note>("/notes/1", init, server ? undefined : seen);
    if (!written.accepted) return written;
    const change = { resource: "notes", id: "1", op: "update" as const, row: { ...written.body } };
    const { version } = written.body;
    const { asOf } = written;
    if (asOf) sync.publish(asOf, [{ ...change, rev: version, version, parents: {} }]);
    else sync.publish(null, [change]);
    return written;
  }

  return {
    sync,
    held,
    rename,
    refetch: () => void queryClient.refetchQueries(),
    title: (id?: string) => held(id)?.body.title,
    shown: (id = "1") => shown.get(id) ?? [],
  };
}
