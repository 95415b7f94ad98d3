import type { Request, Response } from "express";
import * as z from "zod";
import type { Member, Workspace } from "#api/engine/sign-in-store.ts";
import { workspaceId } from "#api/engine/workspaces.ts";
import { checkFields } from "#api/http/check-fields.ts";
import { formatCookie, readCookie } from "#api/http/cookies.ts";
import type { Handle } from "#api/http/create-app.ts";
import { readBody } from "#api/http/read-body.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import type { Sender } from "#api/http/who.ts";
import { formatWho } from "#contract/who.ts";
import { type CookieNames, checksMs } from "./cookie-names.ts";
import { notSignedIn } from "./guard.ts";
import { type NoticeLink, noticePage, noticePolicy } from "./notice-page.ts";
import { type Pending, parsePending } from "./pending.ts";
import type { Person, Provider } from "./provider.ts";
import { returnAddress } from "./return-to.ts";
import type { BegunSession, Sessions } from "./sessions.ts";

export interface SignInRoutesOptions {
  readonly provider: Provider;
  readonly sessions: Sessions;
  /** Throws a 401 or 403 `Refusal` for a request without a session, or of a page of another site. */
  readonly findSender: (req: Request) => Promise<Sender>;
  /** The members that a person is, one in each workspace that they may be in. */
  readonly admit: (person: Person) => Promise<readonly Member[]>;
  /** The same of a person who is in. */
  readonly membersOf: (sender: Sender) => readonly Member[];
  readonly workspaces: () => readonly Workspace[];
  /** Makes ready what a person needs in a workspace before they come in. `from`: where they were before. */
  readonly enter: (member: Member, from: { name: string } | Sender) => Promise<void>;
  readonly cookies: CookieNames;
  /** The origins by which browsers reach the pages. */
  readonly origins: { readonly pane: string; readonly shell: string };
  readonly log: (line: string) => void;
}

/** Milliseconds for which a browser remembers the workspace that it had last. */
const rememberedMs = 400 * 86_400_000;

/**
 * - `/access/sign-in` and `/access/callback`; `/access/sign-out`.
 * - `/access/provider-sign-out`, which leads who has signed out here to the same at the provider, and `/access/signed-out`, to
 *   which that leads.
 * - `/access/workspaces`, those of a person, and `/access/workspace`, which leads them to another one.
 *
 * Undefined for any other path.
 */
export function createSignInRoutes(options: SignInRoutesOptions): {
  find(path: string): { readonly method: string; readonly handle: Handle } | undefined;
} {
  const { provider, sessions, findSender, cookies, origins, log } = options;
  const { secure } = cookies;

  const set = (name: string, value: string, maxAgeMs: number, readable = false) =>
    formatCookie(name, value, { secure, maxAgeMs, readable });
  const dropped = (...names: string[]) => names.map((name) => set(name, "", 0));

  function redirect(res: Response, to: string, setCookies: readonly string[]): void {
    res.setHeader("Cache-Control", "no-store");
    res.setHeader("Set-Cookie", setCookies);
    res.redirect(302, to);
  }

  function sendPage(
    res: Response,
    status: number,
    page: { title: string; text: string; links: readonly NoticeLink[] },
  ): void {
    res.setHeader("Cache-Control", "no-store");
    res.setHeader("Content-Security-Policy", noticePolicy);
    res.setHeader("Set-Cookie", dropped(cookies.pending));
    res.status(status).type("html").send(noticePage(page));
  }

  function signInAddress(returnTo: string, more: Readonly<Record<string, string>> = {}): string {
    return `/access/sign-in?${new URLSearchParams({ ...more, return_to: returnTo })}`;
  }

  function sendNotice(res: Response, status: number, title: string, text: string, to: string) {
    const links = [{ label: "Sign in again", to: signInAddress(to) }];
    sendPage(res, status, { title, text, links });
  }

  /** The provider knows the person by now, and mostly asks for nothing when it is asked again. */
  function sendChoice(res: Response, members: readonly Member[], to: string): void {
    sendPage(res, 200, {
      title: "Choose a workspace",
      text: "You are a member of several. You can change to another one later, from the menu with your name.",
      links: members.map(({ workspace }) => ({
        label: nameOf(workspace),
        to: signInAddress(to, { workspace }),
      })),
    });
  }

  function nameOf(workspace: string): string {
    return options.workspaces().find(({ id }) => id === workspace)?.name ?? workspace;
  }

  function sessionCookies(
    { secret, id, leftMs }: BegunSession,
    member: Member,
    hasOthers: boolean,
  ): string[] {
    const { role, id: userId, workspace } = member;
    const who = formatWho({ sessionId: id, role, userId, workspace });
    return [
      set(cookies.session, secret, leftMs),
      set(cookies.who, who, leftMs, true),
      ...(hasOthers ? [set(cookies.workspace, workspace, rememberedMs)] : []),
    ];
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
      const asked = here.searchParams.get("workspace") ?? "";
      const pending: Pending = {
        ...checks,
        returnTo,
        ...(workspaceId.test(asked) && { workspace: asked }),
      };
      const value = Buffer.from(JSON.stringify(pending)).toString("base64url");
      redirect(res, url.href, [set(cookies.pending, value, checksMs)]);
    } catch (error) {
      log(`sign-in: the provider does not answer: ${describe(error)}`);
      const text = "The sign-in provider does not answer. Try again in a moment.";
      sendNotice(res, 502, "Sign-in is not available", text, returnTo);
    }
  }

  async function leaveProvider(req: Request, res: Response): Promise<void> {
    const here = new URL(req.originalUrl, origins.pane);
    const returnTo = here.searchParams.get("return_to") ?? "";
    const title = "You are still signed in at the provider";
    const to = returnAddress(returnTo, origins);
    try {
      const url = await provider.signOut(returnTo.slice(0, 2_000));
      if (url) redirect(res, url.href, []);
      else sendNotice(res, 404, title, "It offers no sign-out to other sites: sign out there.", to);
    } catch (error) {
      log(`sign-out: the provider does not answer: ${describe(error)}`);
      sendNotice(res, 502, title, "It does not answer. Try again in a moment.", to);
    }
  }

  function comeBack(req: Request, res: Response): void {
    const here = new URL(req.originalUrl, origins.pane);
    redirect(res, returnAddress(here.searchParams.get("state"), origins), []);
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
    const members = await options.admit(person);
    if (members.length === 0) {
      log(`sign-in: ${person.subject} is no member`);
      const text = `You are signed in at the provider as ${person.email ?? person.name}, who is no member here. Ask an admin to add you.`;
      sendNotice(res, 403, "You are not a member", text, returnTo);
      return;
    }
    const of = (workspace?: string) => members.find((each) => each.workspace === workspace);
    const last = readCookie(req.headers.cookie, cookies.workspace);
    const member =
      pending.workspace !== undefined
        ? of(pending.workspace)
        : (of(last) ?? (members.length === 1 ? members[0] : undefined));
    if (!member && pending.workspace !== undefined) {
      const text = "You are not a member of that workspace. Ask an admin of it to add you.";
      sendNotice(res, 403, "You are not a member", text, returnTo);
      return;
    }
    if (!member) {
      sendChoice(res, members, returnTo);
      return;
    }
    await options.enter(member, { name: person.name });
    const former = readCookie(req.headers.cookie, cookies.session);
    const begun = await sessions.begin(member, former);
    redirect(res, returnTo, [
      ...sessionCookies(begun, member, members.length > 1),
      ...dropped(cookies.pending),
    ]);
  }

  async function list(req: Request, res: Response): Promise<void> {
    const sender = await findSender(req);
    const workspaces = options.membersOf(sender).map(({ workspace, role }) => ({
      id: workspace,
      name: nameOf(workspace),
      role,
    }));
    workspaces.sort((one, other) => one.name.localeCompare(other.name, "en"));
    send(res, { status: 200, body: { workspaces, current: sender.workspace } });
  }

  async function move(req: Request, res: Response): Promise<void> {
    const sender = await findSender(req);
    const { workspace } = checkFields(
      z.strictObject({ workspace: z.string() }),
      await readBody(req),
      "a change of the workspace",
    );
    const member = options.membersOf(sender).find((each) => each.workspace === workspace);
    // Whether there is such a workspace is told to its members.
    if (!member) throw new Refusal(403, `You are not a member of "${workspace}".`);
    if (workspace !== sender.workspace) {
      await options.enter(member, sender);
      const secret = readCookie(req.headers.cookie, cookies.session);
      const begun = await sessions.beginBeside(member, secret);
      if (!begun) throw notSignedIn();
      // Tabs that hear of its end then find the cookie of the next one.
      res.once("close", () => {
        sessions.end({ secret }).catch((error) => log(`sessions: ${describe(error)}`));
      });
      res.setHeader("Set-Cookie", sessionCookies(begun, member, true));
    }
    send(res, { status: 200, body: { current: workspace } });
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
    await sessions.end(everywhere && sender ? options.membersOf(sender) : { secret });
    res.setHeader("Set-Cookie", dropped(cookies.session, cookies.who));
    send(res, { status: 204, body: "" });
  }

  const routes = new Map<string, { method: string; handle: Handle }>([
    ["sign-in", { method: "GET", handle: begin }],
    ["callback", { method: "GET", handle: finish }],
    ["sign-out", { method: "POST", handle: end }],
    ["provider-sign-out", { method: "GET", handle: leaveProvider }],
    ["signed-out", { method: "GET", handle: comeBack }],
    ["workspaces", { method: "GET", handle: list }],
    ["workspace", { method: "POST", handle: move }],
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
