import { knownHosts } from "./origins.ts";

export interface Settings {
  readonly host: string;
  readonly shellPort: number;
  readonly panePort: number;
  /** The data file. */
  readonly db: string;
  /** Another API that serves `/api` instead of ours; the data file is then not opened. */
  readonly api: URL | null;
}

/** A setting that cannot be used. Its message is shown without a stack. */
export class SettingsError extends Error {}

/** Reads `HOST`, `PORT`, `PANE_PORT`, `DB` and `API`. Throws `SettingsError`. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const shellPort = port("PORT", env.PORT, 4173);
  const panePort = port("PANE_PORT", env.PANE_PORT, shellPort + 1);
  if (panePort === shellPort)
    throw new SettingsError(`PORT and PANE_PORT are both ${panePort}: two origins need two ports`);
  const host = env.HOST || "localhost";
  const api = env.API ? apiUrl(env.API) : null;
  if (api && knownHosts(host).includes(api.hostname))
    if ([shellPort, panePort].includes(Number(api.port || 80)))
      throw new SettingsError(
        `API is "${env.API}", which is Tandem itself: give the address of another server`,
      );
  return { host, shellPort, panePort, db: env.DB || "db.json", api };
}

function apiUrl(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.search || url.hash)
    throw new SettingsError(`API is "${value}": give a URL such as http://localhost:3001`);
  return url;
}

function port(name: string, value: string | undefined, fallback: number): number {
  if (!value) return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < 1 || number > 65_535)
    throw new SettingsError(`${name} is "${value}": give a port from 1 to 65535`);
  return number;
}
