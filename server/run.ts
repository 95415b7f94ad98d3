import type { Tandem } from "./create-tandem.ts";
import { SettingsError } from "./settings-error.ts";

/** Runs Tandem until SIGINT or SIGTERM. A wrong setting is reported in one line, without a stack. */
export async function run(start: () => Promise<Tandem>): Promise<void> {
  try {
    const tandem = await start();
    console.log(`\n  Tandem is running.\n`);
    console.log(`  Shell, with two tabs   ${tandem.shellUrl}`);
    console.log(`  A tab by itself        ${tandem.paneUrl}`);
    console.log(`  The data               ${tandem.paneUrl}api/accounts, from ${tandem.data}\n`);
    const stop = () => {
      void tandem.close().finally(() => process.exit(0));
    };
    process.once("SIGINT", stop);
    process.once("SIGTERM", stop);
  } catch (error) {
    console.error(error instanceof SettingsError ? error.message : error);
    process.exit(1);
  }
}
