import { isLoopback } from "#api/http/loopback.ts";
import type { SignInSettings } from "#api/sign-in/create-sign-in.ts";
import { type Role, roles } from "#contract/who.ts";
import { SettingsError } from "./settings-error.ts";

const hour = 3_600_000;

/** Sign-in as the environment describes it; the origins of the pages are known beside it. */
export type SignInSetting = Omit<SignInSettings, "origins">;

interface Where {
  readonly host: string;
  readonly shellUrl: string | null;
  readonly paneUrl: string | null;
  readonly api: URL | null;
}

/**
 * Reads `OIDC_ISSUER`, `OIDC_CLIENT_ID`, `OIDC_CLIENT_SECRET`, `ADMINS`, `NEW_MEMBERS`, `SESSION_IDLE_HOURS` and `SESSION_HOURS`. Null
 * without an issuer. Throws `SettingsError`.
 */
export function readSignIn(env: NodeJS.ProcessEnv, where: Where): SignInSetting | null {
  const issuer = issuerOf(env);
  if (issuer === null) return null;
  if (where.api)
    throw new SettingsError("API and OIDC_ISSUER are both set: the other API knows no sessions");
  const clientId = env.OIDC_CLIENT_ID;
  if (!clientId)
    throw new SettingsError("OIDC_ISSUER needs OIDC_CLIENT_ID, by which the provider knows Tandem");
  checkAddress(where);
  const idleMs = hours("SESSION_IDLE_HOURS", env.SESSION_IDLE_HOURS, 12);
  const maxMs = hours("SESSION_HOURS", env.SESSION_HOURS, 168);
  const admins = (env.ADMINS ?? "").split(",").map((email) => email.trim().toLowerCase());
  return {
    issuer,
    clientId,
    clientSecret: env.OIDC_CLIENT_SECRET || null,
    admins: admins.filter((email) => email !== ""),
    newMembers: roleOf(env.NEW_MEMBERS),
    idleMs,
    maxMs,
  };
}

function issuerOf(env: NodeJS.ProcessEnv): string | null {
  const issuer = env.OIDC_ISSUER;
  if (!issuer) {
    const extra = ["OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "ADMINS", "NEW_MEMBERS"];
    const set = extra.find((name) => env[name]);
    // A server that was to have sign-in must not start without it.
    if (set)
      throw new SettingsError(`${set} is set without OIDC_ISSUER: there would be no sign-in`);
    return null;
  }
  const url = URL.canParse(issuer) ? new URL(issuer) : null;
  const isSafe = url?.protocol === "https:" || (url && isLoopback(url.hostname));
  if (!url || !isSafe || !/^https?:$/.test(url.protocol))
    throw new SettingsError(
      `OIDC_ISSUER is "${issuer}": give the https URL of the provider (http is for loopback only)`,
    );
  return issuer;
}

/** The provider sends people back to one address, and the cookie must not travel in the clear. */
function checkAddress({ host, shellUrl, paneUrl }: Where): void {
  if (!isLoopback(host) && !(paneUrl && shellUrl))
    throw new SettingsError(
      `HOST is "${host}": with sign-in, set SHELL_URL and PANE_URL to the addresses that browsers use`,
    );
  const isClear = paneUrl?.startsWith("http:") && !isLoopback(new URL(paneUrl).hostname);
  if (isClear)
    throw new SettingsError(
      `PANE_URL is ${paneUrl}: with sign-in it has to be https, or others on the way could take the session`,
    );
}

function roleOf(text: string | undefined): Role | null {
  if (!text || text === "none") return null;
  const role = roles.find((known) => known === text);
  if (!role || role === "admin")
    throw new SettingsError(`NEW_MEMBERS is "${text}": give none, viewer or editor`);
  return role;
}

function hours(name: string, text: string | undefined, fallback: number): number {
  if (!text) return fallback * hour;
  const number = Number(text);
  if (!(number > 0 && number <= 8_760))
    throw new SettingsError(`${name} is "${text}": give hours, such as 12`);
  return number * hour;
}
