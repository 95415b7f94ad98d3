import type { Page } from "@playwright/test";
import { attack } from "./support/attacker.ts";
import { openRealm } from "./support/open-realm.ts";
import { Shell } from "./support/shell.ts";
import { expect, expectTruth, test } from "./support/test.ts";

/** Posts on the channel what a script makes in a realm of the panes' origin. */
type Speaker = (script: string) => Promise<void>;

async function openSpeaker(page: Page, paneUrl: string): Promise<Speaker> {
  const realm = await openRealm(page, paneUrl);
  await realm.evaluate('globalThis.channel = new BroadcastChannel("tandem")');
  return (script) => realm.evaluate(`channel.postMessage(${script})`);
}

/** The head of the server's change log. */
async function readHead(apiUrl: string): Promise<{ epoch: string; rev: number }> {
  const answer = await fetch(`${apiUrl}/accounts`);
  const [epoch = "", rev = ""] = (answer.headers.get("Tandem-Revision") ?? "").split(".");
  return { epoch, rev: Number(rev) };
}

/** A valid message whose change never happened. */
function forge(epoch: string, change: { rev: number; [field: string]: unknown }): string {
  const base = {
    resource: "nothing",
    id: "nobody",
    op: "update",
    version: change.rev,
    parents: {},
  };
  return JSON.stringify({
    tandem: 1,
    from: "forger",
    type: "changes",
    epoch,
    changes: [{ ...base, ...change }],
  });
}

/** Scripts that each make a message. */
const junk: Record<string, string> = {
  undefined: "undefined",
  null: "null",
  "a number": "NaN",
  "a bigint": "10n",
  "a string": '"hello"',
  "JSON as text": 'JSON.stringify({ tandem: 1, from: "x", type: "changes" })',
  "an array": "[1, [2, [3]]]",
  "an empty object": "({})",
  "a date": "new Date()",
  "a map": 'new Map([["tandem", 1]])',
  "an error": 'new Error("boo")',
  "a buffer": "new ArrayBuffer(1e6)",
  "five megabytes of text": '"x".repeat(5e6)',
  "an object that contains itself":
    "(() => { const loop = { tandem: 1 }; loop.changes = loop; return loop; })()",
  "five hundred levels":
    "(() => { let deep = {}; for (let i = 0; i < 500; i++) deep = { deep }; return deep; })()",
  "an envelope without content": '({ tandem: 1, from: "x" })',
  "an unknown type": '({ tandem: 1, from: "x", type: "destroy" })',
  "no changes": '({ tandem: 1, from: "x", type: "changes", epoch: "e", changes: [] })',
  "changes that are text":
    '({ tandem: 1, from: "x", type: "changes", epoch: "e", changes: "all" })',
  "a hundred thousand changes":
    '({ tandem: 1, from: "x", type: "changes", epoch: "e", changes: Array(1e5).fill({ rev: 1 }) })',
  "a revision below zero": forged("{ rev: -1, version: -1 }"),
  "an infinite revision": forged("{ rev: Infinity, version: Infinity }"),
  "a fractional revision": forged("{ rev: 0.5, version: 0.5 }"),
  "a foreign operation": forged('{ op: "drop" }'),
  "prototype keys": `JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}},"tandem":1,"from":"x","type":"changes","epoch":"e","changes":[{"__proto__":{"polluted":true},"rev":1}]}')`,
  "a row of prototype keys": forged(
    `{ row: JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}') }`,
  ),
};

function forged(change: string): string {
  return `({ tandem: 1, from: "x", type: "changes", epoch: "forged", changes: [{
    rev: 5, resource: "activities", id: "nobody", op: "update", version: 5, parents: {}, ...${change} }] })`;
}

test("junk on the channel does nothing: no request, no render, no error", async ({
  shell,
  api,
  server,
  requests,
}) => {
  const account = await api.makeAccount(3);
  await shell.openOn(account.name);
  await expect(shell.b.sync).toHaveText("Up to date");
  const speak = await openSpeaker(shell.page, server.paneUrl);
  const channel = await shell.b.listen();
  // What still comes by itself, as who else is there, is not of the junk.
  await expect
    .poll(async () => {
      const meanwhile = await shell.b.watchDom();
      await shell.page.waitForTimeout(1000);
      return meanwhile();
    })
    .toEqual([]);
  const mutations = await shell.b.watchDom();
  requests.clear();

  for (const [name, script] of Object.entries(junk)) await test.step(name, () => speak(script));
  await speak('"the last"');
  await expect.poll(async () => (await channel.messages()).at(-1)).toBe('"the last"');
  expect(await mutations()).toEqual([]);
  // One of them is valid and names another epoch: each tab may catch up once because of it.
  expect(requests.of("GET", /^GET \/(?!changes)/)).toEqual([]);
  expect(requests.of("GET", /changes/).length).toBeLessThanOrEqual(2);
  for (const pane of [shell.a, shell.b]) {
    const frame = await pane.frame();
    expect(await frame.evaluate(() => "polluted" in Object.prototype)).toBe(false);
  }

  await shell.a.togglePin(shell.a.articles.first());
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expectTruth(shell.b, api, account);
});

test("a forged change of rows that no tab has neither cuts a tab off nor costs it more than one read", async ({
  shell,
  api,
  server,
  requests,
}) => {
  const account = await api.makeAccount(6);
  await shell.openOn(account.name);
  const speak = await openSpeaker(shell.page, server.paneUrl);
  const pinAndSee = async (count: number) => {
    await shell.a.togglePin(shell.a.articles.nth(count - 1));
    for (const pane of [shell.a, shell.b]) {
      await expect(pane.pinnedCount).toHaveText(String(count));
      await expect(pane.sync).toHaveText("Up to date");
    }
  };
  const { epoch, rev } = await readHead(server.apiUrl);
  const forgeries = {
    "of an unknown epoch": forge("forged", { rev: 2 ** 50 }),
    "far ahead in the current epoch": forge(epoch, { rev: rev + 1000 }),
  };
  let pinned = 0;
  for (const [what, forgery] of Object.entries(forgeries))
    await test.step(what, async () => {
      const channel = await shell.b.listen();
      await speak(forgery);
      await channel.receivedChanges(1);
      await pinAndSee(++pinned);
      await expectTruth(shell.b, api, account);
      requests.clear();
      await pinAndSee(++pinned);
      await pinAndSee(++pinned);
      expect(requests.of("GET", /\/changes/)).toEqual([]);
      expect(requests.of("GET").length, requests.all.join("\n")).toBeLessThanOrEqual(4);
    });
});

test("a forged change of a row on screen is undone by a reload", async ({
  shell,
  api,
  server,
  expectedErrors,
}) => {
  // The server does not know the revision that the tabs claim to have received.
  expectedErrors.push(/410/);
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const speak = await openSpeaker(shell.page, server.paneUrl);
  const { epoch, rev } = await readHead(server.apiUrl);
  const row = { resource: "activities", id: account.rows[0]?.id, op: "delete" };
  const channel = await shell.b.listen();
  await speak(forge(epoch, { rev: rev + 1, ...row, parents: { accountId: account.id } }));
  await channel.receivedChanges(1);

  await shell.page.reload();
  await expect(shell.b.articles).toHaveCount(2);
  await expectTruth(shell.b, api, account);
});

test("a message of another protocol version shows a hint to reload, and costs each tab one catch-up", async ({
  shell,
  api,
  server,
  requests,
}) => {
  const account = await api.makeAccount(2);
  await shell.openOn(account.name);
  const speak = await openSpeaker(shell.page, server.paneUrl);
  requests.clear();
  await speak('{ tandem: 99, from: "tomorrow", more: [1, 2] }');

  const hint = shell.page.getByRole("alert").filter({ hasText: "Reload to update" });
  await expect(hint).toHaveCount(1);
  await expect(hint.getByRole("button", { name: "Reload" })).toBeVisible();
  await shell.a.togglePin(shell.a.articles.first());
  await expect(shell.b.pinnedCount).toHaveText("1");
  await expect(shell.a.pinnedCount).toHaveText("1");
  expect(requests.of("GET", /\/changes/)).toHaveLength(2);
  expect(requests.of("GET", new RegExp(account.id))).toEqual([]);
});

test("a page of another site cannot frame a pane", async ({ page, server, expectedErrors }) => {
  expectedErrors.push(/frame-ancestors/, /ERR_BLOCKED_BY_RESPONSE/, /prevented from loading/);
  const attacker = await attack(page.context());
  await attacker.frame(`${server.paneUrl}frame.html`);
  await attacker.frame(server.paneUrl);
  for (const frame of attacker.page.frames().slice(1)) {
    expect(frame.url()).toMatch(/^(chrome-error:|about:neterror)/);
  }
});

test("a page of another site that opened the shell changes nothing by posting messages to it and its panes", async ({
  page,
  server,
  api,
  requests,
}) => {
  const account = await api.makeAccount(2);
  const attacker = await attack(page.context());
  const place = encodeURIComponent(`/?account=${account.id}`);
  const victim = new Shell(await attacker.open(`${server.shellUrl}?A=${place}&B=${place}`), server);
  await victim.a.articles.first().waitFor();
  await victim.b.articles.first().waitFor();
  await expect(victim.b.sync).toHaveText("Up to date");
  const url = victim.page.url();
  const origins = [await victim.a.timeOrigin(), await victim.b.timeOrigin()];
  requests.clear();

  await attacker.post();
  await victim.a.togglePin(victim.a.articles.first());
  await expect(victim.b.pinnedCount).toHaveText("1");
  await expect(victim.a.pinnedCount).toHaveText("1");
  expect(victim.page.url()).toBe(url);
  expect([await victim.a.timeOrigin(), await victim.b.timeOrigin()]).toEqual(origins);
  expect(requests.all).toHaveLength(1);
});

test("a pane's page cannot make the shell do more than the contract allows", async ({
  shell,
  page,
}) => {
  await shell.openOn("Kestrel Robotics");
  const url = page.url();
  await (await shell.a.frame()).evaluate(() => {
    const calls = ["hello", "ready", "failed", "state", "status", "trace", "chord", "__proto__"];
    for (const [id, method] of calls.entries())
      for (const value of [undefined, null, 1, "x", {}, [], { url: "//evil.test", byUser: true }])
        parent.postMessage(
          {
            namespace: "penpal",
            channel: undefined,
            type: "CALL",
            id: `junk-${id}`,
            methodPath: [method],
            args: [value],
          },
          "*",
        );
  });
  await shell.button("Inspector").click();
  await expect(shell.inspector).toBeVisible();
  await expect(shell.b.heading("Kestrel Robotics")).toBeVisible();
  expect(new URL(page.url()).origin).toBe(new URL(url).origin);
  expect(page.url()).not.toContain("evil");
});
