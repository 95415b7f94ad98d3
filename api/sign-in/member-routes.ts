import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import * as z from "zod";
import type { Member, SignInStore } from "#api/engine/sign-in-store.ts";
import { checkFields } from "#api/http/check-fields.ts";
import { readBody } from "#api/http/read-body.ts";
import { Refusal } from "#api/http/refusal.ts";
import { send } from "#api/http/send.ts";
import type { Sender } from "#api/http/who.ts";
import { roles } from "#contract/who.ts";
import type { Sessions } from "./sessions.ts";

const role = z.enum(roles);
const invitation = z.strictObject({
  email: z.email().trim().toLowerCase().max(200),
  role,
  /** An id of `users` that this person is to be. */
  id: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
});

/** `/access/members`: who may be in the workspace of the admin who asks. */
export function createMemberRoutes(parts: {
  store: SignInStore;
  sessions: Pick<Sessions, "end">;
}): (req: Request, res: Response, path: readonly string[], admin: Sender) => Promise<void> {
  const { store, sessions } = parts;

  return async (req, res, [id, part, ...more], { workspace, userId: you }) => {
    const members = () => store.members().filter((member) => member.workspace === workspace);

    function find(id: string): Member {
      const member = members().find((each) => each.id === id);
      if (!member) throw new Refusal(404, `There is no member "${id}".`);
      return member;
    }

    /** There is always somebody who can let others in. */
    function keepAdmin(id: string): void {
      const others = members().filter((each) => each.role === "admin" && each.id !== id);
      if (find(id).role === "admin" && others.length === 0)
        throw new Refusal(409, "This is the only admin: make another one first.");
    }

    async function invite(): Promise<Member> {
      const { id = `usr-${randomBytes(6).toString("hex")}`, ...given } = checkFields(
        invitation,
        await readBody(req),
        "an invitation",
      );
      if (members().some((member) => member.id === id || member.email === given.email))
        throw new Refusal(409, "There is a member with this email or id.");
      const member = { ...given, workspace, id, subject: null };
      await store.putMember(member);
      return member;
    }

    async function change(id: string): Promise<Member> {
      const next = checkFields(z.strictObject({ role }), await readBody(req), "a member");
      const member = find(id);
      if (next.role !== "admin") keepAdmin(id);
      const changed = { ...member, ...next };
      await store.putMember(changed);
      // Their pages learn the new role as they sign in again.
      if (member.role !== next.role) await sessions.end([member]);
      return changed;
    }

    async function remove(id: string): Promise<Member> {
      const member = find(id);
      keepAdmin(id);
      await store.removeMember(member);
      return member;
    }

    const reply = (body: unknown, status = 200) => send(res, { status, body });
    if (more.length > 0 || (part !== undefined && part !== "sessions"))
      throw new Refusal(404, "There are /access/members, its members, and their sessions.");
    if (id === undefined && req.method === "GET")
      return reply({ members: members().map(served), you });
    if (id === undefined && req.method === "POST") return reply(served(await invite()), 201);
    if (id !== undefined && part === undefined && req.method === "PATCH")
      return reply(served(await change(id)));
    if (id !== undefined && part === undefined && req.method === "DELETE")
      return reply(served(await remove(id)));
    if (id !== undefined && part === "sessions" && req.method === "DELETE") {
      const member = find(id);
      await sessions.end([member]);
      return reply(served(member));
    }
    throw new Refusal(405, `${req.method} is not offered here.`);
  };
}

function served({ id, role, email, subject }: Member) {
  return { id, role, email, hasSignedIn: subject !== null };
}
