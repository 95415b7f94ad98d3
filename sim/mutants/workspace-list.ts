import { type Mutant, mutant } from "./list.ts";

/** Where the code is that they change. */
export const workspaceFolders = ["api", "tab-app/src/data/session"] as const;

/** Checks that keep workspaces apart: each must be found by a test of two workspaces. */
export const workspaceMutants: readonly Mutant[] = [
  mutant(
    "workspace: of a request",
    "rows, changes, searches, history and streams are those of the session's workspace",
    "workspaceOf",
    "hasSignIn ? senderOf(req)?.workspace : mainWorkspace",
    "mainWorkspace",
  ),
  mutant(
    "workspace: of a stranger",
    "an answer without a session tells no revision",
    "workspaceOf",
    "senderOf(req)?.workspace",
    "(senderOf(req)?.workspace ?? mainWorkspace)",
  ),
  mutant(
    "workspace: of who is there",
    "who is there is told in their workspace",
    "serveWorkspace",
    "const presence = createPresenceList(engine.relay);",
    "const all = globalThis as { all?: ReturnType<typeof createPresenceList> }; const presence = (all.all ??= createPresenceList());",
  ),
  mutant(
    "workspace: of a role",
    "a role counts in its workspace alone",
    "createSessions > find",
    "each.workspace === workspace &&",
    "",
  ),
  mutant(
    "workspace: of an ended session",
    "a sign-out by an admin ends the sessions of their workspace",
    "createSessions > end > isTheirs",
    "workspace === session.workspace &&",
    "",
  ),
  mutant(
    "workspace: of a person",
    "only members come into a workspace, from another one too",
    "membersOfPerson",
    "member === own || (own.subject !== null && member.subject === own.subject)",
    "true",
  ),
  mutant(
    "workspace: of an admitted person",
    "a sign-in admits to the workspaces of which a person is a member",
    "admitPerson",
    "store.members().filter((member) => member.workspace === workspace)",
    "store.members()",
  ),
  mutant(
    "workspace: of a sign-in",
    "a sign-in that asks for another workspace does not lead there",
    "createSignInRoutes > finish",
    "of(pending.workspace)",
    "(of(pending.workspace) ?? ({ ...members[0], workspace: pending.workspace } as Member))",
  ),
  mutant(
    "workspace: of a list of members",
    "an admin sees and changes the members of their workspace",
    "createMemberRoutes",
    "store.members().filter((member) => member.workspace === workspace)",
    "store.members()",
  ),
  mutant(
    "workspace: of a removal",
    "a member who is removed is still in elsewhere",
    "openPostgresSignIn > removeMember",
    '.where("workspace", "=", workspace)',
    "",
  ),
  mutant(
    "workspace: of the rows",
    "rows in memory are those of the workspace",
    "isOf",
    "([name, value]) =>",
    '([name, value]) => name === "workspace" ? sql`true` :',
  ),
  mutant(
    "workspace: of the log",
    "the log that a replica follows is that of the workspace",
    "selectLog",
    '.where("workspace", "=", workspace)',
    "",
  ),
  mutant(
    "workspace: of a history",
    "a history is of the workspace's own account",
    "readHistory > lines",
    '.where("workspace", "=", workspace)',
    "",
  ),
  mutant(
    "workspace: of an answer",
    "an idempotency key brings an answer of its workspace",
    "findAnswers",
    '.where("workspace", "=", workspace)',
    "",
  ),
  mutant(
    "workspace: another session",
    "the session of before ends when a person goes to another workspace",
    "createSignInRoutes > move",
    "sessions.end({ secret })",
    "Promise.resolve()",
  ),
  mutant(
    "workspace: time of a session",
    "going from one workspace to another makes no session longer",
    "createSessions > beginBeside",
    "session.startedAt",
    "now()",
  ),
  mutant(
    "workspace: of unsent work",
    "what was not sent in one workspace is not offered in another",
    "personOf",
    "workspace === undefined || workspace === mainWorkspace",
    "true",
  ),
];
