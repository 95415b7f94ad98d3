import { QueryClient, QueryObserver } from "@tanstack/query-core";
import { createSync } from "tandem-sync";
import { httpLog, revisionOf } from "tandem-sync/http";

const queryClient = new QueryClient();
queryClient.mount();
const sync = createSync({
  name: "express-notes",
  queryClient,
  server: httpLog("/api/changes"),
  effects: {
    notes: {
      effect: ({ id, row }, data) =>
        row ? { patched: { ...data, notes: { ...data.notes, [id]: row } } } : "stale",
    },
  },
});

async function request(path, init) {
  const response = await fetch(path, init);
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail);
  return { response, body, asOf: revisionOf(response) };
}

async function write(method, path, fields) {
  const headers = { "Content-Type": "application/json", "Tandem-Origin": sync.tabId };
  const key = { "Idempotency-Key": Math.random().toString(36) };
  const init = { method, headers: { ...headers, ...key }, body: JSON.stringify(fields) };
  const { response, body, asOf } = await request(path, init);
  const logged = JSON.parse(response.headers.get("Tandem-Changes") ?? "[]");
  const changes = logged.map((change) => ({ ...change, row: body }));
  sync.publish(asOf, changes);
}

const query = new QueryObserver(queryClient, {
  queryKey: ["notes"],
  async queryFn() {
    const { body, asOf } = await request("/api/notes");
    return { notes: Object.fromEntries(body.map((note) => [note.id, note])), asOf };
  },
  // While changes arrive by themselves, age makes nothing stale.
  staleTime: () => (sync.isLive ? Number.POSITIVE_INFINITY : 10_000),
});

const [status, alert, list, form] = document.querySelectorAll("[role], ul, form");
const say = (error) => alert.replaceChildren(error?.message ?? "");
const save = (...request) => write(...request).then(say, say);
const inputs = new Map();

function addInput(id) {
  const input = document.createElement("input");
  let version = 0;
  // A save says what it was begun on: where that is not the latest, the server refuses it.
  input.onfocus = () => {
    version = query.getCurrentResult().data.notes[id].version;
  };
  input.onchange = () => {
    save("PATCH", `/api/notes/${id}`, { title: input.value, expectedVersion: version });
    input.blur();
  };
  list.appendChild(document.createElement("li")).append(input);
  inputs.set(id, input);
  return input;
}

query.subscribe(({ data }) => {
  for (const { id, title } of Object.values(data?.notes ?? {})) {
    const input = inputs.get(id) ?? addInput(id);
    input.ariaLabel = title;
    if (input !== document.activeElement) input.value = title;
  }
});
form.onsubmit = (event) => {
  event.preventDefault();
  save("POST", "/api/notes", { title: form.elements.title.value });
  form.reset();
};
sync.subscribe(() => status.replaceChildren(sync.status));
