// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, onTestFinished, test } from "vitest";
import { formatWho, type Role, whoCookie } from "#contract/who.ts";
import { createSessionStore } from "./session.ts";

/** What the server has told by its cookie. */
let told = "";
function open() {
  const store = createSessionStore({ readCookies: () => told });
  onTestFinished(store.close);
  return store;
}
const hear = () => window.dispatchEvent(new Event("storage"));

function tell(sessionId: string, userId = "usr-1", role: Role = "editor", workspace = "main") {
  const who = formatWho({ sessionId, role, userId, workspace });
  told = `other=1; ${whoCookie(window.location)}=${who}`;
}

const dropCookie = () => {
  // biome-ignore lint/suspicious/noDocumentCookie: as a server drops it
  document.cookie = `${whoCookie(window.location)}=; Path=/; Max-Age=0`;
};

beforeEach(() => {
  localStorage.clear();
  told = "";
});
// Files share a page.
afterEach(dropCookie);

test("who one is comes from the server's cookie, and not from what was chosen before", () => {
  open().signIn("usr-9");
  tell("s1", "usr 1/ä", "viewer");
  const who = { kind: "user", id: "usr 1/ä", role: "viewer", workspace: "main" };
  expect(open().get()).toEqual({ id: "s1", who });
});

test.each(["", "s1.king.usr-1", "s1.editor.", "s1.editor.%E0%A4%A", "a b.editor.usr-1"])(
  "a cookie of %j tells nothing",
  (junk) => {
    told = `${whoCookie(window.location)}=${junk}`;
    expect(open().get().who).toEqual({ kind: "guest" });
  },
);

test("a sign-in in one tab is heard in the others", () => {
  const other = open();
  tell("s1");
  open();
  hear();
  expect(other.get().id).toBe("s1");
});

test("when the cookie has gone the session is over, in every tab under one id, and its work is kept", () => {
  tell("s1");
  const [a, b] = [open(), open()];
  told = "";
  hear();
  expect(a.get()).toEqual({ id: "after s1", who: { kind: "out", byProvider: true } });
  expect(b.get()).toEqual(a.get());
});

test("an answer that nobody is signed in ends the session that asked, and no other", () => {
  tell("s1");
  const store = open();
  store.lose("s0");
  expect(store.get().id).toBe("s1");
  store.lose("s1");
  expect(store.get().who).toEqual({ kind: "out", byProvider: true });
  const { id } = store.get();
  store.lose(id);
  expect(store.get().id).toBe(id);
});

test("an answer of before the sign-in does not end the new session", () => {
  tell("s1");
  const store = open();
  tell("s2");
  store.lose("s1");
  expect(store.get().id).toBe("s2");
});

test("a guest of a server with sign-in is asked to sign in, and leaves no work", () => {
  const store = open();
  store.lose("guest");
  expect(store.get().who).toEqual({ kind: "out", byProvider: true, discards: true });
});

test("a sign-out of one's own discards what was not sent, and takes the cookie away", () => {
  tell("s1");
  const store = open();
  // biome-ignore lint/suspicious/noDocumentCookie: as a server sets it
  document.cookie = `${whoCookie(window.location)}=s1.editor.usr-1; Path=/`;
  store.signOut();
  expect(store.get().who).toEqual({ kind: "out", byProvider: true, discards: true });
  expect(document.cookie).toBe("");
});

test("the end of a session leaves the cookie alone, which may be the next one's by then", () => {
  tell("s1");
  const [store, other] = [open(), open()];
  // biome-ignore lint/suspicious/noDocumentCookie: as a server sets it
  document.cookie = `${whoCookie(window.location)}=s2.editor.usr-1.sales; Path=/`;
  other.lose("s1");
  expect(other.get().who).toEqual({ kind: "out", byProvider: true });
  told = document.cookie;
  store.check();
  hear();
  const who = { kind: "user", id: "usr-1", role: "editor", workspace: "sales" };
  expect([store.get(), other.get()]).toEqual([
    { id: "s2", who },
    { id: "s2", who },
  ]);
});
