import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { onTestFinished } from "vitest";

export type Json = Record<string, unknown>;

/** Runs a function when a test is over; `onTestFinished` unless a suite shares what is cleaned up. */
export type OnDone = (cleanUp: () => void | Promise<void>) => void;

/** Small enough that tests are fast and their numbers can be counted by hand. */
export const smallData = {
  users: [
    { id: "usr-1", name: "Maya" },
    { id: "usr-2", name: "Tom", role: "Support" },
  ],
  accounts: [
    account("acc-1", "Northgate"),
    account("acc-2", "Bluepine"),
    account("acc-3", "Quiet"),
  ],
  activities: Array.from({ length: 12 }, (_, index) => activity(index + 1)),
};

export function account(id: string, name: string): Json {
  return { id, name, ownerId: "usr-1", plan: "Growth", status: "active", notes: "", shelf: "A" };
}

export function activity(number: number, more: Json = {}): Json {
  const day = String(number).padStart(2, "0");
  return {
    id: `act-${day}`,
    accountId: number % 3 === 0 ? "acc-2" : "acc-1",
    kind: "note",
    title: `Note ${number}`,
    at: `2026-11-${day}T09:00:00.000Z`,
    pinned: number === 1,
    authorId: "usr-1",
    ...more,
  };
}

/** A data file in a folder of its own, deleted when the test is over. */
export function makeFile(data: unknown = smallData, onDone: OnDone = onTestFinished): string {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-api-"));
  onDone(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "db.json");
  fs.writeFileSync(file, typeof data === "string" ? data : `${JSON.stringify(data, null, 2)}\n`);
  return file;
}

export function readFile(file: string): Record<string, Json[]> {
  return JSON.parse(fs.readFileSync(file, "utf8"));
}
