import type { IncomingMessage } from "node:http";
import type { SignInStore } from "#api/engine/sign-in-store.ts";
import type { Workspaces } from "#api/engine/workspaces.ts";
import { readCookie } from "#api/http/cookies.ts";
import type { Handle } from "#api/http/create-app.ts";
import { parseUrl } from "#api/http/parse-url.ts";
import { Refusal } from "#api/http/refusal.ts";
import type { Sender } from "#api/http/who.ts";
import { entriesOf } from "#api/rows/document.ts";
import type { Role } from "#contract/who.ts";
import { cookieNames } from "./cookie-names.ts";
import { createGuard, type Guard, mayNot, notSignedIn, refuseOtherSites } from "./guard.ts";
import { createMemberRoutes } from "./member-routes.ts";
import { admitPerson, makeUser, membersOfPerson } from "./members.ts";
import { createProvider } from "./provider.ts";
import { createSessions, type SessionLimits } from "./sessions.ts";
import { createSignInRoutes } from "./sign-in-routes.ts";

export interface SignInSettings extends SessionLimits {
  readonly issuer: string;
  readonly clientId: string;
  /** Null for a public client. */
  readonly clientSecret: string | null;
  /** Emails of people who are admins whatever the list of members says. */
  readonly admins: readonly string[];
  /** The role of people whom the provider knows and the list of members does not; null: they stay out. */
  readonly newMembers: Role | null;
  /** The origins by which browsers reach the two ports. */
  readonly origins: { readonly pane: string; readonly shell: string };
}

export interface SignIn {
  readonly guard: Guard;
  /** Everything under `/access`. */
  readonly handle: Handle;
  close(): void;
}

export async function createSignIn(
  settings: SignInSettings,
  parts: { workspaces: Workspaces; now: () => number; log: (line: string) => void },
): Promise<SignIn> {
  const { workspaces, now, log } = parts;
  const { issuer, clientId, clientSecret, origins, idleMs, maxMs } = settings;
  const store: SignInStore = await workspaces.openSignIn();
  const sessions = createSessions({ store, idleMs, maxMs, now, log });
  const cookies = cookieNames(origins.pane);
  const redirectUri = `${origins.pane}/access/callback`;
  const signedOutUri = `${origins.pane}/access/signed-out`;

  async function findSender(req: IncomingMessage): Promise<Sender> {
    refuseOtherSites(req);
    const sender = await sessions.find(readCookie(req.headers.cookie, cookies.session));
    if (!sender) throw notSignedIn();
    return sender;
  }

  async function nameIn(workspace: string, userId: string): Promise<string> {
    const { store } = await workspaces.open(workspace);
    const user = entriesOf(store.state().document, "users").get(userId);
    return String(user?.row.name ?? userId);
  }

  const routes = createSignInRoutes({
    provider: createProvider({ issuer, clientId, clientSecret, redirectUri, signedOutUri }),
    sessions,
    findSender,
    admit: (person) => admitPerson(person, { ...settings, store }),
    membersOf: ({ workspace, userId }) => membersOfPerson(store, { workspace, id: userId }),
    workspaces: store.workspaces,
    async enter(member, from) {
      const engine = await workspaces.open(member.workspace);
      const name = "name" in from ? from.name : await nameIn(from.workspace, from.userId);
      await makeUser(engine, member.id, name);
    },
    cookies,
    origins,
    log,
  });
  const handleMembers = createMemberRoutes({ store, sessions });

  return {
    guard: createGuard(sessions, cookies.session),
    async handle(req, res, next) {
      const { path } = parseUrl(req.url);
      const [, name = "", ...rest] = path;
      const route = rest.length === 0 ? routes.find(name) : undefined;
      if (route) {
        if (req.method !== route.method)
          throw new Refusal(405, `${req.method} is not offered here, only ${route.method}.`, {
            headers: { Allow: route.method },
          });
        await route.handle(req, res, next);
        return;
      }
      if (name !== "members") throw new Refusal(404, `There is no /access/${name}.`);
      const sender = await findSender(req);
      if (sender.role !== "admin") throw mayNot(sender.role, "admin");
      await handleMembers(req, res, rest, sender);
    },
    close: sessions.close,
  };
}
