import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { buildServer } from "./server-process.ts";
import { torture } from "./torture.ts";

/**
 * `npm run torture -- <writes> <saves> <kills> <ballast>`: 2,000, 500 and 200 by default, and no rows that nobody changes.
 * Exits with 1 when anything is lost.
 */
const [writes = 2_000, saves = 500, kills = 200, ballast = 0] = process.argv.slice(2).map(Number);
const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-torture-"));
const { main, remove } = await buildServer("torture");
try {
  const file = path.join(folder, "db.json");
  const result = await torture({
    main,
    file,
    writes,
    saves,
    kills,
    ballast,
    killEveryMs: Number(process.env.KILL_MS ?? 2_500),
  });
  const { lostWrites, lostSaves } = result;
  console.log(
    `${result.writes} writes, ${lostWrites.length} lost · ${result.saves} saves, ${lostSaves.length} lost · ${result.kills} kills`,
  );
  if (lostWrites.length + lostSaves.length > 0) {
    console.log([...lostWrites, ...lostSaves].slice(0, 20).join("\n"));
    console.log(result.lines.slice(-1_500));
    process.exitCode = 1;
  }
} finally {
  remove();
  fs.rmSync(folder, { recursive: true, force: true });
}
