import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Browser,
  createBrowser,
  type SignedInTandem,
  signIn,
  startWithSignIn,
} from "./testing/start-with-sign-in.ts";

/*
 * Who may do what. Each line is a request, and the answer that it gets from a stranger, a viewer, an editor and an admin.
 * `npm run mutants -- --only "role: …"` takes the checks out one by one.
 */
const J = { "Content-Type": "application/json" };
const faults = { ...J, "Tandem-Faults": "1" };
const report = { tabId: "t1", windowId: "w1", userId: null, accountId: "acc-1", isEditing: false };
const pin = { method: "PATCH", resource: "activities", id: "act-02", body: { pinned: true } };

const table: readonly [verb: string, path: string, body: unknown, ...answers: Answers][] = [
  ["GET", "/api/accounts", undefined, 401, 200, 200, 200],
  ["HEAD", "/api/accounts", undefined, 401, 200, 200, 200],
  ["OPTIONS", "/api/accounts", undefined, 401, 204, 204, 204],
  ["GET", "/api/accounts/acc-1?_embed=activities", undefined, 401, 200, 200, 200],
  ["GET", "/api/activities?q=note", undefined, 401, 200, 200, 200],
  ["GET", "/api/db", undefined, 401, 200, 200, 200],
  ["GET", "/api/nothing", undefined, 401, 404, 404, 404],
  ["GET", "/api/changes", undefined, 401, 200, 200, 200],
  ["GET", "/api/changes?since=x.1", undefined, 401, 410, 410, 410],
  ["GET", "/api/changes/accounts/acc-1", undefined, 401, 200, 200, 200],
  ["STREAM", "/api/changes", undefined, 401, 200, 200, 200],
  ["GET", "/api/presence", undefined, 401, 200, 200, 200],
  ["POST", "/api/presence", report, 401, 200, 200, 200],
  ["GET", "/api/overview", undefined, 401, 200, 200, 200],
  ["GET", "/api/status", undefined, 401, 200, 200, 200],
  ["POST", "/api/accounts/acc-1/activities", { kind: "note", title: "A" }, 401, 403, 201, 201],
  ["POST", "/api/users", { name: "Somebody" }, 401, 403, 201, 201],
  ["PATCH", "/api/activities/act-02", { pinned: true }, 401, 403, 200, 200],
  ["PUT", "/api/users/usr-2", { name: "Tom" }, 401, 403, 200, 200],
  ["DELETE", "/api/activities/nothing", undefined, 401, 403, 404, 404],
  ["POST", "/api/batch", { writes: [pin] }, 401, 403, 200, 200],
  ["GET", "/api/faults", undefined, 401, 403, 403, 403],
  ["PATCH", "/api/faults", { latencyMs: 1 }, 401, 403, 403, 403],
  ["GET", "/access/members", undefined, 401, 403, 403, 200],
  ["POST", "/access/members", { email: "x@example.com", role: "admin" }, 401, 403, 403, 201],
  ["PATCH", "/access/members/nobody", { role: "admin" }, 401, 403, 403, 404],
  ["DELETE", "/access/members/nobody", undefined, 401, 403, 403, 404],
  ["DELETE", "/access/members/nobody/sessions", undefined, 401, 403, 403, 404],
];
type Answers = [stranger: number, viewer: number, editor: number, admin: number];

const cleanUps: (() => void | Promise<void>)[] = [];
let tandem: SignedInTandem;
const browsers: Browser[] = [];

beforeAll(async () => {
  tandem = await startWithSignIn((cleanUp) => void cleanUps.push(cleanUp));
  const ada = createBrowser();
  await signIn(tandem, "ada", ada);
  const members = `${tandem.pane}/access/members`;
  for (const [sub, role] of Object.entries({ vi: "viewer", ed: "editor" }))
    await ada.send("POST", members, { body: { email: `${sub}@example.com`, role } });
  const [vi, ed] = [createBrowser(), createBrowser()];
  await signIn(tandem, "vi", vi);
  await signIn(tandem, "ed", ed);
  browsers.push(createBrowser(), vi, ed, ada);
});
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

test.each(table)("%s %s", async (verb, path, body, ...expected) => {
  const answers: number[] = [];
  for (const browser of browsers) {
    const url = tandem.pane + path;
    if (verb === "STREAM") {
      const stream = await browser.openStream(url);
      answers.push(stream.status);
      stream.close();
    } else {
      const headers = path === "/api/faults" ? faults : J;
      const { status, text } = await browser.send(verb, url, { body, headers });
      answers.push(status);
      if (status === 401 || status === 403) expect(text).not.toMatch(/Northgate|Maya|usr-|ada@/);
    }
  }
  expect(answers).toEqual(expected);
});

test("a viewer is told in plain words why a write is refused", async () => {
  const url = `${tandem.api}/activities/act-02`;
  const { text } = (await browsers[1]?.send("PATCH", url, { body: { pinned: true } })) ?? {};
  expect(JSON.parse(text ?? "").detail).toBe(
    "Your role is viewer: you can read, and not change anything. An admin can give you another one.",
  );
});

test("who is there is told by the session, and not by the page", async () => {
  const body = { ...report, userId: "usr-1" };
  const [, vi] = browsers;
  const { text } = (await vi?.send("POST", `${tandem.api}/presence`, { body })) ?? {};
  const [own] = JSON.parse(text ?? "").all;
  expect(own.userId).toMatch(/^usr-[0-9a-f]{12}$/);
});

test("the history names who is signed in, and not whom the page names", async () => {
  const [, , ed] = browsers;
  const headers = { ...J, "Tandem-User": "usr-1" };
  await ed?.send("PATCH", `${tandem.api}/accounts/acc-1`, { body: { plan: "Free" }, headers });
  const { text } = (await ed?.send("GET", `${tandem.api}/changes/accounts/acc-1`)) ?? {};
  expect(JSON.parse(text ?? "").entries[0].authorId).toMatch(/^usr-[0-9a-f]{12}$/);
});

test("a write in the name of another user is refused", async () => {
  const [, , ed] = browsers;
  const send = (origin: string) =>
    ed?.send("PATCH", `${tandem.api}/activities/act-02`, {
      body: { pinned: true },
      headers: { ...J, "Tandem-Origin": origin },
    });
  expect((await send("Tab-A_5f0c93aa_usr-1"))?.status).toBe(403);
  expect((await send("Tab-A_5f0c93aa"))?.status).toBe(200);
});

test("the last admin cannot be removed, nor made something else", async () => {
  const [, , , ada] = browsers;
  const members = `${tandem.pane}/access/members`;
  const { text } = (await ada?.send("GET", members)) ?? {};
  const { you, members: all } = JSON.parse(text ?? "");
  for (const { id, role } of all)
    if (role === "admin" && id !== you) await ada?.send("DELETE", `${members}/${id}`);
  const own = `${members}/${you}`;
  expect((await ada?.send("DELETE", own))?.status).toBe(409);
  expect((await ada?.send("PATCH", own, { body: { role: "editor" } }))?.status).toBe(409);
});
