import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { fileStore } from "./file-store.ts";
import { createLog } from "./log.ts";

const writer = `
  import { createLog } from ${JSON.stringify(path.join(import.meta.dirname, "log.ts"))};
  import { fileStore } from ${JSON.stringify(path.join(import.meta.dirname, "file-store.ts"))};
  const log = await createLog({ store: fileStore(process.argv[1]) });
  for (let n = 0; ; n += 1) {
    const { revision } = await log.write(({ change }) => void change({ resource: "notes", id: String(n), op: "update" }));
    process.stdout.write(revision.rev + "\\n");
  }
`;

test("a process that is killed while it writes loses nothing that it answered", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-killed-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, "changes.log");
  let before = 0;
  for (let round = 0; round < 4; round += 1) {
    const answered = await writeUntilKilled(file, 20 + round * 17);
    const log = await createLog({ store: fileStore(file) });
    const head = log.revision().rev;
    expect(head).toBeGreaterThanOrEqual(answered.at(-1) ?? Number.POSITIVE_INFINITY);
    // Each start goes on where the one before ended: nothing is given twice.
    if (round > 0) expect(answered[0]).toBe(before + 1);
    expect(log.since(head - answered.length)).toHaveLength(answered.length);
    before = head;
    await log.close();
  }
});

/** Returns the revisions that it answered. */
function writeUntilKilled(file: string, atLeast: number): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const flags = ["--import", "tsx", "--input-type=module", "--eval", writer, file];
    const child = spawn(process.execPath, flags, { stdio: ["ignore", "pipe", "inherit"] });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => {
      text += chunk;
      if (text.split("\n").length > atLeast) child.kill("SIGKILL");
    });
    child.once("error", reject);
    child.once("close", () => {
      // A number without its line break may be half of one.
      const revs = text.split("\n").slice(0, -1).map(Number);
      if (revs.length === 0) reject(new Error("the writer wrote nothing"));
      else resolve(revs);
    });
  });
}
