import { entriesOf, type Row } from "#api/rows/document.ts";
import type { Write } from "#data/outbox/writes.ts";
import type { Change } from "#sync";
import type { ModelServer } from "../models/model-server.ts";
import {
  type AskedWrite,
  type AskedWrites,
  isCreate,
  isDelete,
  rowNameOf,
  sameAsks,
  textIn,
  textsOf,
} from "./asked-writes.ts";
import type { Fail } from "./violations.ts";

/** What the commits of the server make true of the writes that users asked for. Claim "once applied". */
export interface Effects {
  committed(server: ModelServer, changes: readonly Change[]): void;
  /** Parts of a write that are true on the server. */
  trueOf(write: Write): ReadonlySet<string>;
  /** Parts of a confirmed write that are not true on the server. */
  missing(asked: AskedWrite): readonly string[];
}

export interface EffectsOptions {
  writes: AskedWrites;
  fail: Fail;
  /** A part of a write became true: a field of the row as it was `before`, or the new row. */
  onEffect: (asked: AskedWrite, part: string, before: Row | undefined) => void;
  /** A tab deleted the row of this name, as it was `before`. */
  onDelete: (name: string, before: Row) => void;
}

export function createEffects({ writes, fail, onEffect, onDelete }: EffectsOptions): Effects {
  const rows = new Map<string, Row>();
  /** False once the server forgot which creates it has answered: one of them may be done again. */
  let knowsAnswers = true;

  function took(asked: AskedWrite, part: string, before: Row | undefined) {
    const same = sameAsks(asked, part, writes);
    // What was asked for again is not what was taken back.
    const isTakenBack = ({ state }: AskedWrite) => state === "taken back in time";
    if (isTakenBack(asked) && !same.every(isTakenBack)) return;
    const times = (asked.effects.get(part) ?? 0) + 1;
    asked.effects.set(part, times);
    const { type, id } = asked.write;
    if (times > same.length)
      fail("once applied", `${type} ${id}: ${part} became true ${times} times`);
    onEffect(asked, part, before);
  }

  function follow({ op, resource, id, origin }: Change, row: Row | null) {
    const name = `${resource}/${id}`;
    const before = rows.get(name);
    if (row) rows.set(name, row);
    else rows.delete(name);
    if (before && !row && origin !== undefined) onDelete(name, before);
    for (const asked of writes.values()) {
      const { write } = asked;
      if (rowNameOf(write) !== name) continue;
      if (isCreate(write) && op === "create" && !before && knowsAnswers)
        took(asked, "the row", undefined);
      if (isDelete(write) && op === "delete") asked.effects.set("gone", 1);
      for (const [field, text] of Object.entries(textsOf(write)))
        if (before && row && textIn(row, field) === text && textIn(before, field) !== text)
          took(asked, field, before);
    }
  }

  return {
    committed(server, changes) {
      if (rows.size === 0) {
        for (const resource of ["accounts", "activities", "tasks"])
          for (const [id, { row }] of entriesOf(server.document, resource))
            rows.set(`${resource}/${id}`, row);
        return;
      }
      if (changes.length === 0 && server.epoch !== "epoch-1") knowsAnswers = false;
      for (const [at, change] of changes.entries()) {
        // A row that moves to another account is deleted from one and created in the other.
        const next = changes[at + 1];
        if (change.op === "delete" && next?.op === "create" && next.id === change.id) continue;
        const now = entriesOf(server.document, change.resource).get(change.id)?.row ?? null;
        follow(change, change.op === "delete" ? null : (change.row ?? now));
      }
    },
    trueOf(write) {
      const row = rows.get(rowNameOf(write));
      const parts = Object.entries(textsOf(write)).filter(
        ([field, text]) => row && textIn(row, field) === text,
      );
      return new Set([...parts.map(([field]) => field), ...(row ? ["the row"] : [])]);
    },
    missing({ write, effects, wasSo }) {
      const parts = Object.keys(textsOf(write));
      if (isCreate(write) && knowsAnswers) parts.push("the row");
      if (isDelete(write) && rows.has(rowNameOf(write))) parts.push("gone");
      return parts.filter((part) => !effects.has(part) && !wasSo.has(part));
    },
  };
}
