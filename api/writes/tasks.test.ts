import fs from "node:fs";
import { expect, test } from "vitest";
import { makeFile, readFile, smallData } from "#api/testing/data-file.ts";
import { eventually } from "#api/testing/eventually.ts";
import { isOnFile, startApi } from "#api/testing/start-api.ts";

const task = { accountId: "acc-1", title: "Call back", dueDate: "2026-12-01" };

test("a new task is open, dated by the server, and comes after the others", async () => {
  const api = await startApi();
  const first = await api.call("POST", "/tasks", { id: "tsk-1", ...task });
  expect(first.status).toBe(201);
  expect(first.json).toMatchObject({ ...task, id: "tsk-1", done: false });
  expect(Date.parse(String(first.json.createdAt))).toBeGreaterThan(Date.now() - 60_000);
  await api.call("POST", "/tasks", { ...task, accountId: "acc-2", title: "Later" });
  const { rows } = await api.get("/tasks");
  expect(rows.map(({ title }) => title)).toEqual(["Call back", "Later"]);
  expect((await api.get("/accounts/acc-2/tasks")).rows).toHaveLength(1);
});

test("completing a task dates it once, and reopening takes the date away", async () => {
  const api = await startApi();
  await api.call("POST", "/tasks", { id: "t", ...task });
  const patch = async (body: object) => (await api.call("PATCH", "/tasks/t", body)).json;
  const { doneAt } = await patch({ done: true });
  expect(doneAt).toMatch(/^\d{4}-.*Z$/);
  expect(await patch({ done: true, title: "Called back" })).toMatchObject({ doneAt });
  expect(await patch({ done: false })).not.toHaveProperty("doneAt");
});

test("a task that is made again as it was keeps its times", async () => {
  const api = await startApi();
  const times = { createdAt: "2026-10-01T08:00:00.000Z", doneAt: "2026-10-02T08:00:00.000Z" };
  const { json } = await api.call("POST", "/tasks", { ...task, done: true, ...times });
  expect(json).toMatchObject(times);
});

test("what is no task is refused, and names the field", async () => {
  const api = await startApi();
  await api.call("POST", "/tasks", { id: "t", ...task });
  const refusal = async (method: string, path: string, body: object) => {
    const { status, json } = await api.call(method, path, body);
    return [status, json.field];
  };
  expect(await refusal("POST", "/tasks", { ...task, title: " " })).toEqual([422, "/title"]);
  expect(await refusal("POST", "/tasks", { ...task, dueDate: "soon" })).toEqual([422, "/dueDate"]);
  expect(await refusal("POST", "/tasks", { ...task, accountId: "x" })).toEqual([422, "/accountId"]);
  for (const field of ["createdAt", "doneAt", "authorId", "owner"])
    expect(await refusal("PATCH", "/tasks/t", { [field]: null })).toEqual([422, `/${field}`]);
  expect(await refusal("PATCH", "/tasks/t", { assigneeId: "x" })).toEqual([422, "/assigneeId"]);
  const stale = { title: "Mine", expectedVersion: 1 };
  expect(await refusal("PATCH", "/tasks/t", stale)).toEqual([409, "/expectedVersion"]);
  expect((await api.get("/tasks/t")).json).toMatchObject(task);
});

test("an account with tasks cannot be deleted", async () => {
  const api = await startApi();
  await api.call("POST", "/tasks", { ...task, accountId: "acc-3" });
  const { status, json } = await api.call("DELETE", "/accounts/acc-3");
  expect([status, json.detail]).toEqual([409, "1 tasks still belong to it: delete them first."]);
});

test.runIf(isOnFile)(
  "a data file without tasks has none, stays as it is, and gets them with the first one",
  async () => {
    const file = makeFile(smallData);
    const api = await startApi({ file });
    expect((await api.get("/tasks?accountId=acc-1&done=false")).rows).toEqual([]);
    await api.call("PATCH", "/activities/act-02", { pinned: true });
    await eventually(() => expect(readFile(file).activities?.[1]).toMatchObject({ pinned: true }));
    expect(Object.keys(readFile(file))).toEqual(["users", "accounts", "activities"]);
    await api.call("POST", "/tasks", { id: "t", ...task });
    await eventually(() => expect(readFile(file).tasks).toMatchObject([{ id: "t", ...task }]));
  },
);

test.runIf(isOnFile)("a save of a buffer from before the first task does not undo it", async () => {
  const file = makeFile(smallData);
  const api = await startApi({ file });
  const buffer = readFile(file);
  await api.call("POST", "/tasks", { id: "t", ...task });
  await eventually(() => expect(readFile(file).tasks).toHaveLength(1));
  const edited = { ...buffer, users: [{ id: "usr-1", name: "Maya L." }, buffer.users?.[1]] };
  fs.writeFileSync(file, JSON.stringify(edited, null, 2));
  await eventually(() => expect(readFile(file).users?.[0]).toMatchObject({ name: "Maya L." }));
  await eventually(async () =>
    expect((await api.get("/users/usr-1")).json).toMatchObject({ name: "Maya L." }),
  );
  expect((await api.get("/tasks")).rows).toHaveLength(1);
  await eventually(() => expect(readFile(file).tasks).toHaveLength(1));
  await api.stop();
  const again = await startApi({ file });
  expect((await again.get("/tasks")).rows).toHaveLength(1);
});
