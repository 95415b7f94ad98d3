import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePorts } from "#api/testing/free-ports.ts";
import type { Activity } from "#contract/rows.ts";
import { expect } from "./test.ts";

/** json-server as `npx json-server db.json` runs it, on a small data file. */
export interface PlainJsonServer {
  readonly url: string;
  /** The activities in its file. */
  activities(): Promise<Omit<Activity, "version">[]>;
  close(): Promise<void>;
}

const command = join(import.meta.dirname, "../../node_modules/json-server/lib/cli/bin.js");

const accounts = ["Aldgate", "Bermondsey", "Clapham"].map((name, at) => ({
  id: `acc-${at + 1}`,
  name,
  ownerId: "usr-1",
  plan: "Growth",
  status: "active",
}));

/** Unordered, and each fifth at the same instant as the one before. */
const activities = Array.from({ length: 25 }, (_, at) => (at * 7) % 25).map((minute) => ({
  id: `act-${String(minute).padStart(2, "0")}`,
  accountId: "acc-1",
  kind: "note",
  title: `Note ${minute}`,
  at: new Date(Date.UTC(2026, 10, 1, 9, minute - Number(minute % 5 === 1))).toISOString(),
  pinned: false,
}));

export async function createPlainJsonServer(): Promise<PlainJsonServer> {
  const folder = await mkdtemp(join(tmpdir(), "tandem-plain-"));
  const db = join(folder, "db.json");
  const users = [{ id: "usr-1", name: "Maya Lindqvist" }];
  await writeFile(db, JSON.stringify({ users, accounts, activities }));
  const [port] = await freePorts(1);
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, [command, db, "--port", String(port), "--quiet"], {
    cwd: folder,
    stdio: "ignore",
  });
  const answers = () =>
    fetch(`${url}/users`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(answers).toBe(true);
  return {
    url,
    activities: async () => JSON.parse(await readFile(db, "utf8")).activities,
    async close() {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.kill("SIGKILL");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
