import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openSignInFile } from "#api/file/sign-in-file.ts";
import { createSessions } from "./sessions.ts";

function start({ tickMs = 0 } = {}) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-sessions-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "db.json.sign-in.json");
  let at = 1_000_000;
  const open = () => {
    const store = openSignInFile(file);
    const sessions = createSessions({
      store,
      idleMs: 1_000,
      maxMs: 5_000,
      // A clock moves on between two looks at it.
      now: () => (at += tickMs),
      log: () => {},
    });
    onTestFinished(sessions.close);
    return { store, sessions };
  };
  return {
    file,
    open,
    pass(ms: number) {
      at += ms;
    },
  };
}

const member = {
  workspace: "main",
  id: "usr-1",
  role: "editor",
  email: null,
  subject: "issuer sub",
} as const;

test("a session lasts while it is used, and ends after the idle time", async () => {
  const { open, pass } = start();
  const { store, sessions } = open();
  await store.putMember(member);
  const { secret } = await sessions.begin(member, undefined);
  for (let use = 0; use < 3; use += 1) {
    pass(900);
    expect(await sessions.find(secret)).toMatchObject({ userId: "usr-1", role: "editor" });
  }
  pass(1_000);
  expect(await sessions.find(secret)).toBeNull();
  expect(store.sessions()).toEqual([]);
});

test("a session ends after the whole time, in use as it may be", async () => {
  const { open, pass } = start();
  const { store, sessions } = open();
  await store.putMember(member);
  const { secret } = await sessions.begin(member, undefined);
  for (let use = 0; use < 5; use += 1) {
    pass(900);
    expect(await sessions.find(secret)).not.toBeNull();
  }
  pass(600);
  expect(await sessions.find(secret)).toBeNull();
});

test("a session that begins has its whole time left", async () => {
  const { store, sessions } = start({ tickMs: 1 }).open();
  await store.putMember(member);
  expect(await sessions.begin(member, undefined)).toMatchObject({ leftMs: 5_000 });
});

test("a sign-in has a new secret, and ends the session that the browser had", async () => {
  const { open } = start();
  const { store, sessions } = open();
  await store.putMember(member);
  const first = await sessions.begin(member, "planted by a stranger");
  const second = await sessions.begin(member, first.secret);
  expect(await sessions.find("planted by a stranger")).toBeNull();
  expect(await sessions.find(first.secret)).toBeNull();
  expect(await sessions.find(second.secret)).toMatchObject({ sessionId: second.id });
});

test("who watches a session hears of its end, and at once of one that has ended", async () => {
  const { open } = start();
  const { store, sessions } = open();
  await store.putMember(member);
  const { secret } = await sessions.begin(member, undefined);
  const sender = await sessions.find(secret);
  const heard: string[] = [];
  sender?.onEnd(() => heard.push("watching"))();
  sender?.onEnd(() => heard.push("stream"));
  await sessions.end([member]);
  expect(heard).toEqual(["stream"]);
  sender?.onEnd(() => heard.push("late"));
  expect(heard).toEqual(["stream", "late"]);
});

test("members and sessions outlive a restart, and a file that is broken is no empty one", async () => {
  const { file, open } = start();
  const { store, sessions } = open();
  await store.putMember(member);
  const { secret } = await sessions.begin(member, undefined);
  expect(await open().sessions.find(secret)).toMatchObject({ userId: "usr-1" });
  expect(fs.readFileSync(file, "utf8")).not.toContain(secret);
  fs.writeFileSync(file, "{");
  expect(open).toThrow("the members cannot be read");
});

test("another workspace is another session, for the rest of the time of the one before", async () => {
  const { open, pass } = start();
  const { store, sessions } = open();
  const there = { ...member, workspace: "sales" };
  await store.putMember(member);
  const first = await sessions.begin(member, undefined);
  pass(900);
  const next = await sessions.beginBeside(there, first.secret);
  expect(next?.leftMs).toBe(4_100);
  await sessions.end({ secret: first.secret });
  expect(store.sessions()).toMatchObject([{ workspace: "sales", startedAt: 1_000_000 }]);
  expect(await sessions.beginBeside(member, first.secret)).toBeNull();
  pass(1_000);
  expect(await sessions.beginBeside(member, next?.secret)).toBeNull();
});
