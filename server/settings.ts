import { checkReach } from "#api/http/reach.ts";
import { knownHosts } from "./known-hosts.ts";
import { SettingsError } from "./settings-error.ts";
import { readSignIn, type SignInSetting } from "./sign-in-settings.ts";

export interface Settings {
  readonly host: string;
  readonly shellPort: number;
  readonly panePort: number;
  /** The origins by which browsers reach the two ports, where they differ from `http://<Host>:<port>`. */
  readonly shellUrl: string | null;
  readonly paneUrl: string | null;
  /** The data file. */
  readonly db: string;
  /** A database of PostgreSQL that has the data, in place of the file. */
  readonly databaseUrl: string | null;
  /** Another API that serves `/api` instead of ours; the data file is then not opened. */
  readonly api: URL | null;
  /** Where `/metrics` is served, if it is. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** Limits per minute, for a server that others reach; null for none. `proxies`: how many of ours are in front. */
  readonly rateLimits: { readonly proxies: number } | null;
  readonly logFormat: "text" | "json";
  /** Sign-in at a provider; null where people choose who they are. */
  readonly signIn: SignInSetting | null;
  /** The manifest of remotes. */
  readonly remotesFile: string;
  /** Whether browsers keep the pages, which then open without a network. */
  readonly keepsPages: boolean;
  /** Whether other machines reach the data without sign-in, as `ACCESS=open` allows. The pages say so. */
  readonly isOpen: boolean;
}

/**
 * Reads `HOST`, `PORT`, `PANE_PORT`, `SHELL_URL`, `PANE_URL`, `DB`, `DATABASE_URL`, `API`, `ACCESS`,
 * `METRICS_PORT`, `METRICS_HOST`, `TRUST_PROXY`, `LOG`, `OFFLINE_PAGES`, `REMOTES` and those of sign-in. Throws `SettingsError`.
 */
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
  const shellUrl = outerOrigin("SHELL_URL", env.SHELL_URL);
  const paneUrl = outerOrigin("PANE_URL", env.PANE_URL);
  if (shellUrl && shellUrl === paneUrl)
    throw new SettingsError(
      `SHELL_URL and PANE_URL are both ${shellUrl}: the panes need an origin apart from the shell's`,
    );
  if (shellUrl?.startsWith("https:") && !paneUrl?.startsWith("https:"))
    throw new SettingsError(
      "SHELL_URL is https, so PANE_URL has to be: browsers show no http page inside an https page",
    );
  const databaseUrl = databaseAddress(env.DATABASE_URL);
  if (databaseUrl && env.DB)
    throw new SettingsError("DB and DATABASE_URL are both set: the data are in one of them");
  if (databaseUrl && api)
    throw new SettingsError("API and DATABASE_URL are both set: the other API has its own data");
  const db = env.DB || "db.json";
  const signIn = readSignIn(env, { host, shellUrl, paneUrl, api });
  const isOpen = isOpenTo([host, shellUrl, paneUrl], env.ACCESS, signIn !== null);
  const metrics = env.METRICS_PORT
    ? { host: env.METRICS_HOST || "localhost", port: port("METRICS_PORT", env.METRICS_PORT, 0) }
    : null;
  const proxies = Number(env.TRUST_PROXY || 0);
  if (!Number.isInteger(proxies) || proxies < 0 || proxies > 9)
    throw new SettingsError(
      `TRUST_PROXY is "${env.TRUST_PROXY}": give the number of proxies in front, each of which sets X-Forwarded-For`,
    );
  const rateLimits = signIn || isOpen ? { proxies } : null;
  const logFormat = env.LOG || "text";
  if (logFormat !== "text" && logFormat !== "json")
    throw new SettingsError(`LOG is "${logFormat}": give text or json`);
  const offlinePages = env.OFFLINE_PAGES || "on";
  if (offlinePages !== "on" && offlinePages !== "off")
    throw new SettingsError(`OFFLINE_PAGES is "${env.OFFLINE_PAGES}": give on or off`);
  const keepsPages = offlinePages === "on";
  const places = { host, shellPort, panePort, shellUrl, paneUrl };
  const sources = { db, databaseUrl, api };
  const pages = { keepsPages, remotesFile: env.REMOTES || "remotes.json" };
  return { ...places, ...sources, ...pages, metrics, rateLimits, logFormat, signIn, isOpen };
}

/** An outer address counts too: a proxy on this machine hands on what comes from others. */
function isOpenTo(
  addresses: readonly (string | null)[],
  access: string | undefined,
  hasSignIn: boolean,
): boolean {
  const hosts = addresses.flatMap((address) => {
    if (address === null) return [];
    return URL.canParse(address) ? new URL(address).hostname : address;
  });
  try {
    return checkReach({ hosts, access, hasSignIn });
  } catch (error) {
    throw new SettingsError((error as Error).message);
  }
}

/** Not repeated in the message: it may hold a password. */
function databaseAddress(value: string | undefined): string | null {
  if (!value) return null;
  if (!URL.canParse(value) || !/^postgres(ql)?:$/.test(new URL(value).protocol))
    throw new SettingsError(
      "DATABASE_URL: give a URL such as postgres://user:password@host/database",
    );
  return value;
}

function outerOrigin(name: string, value: string | undefined): string | null {
  if (!value) return null;
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.href !== `${url.origin}/`)
    throw new SettingsError(
      `${name} is "${value}": give an origin such as https://tandem.example:8443`,
    );
  return url.origin;
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
