// @vitest-environment happy-dom
import { beforeEach, expect, test } from "vitest";
import { createSessionStore } from "./session.ts";

beforeEach(() => localStorage.clear());

const tell = () => window.dispatchEvent(new Event("storage"));

test("whoever has not said who they are is a guest", () => {
  expect(createSessionStore().get()).toEqual({ id: "guest", who: { kind: "guest" } });
});

test("a choice made in one tab is heard in another, and outlives both", () => {
  const [a, b] = [createSessionStore(), createSessionStore()];
  let heard = 0;
  b.subscribe(() => heard++);
  a.signIn("usr-03");
  tell();
  expect(heard).toBe(1);
  expect(b.get()).toEqual(a.get());
  expect(createSessionStore().get().who).toEqual({ kind: "user", id: "usr-03" });
});

test("each sign-in and sign-out is a session of its own", () => {
  const store = createSessionStore();
  const ids = new Set([store.get().id]);
  for (const change of [() => store.signIn("a"), () => store.signOut(), () => store.signIn("a")]) {
    change();
    ids.add(store.get().id);
  }
  expect(ids.size).toBe(4);
});

test.each(["resume", "visibilitychange"])("a page that heard nothing looks at %s", (event) => {
  const [a, b] = [createSessionStore(), createSessionStore()];
  a.signOut();
  document.dispatchEvent(new Event(event));
  expect(b.get().who).toEqual({ kind: "out" });
});

test("a page out of the back/forward cache looks before it is painted", () => {
  const [a, b] = [createSessionStore(), createSessionStore()];
  a.signOut();
  window.dispatchEvent(new Event("pageshow"));
  expect(b.get().who).toEqual({ kind: "out" });
});

test.each(["junk", "{}", '{"id":"","who":{"kind":"user"}}', "null"])(
  "with %s in the storage nothing is shown to anybody",
  (junk) => {
    localStorage.setItem("tandem-session", junk);
    expect(createSessionStore().get().who).toEqual({ kind: "out" });
  },
);

test("without storage a choice holds for this tab", () => {
  const store = createSessionStore({ storage: null });
  expect(store.get().who).toEqual({ kind: "guest" });
  store.signIn("usr-03");
  expect(store.get().who).toEqual({ kind: "user", id: "usr-03" });
});

test("a storage that refuses is no reason not to sign out", () => {
  const refusing = {
    getItem: () => null,
    setItem() {
      throw new Error("QuotaExceededError");
    },
  };
  const store = createSessionStore({ storage: refusing });
  store.signOut();
  expect(store.get().who).toEqual({ kind: "out" });
});
