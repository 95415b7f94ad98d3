import fs from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { makeFile, smallData } from "#api/testing/data-file.ts";
import { isOnFile, startApi, type TestApi } from "#api/testing/start-api.ts";
import { historyPageSchema } from "#contract/history.ts";

const read = async (api: TestApi, query = "") =>
  historyPageSchema.parse((await api.get(`/changes/accounts/acc-1${query}`)).json);
const patch = (api: TestApi, body: object, user?: string) =>
  api.call("PATCH", "/accounts/acc-1", body, { ...(user && { "Tandem-User": user }) });
const fieldsOf = async (api: TestApi) => (await read(api)).entries.map(({ fields }) => fields);

describe("the history of an account", () => {
  test("names who wrote what, when, with the values before and after, newest first", async () => {
    const api = await startApi();
    const before = Date.now();
    await patch(api, { plan: "Enterprise" }, encodeURIComponent("usr-ä"));
    const { revision } = await patch(api, { mrr: 1200, notes: "Call" });
    // What changes nothing, and what fails, is no write of it.
    await patch(api, { plan: "Enterprise" });
    await patch(api, { plan: 7 });
    await api.call("PATCH", "/accounts/acc-2", { plan: "Free" });
    const { entries, more } = await read(api);
    expect(more).toBe(false);
    expect(entries.map(({ op, authorId }) => ({ op, authorId }))).toEqual([
      { op: "update", authorId: null },
      { op: "update", authorId: "usr-ä" },
    ]);
    expect(entries[0]?.fields).toEqual({
      mrr: { before: null, after: 1200 },
      notes: { before: "", after: "Call" },
    });
    expect(entries[1]?.fields).toEqual({ plan: { before: "Growth", after: "Enterprise" } });
    expect(revision).toMatch(new RegExp(`\\.${entries[0]?.rev}$`));
    for (const { at } of entries) {
      expect(Date.parse(at)).toBeGreaterThanOrEqual(before - 1_000);
      expect(Date.parse(at)).toBeLessThanOrEqual(Date.now() + 1_000);
    }
  });

  test("has what was created and deleted, and begins anew with neither", async () => {
    const api = await startApi();
    const account = { id: "acc-1b", name: "B", plan: "Free", status: "trial" };
    await api.call("POST", "/accounts", account);
    await api.call("DELETE", "/accounts/acc-1b");
    const { json } = await api.get("/changes/accounts/acc-1b");
    const { entries } = historyPageSchema.parse(json);
    expect(entries.map(({ op }) => op)).toEqual(["delete", "create"]);
    expect(entries[0]?.fields.name).toEqual({ before: "B", after: null });
    expect(entries[1]?.fields.name).toEqual({ before: null, after: "B" });
  });

  test("is read in pages", async () => {
    const api = await startApi();
    for (let mrr = 1; mrr <= 5; mrr++) await patch(api, { mrr });
    const first = await read(api, "?limit=2");
    expect(first.entries.map(({ fields }) => fields.mrr?.after)).toEqual([5, 4]);
    expect(first.more).toBe(true);
    const next = await read(api, `?limit=3&before=${first.entries[1]?.rev}`);
    expect(next.entries.map(({ fields }) => fields.mrr?.after)).toEqual([3, 2, 1]);
    expect(next.more).toBe(false);
  });

  test.each(["?limit=0", "?limit=x", "?before=-1", "?before=1e3"])("refuses %s", async (query) => {
    const api = await startApi();
    expect((await api.get(`/changes/accounts/acc-1${query}`)).status).toBe(400);
  });

  test.each(["%", "", "x".repeat(201)])("refuses a user that is %j", async (user) => {
    const api = await startApi();
    const reply = await api.call("PATCH", "/accounts/acc-1", { mrr: 1 }, { "Tandem-User": user });
    expect(reply.status).toBe(400);
    expect(await fieldsOf(api)).toEqual([]);
  });
});

describe.runIf(isOnFile)("the history in a file", () => {
  test("survives a restart and a compacted log, with its times", async ({ onTestFinished }) => {
    const file = makeFile(smallData, onTestFinished);
    const first = await startApi({ file });
    await patch(first, { plan: "Enterprise" }, "usr-1");
    const known = await read(first);
    await first.stop();
    const second = await startApi({ file });
    expect(await read(second)).toEqual(known);
    // Its next line begins with a checkpoint.
    fs.rmSync(path.join(path.dirname(file), ".tandem", `${path.basename(file)}.log`));
    await patch(second, { mrr: 5 }, "usr-2");
    const both = await read(second);
    await second.stop();
    const third = await startApi({ file });
    expect(await read(third)).toEqual(both);
  });

  test("has edits by hand, of nobody, with the time of their save after a restart too", async ({
    onTestFinished,
  }) => {
    const file = makeFile(smallData, onTestFinished);
    const api = await startApi({ file });
    const data = JSON.parse(fs.readFileSync(file, "utf8"));
    const accounts = data.accounts.map((row: { id: string }) =>
      row.id === "acc-1" ? { ...row, status: "churned" } : row,
    );
    fs.writeFileSync(file, JSON.stringify({ ...data, accounts }));
    await expect
      .poll(() => read(api), { timeout: 20_000 })
      .toMatchObject({
        entries: [{ authorId: null, fields: { status: { before: "active", after: "churned" } } }],
      });
    const known = await read(api);
    await api.stop();
    expect(await read(await startApi({ file }))).toEqual(known);
  });
});
