import { afterAll, beforeAll, expect, test } from "vitest";
import { readDocument } from "#api/file/read-document.ts";
import { connect } from "#api/postgres/connect.ts";
import { importDocument } from "#api/postgres/import-document.ts";
import { account, activity, type Json, smallData } from "#api/testing/data-file.ts";
import { createTestDatabase, startPostgres } from "#api/testing/start-postgres.ts";
import {
  type Browser,
  createBrowser,
  type SignedInTandem,
  signIn,
  startWithSignIn,
} from "./testing/start-with-sign-in.ts";

/*
 * Two workspaces of one database, "main" and "sales", and who of the one learns or changes what of the other. An account
 * has the same id in both. `npm run mutants -- --only "workspace: …"` takes the checks out one by one.
 */
const salesData = {
  users: [{ id: "usr-1", name: "Zoe of Sales" }],
  accounts: [account("acc-1", "Secretive"), account("acc-77", "Hidden")],
  activities: [
    { ...activity(1), accountId: "acc-1", title: "Whisper" },
    { ...activity(5), id: "act-77", accountId: "acc-77", title: "Whisper twice" },
  ],
};
const secrets = /Zoe|Secretive|Hidden|Whisper|acc-77|act-77|whisperer/;
const report = { windowId: "w1", userId: null, isEditing: false };

const cleanUps: (() => void | Promise<void>)[] = [];
let tandem: SignedInTandem;
/** Of main: a viewer, an editor, an admin. Of sales: an editor, and the editor of main, who is a viewer there. */
let vi: Browser;
let ed: Browser;
let ada: Browser;
let sal: Browser;
let edInSales: Browser;
/** A position in the log of each. */
let ofMain: string;
let ofSales: string;

const send = (browser: Browser, method: string, path: string, body?: unknown, headers = {}) =>
  browser.send(method, path.startsWith("/access/") ? tandem.pane + path : tandem.api + path, {
    body,
    headers: { "Content-Type": "application/json", ...headers },
  });
const jsonOf = async (browser: Browser, path: string): Promise<Json> =>
  JSON.parse((await send(browser, "GET", path)).text);

async function enter(sub: string, workspace: string): Promise<Browser> {
  const browser = createBrowser();
  const { status } = await signIn(tandem, sub, browser, "/", workspace);
  expect([sub, workspace, status]).toEqual([sub, workspace, 302]);
  return browser;
}

async function membersOf(admin: Browser) {
  const { members } = await jsonOf(admin, "/access/members");
  const list = members as { id: string; email: string }[];
  return new Map(list.map(({ email, id }) => [email, id]));
}

beforeAll(async () => {
  const onDone = (cleanUp: () => void | Promise<void>) => void cleanUps.push(cleanUp);
  const postgres = await startPostgres();
  onDone(() => postgres.remove());
  const url = await createTestDatabase(postgres.url, Buffer.from(JSON.stringify(smallData)));
  const { db, close } = connect(url);
  const sales = readDocument(Buffer.from(JSON.stringify(salesData)), 0);
  await importDocument(db, "sales", sales).finally(close);
  tandem = await startWithSignIn(onDone, {}, url);
  const invite = (admin: Browser, sub: string, role: string) =>
    // Of one id in both workspaces.
    send(admin, "POST", "/access/members", { email: `${sub}@example.com`, role, id: `usr-${sub}` });
  ada = await enter("ada", "main");
  await invite(ada, "vi", "viewer");
  await invite(ada, "ed", "editor");
  const adaInSales = await enter("ada", "sales");
  await invite(adaInSales, "sal", "editor");
  await invite(adaInSales, "ed", "viewer");
  vi = await enter("vi", "main");
  ed = await enter("ed", "main");
  sal = await enter("sal", "sales");
  edInSales = await enter("ed", "sales");
  const position = ({ epoch, head }: Json) => `${epoch}.${head}`;
  ofMain = position(await jsonOf(ed, "/status"));
  ofSales = position(await jsonOf(sal, "/status"));
});
afterAll(async () => {
  for (const cleanUp of cleanUps.reverse()) await cleanUp();
});

/** What is asked of the other workspace, with its answer; and the same of one's own. */
const reads: readonly [what: string, other: string, status: number, own: string][] = [
  ["rows: one by its id", "/accounts/acc-77", 404, "/accounts/acc-2"],
  ["rows: a list", "/accounts", 200, "/accounts"],
  ["rows: those of an account", "/accounts/acc-77/activities", 404, "/accounts/acc-2/activities"],
  ["rows: by a field", "/activities?accountId=acc-77", 200, "/activities?accountId=acc-2"],
  ["rows: all", "/db", 200, "/db"],
  ["search", "/activities?q=whisper", 200, "/activities?q=note"],
  ["search: of names", "/users?q=zoe", 200, "/users?q=tom"],
  ["history", "/changes/accounts/acc-77", 200, "/changes/accounts/acc-2"],
  ["history: of an id that both have", "/changes/accounts/acc-1", 200, "/changes/accounts/acc-1"],
  ["presence", "/presence", 200, "/presence"],
  ["changes", "/changes?since=OTHER", 410, "/changes?since=OWN"],
];

test.each(reads)("%s of another workspace is read by no role", async (_, path, status, own) => {
  await send(sal, "PATCH", "/accounts/acc-1", { notes: `Whisper ${path}` });
  await send(sal, "PATCH", "/accounts/acc-77", { notes: `Whisper ${path}` });
  await send(sal, "POST", "/presence", { ...report, tabId: "whisperer", accountId: "acc-77" });
  const at = (text: string) => text.replace("OTHER", ofSales).replace("OWN", ofMain);
  for (const browser of [vi, ed, ada]) {
    const answer = await send(browser, "GET", at(path));
    expect([path, answer.status]).toEqual([path, status]);
    // A refusal repeats what was asked for.
    expect(answer.text.replaceAll("acc-77", "")).not.toMatch(secrets);
    expect(answer.headers["tandem-revision"]).toContain(ofMain.split(".")[0]);
    expect((await send(browser, "GET", at(own))).status).toBe(200);
  }
  // What is not found above is there to be found.
  const there = await send(sal, "GET", at(path));
  expect([there.status, there.text]).toEqual([200, expect.stringMatching(secrets)]);
});

test("rows: what is counted is of one's own workspace", async () => {
  const overview = "/overview?today=2026-11-28";
  for (const browser of [vi, ed, ada])
    expect(await jsonOf(browser, overview)).toMatchObject({ accounts: 3 });
  expect(await jsonOf(sal, overview)).toMatchObject({ accounts: 2 });
});

test("a stranger learns no position of any log", async () => {
  const { status, headers } = await send(createBrowser(), "GET", "/accounts");
  expect([status, headers["tandem-revision"]]).toEqual([401, undefined]);
});

const writes: readonly [method: string, path: string, body: unknown, status: number][] = [
  ["PATCH", "/accounts/acc-77", { name: "Taken" }, 404],
  ["PUT", "/activities/act-77", { ...activity(2), id: "act-77" }, 404],
  ["DELETE", "/activities/act-77", undefined, 404],
  ["DELETE", "/accounts/acc-77", undefined, 404],
  ["POST", "/accounts/acc-77/activities", { kind: "note", title: "Taken" }, 404],
];

test.each(writes)(
  "rows: %s %s of another workspace writes nothing",
  async (verb, path, body, status) => {
    const before = await send(sal, "GET", "/db");
    expect((await send(vi, verb, path, body)).status).toBe(403);
    for (const browser of [ed, ada])
      expect((await send(browser, verb, path, body)).status).toBe(status);
    expect((await send(sal, "GET", "/db")).text).toBe(before.text);
  },
);

test("rows: an id that both have is one's own", async () => {
  for (const [browser, notes] of [
    [ed, "of main"],
    [sal, "of sales"],
  ] as const)
    expect((await send(browser, "PATCH", "/accounts/acc-1", { notes })).status).toBe(200);
  const inMain = { name: "Northgate", notes: "of main" };
  expect(await jsonOf(ed, "/accounts/acc-1")).toMatchObject(inMain);
  const inSales = { name: "Secretive", notes: "of sales" };
  expect(await jsonOf(sal, "/accounts/acc-1")).toMatchObject(inSales);
});

test("rows: a role counts in its workspace alone", async () => {
  expect((await send(edInSales, "PATCH", "/accounts/acc-1", { notes: "" })).status).toBe(403);
  expect((await send(edInSales, "GET", "/accounts/acc-77")).status).toBe(200);
  expect((await send(ed, "PATCH", "/accounts/acc-1", { notes: "" })).status).toBe(200);
});

test("rows: an idempotency key of one workspace brings no answer of the other", async () => {
  const headers = { "Idempotency-Key": "the-same-key" };
  const note = { kind: "note", title: "By a key", accountId: "acc-1" };
  expect((await send(sal, "POST", "/activities", note, headers)).status).toBe(201);
  const { status, text } = await send(ed, "POST", "/activities", note, headers);
  expect(status).toBe(201);
  const { id } = JSON.parse(text);
  expect((await send(ed, "GET", `/activities/${id}`)).status).toBe(200);
  expect((await send(sal, "GET", `/activities/${id}`)).status).toBe(404);
});

test.each([
  ["viewer", () => vi],
  ["editor", () => ed],
  ["admin", () => ada],
])("stream, presence: nothing of another workspace reaches the %s", async (role, browserOf) => {
  const stream = await browserOf().openStream(`${tandem.api}/changes`);
  const there = await sal.openStream(`${tandem.api}/changes`);
  await send(sal, "PATCH", "/activities/act-77", { title: `Whisper to ${role}` });
  await send(sal, "POST", "/presence", {
    ...report,
    tabId: `whisperer-${role}`,
    accountId: "acc-77",
  });
  for (const word of [`Whisper to ${role}`, `whisperer-${role}`])
    await expect.poll(there.text, { timeout: 30_000 }).toContain(word);
  // What is sent after it has arrived.
  await send(ed, "PATCH", "/activities/act-02", { title: `Aloud to ${role}` });
  await send(ed, "POST", "/presence", { ...report, tabId: `speaker-${role}`, accountId: "acc-1" });
  for (const word of [`Aloud to ${role}`, `speaker-${role}`])
    await expect.poll(stream.text, { timeout: 30_000 }).toContain(word);
  expect(stream.text()).not.toMatch(secrets);
  stream.close();
  there.close();
});

test("stream: a position in the log of another workspace is none here", async () => {
  const stream = await ed.openStream(`${tandem.api}/changes?since=${ofSales}`);
  await expect.poll(stream.text, { timeout: 30_000 }).toMatch(/event: reset/);
  expect(stream.text()).not.toMatch(secrets);
  stream.close();
});

test("members: an admin sees and changes those of their own workspace", async () => {
  const adaInSales = await enter("ada", "sales");
  const emails = (list: ReadonlyMap<string, string>) => [...list.keys()].sort();
  const inMain = await membersOf(ada);
  expect(emails(inMain)).toEqual(["ada@example.com", "ed@example.com", "vi@example.com"]);
  const inSales = await membersOf(adaInSales);
  expect(emails(inSales)).toEqual(["ada@example.com", "ed@example.com", "sal@example.com"]);
  const theirs = `/access/members/${inSales.get("sal@example.com")}`;
  for (const [method, path, body] of [
    ["PATCH", theirs, { role: "admin" }],
    ["DELETE", `${theirs}/sessions`, undefined],
    ["DELETE", theirs, undefined],
  ] as const)
    expect((await send(ada, method, path, body)).status).toBe(404);
  expect((await send(sal, "GET", "/accounts")).status).toBe(200);
  // The same id in both: signed out of one.
  const both = `/access/members/${inMain.get("ada@example.com")}`;
  const again = await enter("ada", "main");
  await send(again, "DELETE", `${both}/sessions`);
  expect((await send(adaInSales, "GET", "/accounts")).status).toBe(200);
  ada = await enter("ada", "main");
});

test("another workspace: its members come in, by another session, and nobody else", async () => {
  const move = (browser: Browser, workspace: string, headers = {}) =>
    send(browser, "POST", "/access/workspace", { workspace }, headers);
  const main = { id: "main", name: "Main" };
  const viewer = { workspaces: [{ ...main, role: "viewer" }], current: "main" };
  expect(await jsonOf(vi, "/access/workspaces")).toEqual(viewer);
  const of = await enter("ed", "main");
  const sales = { id: "sales", name: "Sales", role: "viewer" };
  const both = { workspaces: [{ ...main, role: "editor" }, sales], current: "main" };
  expect(await jsonOf(of, "/access/workspaces")).toEqual(both);
  expect((await move(createBrowser(), "sales")).status).toBe(401);
  for (const workspace of ["sales", "nothing"])
    expect((await move(vi, workspace)).status).toBe(403);
  const evil = { Origin: "https://evil.example", "Sec-Fetch-Site": "cross-site" };
  expect((await move(of, "sales", evil)).status).toBe(403);

  const former = createBrowser();
  for (const [name, value] of of.cookies) former.cookies.set(name, value);
  const stream = await of.openStream(`${tandem.api}/changes`);
  expect((await move(of, "sales")).status).toBe(200);
  await stream.ended;
  expect((await send(of, "GET", "/accounts/acc-77")).status).toBe(200);
  expect((await send(of, "GET", "/accounts/acc-2")).status).toBe(404);
  expect((await send(former, "GET", "/accounts")).status).toBe(401);
});

test("a sign-in with several workspaces asks which, and remembers it; one of others is none", async () => {
  const browser = createBrowser();
  const asked = await signIn(tandem, "ed", browser, "/?account=acc-1");
  expect([asked.status, asked.headers.location]).toEqual([200, undefined]);
  expect(asked.text).toContain("Choose a workspace");
  expect(asked.text).toContain('href="/access/sign-in?workspace=sales&#38;return_to=');
  expect((await send(browser, "GET", "/accounts")).status).toBe(401);
  await signIn(tandem, "ed", browser, "/", "sales");
  expect((await send(browser, "GET", "/accounts/acc-77")).status).toBe(200);
  expect((await signIn(tandem, "ed", browser)).status).toBe(302);
  expect((await send(browser, "GET", "/accounts/acc-77")).status).toBe(200);
  const other = createBrowser();
  const refused = await signIn(tandem, "vi", other, "/", "sales");
  expect([refused.status, refused.text.includes("Sales")]).toEqual([403, false]);
  expect((await send(other, "GET", "/accounts")).status).toBe(401);
});

test("a member who is removed loses the streams of that workspace at once, and keeps the other one", async () => {
  const adaInSales = await enter("ada", "sales");
  const [there, here] = [await enter("ed", "sales"), await enter("ed", "main")];
  const stream = await there.openStream(`${tandem.api}/changes`);
  const id = (await membersOf(adaInSales)).get("ed@example.com");
  expect((await send(adaInSales, "DELETE", `/access/members/${id}`)).status).toBe(200);
  await stream.ended;
  expect(stream.text()).toMatch(/event: signed-out/);
  expect((await send(there, "GET", "/accounts")).status).toBe(401);
  expect((await send(here, "GET", "/accounts")).status).toBe(200);
});
