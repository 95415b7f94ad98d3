import { expect, test } from "vitest";
import { type Facts, statusOf } from "./status.ts";

const fine: Facts = {
  isOnline: true,
  hasChannel: true,
  reported: null,
  isUnlogged: false,
  isStreamDown: false,
  isCatchUpFailing: false,
  hasUnread: false,
  isBusy: false,
  isWaiting: false,
};

test.each<[Partial<Facts>, string, string | null]>([
  [{}, "live", null],
  [{ isWaiting: true }, "waiting", null],
  [{ isWaiting: true, isBusy: true }, "syncing", null],
  [{ isBusy: true, hasUnread: true }, "degraded", "unread"],
  [{ hasUnread: true, isCatchUpFailing: true }, "degraded", "no-catch-up"],
  [{ isCatchUpFailing: true, isStreamDown: true }, "degraded", "no-stream"],
  [{ isStreamDown: true, isUnlogged: true }, "degraded", "no-log"],
  [{ isUnlogged: true, reported: "the disk is full" }, "degraded", "the disk is full"],
  [{ reported: "the disk is full", hasChannel: false }, "degraded", "no-channel"],
  [{ hasChannel: false, isOnline: false }, "offline", "no-channel"],
])("with %o it is %s: %s", (facts, status, trouble) => {
  expect(statusOf({ ...fine, ...facts })).toEqual({ status, trouble });
});
