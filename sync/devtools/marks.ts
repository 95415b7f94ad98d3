import type { Decision, TraceEntry } from "../core/trace.ts";
import { formatCause, hashTarget } from "./format-trace.ts";
import type { Recorded, Recording } from "./recorder.ts";

/** A cause comes before its effect. */
const order = ["write", "commit", "message", "change", "wait", "read", "shown", "note"] as const;
export type MarkKind = (typeof order)[number];

type Of<Type extends TraceEntry["type"]> = Recorded & {
  readonly entry: Extract<TraceEntry, { type: Type }>;
};

/** One change, with the entry of each tab that it reached. */
export interface ChangeGroup {
  readonly key: string;
  readonly at: number;
  readonly change: Of<"change">["entry"]["change"];
  readonly own: Of<"change"> | undefined;
  readonly entries: readonly Of<"change">[];
}

interface Place {
  readonly id: string;
  /** The title of a tab, `channel`, or `server`. */
  readonly lane: string;
  /** Milliseconds since the Unix epoch. */
  readonly from: number;
  /** Null: it has not ended. */
  readonly to: number | null;
  /** The ids of marks. */
  readonly causes: readonly string[];
}

/** What the picture shows: something in a lane at a time, and what caused it. */
export type Mark = Place &
  (
    | { readonly kind: "write" | "read"; readonly of: Of<"request"> }
    /** The server accepted it: between `from` and `to`. */
    | { readonly kind: "commit"; readonly of: ChangeGroup }
    /** It was broadcast. */
    | { readonly kind: "message"; readonly of: ChangeGroup }
    /** A tab was told, and decided. */
    | { readonly kind: "change"; readonly of: Of<"change">; readonly group: ChangeGroup }
    /** A query is stale and out of view. */
    | { readonly kind: "wait"; readonly query: string }
    | { readonly kind: "shown"; readonly of: Of<"shown"> }
    | { readonly kind: "note"; readonly of: Of<"note"> }
  );

export const channelLane = "Channel";
export const serverLane = "Server";

/** Of the decisions on a change, the one that costs most. */
export function strongest(decisions: readonly { decision: Decision }[]): Decision | null {
  const order: readonly Decision[] = [
    "read now",
    "read after this one",
    "waits for view",
    "patched",
    "nothing to do",
  ];
  return order.find((each) => decisions.some(({ decision }) => decision === each)) ?? null;
}

export function isWrite({ entry }: Of<"request">): boolean {
  return entry.target.startsWith('["write"');
}

/** Each change once, in the order of first arrival. */
export function groupChanges(entries: readonly Recorded[]): ChangeGroup[] {
  const groups = new Map<string, Of<"change">[]>();
  const unlogged = new Map<string, string[]>();
  for (const each of entries) {
    if (!is(each, "change")) continue;
    const { rev, resource, id, op, origin = "" } = each.entry.change;
    let key = `${rev} ${resource}/${id}`;
    if (rev === 0) {
      // A server without a log numbers nothing: what another tab tells of the same write within two seconds is it.
      const words = `${key} ${op} ${origin}`;
      const before = unlogged.get(words) ?? [];
      const isNear = ({ run, tab, entry }: Of<"change">) =>
        `${tab}/${run}` !== `${each.tab}/${each.run}` && Math.abs(entry.at - each.entry.at) < 2000;
      const same = before.find((name) => groups.get(name)?.every(isNear));
      key = same ?? `${words} ${each.key}`;
      unlogged.set(words, same === undefined ? [...before, key] : before);
    }
    const group = groups.get(key) ?? [];
    group.push(each);
    groups.set(key, group);
  }
  return [...groups].flatMap(([key, told]) => {
    const [first] = told;
    if (!first) return [];
    return {
      key,
      at: Math.min(...told.map(({ entry }) => entry.at)),
      change: first.entry.change,
      own: told.find(({ entry }) => entry.path === "own"),
      entries: told,
    };
  });
}

/** All marks, oldest first. Causes are found by what the entries say, within one tab by the order of its trace. */
export function buildMarks({ entries }: Pick<Recording, "entries">): Mark[] {
  const marks: Mark[] = [];
  const runs = new Map<string, Recorded[]>();
  for (const each of entries) {
    const name = `${each.tab}/${each.run}`;
    const run = runs.get(name) ?? [];
    run.push(each);
    runs.set(name, run);
  }
  const writes = new Map<string, Of<"request">[]>();
  const readsByQuery = new Map<string, Of<"request">[]>();
  for (const [name, run] of runs) {
    const requests = run.filter((each) => is(each, "request"));
    writes.set(name, requests.filter(isWrite));
    for (const read of requests) {
      if (isWrite(read)) continue;
      const key = `${read.tab} ${hashTarget(read.entry.target)}`;
      const reads = readsByQuery.get(key) ?? [];
      reads.push(read);
      readsByQuery.set(key, reads);
    }
  }

  for (const group of groupChanges(entries)) addChange(group);
  for (const run of runs.values()) addRun(run);
  return marks.sort((a, b) => a.from - b.from || rank(a) - rank(b));

  function addChange(group: ChangeGroup) {
    const { own, at, entries: told } = group;
    const write = own && writeOf(own, writes.get(`${own.tab}/${own.run}`) ?? []);
    const commit = `commit ${group.key}`;
    const message = `message ${group.key}`;
    marks.push({
      id: commit,
      kind: "commit",
      lane: serverLane,
      from: write ? (write.entry.at + Math.max(at, write.entry.at)) / 2 : at,
      to: at,
      causes: write ? [write.key] : [],
      of: group,
    });
    const heard = told.filter(({ entry }) => entry.path === "channel");
    const source = own ?? told.find(({ entry }) => entry.path === "stream");
    const first = Math.min(...heard.map(({ entry }) => entry.at));
    if (heard.length > 0)
      marks.push({
        id: message,
        kind: "message",
        lane: channelLane,
        from: source ? Math.min(source.entry.at, first) : first,
        to: first,
        causes: [source ? source.key : commit],
        of: group,
      });
    for (const each of told) {
      const { path } = each.entry;
      const catchUp =
        path === "catch-up" && lastBefore(readsOf(each.tab, "catch-up"), each.entry.at);
      const causes = path === "channel" ? [message] : catchUp ? [commit, catchUp.key] : [commit];
      marks.push({
        id: each.key,
        kind: "change",
        lane: each.tab,
        from: each.entry.at,
        to: each.entry.at,
        causes,
        of: each,
        group,
      });
    }
  }

  function readsOf(tab: string, query: string) {
    return readsByQuery.get(`${tab} ${query}`) ?? [];
  }

  function addRun(run: readonly Recorded[]) {
    const told = new Map<string, Of<"change">[]>();
    const bySeq = new Map(run.map((each) => [each.entry.seq, each]));
    for (const each of run) {
      if (!is(each, "change")) continue;
      const words = inWords(each.entry.change);
      const same = told.get(words) ?? [];
      same.push(each);
      told.set(words, same);
    }
    const unlogged = run
      .filter((each) => is(each, "change"))
      .filter(({ entry }) => entry.change.rev === 0);
    const waits = new Map<string, { from: Of<"change">; causes: string[] }>();
    const endWait = (query: string, to: number | null): string[] => {
      const wait = waits.get(query);
      if (!wait) return [];
      waits.delete(query);
      const { from, causes } = wait;
      const id = `wait ${from.key} ${query}`;
      marks.push({ id, kind: "wait", lane: from.tab, from: from.entry.at, to, causes, query });
      return [id];
    };
    for (const each of run) {
      const { key, tab, entry } = each;
      const place = { id: key, lane: tab, from: entry.at, to: entry.at };
      if (is(each, "change"))
        for (const { query, decision } of each.entry.touched) {
          if (decision !== "waits for view") continue;
          const wait = waits.get(query) ?? { from: each, causes: [] };
          wait.causes.push(key);
          waits.set(query, wait);
        }
      if (is(each, "note")) marks.push({ ...place, kind: "note", of: each, causes: lent(each) });
      if (is(each, "shown")) {
        const causes = each.entry.of.flatMap((seq) => bySeq.get(seq)?.key ?? []);
        marks.push({ ...place, kind: "shown", of: each, causes });
      }
      if (!is(each, "request")) continue;
      const to = each.entry.ms === undefined ? null : entry.at + each.entry.ms;
      if (isWrite(each)) {
        marks.push({ ...place, to, kind: "write", of: each, causes: [] });
        continue;
      }
      const query = hashTarget(each.entry.target);
      const waited = endWait(query, entry.at);
      const touches = (change: Of<"change">) =>
        change.entry.touched.some((touched) => hashTarget(touched.query) === query);
      const cause = lastBefore(told.get(each.entry.cause) ?? [], entry.at + 50, touches);
      // Without a log, a write makes a query old, and no more is said.
      const write =
        each.entry.cause === "its age"
          ? lastBefore(
              unlogged,
              entry.at + 50,
              (change) => touches(change) && entry.at - change.entry.at < 2000,
            )
          : undefined;
      const led = cause ?? write;
      const causes = waited.length > 0 ? waited : led ? [led.key] : [];
      marks.push({ ...place, to, kind: "read", of: each, causes });
    }
    for (const query of [...waits.keys()]) endWait(query, null);
  }

  /** A note on an answer that another tab read leads to that read. */
  function lent({ entry }: Of<"note">): string[] {
    const match = /^(.*): shared answer of (.+)$/.exec(entry.text);
    if (!match?.[1] || !match[2]) return [];
    const read = lastBefore(readsOf(formatCause(match[2]), hashTarget(match[1])), entry.at);
    return read ? [read.key] : [];
  }
}

/** The write whose answer brought this change: of its row, where the target names one. */
function writeOf(own: Of<"change">, writes: readonly Of<"request">[]): Of<"request"> | undefined {
  const at = own.entry.at;
  const underWay = ({ entry }: Of<"request">) =>
    entry.at <= at && (entry.ms === undefined || entry.at + entry.ms >= at - 100);
  const candidates = writes.filter(underWay);
  const ofRow = candidates.filter(({ entry }) => entry.target.includes(`"${own.entry.change.id}"`));
  return ofRow.at(-1) ?? candidates.at(-1);
}

function lastBefore<R extends Recorded>(
  list: readonly R[],
  at: number,
  fits: (each: R) => boolean = () => true,
): R | undefined {
  for (let last = list.length - 1; last >= 0; last--) {
    const each = list[last] as R;
    if (each.entry.at <= at && fits(each)) return each;
  }
  return undefined;
}

/** As the protocol names a change that a read follows. */
function inWords({ op, resource, id, origin }: Of<"change">["entry"]["change"]): string {
  return `${op} ${resource}/${id} by ${origin ?? "outside"}`;
}

function is<Type extends TraceEntry["type"]>(each: Recorded, type: Type): each is Of<Type> {
  return each.entry.type === type;
}

/** Of two at one time, the cause comes first. */
function rank(mark: Mark): number {
  const isCauseOfMessage = mark.kind === "change" && mark.of.entry.path !== "channel";
  return isCauseOfMessage ? order.indexOf("message") - 0.5 : order.indexOf(mark.kind);
}
