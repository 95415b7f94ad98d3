import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { type Browser, expect, type Page } from "@playwright/test";
import { answers } from "../../../examples/testing/start.ts";
import type { Block } from "../blocks.ts";

export interface FollowOptions {
  /** Of "In ten minutes", in its order. */
  readonly blocks: readonly Block[];
  /** An empty folder. */
  readonly folder: string;
  /** The command that is run for one of the page: what is not published has to come from elsewhere. */
  readonly commandFor: (line: string) => string;
  readonly port: number;
  readonly env?: NodeJS.ProcessEnv;
  /** Called when a step is done, with what a reader would have done. */
  readonly onStep?: (step: string) => void;
}

/** Does what the page says, in its order: writes its files and runs its commands, the last of which serves the app. */
export async function followGuide({ blocks, folder, port, onStep, ...options }: FollowOptions) {
  const { commandFor, env = process.env } = options;
  const steps = blocks.filter(({ file, language }) => file !== undefined || language === "sh");
  let stop = async () => {};

  async function run(line: string) {
    const command = commandFor(line);
    if (!/ --port /.test(line)) {
      const running = promisify(execFile)("sh", ["-c", command], { cwd: folder, env });
      await running.catch(({ stdout, stderr }) => {
        throw new Error(`${line}\n${stdout}${stderr}`);
      });
    } else {
      const serving = command.replace(/(--port) \d+/, `$1 ${port}`);
      stop = await serve(serving, { folder, env, url: `http://localhost:${port}` });
    }
    onStep?.(`$ ${line}`);
  }

  for (const { file, code } of steps)
    if (file === undefined) for (const line of code.trim().split("\n")) await run(line);
    else {
      await mkdir(dirname(join(folder, file)), { recursive: true });
      await writeFile(join(folder, file), code);
      onStep?.(`wrote ${file}, ${code.trim().split("\n").length} lines`);
    }
  return { url: `http://localhost:${port}`, stop: () => stop() };
}

interface Serving {
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  readonly url: string;
}

/** Starts a program that goes on, and waits until it answers. */
async function serve(command: string, { folder, env, url }: Serving) {
  // In a process group of its own, to be ended with all that it starts.
  const server = spawn("sh", ["-c", command], {
    cwd: folder,
    env,
    stdio: "ignore",
    detached: true,
  });
  const ended = once(server, "exit");
  await Promise.race([
    answers(url),
    ended.then(([code]) => {
      throw new Error(`${command} ended with ${code}`);
    }),
  ]);
  return async () => {
    if (server.pid !== undefined) process.kill(-server.pid);
    await ended;
  };
}

/** What the page ends with: a note is renamed in one tab, and the other shows it and requests nothing. */
export async function lookInTwoTabs(browser: Browser, url: string) {
  const patient = expect.configure({ timeout: 60_000 });
  const context = await browser.newContext();
  const [a, b] = [await context.newPage(), await context.newPage()];
  for (const page of [a, b]) await page.goto(url);
  const noteIn = (page: Page) => page.getByRole("textbox", { name: "Note 1" });
  for (const page of [a, b]) await patient(noteIn(page)).toHaveValue("Buy milk");
  const requests: string[] = [];
  b.on("request", (request) => requests.push(request.url()));
  await noteIn(a).fill("Buy bread");
  const begun = Date.now();
  await noteIn(a).press("Tab");
  await patient(noteIn(b)).toHaveValue("Buy bread");
  await context.close();
  return { requests, ms: Date.now() - begun };
}
