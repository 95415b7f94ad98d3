import { QueryClientProvider, useInfiniteQuery, useMutation } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { Inspector } from "./inspector.tsx";
import { addNote, notesQuery, updateNote } from "./notes.ts";
import { queryClient } from "./query-client.ts";

function Notes() {
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery(notesQuery);
  const update = useMutation(updateNote);
  const add = useMutation(addNote);
  return (
    <main>
      <h1>Notes</h1>
      <form action={(form) => add.mutate(String(form.get("title")))}>
        <input name="title" aria-label="New note" required />
        <button type="submit">Add</button>
      </form>
      <ul>
        {data?.pages.flat().map((note) => (
          <li key={note.id}>
            <label>
              <input
                type="checkbox"
                checked={note.done}
                onChange={() => update.mutate({ ...note, done: !note.done })}
              />
              {note.title}
            </label>
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" disabled={isFetching} onClick={() => fetchNextPage()}>
          Load more
        </button>
      )}
      <Inspector />
    </main>
  );
}

const root = document.getElementById("root");
if (root)
  createRoot(root).render(
    <QueryClientProvider client={queryClient}>
      <Notes />
    </QueryClientProvider>,
  );
