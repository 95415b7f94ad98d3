import type { Write } from "#data/outbox/writes.ts";
import type { Change } from "#sync";
import { parseRevision } from "#sync/http";
import type { Clock, Page } from "#sync/testing";
import type { ModelServer } from "../models/model-server.ts";
import type { RequestWatch } from "../models/request-watch.ts";
import type { Tab, TabWatch } from "../tab/tab.ts";
import type { OracleContext } from "./context.ts";
import { createConverged } from "./converged.ts";
import { createHistory } from "./history.ts";
import { createHonest } from "./honest.ts";
import { checkInStep } from "./in-step.ts";
import { createOutOfView } from "./out-of-view.ts";
import { createSessionWatch, type SessionWatch } from "./session-watch.ts";
import { checkSettled } from "./settled.ts";
import { createTwoStreams } from "./two-streams.ts";
import { createUnreadWatch } from "./unread.ts";
import { createUserWork, type UserWork, type UserWorkOptions } from "./user-work.ts";
import { createViolations, type Violation } from "./violations.ts";

/**
 * Watches everything that happens, and judges the end. It knows what no tab can know. This file passes each
 * event to the claims that it concerns; each claim has its own file, which `README.md` names.
 */
export interface Oracle extends RequestWatch, TabWatch, Omit<UserWork, "committed" | "shown"> {
  readonly violations: readonly Violation[];
  readonly requests: number;
  /** Requests for rows (not for changes) since the last call. */
  takeReads(): number;
  /** The server committed, or with no changes: started. */
  committed(changes: readonly Change[]): void;
  /** The tab or a panel of it is shown or hidden. */
  moved(tab: Tab): void;
  slept(page: Page): void;
  woke(page: Page): void;
  /** Something went wrong. */
  disturbed(): void;
  /** Claim "honest": is called every second, with the tabs in view. */
  lookAround(inView: readonly Tab[]): void;
  /** Claim "no crash". */
  broke(text: string): void;
  /** Everything in view equals the server, except a failed read, which is retried later. */
  judgeWoken(tabs: readonly Tab[], when: string): void;
  /** What is marked as unread is what others changed and nobody looked at. */
  judgeUnread(tabs: readonly Tab[], when: string): void;
  /** No write waits although every request is answered. */
  judgeWrites(tabs: readonly Tab[], when: string): void;
  /** Everything in view equals the server, and the tabs say so. */
  judge(tabs: readonly Tab[], when: string, othersSleep?: boolean): void;
}

export interface OracleOptions extends Omit<UserWorkOptions, "fail"> {
  clock: Clock;
  server: () => ModelServer;
  ledgerCapacity: number;
  log: (line: string) => void;
}

export function createOracle(options: OracleOptions): Oracle {
  const { clock, server, ledgerCapacity, count, log } = options;
  const { all: violations, fail } = createViolations(log);
  const history = createHistory();
  const context: OracleContext = { clock, server, history, ledgerCapacity, fail };
  const outOfView = createOutOfView(context);
  const converged = createConverged(context);
  const honest = createHonest(context);
  const twoStreams = createTwoStreams(context);
  const unread = createUnreadWatch(context);
  const work = createUserWork({ ...options, fail });
  const sessions = new Map<Page, SessionWatch>();
  /** How many sessions have ended in a page. */
  const endings = new Map<Page, number>();
  let requests = 0;
  let reads = 0;

  return {
    ...work,
    violations,
    get requests() {
      return requests;
    },
    takeReads() {
      const taken = reads;
      reads = 0;
      return taken;
    },

    disturbed: honest.disturbed,
    lookAround: honest.look,
    committed(changes) {
      honest.disturbed();
      for (const { rev, op, resource, id } of changes)
        log(`server ${rev}: ${op} ${resource}/${id}`);
      history.record(server(), changes, clock.now());
      work.committed(server(), changes);
    },

    requested(page, method, path) {
      requests++;
      log(`${page.id} ${method} ${path}`);
      outOfView.requested(page, path);
      const endingsBefore = endings.get(page);
      const session = sessions.get(page);
      let over = () => {};
      // A write may read its row before it replaces it.
      const isOfWrite =
        path.startsWith("/activities/") || (session && readsFirst(session.tab, path));
      if (session && method === "GET" && !isOfWrite && path !== "/status") {
        const isCatchUp = path.startsWith("/changes");
        if (!isCatchUp) reads++;
        over = isCatchUp ? session.askedForChanges() : session.askedForRows(path);
      }
      return {
        over: () => over(),
        answered({ status, headers }) {
          const asOf = headers.get("tandem-revision");
          log(`${page.id} <- ${status} ${path} as of ${asOf}`);
          // An answer to a session that is over says nothing to the next one.
          if (endings.get(page) !== endingsBefore) return;
          sessions.get(page)?.answered();
          const revision = parseRevision(asOf);
          // The tab takes no revision from a refused write.
          const isHeeded = (status < 400 || status === 410) && !isFurtherPage(path);
          if (revision && isHeeded) sessions.get(page)?.follow(revision, status === 410);
        },
      };
    },
    streamOpened(page) {
      log(`${page.id} opens the change stream`);
      outOfView.streamOpened(page);
    },
    streaming: twoStreams.streaming,
    streamBegan: (page, event, revision) => sessions.get(page)?.follow(revision, event === "reset"),

    looked: unread.looked,
    opened(tab) {
      work.opened(tab);
      unread.opened(tab);
      if (tab.open.queryClient.getQueryCache().getAll().length > 0) count("rendered from storage");
      sessions.set(tab.page, createSessionWatch(tab, outOfView, context));
    },
    ended(tab, session) {
      sessions.delete(tab.page);
      endings.set(tab.page, (endings.get(tab.page) ?? 0) + 1);
      work.ended(tab, session);
      unread.ended(tab);
    },
    shown(tab, shown) {
      sessions.get(tab.page)?.shown(shown);
      work.shown(tab);
    },
    cached(tab, query, cause) {
      const session = sessions.get(tab.page);
      if (session) session.cached(query, cause);
      else outOfView.cached(tab, query, cause, false);
    },
    moved: (tab) => sessions.get(tab.page)?.moved(),
    slept: outOfView.slept,
    woke: outOfView.woke,

    asked(tab, write) {
      sessions.get(tab.page)?.wrote();
      work.asked(tab, write);
    },
    written(tab, click, _, row) {
      if (row) sessions.get(tab.page)?.pinned(click, row);
    },
    confirmed(tab, write) {
      sessions.get(tab.page)?.wrote();
      work.confirmed(tab, write);
    },

    broke: (text) => fail("no crash", text),
    judgeWoken(tabs, when) {
      for (const tab of tabs)
        for (const query of activeQueries(tab))
          if (query.state.status !== "error") converged.check(tab, query, when);
    },
    judgeUnread: unread.judge,
    judgeWrites: (tabs, when) => checkSettled(tabs, when, fail),
    judge(tabs, when, othersSleep = false) {
      checkSettled(tabs, when, fail);
      for (const tab of tabs) {
        for (const query of activeQueries(tab)) converged.check(tab, query, when);
        checkInStep(tab, when, fail, othersSleep);
      }
    },
  };
}

function activeQueries({ open }: Tab) {
  return open.queryClient.getQueryCache().findAll({ type: "active" });
}

/**
 * Whether the tab sends a write to the account that may read it first: an edit that knows no version of it, as the undo of one
 * that is not answered, or a delete, as long as the tab does not know whether its server keeps a log.
 */
function readsFirst(tab: Tab, path: string): boolean {
  const mayRead = (write: Write) =>
    (write.type === "edit account" && write.base.version === 0) || write.type === "delete account";
  return tab.open.data.outbox.entries.some(
    ({ write }) => mayRead(write) && path === `/accounts/${write.id}`,
  );
}

/**
 * What is read of a log by a further page is as of its first: it does not tell the tab of another log. The first page of a
 * week ends with the week.
 */
const isFurtherPage = (path: string) =>
  /[?&](_start=[1-9]|at_lte=(?!.*?23%3A59%3A59\.999Z))/.test(path);
