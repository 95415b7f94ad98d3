import type { EffectOf, ReadAnswer } from "#sync";
import { effects } from "./queries.ts";

// Until `createSync` takes `effects`.
export const effectOf: EffectOf = (queryKey, change, data) =>
  effects[String(queryKey[0])]?.effect(change, data, queryKey) ?? "stale";

export const readAnswer: ReadAnswer = (queryKey, data) =>
  effects[String(queryKey[0])]?.lend?.(data, queryKey) ?? null;
