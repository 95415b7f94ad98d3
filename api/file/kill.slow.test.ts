import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { makeFile, readFile, smallData } from "#api/testing/data-file.ts";
import { buildServer, startServer } from "#api/testing/server-process.ts";

let main = "";
let remove = () => {};

beforeAll(async () => {
  ({ main, remove } = await buildServer("kill"));
});
afterAll(() => remove());

/** Runs the API in a process of its own. */
async function runMain(env: Record<string, string>) {
  const server = await startServer(main, env);
  onTestFinished(() => void server.child.kill("SIGKILL"));
  return server;
}

function post(base: string, title: string): Promise<string | null> {
  return fetch(`${base}/activities`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ accountId: "acc-1", kind: "note", title }),
  }).then(
    (response) => (response.status === 201 ? title : null),
    () => null, // The server was killed first: nothing was acknowledged.
  );
}

describe("killed during writes", () => {
  const rounds = 10;

  /** Kills servers on one file `rounds` times, and checks that it has every acknowledged write. */
  async function killRepeatedly(lane: number): Promise<void> {
    const file = makeFile();
    const acknowledged: string[] = [];
    let revision = 0;
    for (let round = 0; round <= rounds; round += 1) {
      const { child, base, exited } = await runMain({ DB: file });
      // After the start, which puts back a file that was being replaced.
      const titles = new Set(readFile(file).activities?.map((row) => row.title));
      expect(acknowledged.filter((title) => !titles.has(title))).toEqual([]);
      expect(titles.size).toBeGreaterThanOrEqual(smallData.activities.length);
      const response = await fetch(`${base}/status`);
      const [epoch = "", rev = ""] = (response.headers.get("Tandem-Revision") ?? "").split(".");
      expect(epoch).not.toBe("");
      expect(Number(rev)).toBeGreaterThanOrEqual(revision);
      let answered = 0;
      const writers = Array.from({ length: 4 }, async (_, writer) => {
        for (let n = 0; child.exitCode === null && child.signalCode === null; n += 1) {
          const title = await post(base, `${lane}-${round}-${writer}-${n}`);
          if (title === null) return;
          acknowledged.push(title);
          answered += 1;
          if (answered === 5 + round * 3) child.kill("SIGKILL");
        }
      });
      await Promise.all(writers);
      await exited;
      revision = Number(rev) + answered;
    }
    expect(acknowledged.length).toBeGreaterThan(rounds * 5);
  }

  test("20 kills: no torn file, no acknowledged write lost, no revision going back", async () => {
    await Promise.all([killRepeatedly(1), killRepeatedly(2)]);
  }, 180_000);
});

describe("started by itself", () => {
  test("the API exits with 0 on SIGTERM, and its log continues", async () => {
    const file = makeFile();
    const first = await runMain({ DB: file });
    await post(first.base, "Kept");
    const before = (await fetch(`${first.base}/status`)).headers.get("Tandem-Revision");
    first.child.kill("SIGTERM");
    expect(await first.exited).toBe(0);
    const second = await runMain({ DB: file });
    const after = (await fetch(`${second.base}/api/status`)).headers.get("Tandem-Revision");
    expect(after).toBe(before);
    const taken = await runMain({ DB: makeFile(), API_PORT: new URL(second.base).port });
    expect(await taken.exited).toBe(1);
    expect(taken.err()).toMatch(/^tandem api: .*EADDRINUSE.*choose another with API_PORT\n$/);
  });

  test.each<[string, Record<string, string>, RegExp]>([
    ["a missing file", { DB: "/nowhere/db.json" }, /db\.json: there is no such file/],
    ["an invalid port", { API_PORT: "http" }, /API_PORT=http: expected a port/],
    ["an invalid switch", { TANDEM_FAULTS: "yes" }, /TANDEM_FAULTS=yes: expected 0 or 1/],
  ])("%s is reported in one line, with exit code 1", async (_what, env, message) => {
    const { exited, err } = await runMain({ DB: makeFile(), ...env });
    expect(await exited).toBe(1);
    expect(err().trim().split("\n")).toEqual([expect.stringMatching(message)]);
  });
});
