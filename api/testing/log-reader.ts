import http from "node:http";
import { formatRevision, type Revision } from "#sync/http";
import { eventually } from "./eventually.ts";

/** What readers of the change stream were told, all together. */
export interface Told {
  /** Out of order, twice or with a hole. */
  readonly outOfOrder: string[];
  /** How often one was told to read everything again. */
  resets: number;
  reconnects: number;
}

export interface LogReader {
  /** The last revision that it was told. */
  position(): number;
  reconnects(): number;
  close(): void;
}

/** Waits until the readers were told of a revision, and returns how many were. */
export async function areLevel(readers: readonly LogReader[], rev: number): Promise<number> {
  const count = () => readers.filter((reader) => reader.position() === rev).length;
  await eventually(() => {
    if (count() < readers.length) throw new Error(`${count()} of ${readers.length} are level`);
  }, 120_000).catch(() => {});
  return count();
}

/** A stream that goes to the other replica when it breaks, and resumes there. */
export function readStream(
  bases: readonly string[],
  index: number,
  start: Revision,
  told: Told,
): LogReader {
  let position = start.rev;
  let lastId = formatRevision(start);
  let attempt = index;
  let request: http.ClientRequest | null = null;
  let isClosed = false;
  let reconnects = 0;

  function take(event: string): void {
    const name = /^event: (.*)$/m.exec(event)?.[1];
    const id = /^id: (.*)$/m.exec(event)?.[1];
    if (id) lastId = id;
    if (name === "reset") told.resets += 1;
    if (name !== "changes") return;
    const { changes } = JSON.parse(/^data: (.*)$/m.exec(event)?.[1] ?? "{}") as {
      changes: { rev: number }[];
    };
    for (const { rev } of changes) {
      if (rev !== position + 1) told.outOfOrder.push(`${rev} after ${position}`);
      position = rev;
    }
  }

  function open(): void {
    if (isClosed) return;
    const next = http.get(`${bases[attempt % bases.length]}/changes`, {
      agent: false,
      headers: { Accept: "text/event-stream", "Last-Event-ID": lastId },
    });
    request = next;
    let text = "";
    let isGone = false;
    const again = () => {
      if (isGone || isClosed) return;
      isGone = true;
      told.reconnects += 1;
      reconnects += 1;
      attempt += 1;
      setTimeout(open, 100);
    };
    next.on("error", again);
    next.on("response", (response) => {
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
        for (let end = text.indexOf("\n\n"); end >= 0; end = text.indexOf("\n\n")) {
          take(text.slice(0, end));
          text = text.slice(end + 2);
        }
      });
      response.on("error", () => {});
      response.on("close", again);
    });
  }

  open();
  return {
    position: () => position,
    reconnects: () => reconnects,
    close() {
      isClosed = true;
      request?.destroy();
    },
  };
}
