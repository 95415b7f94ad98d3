import type { IncomingMessage } from "node:http";
import { readCookie } from "#api/http/cookies.ts";
import { isReading } from "#api/http/is-reading.ts";
import { parseUrl } from "#api/http/parse-url.ts";
import { Refusal } from "#api/http/refusal.ts";
import { setSender } from "#api/http/who.ts";
import { type Role, roles } from "#contract/who.ts";
import type { Sessions } from "./sessions.ts";

/** Lets a request of a signed-in person pass who has the role for it. Throws a 401 or 403 `Refusal` for all others. */
export type Guard = (req: IncomingMessage) => Promise<void>;

export function createGuard(sessions: Pick<Sessions, "find">, cookie: string): Guard {
  return async (req) => {
    refuseOtherSites(req);
    const sender = await sessions.find(readCookie(req.headers.cookie, cookie));
    if (!sender) throw notSignedIn();
    const { path } = parseUrl(req.url ?? "/");
    const needed: Role = isReading(req.method ?? "GET", path) ? "viewer" : "editor";
    if (roles.indexOf(sender.role) < roles.indexOf(needed)) throw mayNot(sender.role, needed);
    refuseOtherNames(req, sender.userId);
    setSender(req, sender);
  };
}

export function notSignedIn(): Refusal {
  return new Refusal(401, "Sign in: there is no session, or it has ended.", {
    // RFC 9110: a 401 names what would be accepted. It is no scheme that a browser asks a password for.
    headers: { "WWW-Authenticate": 'Session sign-in="/access/sign-in"' },
  });
}

export function mayNot(role: Role, needed: Role): Refusal {
  const detail =
    needed === "admin"
      ? `Only an admin may do this, and your role is ${role}.`
      : `Your role is ${role}: you can read, and not change anything. An admin can give you another one.`;
  return new Refusal(403, detail);
}

/**
 * A browser says which site's page sends a request. The cookie goes with those of a sibling host too, and even an answer that
 * a page cannot read takes its time.
 */
export function refuseOtherSites(req: IncomingMessage): void {
  const site = req.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none")
    throw new Refusal(403, "Pages of other origins may not use the API.", {
      field: "Sec-Fetch-Site",
    });
}

/** A tab's id names its user, whom other tabs show as the author of a change. */
function refuseOtherNames(req: IncomingMessage, userId: string): void {
  const origin = req.headers["tandem-origin"];
  const [, , ...user] = typeof origin === "string" ? origin.split("_") : [];
  if (user.length > 0 && user.join("_") !== userId)
    throw new Refusal(403, `Tandem-Origin names another user than ${userId}, who is signed in.`, {
      field: "Tandem-Origin",
    });
}
