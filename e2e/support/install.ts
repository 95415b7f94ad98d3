import { execFileSync } from "node:child_process";

/** Runs one command after the other until `isDone`. Those that this system does not have are passed over. */
export function install(
  attempts: readonly (readonly [command: string, args: readonly string[]])[],
  isDone: () => boolean,
): void {
  for (const [command, args] of attempts) {
    try {
      console.log(`Not installed yet: ${command} ${args.join(" ")}`);
      execFileSync(command, args, { stdio: "inherit", timeout: 300_000 });
    } catch {
      // Not on this system, no network, or not allowed: try the next.
    }
    if (isDone()) return;
  }
}
