export interface Settings {
  readonly host: string;
  readonly shellPort: number;
  readonly panePort: number;
  /** The data file. */
  readonly db: string;
}

/** A setting that cannot be used: said in one line, without a stack. */
export class SettingsError extends Error {}

/** Reads `HOST`, `PORT`, `PANE_PORT` and `DB`. Throws `SettingsError`. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const shellPort = port("PORT", env.PORT, 4173);
  const panePort = port("PANE_PORT", env.PANE_PORT, shellPort + 1);
  if (panePort === shellPort)
    throw new SettingsError(`PORT and PANE_PORT are both ${panePort}: two origins need two ports`);
  return { host: env.HOST || "localhost", shellPort, panePort, db: env.DB || "db.json" };
}

function port(name: string, value: string | undefined, fallback: number): number {
  if (!value) return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 65_535)
    throw new SettingsError(`${name} is "${value}": give a port from 1 to 65535`);
  return number;
}
