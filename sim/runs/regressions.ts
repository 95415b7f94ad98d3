import { type NoiseLevels, noiseKinds } from "../models/noise.ts";
import type { Command, Schedule } from "../world/schedule.ts";

interface Regression {
  readonly what: string;
  readonly schedule: Schedule;
}

/**
 * Schedules that the simulation found and shrank, each with the situation in which a claim did not hold
 * then, or would not without one guard.
 */
export const regressions: readonly Regression[] = [
  {
    what: "a leader tab that hangs in view for good",
    schedule: schedule(1, 3, [
      { do: "wait", ms: 1500 },
      { do: "wedge", tab: 0, ms: 1_000_000 },
      { do: "outside", writes: [{ op: "rename", account: 0 }] },
    ]),
  },
  {
    what: "a change stream that stands and brings nothing",
    schedule: schedule(2, 2, [
      { do: "wait", ms: 1500 },
      { do: "silent feed" },
      { do: "outside", writes: [{ op: "rename", account: 0 }] },
    ]),
  },
  {
    what: "a write, its repetition and a catch-up that are never answered",
    schedule: schedule(3, 2, [
      { do: "wait", ms: 1500 },
      { do: "unanswered", ms: 20_000 },
      { do: "pin", tab: 0, row: 1 },
      { do: "break feed" },
      { do: "outside", writes: [{ op: "rename", account: 0 }] },
    ]),
  },
  {
    what: "a read that failed three times and was not retried",
    schedule: schedule(
      2080322404,
      4,
      [
        { do: "freeze", tab: 1, ms: 1_000_000, lose: false },
        {
          do: "outside",
          writes: [
            { op: "create", account: 0, place: 0, big: false },
            { op: "rename", account: 0 },
          ],
        },
      ],
      { slowChannel: 1, failedRequests: 2, slowFeed: 1 },
    ),
  },
  {
    what: "a new row of the instant at which a page ends, created during Load more",
    schedule: schedule(1202005844, 2, [
      {
        do: "outside",
        writes: [
          { op: "create", account: 0, place: 22, big: false },
          { op: "pin", account: 0, row: 0 },
        ],
      },
      { do: "load more", tab: 0 },
    ]),
  },
  {
    what: "a row that was moved into the page being loaded, in a tab that was then hidden",
    schedule: schedule(11, 2, [
      { do: "outside", writes: [{ op: "redate", account: 0, row: 0, place: 9 }] },
      { do: "load more", tab: 0 },
      { do: "hide tab", tab: 0, ms: 1_000_000 },
    ]),
  },
  {
    what: "a tab that fell asleep during a read that it shares with others",
    schedule: schedule(
      31,
      2,
      [
        { do: "outside", writes: [{ op: "create", account: 0, place: 0, big: false }] },
        { do: "wait", ms: 20_000 },
        { do: "pin", tab: 0, row: 0 },
        { do: "wait", ms: 5 },
        { do: "bfcache", tab: 0, ms: 1_000_000 },
      ],
      { brokenFeed: 1 },
    ),
  },
  {
    what: "a late message of the former leader tab",
    schedule: schedule(
      665612796,
      4,
      [
        { do: "freeze", tab: 0, ms: 1500, lose: false },
        { do: "outside", writes: [{ op: "delete", account: 0, row: 0 }] },
        { do: "wait", ms: 300 },
        { do: "file broken", ms: 5 },
        { do: "wait", ms: 300 },
        { do: "freeze", tab: 1, ms: 1_000_000, lose: false },
      ],
      { dropped: 2, slowChannel: 2 },
    ),
  },
  {
    what: "a hidden tab that came back online",
    schedule: schedule(1611072816, 2, [
      { do: "hide tab", tab: 0, ms: 1_000_000 },
      { do: "restart", keepsLog: true, ms: 60 },
      { do: "wait", ms: 6000 },
      { do: "outside", writes: [{ op: "rename", account: 0 }] },
      { do: "offline", tab: 0, ms: 5 },
    ]),
  },
  {
    what: "a change between the first read and the beginning of the stream",
    schedule: schedule(
      695164521,
      2,
      [{ do: "outside", writes: [{ op: "delete", account: 0, row: 0 }] }],
      { slowFeed: 2 },
    ),
  },
  {
    what: "a newer answer borrowed from another tab, before the answer of an own read that began earlier",
    schedule: schedule(
      2147483647,
      3,
      [
        { do: "wait", ms: 1500 },
        { do: "outside", writes: [{ op: "pin", account: 0, row: 0 }] },
        { do: "load more", tab: 0 },
        { do: "hide panel", tab: 0, panel: "details", ms: 5 },
        { do: "wait", ms: 5 },
        { do: "pin", tab: 0, row: 0 },
      ],
      { reordered: 2, slowRequests: 2 },
    ),
  },
  {
    what: "a reset of the stream that arrived late, after the tab had caught up",
    schedule: schedule(
      2147483631,
      2,
      [
        { do: "pin", tab: 0, row: 0 },
        { do: "hide tab", tab: 0, ms: 5 },
        { do: "open", account: 0 },
        { do: "wait", ms: 300 },
        { do: "restart", keepsLog: false, ms: 0 },
        { do: "wait", ms: 700 },
        { do: "burst", count: 5, every: 1, write: { op: "rename user" } },
        { do: "pin", tab: 0, row: 0 },
      ],
      { doubled: 2, reordered: 2, slowFeed: 1, brokenFeed: 2 },
    ),
  },
  {
    what: "a message that names an epoch that does not exist, far ahead",
    schedule: schedule(1, 2, [{ do: "shout", what: 19 }]),
  },
  {
    what: "an update that arrived after the deletion of its row",
    schedule: schedule(
      2147483621,
      2,
      [
        { do: "open", account: 0 },
        { do: "outside", writes: [{ op: "pin", account: 0, row: 2 }] },
        { do: "wait", ms: 1500 },
        {
          do: "outside",
          writes: [
            { op: "delete", account: 0, row: 2 },
            { op: "rename", account: 0 },
          ],
        },
        { do: "hang", tab: 1, ms: 1500 },
        { do: "outside", writes: [{ op: "delete", account: 0, row: 0 }] },
      ],
      { slowChannel: 2, slowRequests: 1, failedRequests: 1, slowFeed: 1 },
    ),
  },
  {
    what: "a row that was moved away twice, and shown again in between",
    schedule: schedule(2147483635, 2, [
      { do: "wait", ms: 20_000 },
      { do: "burst", count: 5, every: 1, write: { op: "give away", account: 0, row: 0 } },
      {
        do: "outside",
        writes: [
          { op: "give away", account: 1, row: 0 },
          { op: "pin", account: 0, row: 0 },
        ],
      },
    ]),
  },
  {
    what: "a feed that patches left one of the rows of its read, and gave new ones",
    schedule: schedule(
      333013354,
      2,
      [
        { do: "open", account: 1 },
        { do: "burst", count: 30, every: 4, write: { op: "delete", account: 1, row: 0 } },
        { do: "wait", ms: 300 },
        {
          do: "burst",
          count: 5,
          every: 1,
          write: { op: "create", account: 1, place: 0, big: false },
        },
      ],
      { slowFeed: 1 },
    ),
  },
  {
    what: "a pin of a row that had just been moved to another account",
    schedule: schedule(1201613835, 3, [
      { do: "outside", writes: [{ op: "give away", account: 1, row: 3 }] },
      { do: "pin", tab: 2, row: 3 },
    ]),
  },
  {
    what: "a row that was moved under a pending pin, shown in its new account",
    schedule: schedule(1596322239, 3, [
      { do: "pin", tab: 4, row: 1 },
      { do: "outside", writes: [{ op: "give away", account: 0, row: 1 }] },
      { do: "select", tab: 1 },
    ]),
  },
  {
    what: "a late message that a log begins, which the tab follows already",
    schedule: schedule(
      1499632277,
      2,
      [
        { do: "restart", keepsLog: false, ms: 0 },
        { do: "wait", ms: 600 },
        { do: "pin", tab: 0, row: 0 },
      ],
      { slowChannel: 2, lostAnswers: 1, slowFeed: 2 },
    ),
  },
  {
    what: "a pin that was confirmed by a server that had lost its log",
    schedule: schedule(2147483635, 2, [
      { do: "pin", tab: 0, row: 0 },
      { do: "restart", keepsLog: false, ms: 0 },
    ]),
  },
  {
    what: "a new name from outside under an edit that waits, and a second edit over it",
    schedule: {
      ...schedule(506742466, 2, [
        { do: "offline", tab: 0, ms: 6000 },
        { do: "edit account", tab: 0, fields: ["name"] },
        { do: "wait", ms: 5 },
        { do: "wait", ms: 60 },
        { do: "outside", writes: [{ op: "rename", account: 0 }] },
        { do: "reload", tab: 0 },
        { do: "bfcache", tab: 3, ms: 100 },
        { do: "wait", ms: 300 },
        { do: "edit account", tab: 1, fields: ["name"] },
      ]),
      hasLocks: false,
    },
  },
  {
    what: "a row that was moved to another account and back, during Load more",
    schedule: schedule(
      226890865,
      4,
      [
        { do: "outside", writes: [{ op: "give away", account: 0, row: 0 }] },
        { do: "edit account", tab: 2, fields: ["name"] },
        { do: "create note", tab: 0, place: 0 },
        { do: "wait", ms: 20000 },
        { do: "select", tab: 0 },
        { do: "outside", writes: [{ op: "give away", account: 1, row: 0 }] },
        { do: "edit note", tab: 2, row: 0 },
        { do: "load more", tab: 2 },
      ],
      { dropped: 1, doubled: 1, failedRequests: 1, lostAnswers: 1, brokenFeed: 2 },
    ),
  },
  {
    what: "an adopted write, behind a later one of the same row",
    schedule: schedule(1719828549, 2, [
      { do: "pin", tab: 0, row: 0 },
      { do: "close", tab: 0, crash: false },
      { do: "server down", ms: 100 },
      { do: "wait", ms: 20 },
      { do: "pin", tab: 0, row: 0 },
      { do: "hide tab", tab: 0, ms: 1000000 },
    ]),
  },
  {
    what: "a burst in three tabs that share each read",
    schedule: schedule(
      1672363490,
      3,
      [
        { do: "outside", writes: [{ op: "give away", account: 0, row: 0 }] },
        { do: "create note", tab: 0, place: 0 },
        { do: "wait", ms: 150 },
        { do: "burst", count: 90, every: 20, write: { op: "pin", account: 0, row: 0 } },
      ],
      { doubled: 1, reordered: 2, slowChannel: 1, failedRequests: 1 },
    ),
  },
  {
    what: "a change just after a read that failed",
    schedule: schedule(
      1904463415,
      2,
      [
        { do: "hide panel", tab: 0, panel: "activity", ms: 5 },
        { do: "wait", ms: 5 },
        { do: "outside", writes: [{ op: "rename", account: 0 }] },
        { do: "outside", writes: [{ op: "create", account: 0, place: 0, big: false }] },
        { do: "wait", ms: 20 },
        { do: "pin", tab: 0, row: 0 },
        { do: "server down", ms: 20000 },
        { do: "wait", ms: 300 },
        { do: "pin", tab: 0, row: 1 },
        { do: "wait", ms: 1500 },
        { do: "hide tab", tab: 1, ms: 1000000 },
        { do: "pin", tab: 0, row: 2 },
        { do: "bfcache", tab: 0, ms: 1000000 },
      ],
      { doubled: 2, slowChannel: 1, slowRequests: 2 },
    ),
  },
  {
    what: "a write taken back while the one before it was being sent",
    schedule: schedule(939186659, 2, [
      { do: "edit note", tab: 1, row: 0 },
      { do: "pin", tab: 1, row: 0 },
      { do: "close", tab: 2, crash: false },
      { do: "offline", tab: 0, ms: 20000 },
      { do: "pin", tab: 0, row: 1 },
      { do: "wait", ms: 20000 },
      { do: "take back", tab: 0, entry: 1 },
    ]),
  },
  {
    what: "more missed changes than the ledger remembers, and a later one known before them",
    schedule: schedule(
      1481450114,
      4,
      [
        { do: "wait", ms: 150 },
        { do: "burst", count: 30, every: 1, write: { op: "pin", account: 0, row: 0 } },
        { do: "reload", tab: 1 },
        { do: "burst", count: 30, every: 1, write: { op: "pin", account: 0, row: 0 } },
        { do: "wait", ms: 60 },
        { do: "delete note", tab: 3, row: 0 },
      ],
      { dropped: 1, slowChannel: 2, failedRequests: 1, lostAnswers: 2 },
    ),
  },
  {
    what: "an edit taken back while the server refused its version",
    schedule: schedule(
      2032053338,
      2,
      [
        { do: "restart", keepsLog: false, ms: 300 },
        { do: "wait", ms: 5 },
        { do: "edit note", tab: 0, row: 0 },
        { do: "wait", ms: 300 },
        { do: "file broken", ms: 6000 },
        { do: "hide panel", tab: 0, panel: "activity", ms: 100 },
        { do: "wait", ms: 300 },
        { do: "take back", tab: 0, entry: 0 },
      ],
      { slowRequests: 1, lostAnswers: 1 },
    ),
  },
  {
    what: "without Web Locks, tabs that come back to leaders that were closed meanwhile",
    schedule: {
      ...schedule(1510919032, 3, [
        { do: "bfcache", tab: 0, ms: 5 },
        { do: "wait", ms: 6000 },
        { do: "close", tab: 0, crash: false },
        { do: "hide tab", tab: 0, ms: 5 },
        { do: "wait", ms: 20000 },
        { do: "reload", tab: 0 },
        { do: "hide tab", tab: 1, ms: 1000000 },
        { do: "hide tab", tab: 0, ms: 1000000 },
      ]),
      hasLocks: false,
    },
  },
  {
    what: "a row that was moved while a further page was asked for, again after its answer was lost",
    schedule: schedule(1, 2, [
      { do: "outside", writes: [{ op: "redate", account: 0, row: 0, place: 13 }] },
      { do: "load more", tab: 3 },
      { do: "freeze", tab: 1, ms: 1000000, lose: true },
    ]),
  },
  {
    what: "a lock that a tab was granted while it hung, and that went to another tab",
    schedule: schedule(2147483623, 3, [
      { do: "buffered feed", ms: 50000 },
      { do: "sign out", tab: 2 },
      { do: "hang", tab: 2, ms: 5 },
    ]),
  },
  {
    what: "an account deleted in a tab that was just loaded, which does not know what its server is",
    schedule: schedule(448263561, 2, [
      { do: "hide tab", tab: 0, ms: 1_000_000 },
      { do: "reload", tab: 0 },
      { do: "wait", ms: 5 },
      { do: "delete account", tab: 3, row: 0 },
    ]),
  },
  {
    what: "a pin that finds itself done, on a row that was moved to another account",
    schedule: schedule(1005279151, 2, [
      { do: "server down", ms: 5 },
      { do: "bulk", tab: 0, what: "pin", rows: [3, 0] },
      { do: "outside", writes: [{ op: "give away", account: 0, row: 3 }] },
      { do: "burst", count: 90, every: 1, write: { op: "delete", account: 0, row: 0 } },
    ]),
  },
  {
    what: "a bulk edit of what is so already, over an edit that is taken back and made again",
    schedule: schedule(646533846, 3, [
      { do: "outside", writes: [{ op: "change account", of: 0, what: 0 }] },
      { do: "bulk", tab: 1, what: "assign", rows: [0, 0] },
      { do: "pin", tab: 0, row: 0 },
      { do: "create note", tab: 0, place: 50 },
      { do: "wait", ms: 400 },
      {
        do: "outside",
        writes: [
          { op: "retitle", account: 0, row: 0 },
          { op: "retitle", account: 1, row: 0 },
        ],
      },
      { do: "wait", ms: 5 },
      { do: "undo", tab: 0 },
      { do: "undo", tab: 0 },
      { do: "redo", tab: 0 },
      { do: "wait", ms: 60 },
      { do: "bulk", tab: 0, what: "assign", rows: [0, 0] },
      { do: "create task", tab: 0, day: 0 },
      { do: "undo", tab: 4 },
    ]),
  },
  {
    what: "an overview that was shown while the server started anew, in a tab that slept",
    schedule: schedule(578593226, 2, [
      { do: "show overview", tab: 0, ms: 400 },
      { do: "wait", ms: 5 },
      { do: "outside", writes: [{ op: "rename user" }] },
      { do: "rename task", tab: 3, row: 0 },
      { do: "restart", keepsLog: true, ms: 0 },
      { do: "freeze", tab: 0, ms: 1000000, lose: false },
    ]),
  },
  {
    what: "a tab that hangs while another signs in, and ends its session after that",
    schedule: schedule(1142736700, 2, [
      { do: "sign in", tab: 1 },
      { do: "wedge", tab: 0, ms: 400 },
      { do: "wait", ms: 150 },
      {
        do: "outside",
        writes: [
          { op: "delete", account: 0, row: 0 },
          { op: "create task", account: 1, day: 0 },
        ],
      },
    ]),
  },
  {
    what: "a note that others moved to another account before it was deleted here, restored",
    schedule: schedule(2014986418, 2, [
      { do: "undo", tab: 0 },
      { do: "undo", tab: 0 },
      { do: "redo", tab: 0 },
      {
        do: "outside",
        writes: [
          { op: "give away", account: 0, row: 0 },
          { op: "change account", of: 0, what: 0 },
        ],
      },
      { do: "bulk", tab: 0, what: "delete", rows: [0, 0] },
      { do: "wait", ms: 5 },
      { do: "undo", tab: 0 },
    ]),
  },
  {
    what: "the last loaded account moves to where it has as many before it, and others",
    schedule: schedule(599901680, 2, [
      {
        do: "outside",
        writes: [
          { op: "change account", of: 0, what: 9 },
          { op: "change account", of: 1, what: 18 },
          { op: "change task", row: 0, day: 0 },
        ],
      },
      { do: "more accounts", tab: 0 },
    ]),
  },
  {
    what: "a further page that is the first to be read of another log",
    schedule: schedule(
      644243397,
      3,
      [
        { do: "outside", writes: [{ op: "delete", account: 0, row: 0 }] },
        { do: "restart", keepsLog: false, ms: 60 },
        { do: "bfcache", tab: 0, ms: 5 },
        { do: "wait", ms: 300 },
        { do: "load more", tab: 0 },
        { do: "load more", tab: 2 },
        { do: "create account", tab: 0, what: 0 },
      ],
      { reordered: 2, slowChannel: 2, slowRequests: 2, slowFeed: 1 },
    ),
  },
  {
    what: "a page that is left with an edit and its undo, both unsent",
    schedule: schedule(2147483639, 2, [
      { do: "undo", tab: 0 },
      { do: "undo", tab: 0 },
      { do: "edit note", tab: 0, row: 0 },
      { do: "undo", tab: 0 },
      { do: "bfcache", tab: 0, ms: 1000000 },
    ]),
  },
  {
    what: "an edit that leaves a field as it was shown, and as it is no more",
    schedule: schedule(1934905945, 3, [
      { do: "create note", tab: 0, place: 50 },
      { do: "wait", ms: 400 },
      {
        do: "outside",
        writes: [
          { op: "retitle", account: 0, row: 0 },
          { op: "retitle", account: 1, row: 0 },
        ],
      },
      { do: "wait", ms: 5 },
      { do: "undo", tab: 0 },
      { do: "create task", tab: 0, day: 0 },
      { do: "create task", tab: 0, day: 0 },
      {
        do: "outside",
        writes: [
          { op: "change account", of: 1, what: 12 },
          { op: "delete", account: 0, row: 0 },
        ],
      },
      { do: "edit account", tab: 2, fields: ["mrr", "renewalDate"] },
    ]),
  },
];

function schedule(
  seed: number,
  tabs: number,
  commands: readonly Command[],
  noise: Partial<NoiseLevels> = {},
): Schedule {
  const calm = Object.fromEntries(noiseKinds.map((kind) => [kind, 0])) as unknown as NoiseLevels;
  return { seed, tabs, hasLocks: true, maxChanges: 60, noise: { ...calm, ...noise }, commands };
}
