import fs from "node:fs";
import { open, rename } from "node:fs/promises";
import path from "node:path";
import * as z from "zod";
import type { KeptSession, Member, SignInStore } from "#api/engine/sign-in-store.ts";
import { mainWorkspace, roles } from "#contract/who.ts";
import { syncFolder } from "#sync/server";

const schema = z.strictObject({
  members: z.array(
    z.strictObject({
      id: z.string(),
      role: z.enum(roles),
      email: z.string().nullable(),
      subject: z.string().nullable(),
    }),
  ),
  sessions: z.array(
    z.strictObject({
      hash: z.string(),
      id: z.string(),
      memberId: z.string(),
      startedAt: z.number(),
      usedAt: z.number(),
    }),
  ),
});

/**
 * Members and sessions in a file of their own beside the log, which only its owner can read. Throws an `Error` for a file that
 * cannot be read: without it nobody would be a member.
 */
export function openSignInFile(file: string): SignInStore {
  let { members, sessions } = withWorkspace(read(file));
  const listeners = new Set<() => void>();
  let writing: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const temporary = `${file}.tmp`;
    const handle = await open(temporary, "w", 0o600);
    try {
      await handle.writeFile(
        `${JSON.stringify({ members: members.map(stored), sessions: sessions.map(stored) }, null, 2)}\n`,
      );
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
    await syncFolder(path.dirname(file));
  }

  /** What is removed counts at once. */
  function save(): Promise<void> {
    for (const listener of listeners) listener();
    const written = writing.catch(() => {}).then(write);
    writing = written;
    return written;
  }

  return {
    workspaces: () => [{ id: mainWorkspace, name: "Main" }],
    members: () => members,
    sessions: () => sessions,
    findSession: async (hash) => sessions.find((session) => session.hash === hash),
    putMember(member) {
      members = [...members.filter(({ id }) => id !== member.id), member];
      return save();
    },
    removeMember({ id: removed }) {
      members = members.filter(({ id }) => id !== removed);
      sessions = sessions.filter(({ memberId }) => memberId !== removed);
      return save();
    },
    begin(session) {
      sessions = [...sessions, session];
      return save();
    },
    touch(hash, usedAt) {
      sessions = sessions.map((session) =>
        session.hash === hash ? { ...session, usedAt } : session,
      );
      return save();
    },
    end(hashes) {
      sessions = sessions.filter(({ hash }) => !hashes.includes(hash));
      return save();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** A data file is one workspace, which the file need not name. */
function withWorkspace({ members, sessions }: z.infer<typeof schema>): {
  members: readonly Member[];
  sessions: readonly KeptSession[];
} {
  const workspace = mainWorkspace;
  return {
    members: members.map((member) => ({ workspace, ...member })),
    sessions: sessions.map((session) => ({ workspace, ...session })),
  };
}

function stored<T extends { workspace: string }>({ workspace: _, ...rest }: T) {
  return rest;
}

function read(file: string): z.infer<typeof schema> {
  if (!fs.existsSync(file)) return { members: [], sessions: [] };
  try {
    return schema.parse(JSON.parse(fs.readFileSync(file, "utf8")));
  } catch (error) {
    throw new Error(`${file}: the members cannot be read: ${String(error)}`);
  }
}
