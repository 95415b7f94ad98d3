import { QueryClient } from "@tanstack/react-query";
import { createSync } from "tandem-sync";
import { type Note, type NotePages, replaceNote } from "./note-pages.ts";

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: 30_000 } },
});

const effect = ({ op, row }: { op: string; row?: unknown }, data: NotePages) =>
  op === "update" ? { patched: replaceNote(data, row as Note) } : "stale";
export const sync = createSync({ name: "notes", queryClient, effects: { notes: { effect } } });

export const publish = (op: "create" | "update", note: Note) =>
  sync.publish(null, [{ resource: "notes", id: String(note.id), op, row: { ...note } }]);
