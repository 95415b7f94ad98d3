import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

/** In a process of its own: in this one, Node's fetch may have been loaded before. */
const script = `
  const { runIn, installGlobals } = await import("./sync/testing/tab-globals.ts");
  const undo = installGlobals(["performance"]);
  runIn({ performance: { now: () => 0 } }, () => new Request("http://tab.test/"));
  undo();
  const server = (await import("node:http")).createServer((_, answer) => answer.end("answered"));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const answer = await fetch("http://127.0.0.1:" + server.address().port);
  console.log(await answer.text());
  server.close();
`;

test("other code makes requests after the first one was made in a tab", async () => {
  const args = ["--import", "tsx", "--input-type=module", "--eval", script];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: `${import.meta.dirname}/../..`,
  });
  expect(stdout).toBe("answered\n");
});
