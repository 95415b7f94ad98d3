import type { Request, Response } from "express";
import type { Member } from "#api/engine/sign-in-store.ts";
import { formatCookie, readCookie } from "#api/http/cookies.ts";
import type { Handle } from "#api/http/create-app.ts";
import { readBody } from "#api/http/read-body.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import { formatWho } from "#contract/who.ts";
import type { Revision } from "#sync/http";
import { type CookieNames, checksMs } from "./cookie-names.ts";
import { noticePage, noticePolicy } from "./notice-page.ts";
import { type Pending, parsePending } from "./pending.ts";
import type { Person, Provider } from "./provider.ts";
import { returnAddress } from "./return-to.ts";
import type { Sessions } from "./sessions.ts";

export interface SignInRoutesOptions {
  readonly provider: Provider;
  readonly sessions: Sessions;
  readonly admit: (person: Person) => Promise<Member | null>;
  readonly cookies: CookieNames;
  /** Milliseconds that a session lasts at most, and so its cookies. */
  readonly maxMs: number;
  /** The origins by which browsers reach the pages. */
  readonly origins: { readonly pane: string; readonly shell: string };
  readonly revision: () => Revision;
  readonly log: (line: string) => void;
}

/** `/access/sign-in`, `/access/callback` and `/access/sign-out`. Undefined for any other path. */
export function createSignInRoutes(options: SignInRoutesOptions): {
  find(path: string): { readonly method: string; readonly handle: Handle } | undefined;
} {
  const { provider, sessions, cookies, origins, log } = options;
  const { secure } = cookies;

  const set = (name: string, value: string, maxAgeMs: number, readable = false) =>
    formatCookie(name, value, { secure, maxAgeMs, readable });
  const dropped = (...names: string[]) => names.map((name) => set(name, "", 0));

  function redirect(res: Response, to: string, setCookies: readonly string[]): void {
    res.setHeader("Cache-Control", "no-store");
    res.setHeader("Set-Cookie", setCookies);
    res.redirect(302, to);
  }

  function sendNotice(res: Response, status: number, title: string, text: string, to: string) {
    const again = `/access/sign-in?return_to=${encodeURIComponent(to)}`;
    res.setHeader("Cache-Control", "no-store");
    res.setHeader("Content-Security-Policy", noticePolicy);
    res.setHeader("Set-Cookie", dropped(cookies.pending));
    res.status(status).type("html").send(noticePage({ title, text, again }));
  }

  async function begin(req: Request, res: Response): Promise<void> {
    const here = new URL(req.originalUrl, origins.pane);
    const returnTo = returnAddress(here.searchParams.get("return_to"), origins);
    // The answer of the provider comes to this host, and the cookie has to be there.
    if (
      req.headers.host !== new URL(origins.pane).host &&
      here.searchParams.get("moved") === null
    ) {
      here.searchParams.set("moved", "1");
      redirect(res, here.href, []);
      return;
    }
    try {
      const { url, checks } = await provider.begin();
      const pending: Pending = { ...checks, returnTo };
      const value = Buffer.from(JSON.stringify(pending)).toString("base64url");
      redirect(res, url.href, [set(cookies.pending, value, checksMs)]);
    } catch (error) {
      log(`sign-in: the provider does not answer: ${describe(error)}`);
      const text = "The sign-in provider does not answer. Try again in a moment.";
      sendNotice(res, 502, "Sign-in is not available", text, returnTo);
    }
  }

  async function finish(req: Request, res: Response): Promise<void> {
    const pending = parsePending(readCookie(req.headers.cookie, cookies.pending));
    const returnTo = returnAddress(pending?.returnTo ?? null, origins);
    if (!pending) {
      const text = "This sign-in was not begun in this browser, or it took too long.";
      sendNotice(res, 400, "Sign-in did not work", text, returnTo);
      return;
    }
    let person: Person;
    try {
      person = await provider.finish(new URL(req.originalUrl, origins.pane).search, pending);
    } catch (error) {
      log(`sign-in refused: ${describe(error)}`);
      const text = "The answer of the sign-in provider is not valid here, or it was used before.";
      sendNotice(res, 400, "Sign-in did not work", text, returnTo);
      return;
    }
    const member = await options.admit(person);
    if (!member) {
      log(`sign-in: ${person.subject} is no member`);
      const text = `You are signed in at the provider as ${person.email ?? person.name}, who is no member here. Ask an admin to add you.`;
      sendNotice(res, 403, "You are not a member", text, returnTo);
      return;
    }
    const former = readCookie(req.headers.cookie, cookies.session);
    const { secret, id } = await sessions.begin(member.id, former);
    const who = formatWho({ sessionId: id, role: member.role, userId: member.id });
    redirect(res, returnTo, [
      set(cookies.session, secret, options.maxMs),
      set(cookies.who, who, options.maxMs, true),
      ...dropped(cookies.pending),
    ]);
  }

  async function end(req: Request, res: Response): Promise<void> {
    const { everywhere, ...unknown } = await readBody(req);
    const [name] = Object.keys(unknown);
    if (name !== undefined || (everywhere !== undefined && typeof everywhere !== "boolean"))
      throw new Refusal(422, "A sign-out takes only everywhere, true or false.", {
        field: `/${name ?? "everywhere"}`,
      });
    const secret = readCookie(req.headers.cookie, cookies.session);
    const sender = await sessions.find(secret);
    await sessions.end(everywhere && sender ? { memberId: sender.userId } : { secret });
    res.setHeader("Set-Cookie", dropped(cookies.session, cookies.who));
    send(res, { status: 204, body: "", revision: options.revision() });
  }

  const routes = new Map<string, { method: string; handle: Handle }>([
    ["sign-in", { method: "GET", handle: begin }],
    ["callback", { method: "GET", handle: finish }],
    ["sign-out", { method: "POST", handle: end }],
  ]);
  return { find: (path) => routes.get(path) };
}

/** openid-client has what is of use in the cause. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : "";
  const code = "code" in error ? ` (${String(error.code)})` : "";
  return `${error.message}${code}${cause}`;
}
