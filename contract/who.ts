/**
 * What the pages of a server with sign-in may know of it: the session's public id, the role and the user. The server
 * writes it into a cookie that scripts can read, beside the secret one that they cannot.
 */
export interface Who {
  readonly sessionId: string;
  readonly role: Role;
  readonly userId: string;
  /** The rows that the session is of. */
  readonly workspace: string;
}

/** Where there are no others. It is not named in the cookie, which pages of before workspaces read too. */
export const mainWorkspace = "main";

export const roles = ["viewer", "editor", "admin"] as const;
/** A viewer reads. An editor writes as well. An admin says who else is in. */
export type Role = (typeof roles)[number];

/** Cookies of a host are those of all its ports: by its port each server of a developer's machine has its own. */
export function whoCookie({ protocol, port }: Pick<URL, "protocol" | "port">): string {
  return protocol === "https:" ? "__Host-tandem-who" : `tandem-who-${port}`;
}

export function formatWho({ sessionId, role, userId, workspace }: Who): string {
  // A dot is what parts it.
  const user = encodeURIComponent(userId).replaceAll(".", "%2E");
  return `${sessionId}.${role}.${user}${workspace === mainWorkspace ? "" : `.${workspace}`}`;
}

/** Reads it among all cookies of a page. Null where it is not there, or junk. */
export function findWho(cookies: string, name: string): Who | null {
  const start = `${name}=`;
  const value = cookies.split("; ").find((cookie) => cookie.startsWith(start));
  const [, sessionId, role, user, workspace = mainWorkspace] =
    /^([\w-]{1,64})\.(viewer|editor|admin)\.([^.;\s]{1,600})(?:\.([a-z0-9-]{1,40}))?$/.exec(
      value?.slice(start.length) ?? "",
    ) ?? [];
  if (sessionId === undefined || user === undefined) return null;
  try {
    return { sessionId, role: role as Role, userId: decodeURIComponent(user), workspace };
  } catch {
    return null; // No %-encoding.
  }
}
