import type { Role } from "#contract/who.ts";

export interface Workspace {
  readonly id: string;
  /** What people call it. */
  readonly name: string;
}

/** A person who may be in a workspace. In another one they are another member, of the same subject. */
export interface Member {
  readonly workspace: string;
  /** That of their row in the workspace's `users`. */
  readonly id: string;
  readonly role: Role;
  /** In lower case, and verified by the provider once `subject` is known. */
  readonly email: string | null;
  /** Who they are at the provider: `<issuer> <sub>`. Null until they first sign in. */
  readonly subject: string | null;
}

export type MemberKey = Pick<Member, "workspace" | "id">;

/** A session as it is stored, in one workspace. Times are milliseconds since 1970. */
export interface KeptSession {
  /** SHA-256 of the secret in the cookie, which is stored nowhere. */
  readonly hash: string;
  /** The public id. */
  readonly id: string;
  readonly workspace: string;
  readonly memberId: string;
  readonly startedAt: number;
  readonly usedAt: number;
}

/** Where members and sessions of all workspaces are stored, beside the rows. Writes resolve when they are durable. */
export interface SignInStore {
  /** As last known here: what another replica changed is known a moment later. In the order of their names. */
  workspaces(): readonly Workspace[];
  members(): readonly Member[];
  /** Also finds one that another replica has just begun. */
  findSession(hash: string): Promise<KeptSession | undefined>;
  /** As last known here. */
  sessions(): readonly KeptSession[];
  /** Adds a member, or replaces the one of this workspace and id. */
  putMember(member: Member): Promise<void>;
  /** Ends their sessions in the workspace as well. */
  removeMember(member: MemberKey): Promise<void>;
  begin(session: KeptSession): Promise<void>;
  touch(hash: string, usedAt: number): Promise<void>;
  end(hashes: readonly string[]): Promise<void>;
  /** Called when anything has changed, whoever did it. Returns its own undo. */
  subscribe(listener: () => void): () => void;
}
