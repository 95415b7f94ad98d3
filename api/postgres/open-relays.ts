import { randomUUID } from "node:crypto";
import { type Kysely, sql } from "kysely";
import type { Relay, RelayListener } from "#api/engine/relay.ts";
import { listen } from "#sync/server";
import type { Connection } from "./connect.ts";
import type { Schema } from "./schema.ts";

const channel = "tandem_relay";

/** Texts that wait while the database does not answer. What is published is said again, so the oldest go. */
const maxWaiting = 100;

export interface Relays {
  of(workspace: string): Relay;
  close(): Promise<void>;
}

/** Passes texts from replica to replica by notifications: in the order of each replica, and in no table. */
export function openRelays({ db, createListener }: Connection): Relays {
  const self = randomUUID();
  const listeners = new Map<string, Set<RelayListener>>();
  let isConnected = false;
  const listener = listen(createListener, channel, {
    woken(payload) {
      const [, from, workspace = "", text = ""] = /^(\S+) (\S+) (.*)$/s.exec(payload) ?? [];
      if (from === self) return;
      for (const each of listeners.get(workspace) ?? []) each.heard(text);
    },
    connected() {
      isConnected = true;
      for (const all of listeners.values()) for (const each of all) each.connected();
    },
    lost() {
      isConnected = false;
    },
  });
  const publish = createPublish(db);

  return {
    of: (workspace) => ({
      publish: (text) => publish(`${self} ${workspace} ${text}`),
      subscribe(each) {
        const all = listeners.get(workspace) ?? new Set();
        listeners.set(workspace, all.add(each));
        if (isConnected) each.connected();
        return () => all.delete(each);
      },
    }),
    close: () => listener.close(),
  };
}

/** One after the other, for two connections would not keep their order. */
function createPublish(db: Kysely<Schema>): (payload: string) => void {
  const waiting: string[] = [];
  let isSending = false;

  async function send(): Promise<void> {
    isSending = true;
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      await sql`select pg_notify(${channel}, ${next})`.execute(db).catch(() => {});
    isSending = false;
  }

  return (payload) => {
    waiting.push(payload);
    if (waiting.length > maxWaiting) waiting.shift();
    if (!isSending) void send();
  };
}
