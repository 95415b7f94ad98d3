// @vitest-environment happy-dom
import { QueryClient } from "@tanstack/query-core";
import { QueryClientProvider } from "@tanstack/react-query";
import { act, createElement } from "react";
import { createRoot } from "react-dom/client";
import { afterAll, afterEach, describe, expect, test, vi } from "vitest";
import { createSync, type EffectRule, type Sync } from "#sync";
import { SyncProvider } from "#sync/react";
import { type Note, note, removeRecipes, runRecipe } from "./testing/recipe.ts";

const undo: (() => void)[] = [];
afterEach(() => {
  for (const each of undo.splice(0)) each();
});
afterAll(removeRecipes);

function createApp() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  vi.stubGlobal("queryClient", queryClient);
  undo.push(() => queryClient.clear());
  return queryClient;
}

function closeAtEnd(sync: Sync): Sync {
  undo.push(sync.close);
  return sync;
}

describe("lists and details", () => {
  async function createLists() {
    const queryClient = createApp();
    const { sync } = await runRecipe<{ sync: Sync }>("Lists and details");
    closeAtEnd(sync);
    queryClient.setQueryData(["note", "1"], { note: note("1") });
    queryClient.setQueryData(["notes", { done: false }], [note("1"), note("2")]);
    queryClient.setQueryData(["notes", { done: true }], [note("3", true)]);
    const ids = (done: boolean) =>
      queryClient.getQueryData<Note[]>(["notes", { done }])?.map(({ id }) => id);
    const isStale = (done: boolean) =>
      queryClient.getQueryState(["notes", { done }])?.isInvalidated;
    return { queryClient, sync, ids, isStale };
  }

  test("a row that no longer fits leaves its list, and has the list read where it belongs", async () => {
    const { queryClient, sync, ids, isStale } = await createLists();
    const row = { ...note("1", true) };
    sync.publish(null, [{ resource: "notes", id: "1", op: "update", row }]);
    expect(queryClient.getQueryData(["note", "1"])).toEqual({ note: row });
    expect([ids(false), isStale(false)]).toEqual([["2"], false]);
    expect([ids(true), isStale(true)]).toEqual([["3"], true]);
  });

  test("a row that still fits is put in its place, a deleted one is gone, and others touch nothing", async () => {
    const { sync, ids, isStale, queryClient } = await createLists();
    const row = { ...note("2", false, "new") };
    sync.publish(null, [{ resource: "notes", id: "2", op: "update", row }]);
    expect(queryClient.getQueryData<Note[]>(["notes", { done: false }])?.[1]).toEqual(row);
    sync.publish(null, [{ resource: "notes", id: "1", op: "delete" }]);
    sync.publish(null, [{ resource: "users", id: "3", op: "delete" }]);
    expect([ids(false), ids(true)]).toEqual([["2"], ["3"]]);
    expect([isStale(false), isStale(true)]).toEqual([false, false]);
    expect(queryClient.getQueryState(["note", "1"])?.isInvalidated).toBe(true);
  });
});

test("infinite queries: a row is put into its page, and only what moves rows has the feed read", async () => {
  const { feed } = await runRecipe<{ feed: EffectRule }>("Infinite queries");
  const data = { pages: [[note("1")], [note("2")]], pageParams: [1, 2] };
  const change = { rev: 0, version: 0, parents: {}, resource: "notes", id: "2" };
  const row = { ...note("2", false, "new") };
  const effect = (fields: object) =>
    feed.effect({ ...change, op: "update", ...fields }, data, ["feed"]);
  expect(effect({ row })).toEqual({ patched: { ...data, pages: [[note("1")], [row]] } });
  expect(effect({ row, op: "create" })).toBe("stale");
  expect(effect({ op: "delete" })).toBe("stale");
  expect(effect({ row, id: "9" })).toBe("none");
  expect(effect({ row, resource: "users" })).toBe("none");
});

test("a rule that is forgotten: the block is wrong to the compiler, and runs", async () => {
  createApp();
  await runRecipe("A rule that is forgotten");
});

describe("optimistic updates", () => {
  interface Toggle {
    mutate(note: Note): void;
  }

  async function renderToggle(ask: () => Promise<Note>) {
    const queryClient = createApp();
    queryClient.setQueryData(["notes"], [note("1"), note("2")]);
    const published = vi.fn();
    vi.stubGlobal("sync", { publish: published });
    vi.stubGlobal("ask", ask);
    vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
    const { useToggle } = await runRecipe<{ useToggle: () => Toggle }>("Optimistic updates");
    let toggle: Toggle | undefined;
    function App() {
      toggle = useToggle();
      return null;
    }
    const root = createRoot(document.createElement("div"));
    await act(() =>
      root.render(createElement(QueryClientProvider, { client: queryClient }, createElement(App))),
    );
    undo.push(() => act(() => root.unmount()));
    const notes = () => queryClient.getQueryData<Note[]>(["notes"]);
    return {
      queryClient,
      published,
      notes,
      toggle: (of: Note) => act(async () => toggle?.mutate(of)),
    };
  }

  test("are published when the server has accepted them, and not before", async () => {
    let accept = (_: Note) => {};
    const { published, notes, toggle } = await renderToggle(
      () =>
        new Promise((resolve) => {
          accept = resolve;
        }),
    );
    await toggle(note("1"));
    expect(notes()?.[0]?.done).toBe(true);
    expect(published).not.toHaveBeenCalled();
    const row = note("1", true);
    await act(async () => accept(row));
    expect(published).toHaveBeenCalledWith(null, [
      { resource: "notes", id: "1", op: "update", row },
    ]);
  });

  test("take back their own change where they are refused, and nothing else", async () => {
    let refuse = (_: Error) => {};
    const { queryClient, published, notes, toggle } = await renderToggle(
      () =>
        new Promise((_, reject) => {
          refuse = reject;
        }),
    );
    await toggle(note("1"));
    // Another tab's change, meanwhile.
    queryClient.setQueryData<Note[]>(["notes"], (all) => all?.toSpliced(1, 1, note("2", true)));
    await act(async () => refuse(new Error("refused")));
    expect(notes()).toEqual([note("1"), note("2", true)]);
    expect(published).not.toHaveBeenCalled();
  });
});

test("conflicts: an edit says which version it was made on, and is answered with theirs where that is old", async () => {
  vi.stubGlobal("sync", { tabId: "tab-1" });
  const { save } = await runRecipe<{ save: (of: Note, version: number) => Promise<unknown> }>(
    "Conflicts",
  );
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json(note("1")));
  vi.stubGlobal("fetch", fetch);
  expect(await save(note("1"), 7)).toEqual(note("1"));
  const [url, init] = fetch.mock.calls[0] ?? [];
  expect([url, init?.headers]).toMatchObject(["/api/notes/1", { "Tandem-Origin": "tab-1" }]);
  expect(JSON.parse(String(init?.body))).toMatchObject({ id: "1", expectedVersion: 7 });
  const theirs = note("1", true);
  fetch.mockResolvedValue(Response.json({ current: theirs }, { status: 409 }));
  expect(await save(note("1"), 7)).toEqual({ theirs });
});

test("offline: the status says what is wrong, and a click tries again", async () => {
  vi.stubGlobal("IS_REACT_ACT_ENVIRONMENT", true);
  const queryClient = createApp();
  const sync = closeAtEnd(createSync({ name: "offline", queryClient, effects: {} }));
  const retry = vi.fn();
  const { Status } = await runRecipe<{ Status: () => React.ReactNode }>("Offline");
  const page = document.createElement("div");
  const root = createRoot(page);
  await act(() =>
    root.render(
      <SyncProvider sync={{ ...sync, status: "degraded", trouble: "no-stream", retry }}>
        <Status />
      </SyncProvider>,
    ),
  );
  expect(page.textContent).toBe("no-stream");
  page.querySelector("button")?.click();
  expect(retry).toHaveBeenCalled();
  await act(() => root.unmount());
});

test("what the tabs do: the panel is shown where it is asked for, tells of a write, and is gone when it is closed", async () => {
  const queryClient = createApp();
  const sync = closeAtEnd(createSync({ name: "my-app", queryClient, effects: {} }));
  vi.stubGlobal("sync", sync);
  const { openInspector } = await runRecipe<{
    openInspector: (element: HTMLElement) => Promise<() => void>;
  }>("What the tabs do, and why");
  const element = document.createElement("div");
  const close = await openInspector(element);
  const text = () => element.firstElementChild?.shadowRoot?.textContent;
  sync.publish(null, [{ resource: "notes", id: "7", op: "update" }]);
  await vi.waitFor(() => expect(text()).toContain("notes/7"));
  close();
  expect(element.childElementCount).toBe(0);
});

test("sign-out empties each tab of that person, and none of another", async () => {
  interface Session {
    readonly queryClient: QueryClient;
    readonly signOut: () => void;
  }
  const { openSession } = await runRecipe<{ openSession: (userId: string) => Session }>("Sign-out");
  const sessions = ["ada", "ada", "bob"].map((user) => openSession(user));
  for (const { queryClient } of sessions) queryClient.setQueryData(["note"], "private");
  const held = () => sessions.map(({ queryClient }) => queryClient.getQueryData(["note"]));
  sessions[0]?.signOut();
  await vi.waitFor(() => expect(held()).toEqual([undefined, undefined, "private"]));
  sessions[2]?.signOut();
});
