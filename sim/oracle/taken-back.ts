import type { Write } from "#data/outbox/writes.ts";
import type { Tab } from "../tab/tab.ts";
import { type AskedWrite, type AskedWrites, rowNameOf } from "./asked-writes.ts";
import type { Fail } from "./violations.ts";

/** Claim "taken back": a write that was taken back before it was on its way is not sent. */
export interface TakenBack {
  /** A write sets out. Returns what is called when it has arrived, or cannot any more. */
  sent(method: string, path: string, body: unknown): () => void;
  takenBack(tab: Tab, write: Write): void;
  effect(asked: AskedWrite, part: string): void;
}

export interface TakenBackOptions {
  writes: AskedWrites;
  /** All open tabs, also those that sleep. */
  tabs: () => readonly Tab[];
  fail: Fail;
}

export function createTakenBack({ writes, tabs, fail }: TakenBackOptions): TakenBack {
  /** Requests on their way, by the row that they write. */
  const onTheirWay = new Map<string, number>();
  const add = (name: string, count: number) =>
    void onTheirWay.set(name, (onTheirWay.get(name) ?? 0) + count);

  return {
    sent(method, path, body) {
      if (method === "GET") return () => {};
      const names = namesIn(method, path, String(body));
      for (const name of names) add(name, 1);
      return () => {
        for (const name of names) add(name, -1);
      };
    },
    takenBack(tab, write) {
      const asked = writes.get(write.key);
      if (asked?.state !== "open") return;
      const isElsewhere = tabs().some(
        (other) =>
          other !== tab &&
          other.open.data.outbox.entries.some((entry) => entry.write.key === write.key),
      );
      const isInTime =
        !isElsewhere && !onTheirWay.get(rowNameOf(write)) && asked.effects.size === 0;
      asked.state = isInTime ? "taken back in time" : "taken back";
    },
    effect({ write: { type, id }, state }, part) {
      if (state === "taken back in time")
        fail("taken back", `${type} ${id}: ${part} was sent although it had been taken back`);
    },
  };
}

/** The rows that a request writes. */
function namesIn(method: string, path: string, body: string): readonly string[] {
  if (path === "/batch") {
    const { writes } = JSON.parse(body) as { writes: { resource: string; id: string }[] };
    return writes.map(({ resource, id }) => `${resource}/${id}`);
  }
  return [path.slice(1) + (method === "POST" ? `/${JSON.parse(body).id}` : "")];
}
