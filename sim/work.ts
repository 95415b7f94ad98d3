import { entriesOf, type Row } from "#api/document.ts";
import type { Write } from "#data/outbox/writes.ts";
import type { OpenSession } from "#data/session/open-session.ts";
import type { Draft } from "#data/storage/drafts.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import type { Change } from "#sync";
import type { ModelServer } from "./model-server.ts";
import type { Tab } from "./tab.ts";

/** Watches what users did: whether it arrived, once, and what became of what did not. */
export interface Work {
  /** The store, watched: the fence is measured from outside. */
  watchStore(store: PersistentStore): PersistentStore;
  asked(tab: Tab, write: Write): void;
  confirmed(tab: Tab, write: Write, submittedAt: number): void;
  takenBack(tab: Tab, write: Write): void;
  typed(tab: Tab, subject: string, value: number): void;
  discarded(tab: Tab, subject: string): void;
  sent(method: string, path: string, body: unknown): () => void;
  committed(server: ModelServer, changes: readonly Change[]): void;
  opened(tab: Tab): void;
  ended(tab: Tab, session: OpenSession): void;
  /** Something of the tab's session is on the screen. */
  shown(tab: Tab): void;
  /** The page woke, and was told so. */
  woke(tab: Tab): void;
  cameBackFromCache(tab: Tab): void;
  judge(tabs: readonly Tab[], when: string): Promise<void>;
}

export interface WorkOptions {
  /** The session that is, by what stands on disk. */
  sessionId: () => string;
  /** All tabs that live, also those that sleep. */
  tabs: () => readonly Tab[];
  count: (what: string) => void;
  fail: (claim: string, text: string) => void;
}

interface Asked {
  readonly write: Write;
  readonly tab: Tab;
  readonly session: string;
  state: "open" | "confirmed" | "taken back" | "taken back in time";
  /** How often the server made each part of it true. */
  readonly effects: Map<string, number>;
}

interface Typed {
  readonly session: string;
  readonly subject: string;
  isOver: boolean;
}

export function createWork({ sessionId, tabs, count, fail }: WorkOptions): Work {
  const asked = new Map<string, Asked>();
  const typed = new Map<number, Typed>();
  const rows = new Map<string, Row>();
  const onTheirWay = new Map<string, number>();
  const sessions = new WeakMap<OpenSession, string>();
  const over: { readonly tab: Tab; readonly session: OpenSession }[] = [];
  const doubles = new Set<Tab>();
  let watched: PersistentStore | null = null;
  let entered = "";
  let knowsAnswers = true;

  const rowName = (write: Write) =>
    `${write.type === "edit account" ? "accounts" : "activities"}/${write.id}`;
  const textsOf = (write: Write): Readonly<Record<string, string | undefined>> =>
    write.type === "edit note" || write.type === "edit account" ? write.changes : {};
  const writesOf = (name: string) =>
    [...asked.values()].filter(({ write }) => rowName(write) === name);
  const entriesIn = (tab: Tab) => tab.open.data.outbox.entries;

  /** What the user knew the field to hold: what was shown, or was under what they had put over it. */
  function known(write: Write, field: string): ReadonlySet<unknown> {
    const values = new Set<unknown>();
    const visit = (each: Write) => {
      if (each.type !== "edit note" && each.type !== "edit account") return;
      const base = (each.base.fields as Readonly<Record<string, string>>)[field];
      if (values.has(base)) return;
      values.add(base);
      for (const { write: before } of asked.values())
        if (textsOf(before)[field] === base) visit(before);
    };
    visit(write);
    return values;
  }

  function took(of: Asked, part: string) {
    const times = (of.effects.get(part) ?? 0) + 1;
    of.effects.set(part, times);
    const { type, id } = of.write;
    if (times > 1) fail("once applied", `${type} ${id}: ${part} became true ${times} times`);
    if (of.state === "taken back in time")
      fail("taken back", `${type} ${id}: ${part} was sent although it had been taken back`);
  }

  function follow({ op, resource, id }: Change, row: Row | null) {
    const name = `${resource}/${id}`;
    const before = rows.get(name);
    if (row) rows.set(name, row);
    else rows.delete(name);
    for (const each of writesOf(name)) {
      const { write } = each;
      if (write.type === "create note" && op === "create" && !before && knowsAnswers)
        took(each, "the row");
      if (write.type === "delete note" && op === "delete") each.effects.set("gone", 1);
      for (const [field, text] of Object.entries(textsOf(write))) {
        if (!before || !row || row[field] !== text || before[field] === text) continue;
        took(each, field);
        if (!known(write, field).has(before[field] ?? ""))
          fail("unseen", `${write.type} ${id} went over ${field} "${before[field]}"`);
      }
    }
  }

  return {
    watchStore(store) {
      watched = store;
      return {
        ...store,
        async enter(id) {
          await store.enter(id);
          if (id === entered) return;
          entered = id;
          for (const kind of ["cache", "writes", "drafts"] as const)
            if ((await store.count(kind)) > 0) fail("signed out", `${kind} of before are kept`);
        },
        async write(id, tab, items) {
          const done = await store.write(id, tab, items);
          if (done && id !== entered) fail("signed out", `${tab} wrote for ${id}`);
          return done;
        },
        async adopt(id, from, to) {
          for (const kind of ["writes", "drafts"] as const)
            if ((await store.read(kind, from)).size > 0) count(`taken over: ${kind}`);
          await store.adopt(id, from, to);
        },
      };
    },
    asked(tab, write) {
      const session = sessions.get(tab.open) ?? "";
      asked.set(write.key, { write, tab, session, state: "open", effects: new Map() });
    },
    confirmed(tab, write, submittedAt) {
      const of = asked.get(write.key);
      if (!of) return fail("not lost", `${tab.id} sent what nobody asked for: ${write.type}`);
      if (of.tab !== tab) count("write of another page confirmed");
      of.state = "confirmed";
      const parts = Object.keys(textsOf(write));
      if (write.type === "delete note") parts.push("gone");
      if (write.type === "create note" && knowsAnswers) parts.push("the row");
      for (const part of parts) {
        const isGone = part === "gone" && !rows.has(rowName(write));
        if (!of.effects.has(part) && !isGone)
          fail("not lost", `${tab.id}: ${write.type} ${write.id} was confirmed, ${part} is not so`);
      }
      const subject = write.type === "edit account" ? `edit/${write.id}` : null;
      const draft = subject === null ? undefined : tab.drafts.get(subject);
      for (const each of typed.values())
        if (each.subject === subject && (!draft || draft.savedAt > submittedAt))
          each.isOver ||= !isTyped(each);
    },
    takenBack(tab, write) {
      const of = asked.get(write.key);
      if (of?.state !== "open") return;
      const isHeld = tabs().some(
        (other) => other !== tab && entriesIn(other).some((entry) => entry.write.key === write.key),
      );
      const isFree = !isHeld && !onTheirWay.get(rowName(write)) && of.effects.size === 0;
      of.state = isFree ? "taken back in time" : "taken back";
    },
    typed(tab, subject, value) {
      give(tab, subject);
      typed.set(value, { session: sessions.get(tab.open) ?? "", subject, isOver: false });
    },
    discarded: give,
    sent(method, path, body) {
      if (method === "GET") return () => {};
      const id = method === "POST" ? `/${JSON.parse(String(body)).id}` : "";
      const name = path.slice(1) + id;
      onTheirWay.set(name, (onTheirWay.get(name) ?? 0) + 1);
      return () => void onTheirWay.set(name, (onTheirWay.get(name) ?? 1) - 1);
    },
    committed(server, changes) {
      if (rows.size === 0) {
        for (const resource of ["accounts", "activities"])
          for (const [id, { row }] of entriesOf(server.document, resource))
            rows.set(`${resource}/${id}`, row);
        return;
      }
      // A restart without the log: a create may be done again, and nobody can tell.
      if (changes.length === 0 && server.epoch !== "epoch-1") knowsAnswers = false;
      for (const [at, change] of changes.entries()) {
        // A row that moves to another account leaves the one and comes to the other.
        const next = changes[at + 1];
        if (change.op === "delete" && next?.op === "create" && next.id === change.id) continue;
        const now = entriesOf(server.document, change.resource).get(change.id)?.row ?? null;
        follow(change, change.op === "delete" ? null : (change.row ?? now));
      }
    },
    opened(tab) {
      sessions.set(tab.open, tab.open.data.session.get().id);
      if (tab.open.queryClient.getQueryCache().getAll().length > 0)
        count("painted from what was kept");
    },
    ended(tab, session) {
      over.push({ tab, session });
      checkEmpty(tab, session);
    },
    shown(tab) {
      if (sessions.get(tab.open) !== tab.open.data.session.get().id)
        fail("signed out", `${tab.id} shows something of a session that is over`);
    },
    woke(tab) {
      if (tab.isOpen && sessions.get(tab.open) !== sessionId())
        fail("signed out", `${tab.id} woke, and still shows a session that is over`);
    },
    cameBackFromCache: (tab) => void doubles.add(tab),
    async judge(living, when) {
      for (const { tab, session } of over) checkEmpty(tab, session);
      if (entered !== sessionId())
        fail("signed out", `${when}: the storage is ${entered}'s, which is over`);
      for (const tab of living)
        for (const { state } of entriesIn(tab)) if (state === "conflict") count("conflict");
      const kept = new Set<string>();
      const names = living.map(({ storageName }) => storageName);
      for (const name of (await watched?.tabs("writes")) ?? [])
        if (!names.includes(name))
          for (const key of (await watched?.read("writes", name))?.keys() ?? []) kept.add(key);
      const hasLocks = living.some(({ page }) => "locks" in page.navigator);
      for (const [key, { write, session, state }] of asked) {
        if (state !== "open" || session !== sessionId()) continue;
        const isOffered = living.some((tab) =>
          entriesIn(tab).some((entry) => entry.write.key === key),
        );
        if (!isOffered && !(kept.has(key) && !hasLocks))
          fail("not lost", `${when}: nobody knows of ${write.type} ${write.id}`);
      }
      for (const [value, each] of typed) {
        if (each.isOver || each.session !== sessionId()) continue;
        const holders = living.filter((tab) => tab.drafts.all.some(is(value)));
        if (holders.length > 1 && !holders.some((tab) => doubles.has(tab)))
          fail("drafts", `${when}: ${each.subject} is offered by ${holders.length} tabs`);
        if (holders.length === 0 && !(await isOnDisk(value)))
          fail("drafts", `${when}: what was typed about ${each.subject} is lost`);
      }
    },
  };

  /** What the tab holds about it is the user's own to replace. */
  function give(tab: Tab, subject: string) {
    const of = typed.get(tab.drafts.get(subject)?.value as number);
    if (of) of.isOver = true;
  }

  function isTyped(of: Typed): boolean {
    return tabs().some((tab) =>
      tab.drafts.all.some(({ value }) => typed.get(value as number) === of),
    );
  }

  async function isOnDisk(value: number): Promise<boolean> {
    for (const name of (await watched?.tabs("drafts")) ?? [])
      for (const draft of (await watched?.read("drafts", name))?.values() ?? [])
        if ((draft as { value: unknown }).value === value) return true;
    return false;
  }

  function checkEmpty(tab: Tab, { queryClient, data }: OpenSession) {
    const left = [
      ...queryClient.getQueryCache().getAll(),
      ...queryClient.getMutationCache().getAll(),
      ...data.outbox.entries,
    ];
    if (left.length > 0) fail("signed out", `${tab.id} holds ${left.length} things of before`);
  }
}

const is = (value: number) => (draft: Draft) => draft.value === value;
