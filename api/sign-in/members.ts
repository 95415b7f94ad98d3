import { createHash } from "node:crypto";
import type { Engine } from "#api/engine/engine.ts";
import type { Member, MemberKey, SignInStore } from "#api/engine/sign-in-store.ts";
import { entriesOf } from "#api/rows/document.ts";
import { parseRowBody } from "#api/writes/row-body.ts";
import { createRow } from "#api/writes/row-writes.ts";
import { mainWorkspace, type Role } from "#contract/who.ts";
import type { Person } from "./provider.ts";

export interface AdmitOptions {
  readonly store: SignInStore;
  /** Verified emails, in lower case, of people who are admins of every workspace, whatever the list of members says. */
  readonly admins: readonly string[];
  /** The role in the main workspace of people whom the provider knows and the list of members does not; null: they stay out. */
  readonly newMembers: Role | null;
}

/**
 * The members that a person of the provider is, one in each workspace that they may be in: by the provider's subject, or
 * the first time by an email that it has verified. From then on they are known there by the subject.
 */
export async function admitPerson(
  person: Person,
  { store, admins, newMembers }: AdmitOptions,
): Promise<readonly Member[]> {
  const isAdmin = person.email !== null && admins.includes(person.email);
  const admitted: Member[] = [];
  for (const { id: workspace } of store.workspaces()) {
    const known = findMember(
      store.members().filter((member) => member.workspace === workspace),
      person,
    );
    const otherwise = workspace === mainWorkspace ? newMembers : null;
    const role = isAdmin ? "admin" : (known?.role ?? otherwise);
    if (role === null) continue;
    const member: Member = {
      workspace,
      id: known?.id ?? idOf(person.subject),
      role,
      email: known?.email ?? person.email,
      subject: person.subject,
    };
    if (known?.role !== role || known.subject !== person.subject) await store.putMember(member);
    admitted.push(member);
  }
  return admitted;
}

/** The same person in all workspaces, this one included. */
export function membersOfPerson(
  store: SignInStore,
  { workspace, id }: MemberKey,
): readonly Member[] {
  const members = store.members();
  const own = members.find((member) => member.workspace === workspace && member.id === id);
  if (!own) return [];
  return members.filter(
    (member) => member === own || (own.subject !== null && member.subject === own.subject),
  );
}

function findMember(members: readonly Member[], { subject, email }: Person): Member | undefined {
  const bySubject = members.find((member) => member.subject === subject);
  if (bySubject || email === null) return bySubject;
  // One who has signed in before is known by the subject alone: an address may be given to somebody else.
  return members.find((member) => member.subject === null && member.email === email);
}

/** Makes the row in the workspace's `users` where there is none. */
export async function makeUser(engine: Engine, id: string, name: string): Promise<void> {
  if (entriesOf(engine.store.state().document, "users").has(id)) return;
  const body = parseRowBody("users", "create", { id, name });
  const { status } = await engine.submit(createRow("users", body, {}));
  // 409: made by another sign-in of theirs, a moment ago.
  if (status !== 201 && status !== 409)
    throw new Error(`the user ${id} could not be made: ${status}`);
}

function idOf(subject: string): string {
  return `usr-${createHash("sha256").update(subject).digest("hex").slice(0, 12)}`;
}
