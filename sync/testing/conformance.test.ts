import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type ChangesHandler,
  createChangesHandler,
  createLog,
  fileStore,
  type Log,
  type LogStore,
  memoryStore,
  newLog,
  stamp,
  stampWrite,
} from "../server/index.ts";
import { createNotes, type Notes } from "../server/testing/notes.ts";
import { formatReport, runConformance } from "./conformance.ts";

interface Parts {
  readonly log: Log;
  readonly notes: Notes;
  readonly changes: ChangesHandler;
}
type Answer = (request: Request) => Promise<Response>;

/** A server of one note without sockets. `spoil` is what is wrong with it. */
async function start(
  store: () => LogStore,
  {
    spoil = (answer) => answer,
    pingMs = 50,
  }: {
    spoil?: (answer: Answer, parts: Parts) => Answer;
    pingMs?: number;
  } = {},
) {
  let stop = async () => {};
  let answer: Answer = async () => new Response(null, { status: 503 });

  async function restart() {
    await stop();
    const log = await createLog({ store: store() });
    const changes = createChangesHandler(log, { pingMs });
    const notes = createNotes(log);
    const right: Answer = async (request) => {
      if (new URL(request.url).pathname === "/changes") return changes.handle(request);
      if (request.method === "GET") {
        const { value, revision } = await notes.read("1");
        return Response.json(value, { headers: stamp(revision) });
      }
      const headers = Object.fromEntries(request.headers);
      const written = await notes.put("1", (await request.json()) as { title: string }, headers);
      return Response.json(written.value, { headers: stampWrite(written) });
    };
    answer = spoil(right, { log, changes, notes });
    stop = async () => {
      changes.close();
      await log.close();
    };
  }
  await restart();
  onTestFinished(() => stop());

  return (patience: number, pingWithin: number) =>
    runConformance({
      url: "http://server/changes",
      fetch: (input, init) => answer(new Request(input, init)),
      write: (n, headers) =>
        answer(
          new Request("http://server/notes/1", {
            method: "PUT",
            headers,
            body: JSON.stringify({ title: `note ${n}` }),
          }),
        ),
      read: () => answer(new Request("http://server/notes/1")),
      restart,
      patience,
      pingWithin,
    });
}

function makeFile() {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "tandem-conformance-"));
  onTestFinished(() => fs.rmSync(folder, { recursive: true, force: true }));
  return path.join(folder, "changes.log");
}

test("a server on a log in a file does all that is checked", async () => {
  const file = makeFile();
  const run = await start(() => fileStore(file));
  const report = await run(20_000, 20_000);
  expect(formatReport(report)).not.toMatch(/^(FAIL|no {2}|\?)/m);
  expect(report.passed).toBe(true);
});

test("a server on a log in memory does what it must; after a restart its tabs read everything again", async () => {
  // A process takes a while to start again: its log begins at the clock, and hundreds of writes may be made in fewer milliseconds.
  let starts = 0;
  const store = () => {
    const late = ++starts * 1000;
    return memoryStore({ now: () => Date.now() + late });
  };
  const report = await (await start(store))(20_000, 20_000);
  expect(formatReport(report)).not.toMatch(/^FAIL/m);
  expect(report.passed).toBe(true);
  const failed = report.checks.filter(({ outcome }) => outcome === "failed");
  expect(failed.map(({ name }) => name)).toEqual([
    "a log outlives a restart, so that no tab reads everything again",
  ]);
});

const headersOf = (response: Response, change: (headers: Headers) => void) => {
  const headers = new Headers(response.headers);
  change(headers);
  return new Response(response.body, { status: response.status, headers });
};
const isCatchUp = ({ url, headers }: Request) =>
  url.includes("/changes") && !headers.get("Accept")?.includes("event-stream");
const isStream = ({ url, headers }: Request) =>
  url.includes("/changes") && headers.get("Accept")?.includes("event-stream");

/** Rewrites the events of streams, each as text. */
const rewritten =
  (rewrite: (event: string) => string) =>
  (answer: Answer): Answer =>
  async (request) => {
    const response = await answer(request);
    if (!isStream(request) || !response.body) return response;
    const decoder = new TextDecoder();
    const encoder = new TextEncoder();
    const through = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        const events = decoder.decode(chunk).split("\n\n").slice(0, -1);
        for (const event of events) {
          const text = rewrite(event);
          if (text) controller.enqueue(encoder.encode(`${text}\n\n`));
        }
      },
    });
    return new Response(response.body.pipeThrough(through), response);
  };

/** Rewrites the body of catch-ups. */
const caughtUpAs =
  (rewrite: (body: { changes: unknown[] }) => unknown) =>
  (answer: Answer): Answer =>
  async (request) => {
    const response = await answer(request);
    if (!isCatchUp(request) || !response.ok) return response;
    const { headers } = response;
    return Response.json(rewrite(await response.json()), {
      headers: { "Tandem-Revision": headers.get("Tandem-Revision") ?? "" },
    });
  };

const spoiled: Record<
  string,
  {
    spoil: (answer: Answer, parts: Parts) => Answer;
    check: string;
    problem: string;
    pingMs?: number;
  }
> = {
  "responses say no revision": {
    spoil: (answer) => async (request) =>
      headersOf(await answer(request), (headers) => headers.delete("Tandem-Revision")),
    check: "each response says the revision that it reflects",
    problem: "has no Tandem-Revision: tabs cannot tell what it reflects",
  },
  "writes are not logged": {
    spoil:
      (answer, { log }) =>
      async (request) =>
        request.method === "PUT"
          ? Response.json({}, { headers: stamp(log.revision()) })
          : answer(request),
    check: "a write moves the revision on, and what is read afterwards reflects it",
    problem: "it was not logged",
  },
  "a change is missing from the catch-up": {
    spoil: caughtUpAs((body) => ({ ...body, changes: body.changes.toSpliced(1, 1) })),
    check: "the catch-up has each change once, in order and without a gap",
    problem: "what is between is missed",
  },
  "a change comes twice in the catch-up": {
    spoil: caughtUpAs((body) => ({
      ...body,
      changes: body.changes.toSpliced(1, 0, body.changes[0]),
    })),
    check: "the catch-up has each change once, in order and without a gap",
    problem: "it came before",
  },
  "changes have no form": {
    spoil: caughtUpAs((body) => ({ ...body, changes: body.changes.map(() => ({ rev: "1" })) })),
    check: "the catch-up has each change once, in order and without a gap",
    problem: 'A change does not have its form, see "rev"',
  },
  "the writer is not logged": {
    spoil: (answer) => async (request) => {
      if (request.method !== "PUT") return answer(request);
      const headers = new Headers(request.headers);
      headers.delete("Tandem-Origin");
      return answer(new Request(request, { headers }));
    },
    check: "a change names the tab that wrote it",
    problem: "its tab takes it for another's",
  },
  "the revision is taken after the rows": {
    spoil:
      (answer, { log }) =>
      async (request) => {
        const response = await answer(request);
        if (request.method !== "GET" || request.url.includes("/changes")) return response;
        for (let n = 0; n < 20; n += 1) await Promise.resolve();
        await new Promise((resolve) => setTimeout(resolve, 2));
        return Response.json(await response.json(), { headers: stamp(log.revision()) });
      },
    check: "a response does not say a later revision than that of its rows",
    problem: "the tab never reads that change",
  },
  "another log is taken for its own": {
    spoil:
      (answer, { log }) =>
      async (request) => {
        const response = await answer(request);
        return response.status === 410
          ? Response.json(
              { ...log.revision(), head: log.revision().rev, changes: [] },
              { headers: stamp(log.revision()) },
            )
          : response;
      },
    check: "a revision of another log is answered with 410, and where the log stands",
    problem: "a tab takes its old rows for new",
  },
  "what is forgotten is left out": {
    spoil:
      (answer, { log }) =>
      async (request) =>
        request.url.endsWith(".0")
          ? Response.json(
              { epoch: log.revision().epoch, head: log.revision().rev, changes: [] },
              { headers: stamp(log.revision()) },
            )
          : answer(request),
    check: "a revision before the log is answered with 410",
    problem: "what is missing is missed",
  },
  "what is no revision is taken for the beginning": {
    spoil: (answer) => async (request) =>
      answer(request.url.endsWith("since=x") ? new Request("http://server/changes") : request),
    check: "what is no revision is refused",
    problem: 'since "x" was answered with 200',
  },
  "streams do not say hello": {
    spoil: rewritten((event) => (event.includes("event: hello") ? "" : event)),
    check: "the change stream begins with hello, and says where the log stands",
    problem: 'brought no "hello"',
  },
  "streams begin at the head": {
    spoil: (answer) => async (request) =>
      answer(isStream(request) ? new Request("http://server/changes", request) : request),
    check: "the change stream brings what was missed, then what comes, once and in order",
    problem: 'brought no "changes"',
  },
  "streams are no streams": {
    spoil: (answer) => async (request) =>
      answer(isStream(request) ? new Request(request.url) : request),
    check: "no change is lost between the beginning of a stream and its first event",
    problem: "and not with a stream",
  },
  "streams do not say reset": {
    spoil: rewritten((event) => (event.includes("event: reset") ? "" : event)),
    check: "a stream since a revision of another log says reset",
    problem: 'brought no "reset"',
  },
  "streams ping by comments": {
    spoil: rewritten((event) => (event.includes("event: ping") ? ": ping" : event)),
    check: "a quiet stream pings by an event",
    problem: "A comment is not enough",
  },
  "events have no id": {
    spoil: rewritten((event) => event.replace(/^id: .*\n/m, "")),
    check: "a stream resumes at the Last-Event-ID of its reader",
    problem: "has the id null",
  },
  "keys are not known": {
    spoil: (answer) => async (request) => {
      const headers = new Headers(request.headers);
      headers.delete("Idempotency-Key");
      return answer(new Request(request, { headers }));
    },
    check: "a write is done once, however often it is sent with its Idempotency-Key",
    problem: "A write and its retry were answered differently",
  },
};

describe("in plain words it says of a server", () => {
  test.each(Object.entries(spoiled))(
    "that %s",
    async (_, { spoil, check, problem, pingMs = 50 }) => {
      const run = await start(() => memoryStore(), { spoil, pingMs });
      const { checks, passed } = await run(300, 300);
      const found = checks.find(({ name }) => name === check);
      expect(found).toMatchObject({ outcome: "failed", problem: expect.stringContaining(problem) });
      expect(passed).toBe(found?.level === "may");
    },
  );

  test("that its revisions go back at a restart", async () => {
    const run = await start(() => ({
      ...memoryStore(),
      open: async () => ({ ...newLog(() => 5), changes: [] }),
    }));
    const { checks } = await run(300, 300);
    expect(checks.find(({ name }) => name.startsWith("after a restart"))?.problem).toContain(
      "are given twice",
    );
  });
});

test("what cannot be checked is said to be so", async () => {
  const { checks } = await runConformance({
    url: "http://server/changes",
    fetch: async () => new Response("", { status: 404 }),
    write: async () => new Response("", { status: 404 }),
    read: async () => new Response("", { status: 404 }),
  });
  expect(checks.filter(({ outcome }) => outcome === "not checked")).toHaveLength(2);
  expect(checks[0]?.problem).toContain("A write was answered with 404");
});
