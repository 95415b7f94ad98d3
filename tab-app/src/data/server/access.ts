import * as z from "zod/mini";
import { type Role, roles } from "#contract/who.ts";
import { createAsk, parseBody } from "./ask.ts";

const role = z.enum(roles);
const text = z.string();

const workspacesSchema = z.object({
  workspaces: z.array(z.object({ id: text, name: text, role })),
  current: text,
});
export type Workspaces = z.infer<typeof workspacesSchema>;

const memberSchema = z.object({
  id: text,
  role,
  email: z.nullable(text),
  hasSignedIn: z.boolean(),
});
export type Member = z.infer<typeof memberSchema>;

const membersSchema = z.object({ members: z.array(memberSchema), you: text });
export type Members = z.infer<typeof membersSchema>;

/** `/access` of a server with sign-in. Each rejects with `ApiError`, or with `UnreachableError` where there is no answer. */
export interface Access {
  /** Those that this person may be in. */
  workspaces(): Promise<Workspaces>;
  /** Ends this session and begins one in another workspace, which the cookie then names. */
  moveTo(workspace: string): Promise<void>;
  /** Of this workspace. For admins, as all below. */
  members(): Promise<Members>;
  add(email: string, role: Role): Promise<void>;
  setRole(id: string, role: Role): Promise<void>;
  signOut(id: string): Promise<void>;
  remove(id: string): Promise<void>;
}

/** `onSignedOut`: the server answered that the session has ended. */
export function createAccess(onSignedOut: () => void): Access {
  const ask = createAsk("/access", async (...request) => {
    const response = await fetch(...request);
    if (response.status === 401) onSignedOut();
    return response;
  });
  const send = async (method: string, path: string, body?: unknown) => {
    const headers = { "Content-Type": "application/json" };
    await ask(path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
  };
  const read = async <T>(path: string, schema: z.ZodMiniType<T>) =>
    parseBody(path, schema, (await ask(path)).body);
  const of = (id: string) => `/members/${encodeURIComponent(id)}`;

  return {
    workspaces: () => read("/workspaces", workspacesSchema),
    moveTo: (workspace) => send("POST", "/workspace", { workspace }),
    members: () => read("/members", membersSchema),
    add: (email, role) => send("POST", "/members", { email, role }),
    setRole: (id, role) => send("PATCH", of(id), { role }),
    signOut: (id) => send("DELETE", `${of(id)}/sessions`),
    remove: (id) => send("DELETE", of(id)),
  };
}
