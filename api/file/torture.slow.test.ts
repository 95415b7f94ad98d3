import { expect, onTestFinished, test } from "vitest";
import { makeFile } from "#api/testing/data-file.ts";
import { buildServer } from "#api/testing/server-process.ts";
import { torture } from "#api/testing/torture.ts";

test("writers, an editor with stale buffers and kills: no acknowledged write and no save is lost", async () => {
  const { main, remove } = await buildServer("torture");
  onTestFinished(remove);
  const result = await torture({
    main,
    file: makeFile(),
    writes: 100,
    saves: 20,
    killEveryMs: 2_000,
  });
  expect(result).toMatchObject({ lostWrites: [], lostSaves: [] });
  expect(result.kills).toBeGreaterThan(0);
}, 300_000);
