import { spawn } from "node:child_process";

export interface Outcome {
  readonly ok: boolean;
  /** What it printed, when it was not inherited. */
  readonly output: string;
}

/** Runs a command of `node_modules/.bin` or of the system. `inherit` shows its output as it comes. */
export function run(
  command: string,
  args: readonly string[],
  { inherit = false, env = {} }: { inherit?: boolean; env?: NodeJS.ProcessEnv } = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"],
      shell: process.platform === "win32",
      env: {
        ...process.env,
        ...(!inherit && process.stdout.isTTY && { FORCE_COLOR: "1" }),
        ...env,
      },
    });
    let output = "";
    const add = (chunk: Buffer) => {
      output += chunk;
    };
    child.stdout?.on("data", add);
    child.stderr?.on("data", add);
    child.once("error", (error) => resolve({ ok: false, output: `${output}${error.message}\n` }));
    child.once("close", (code) => resolve({ ok: code === 0, output }));
  });
}
