import type { Change } from "../wire/change.ts";
import { formatRevision, type Revision } from "../wire/revision.ts";
import { type Probe, revisionIn } from "./conformance-probe.ts";

/** `must`: without it tabs miss changes or show what is old. `may`: what a server can offer beside that. */
export type Level = "must" | "may";

export interface Check {
  readonly name: string;
  readonly level: Level;
  readonly needs?: "restart";
  run(probe: Probe, restart: () => Promise<void>): Promise<void>;
}

export const checks: readonly Check[] = [
  {
    name: "each response says the revision that it reflects",
    level: "must",
    async run(probe) {
      await probe.write();
      const { revision } = await probe.read();
      const asked = await probe.ask(formatRevision(revision));
      revisionIn(asked, "The catch-up");
    },
  },
  {
    name: "a write moves the revision on, and what is read afterwards reflects it",
    level: "must",
    async run(probe) {
      const before = await probe.write();
      const after = await probe.write();
      claim(
        after.rev > before.rev,
        `A write was answered with ${formatRevision(after)}, and the one before it with ${formatRevision(before)}: it was not logged.`,
      );
      const { revision } = await probe.read();
      claim(
        revision.rev >= after.rev,
        `A read after the write of ${formatRevision(after)} says ${formatRevision(revision)}: the writer sees its own write go.`,
      );
    },
  },
  {
    name: "the catch-up has each change once, in order and without a gap",
    level: "must",
    async run(probe) {
      const start = await probe.write();
      await Promise.all(Array.from({ length: 10 }, () => probe.write()));
      const { head, changes } = await probe.catchUp(start);
      checkOrder(changes, start);
      claim(
        changes.length >= 10,
        `Of ten writes at once the catch-up has ${changes.length} changes.`,
      );
      claim(
        head.epoch === start.epoch && head.rev === changes.at(-1)?.rev,
        `The catch-up says that the log stands at ${formatRevision(head)}, and its last change is ${changes.at(-1)?.rev}.`,
      );
      for (const { rev, version } of changes)
        claim(
          version === rev,
          `The change ${rev} has the version ${version}: they are one number.`,
        );
    },
  },
  {
    name: "a change names the tab that wrote it",
    level: "must",
    async run(probe) {
      const start = await probe.write();
      await probe.write({ "Tandem-Origin": "conformance-tab" });
      const { changes } = await probe.catchUp(start);
      const [change] = changes;
      claim(
        change?.origin === "conformance-tab",
        `A write with Tandem-Origin: conformance-tab was logged with the origin ${JSON.stringify(change?.origin)}: its tab takes it for another's.`,
      );
    },
  },
  {
    name: "a response does not say a later revision than that of its rows",
    level: "must",
    async run(probe) {
      const start = await probe.write();
      const writing = inTurn(20, () => probe.write());
      const reads = (
        await Promise.all(Array.from({ length: 4 }, () => inTurn(10, () => probe.read())))
      ).flat();
      const written = await writing;
      const { changes } = await probe.catchUp(start);
      const own = changes.filter(({ rev }) => written.some((each) => each.rev === rev));
      for (const { revision, row } of reads) {
        const version = (row as { version?: unknown } | null)?.version;
        if (typeof version !== "number") continue;
        const last = own.findLast(({ rev }) => rev <= revision.rev)?.rev ?? 0;
        claim(
          version >= last,
          `A read says ${formatRevision(revision)}, and its row has the version ${version}, though change ${last} had been made: the tab never reads that change.`,
        );
      }
    },
  },
  {
    name: "a revision of another log is answered with 410, and where the log stands",
    level: "must",
    async run(probe) {
      const { rev } = await probe.write();
      const response = await probe.ask(`conformance-other.${rev}`);
      await response.text();
      claim(
        response.status === 410,
        `The catch-up since a revision of another log was answered with ${response.status}, and not with 410: a tab takes its old rows for new.`,
      );
      revisionIn(response, "The 410");
    },
  },
  {
    name: "a revision before the log is answered with 410",
    level: "must",
    async run(probe) {
      const { epoch } = await probe.write();
      const response = await probe.ask(`${epoch}.0`);
      const text = await response.text();
      // A log that was never trimmed reaches back to its beginning.
      const first = response.ok ? (JSON.parse(text).changes?.[0]?.rev as unknown) : undefined;
      claim(
        response.status === 410 || first === 1,
        `The catch-up since ${epoch}.0 was answered with ${response.status}${response.ok ? ` and begins with the change ${String(first)}` : ""}, and not with 410: what is missing is missed.`,
      );
    },
  },
  {
    name: "what is no revision is refused",
    level: "must",
    async run(probe) {
      // Where nothing is answered, nothing is refused.
      await probe.catchUp(await probe.write());
      for (const since of ["x", "a.b", "a.-1"]) {
        const response = await probe.ask(since);
        await response.text();
        const { status } = response;
        claim(
          status >= 400 && status < 500,
          `The catch-up since "${since}" was answered with ${status}.`,
        );
      }
    },
  },
  {
    name: "the change stream begins with hello, and says where the log stands",
    level: "must",
    async run(probe) {
      const { epoch, rev } = await probe.write();
      const { data } = await probe.withStream(null, (stream) => stream.next("hello"));
      const at = data as { epoch?: unknown; head?: unknown };
      claim(
        at.epoch === epoch && Number(at.head) >= rev,
        `After the write of ${epoch}.${rev} hello brought ${JSON.stringify(data)}.`,
      );
    },
  },
  {
    name: "the change stream brings what was missed, then what comes, once and in order",
    level: "must",
    async run(probe) {
      const start = await probe.write();
      for (let n = 0; n < 3; n += 1) await probe.write();
      await probe.withStream(start, async (stream) => {
        await stream.next("hello");
        const missed = await stream.changesUpTo(start.rev + 3);
        let last = await probe.write();
        const next = await stream.changesUpTo(last.rev);
        last = (await Promise.all(Array.from({ length: 5 }, () => probe.write()))).reduce((a, b) =>
          a.rev > b.rev ? a : b,
        );
        checkOrder([...missed, ...next, ...(await stream.changesUpTo(last.rev))], start);
      });
    },
  },
  {
    name: "no change is lost between the beginning of a stream and its first event",
    level: "must",
    async run(probe) {
      for (let n = 0; n < 5; n += 1) {
        const start = await probe.write();
        const writing = probe.write();
        await probe.withStream(start, async (stream) => {
          await stream.next("hello");
          const last = await writing;
          checkOrder(await stream.changesUpTo(last.rev), start);
        });
      }
    },
  },
  {
    name: "a stream since a revision of another log says reset",
    level: "must",
    async run(probe) {
      const at = await probe.write();
      await probe.withStream({ epoch: "conformance-other", rev: at.rev }, async (stream) => {
        await stream.next("hello");
        const { data } = await stream.next("reset");
        const { epoch } = data as { epoch?: unknown };
        claim(epoch === at.epoch, `reset brought ${JSON.stringify(data)}.`);
        const last = await probe.write();
        await stream.changesUpTo(last.rev);
      });
    },
  },
  {
    name: "a quiet stream pings by an event",
    level: "must",
    run: (probe) =>
      probe.withStream(null, async (stream) => {
        const deadline = performance.now() + probe.pingWithin;
        for (;;) {
          const left = deadline - performance.now();
          const event = await stream.any(Math.max(1, left)).catch(() => {
            throw new Error(
              `A quiet stream brought no ping within ${probe.pingWithin / 1000} s: tabs take it to be down. A comment is not enough, as a page cannot hear it.`,
            );
          });
          if (!event) throw new Error("A quiet stream ended before it pinged.");
          if (event.name === "ping") return;
        }
      }),
  },
  {
    name: "after a restart the revision has not gone back, and nothing that was answered is missed",
    level: "must",
    needs: "restart",
    async run(probe, restart) {
      const start = await probe.write();
      const told = await probe.write();
      await restart();
      const response = await probe.ask(formatRevision(start));
      const now = revisionIn(response, "The catch-up after a restart");
      claim(
        now.rev >= told.rev,
        `Before the restart a write was answered with ${formatRevision(told)}, and after it the log stands at ${formatRevision(now)}: the revisions between them are given twice.`,
      );
      if (response.status === 410) return void (await response.text());
      await response.text();
      checkOrder((await probe.catchUp(start)).changes, start);
      const next = await probe.write();
      claim(next.rev > told.rev, `The first write after the restart got ${formatRevision(next)}.`);
    },
  },
  {
    name: "a log outlives a restart, so that no tab reads everything again",
    level: "may",
    needs: "restart",
    async run(probe, restart) {
      const start = await probe.write();
      await probe.write();
      await restart();
      const { status } = await probe.ask(formatRevision(start));
      claim(status === 200, `After a restart the catch-up was answered with ${status}.`);
    },
  },
  {
    name: "a stream resumes at the Last-Event-ID of its reader",
    level: "may",
    async run(probe) {
      const start = await probe.write();
      const last = await probe.write();
      const id = await probe.withStream(start, async (stream) => {
        await stream.next("hello");
        return (await stream.next("changes")).id;
      });
      claim(
        id === formatRevision(last),
        `The event of ${formatRevision(last)} has the id ${JSON.stringify(id)}.`,
      );
    },
  },
  {
    name: "a write is done once, however often it is sent with its Idempotency-Key",
    level: "may",
    async run(probe) {
      const start = await probe.write();
      const headers = { "Idempotency-Key": `conformance-${probe.nextNumber()}` };
      const n = probe.nextNumber();
      const first = await probe.writeAs(n, headers);
      const body = await first.text();
      const again = await probe.writeAs(n, headers);
      claim(
        (await again.text()) === body && again.status === first.status,
        `A write and its retry were answered differently: ${first.status} and ${again.status}.`,
      );
      const replayed = again.headers.get("Idempotency-Replayed");
      const { changes } = await probe.catchUp(start);
      const count = changes.length;
      claim(
        count === 1 && replayed === "true",
        `A write that was sent twice made ${count} changes, and the retry has Idempotency-Replayed: ${String(replayed)}.`,
      );
    },
  },
];

function claim(holds: boolean, otherwise: string): void {
  if (!holds) throw new Error(otherwise);
}

function checkOrder(changes: readonly Change[], since: Revision): void {
  for (const [at, { rev }] of changes.entries()) {
    const due = since.rev + 1 + at;
    claim(
      rev === due,
      `After ${formatRevision(since)}, change ${rev} came where ${due} was due: ${rev > due ? "what is between is missed" : "it came before"}.`,
    );
  }
}

async function inTurn<T>(times: number, act: () => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let n = 0; n < times; n += 1) results.push(await act());
  return results;
}
