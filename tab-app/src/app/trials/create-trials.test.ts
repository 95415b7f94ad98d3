import { expect, it, vi } from "vitest";
import { createTrials, type TrialRealm } from "./create-trials.ts";

function setUp(status = 200) {
  const posted: unknown[] = [];
  const due: { ms: number; call: () => void }[] = [];
  let now = 0;
  const asked: string[] = [];
  const realm: TrialRealm = {
    BroadcastChannel: { prototype: { postMessage: (message) => posted.push(message) } },
    fetch: async (input, init) => {
      asked.push(`${init?.method ?? "GET"} ${String(input)}`);
      return new Response("{}", { status: String(input) === "/api/faults" ? status : 200 });
    },
    Date,
    location: { replace: vi.fn() },
    localStorage: { clear: vi.fn() },
    sessionStorage: { clear: vi.fn() },
    indexedDB: {
      databases: async () => [{ name: "tandem", version: 1 }],
      deleteDatabase: vi.fn(),
    },
  };
  const clock = {
    after: (ms: number, call: () => void) => void due.push({ ms, call }),
    now: () => (now += 1000),
  };
  const post = (message: unknown) => realm.BroadcastChannel.prototype.postMessage(message);
  const pass = () => {
    for (const { call } of due.splice(0)) call();
  };
  return { realm, posted, post, pass, asked, run: createTrials(realm, clock), due, clock };
}

it("does nothing where the server has no faults, whoever asks", async () => {
  for (const status of [403, 404]) {
    const { run, realm, post, posted } = setUp(status);
    await run("lose-page");
    await run("drop-messages");
    post(1);
    expect(realm.location.replace).not.toHaveBeenCalled();
    expect(posted).toEqual([1]);
  }
});

it("ignores what it does not know, without asking", async () => {
  const { run, asked } = setUp();
  for (const junk of ["constructor", null, 7, {}]) await run(junk);
  expect(asked).toEqual([]);
});

it("drops, doubles or delays what the tab sends, until it is ended", async () => {
  const { run, post, posted, pass } = setUp();
  await run("drop-messages");
  post(1);
  await run("double-messages");
  post(2);
  await run("delay-messages");
  post(3);
  expect(posted).toEqual([2, 2]);
  pass();
  await run("end");
  post(4);
  expect(posted).toEqual([2, 2, 3, 4]);
});

it("slows the next write, and neither a read nor a later one", async () => {
  const { run, realm, asked, pass } = setUp();
  await run("slow-write");
  await realm.fetch("/api/users");
  const slow = realm.fetch("/api/notes/1", { method: "PATCH" });
  await realm.fetch("/api/notes/2", { method: "PATCH" });
  expect(asked.slice(1)).toEqual(["GET /api/users", "PATCH /api/notes/2"]);
  pass();
  expect((await slow).ok).toBe(true);
  expect(asked.at(-1)).toBe("PATCH /api/notes/1");
});

it("swallows the answer to the next write, which was carried out", async () => {
  const { run, realm, asked, pass, due } = setUp();
  await run("swallow-write");
  const write = realm.fetch("/api/notes/1", { method: "PATCH" });
  await vi.waitUntil(() => due.length > 0);
  expect(asked.at(-1)).toBe("PATCH /api/notes/1");
  pass();
  await expect(write).rejects.toThrow("lost");
});

it("sets the clock ahead, and leaves given dates as they are", async () => {
  const { run, realm } = setUp();
  await run("clock-ahead");
  const hours = (at: number) => Math.round((at - Date.now()) / 3600_000);
  expect(hours(realm.Date.now())).toBe(3);
  expect(hours(new realm.Date().getTime())).toBe(3);
  expect(new realm.Date(0).getTime()).toBe(0);
  await run("end");
  expect(hours(realm.Date.now())).toBe(0);
});

it("hangs for six seconds, loses its page, and clears what is kept", async () => {
  const { run, realm, clock } = setUp();
  const before = clock.now();
  await run("hang");
  expect(clock.now() - before).toBeGreaterThan(6000);
  await run("lose-page");
  expect(realm.location.replace).toHaveBeenCalledWith("about:blank");
  await run("clear-storage");
  expect(realm.localStorage.clear).toHaveBeenCalled();
  await vi.waitUntil(() => vi.mocked(realm.indexedDB.deleteDatabase).mock.calls.length > 0);
});
