import { createHash } from "node:crypto";
import type { Engine } from "#api/engine/engine.ts";
import type { Member, SignInStore } from "#api/engine/sign-in-store.ts";
import { entriesOf } from "#api/rows/document.ts";
import { parseRowBody } from "#api/writes/row-body.ts";
import { createRow } from "#api/writes/row-writes.ts";
import type { Role } from "#contract/who.ts";
import type { Person } from "./provider.ts";

export interface AdmitOptions {
  readonly store: SignInStore;
  readonly engine: Engine;
  /** Verified emails, in lower case, of people who are admins whatever the list of members says. */
  readonly admins: readonly string[];
  /** The role of people whom the provider knows and the list of members does not; null: they stay out. */
  readonly newMembers: Role | null;
}

/**
 * The member that a person of the provider is: by the provider's subject, or the first time by an email that it has
 * verified. Null for one who does not belong. Their row in `users` is made where there is none.
 */
export async function admitPerson(person: Person, options: AdmitOptions): Promise<Member | null> {
  const { store, engine } = options;
  const known = findMember(store.members(), person);
  const isAdmin = person.email !== null && options.admins.includes(person.email);
  const role = isAdmin ? "admin" : (known?.role ?? options.newMembers);
  if (role === null) return null;
  const member: Member = {
    id: known?.id ?? idOf(person.subject),
    role,
    email: known?.email ?? person.email,
    subject: person.subject,
  };
  if (known?.role !== role || known.subject !== person.subject) await store.putMember(member);
  await makeUser(engine, member.id, person.name);
  return member;
}

function findMember(members: readonly Member[], { subject, email }: Person): Member | undefined {
  const bySubject = members.find((member) => member.subject === subject);
  if (bySubject || email === null) return bySubject;
  // One who has signed in before is known by the subject alone: an address may be given to somebody else.
  return members.find((member) => member.subject === null && member.email === email);
}

async function makeUser(engine: Engine, id: string, name: string): Promise<void> {
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
