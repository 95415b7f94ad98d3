import type { Decision, Path, TraceEntry } from "../trace-schema.ts";

type Of<Type extends TraceEntry["type"]> = Extract<TraceEntry, { type: Type }>;

export const write = (seq: number, at: number, ms: number, id = "act-1"): Of<"request"> => ({
  type: "request",
  seq,
  at,
  target: `["write","pin","${id}"]`,
  cause: "the user",
  state: "ok",
  ms,
});

export const read = (
  seq: number,
  at: number,
  cause: string,
  target = '["activity","acc-1"]',
  ms = 10,
): Of<"request"> => ({ type: "request", seq, at, target, cause, state: "ok", ms });

export const change = (
  seq: number,
  at: number,
  path: Path,
  decision: Decision | null = "patched",
  { rev = 41, id = "act-1" } = {},
): Of<"change"> => ({
  type: "change",
  seq,
  at,
  path,
  change: {
    rev,
    version: rev,
    resource: "activities",
    id,
    op: "update",
    parents: {},
    origin: "Tab-A_0f3c91d2",
  },
  touched: decision ? [{ query: '["activity","acc-1"]', decision }] : [],
});

export const shown = (seq: number, at: number, of: readonly number[]): Of<"shown"> => ({
  type: "shown",
  seq,
  at,
  of,
});
