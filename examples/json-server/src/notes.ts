import { infiniteQueryOptions, mutationOptions } from "@tanstack/react-query";
import { type Note, replaceNote } from "./note-pages.ts";
import { publish } from "./query-client.ts";

const pageSize = 10;

async function request<T>(path: string, method = "GET", body?: object): Promise<T> {
  const headers = { "Content-Type": "application/json" };
  const response = await fetch(path, {
    method,
    headers,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`);
  return response.json();
}

export const notesQuery = infiniteQueryOptions({
  queryKey: ["notes"],
  queryFn: ({ pageParam }) =>
    request<Note[]>(`/notes?_sort=id&_order=desc&_page=${pageParam}&_limit=${pageSize}`),
  initialPageParam: 1,
  getNextPageParam: (last, pages) => (last.length < pageSize ? undefined : pages.length + 1),
});

/** Shown at once, and taken back where the server refuses it. */
export const updateNote = mutationOptions({
  mutationFn: (note: Note) => request<Note>(`/notes/${note.id}`, "PATCH", note),
  async onMutate(note, { client }) {
    await client.cancelQueries(notesQuery);
    const before = client.getQueryData(notesQuery.queryKey);
    client.setQueryData(notesQuery.queryKey, (data) => data && replaceNote(data, note));
    return { before };
  },
  onError: (_error, _note, result, { client }) =>
    client.setQueryData(notesQuery.queryKey, result?.before),
  onSuccess: (note) => publish("update", note),
});

export const addNote = mutationOptions({
  mutationFn: (title: string) => request<Note>("/notes", "POST", { title, done: false }),
  onSuccess: (note) => publish("create", note),
  onSettled: (_note, _error, _title, _result, { client }) => client.invalidateQueries(notesQuery),
});
