import { isDeepStrictEqual } from "node:util";
import type { Query } from "@tanstack/react-query";
import * as z from "zod";
import { accountDetailsSchema, accountSchema, activitySchema, userSchema } from "#contract/rows.ts";
import type { ActivityPages } from "#data/queries/pages.ts";
import type { Revision } from "#sync";
import { parseRevision } from "#sync/http";
import type { Clock } from "./clock.ts";
import { createHistory, type History } from "./history.ts";
import type { ModelServer, Reply } from "./model-server.ts";
import type { RequestWatch } from "./network.ts";
import type { Page } from "./page.ts";
import type { Shown, Tab, TabWatch } from "./tab.ts";
import { isPatchable, queryKeyOf, touches } from "./touches.ts";

export interface Violation {
  /** Which of the claims in `README.md` does not hold. */
  readonly claim: string;
  readonly text: string;
}

/** Watches everything while it happens, and judges the end. It knows what no tab can know. */
export interface Oracle extends RequestWatch, TabWatch {
  readonly violations: readonly Violation[];
  readonly history: History;
  readonly requests: number;
  /** Requests for data (not for changes) since the last call. */
  takeReads(): number;
  meet(tab: Tab): void;
  /** The page is shown or hidden, or what it shows is. */
  moved(tab: Tab): void;
  /** The page wakes: it may ask what it missed although nobody looks yet. */
  woke(page: Page): void;
  slept(page: Page): void;
  broke(text: string): void;
  fail(claim: string, text: string): void;
  /** Compares what is in view with the server, but for what failed and is read again in its own time. */
  judgeWoken(tabs: readonly Tab[], when: string): void;
  /** Looks for writes that wait although all answer. */
  judgeWrites(tabs: readonly Tab[], when: string): void;
  /** Compares everything in view with the server. */
  judge(tabs: readonly Tab[], when: string): void;
}

/** What is kept about a tab. */
interface File {
  readonly tab: Tab;
  readonly versions: Map<string, number>;
  /** As-of of what each query last showed. */
  readonly shownAsOf: Map<string, number>;
  /** Rows of the feed as last shown, by account, and since when rows are gone. */
  readonly feeds: Map<string, ReadonlyMap<string, number>>;
  readonly gone: Map<string, number>;
  readonly lastUnseen: Map<string, number>;
  readonly open: Map<string, number>;
  readonly times: Map<string, number[]>;
  readonly paused: Set<string>;
  readonly keptStale: Set<string>;
  /** The last click on each row that the server took. */
  readonly confirmed: Map<string, { readonly click: number; readonly version: number }>;
  answeredAt: number;
  hasWritten: boolean;
  /** The log that the tab follows, and from where on: it cannot know what came before. */
  epoch: string;
  floor: number;
}

const burstWindow = 1000;
const burstLimit = 9;

export function createOracle({
  clock,
  server,
  ledgerCapacity,
  log,
}: {
  clock: Clock;
  server: () => ModelServer;
  ledgerCapacity: number;
  log: (line: string) => void;
}): Oracle {
  const violations: Violation[] = [];
  const history = createHistory();
  const files = new Map<Page, File>();
  /** How many sessions have ended in a page. */
  const ended = new Map<Page, number>();
  const wokeAt = new Map<Page, number>();
  const sleptAt = new Map<Page, number>();
  const lastData = new WeakMap<Query, unknown>();
  let requests = 0;
  let reads = 0;

  function fail(claim: string, text: string) {
    log(`VIOLATION ${claim}: ${text}`);
    if (violations.length < 8) violations.push({ claim, text });
  }
  const isVisible = (page: Page) => page.window.document.visibilityState === "visible";
  const hashOf = (key: readonly unknown[]) => JSON.stringify(key);

  function follow(file: File, { epoch, rev }: Revision, isReset: boolean) {
    if (rev < file.floor || (file.epoch === epoch && !isReset)) return;
    file.epoch = epoch;
    file.floor = rev;
  }

  function judgeRead(file: File, path: string) {
    const { tab } = file;
    const key = queryKeyOf(path);
    const hash = hashOf(key);
    const query = tab.open.queryClient.getQueryCache().find({ queryKey: key, exact: true });
    const data = query?.state.data;
    if ((file.open.get(hash) ?? 0) > 1) fail("one in flight", `${tab.id} ${path}`);
    if (!query || data === undefined || path.includes("at_lte")) return;

    const now = clock.now();
    const times = (file.times.get(hash) ?? []).filter((at) => at > now - burstWindow);
    file.times.set(hash, [...times, now]);
    if (times.length >= burstLimit)
      fail("bounded", `${tab.id} read ${hash} ${times.length + 1} times in a second`);
    // A read that the user began without a network goes on when there is one again.
    if (file.paused.delete(hash)) return;
    // Kept as what had to be read again.
    if (file.keptStale.delete(hash)) return;
    if (!isVisible(tab.page)) fail("out of view", `${tab.id} read ${hash} while nobody looked`);

    const held = tab.realm.code.asOf(data);
    if (!held || held.epoch !== server().epoch || !tab.open.sync.isLive) return;
    if (held.rev < file.floor) return;
    // One that failed is tried again although another tab's answer came meanwhile.
    if (query.state.fetchFailureCount > 0 || query.state.status === "error") return;
    const later = history.since(held.rev);
    if (later.length > ledgerCapacity) return;
    const touching = later.filter(({ change }) => touches(key, change));
    if (touching.length === 0)
      return fail("selective", `${tab.id} read ${hash}, as of ${held.rev}, touched by nothing`);
    const unseen = file.lastUnseen.get(hash) ?? 0;
    const isNeeded = touching.some(
      ({ change, at }) => !isPatchable(key, change) || at <= unseen + 2,
    );
    // A feed whose last row went away has no place to go on from; others may have been put in since.
    const isStranded =
      key[0] === "activity" &&
      rowsOf(data as ActivityPages).filter(({ version }) => version <= held.rev).length <= 1;
    if (!isNeeded && !isStranded)
      fail("patched", `${tab.id} read ${hash}, as of ${held.rev}, though it could be patched`);
  }

  /** A list and a panel may show the same row in turn: each is measured by itself. */
  function checkRow(
    file: File,
    panel: string,
    resource: string,
    row: { id: string; version: number },
  ) {
    const key = `${panel}: ${resource}/${row.id}`;
    const before = file.versions.get(key) ?? 0;
    if (row.version < before)
      fail("monotonic", `${file.tab.id} showed ${key}@${row.version} after @${before}`);
    else if (row.version > before) file.versions.set(key, row.version);
    if (!history.had(resource, row))
      fail("private", `${file.tab.id} shows ${key}@${row.version}, which the server never had`);
  }

  function checkAsOf(file: File, name: string, rev: number | undefined) {
    if (rev === undefined) return;
    const before = file.shownAsOf.get(name) ?? 0;
    if (rev < before)
      fail("monotonic", `${file.tab.id} showed ${name} as of ${rev} after ${before}`);
    file.shownAsOf.set(name, Math.max(before, rev));
  }

  /** A log was lost, or forgotten in part: what was read before it is shown until it is read again. */
  function isVouched(file: File, asOf: Revision | null | undefined): boolean {
    if (asOf?.epoch !== server().epoch || asOf.rev < file.floor) return false;
    return history.since(asOf.rev).length <= ledgerCapacity;
  }

  function checkFeed(file: File, shown: Extract<Shown, { panel: "activity" }>) {
    const { data, rows, outbox, id } = shown;
    if (!data) return;
    if (!isVouched(file, data.pages[0]?.asOf)) return;
    const base = rowsOf(data);
    // With the last row gone there is no place to go on from: it stays as it was until the feed is read.
    const isStranded = base.length === 1 && data.pages.at(-1)?.more;
    const ids = new Set(base.map((row) => row.id));
    if (ids.size < base.length) fail("once", `${file.tab.id} shows a row of ${id} twice`);
    for (const [at, row] of base.entries()) {
      if (!isStranded) checkRow(file, `activity ${id}`, "activities", row);
      const gone = file.gone.get(`${id}/${row.id}`);
      if (gone !== undefined && row.version < gone)
        fail("monotonic", `${file.tab.id} showed ${row.id}@${row.version}, deleted at ${gone}`);
      const next = base[at + 1];
      if (next && !(next.at < row.at || (next.at === row.at && next.id < row.id)))
        fail("once", `${file.tab.id} shows ${next.id} after ${row.id} of ${id}`);
    }
    const truth = base.map((row) => [row.id, { ...row, unconfirmed: null }] as const);
    const laid = new Map<string, object>(truth);
    for (const { write, state } of outbox) {
      if (state === "failed" || state === "conflict" || write.type === "edit account") continue;
      const under = laid.get(write.id);
      if (write.type === "delete note") laid.delete(write.id);
      else if (write.type === "create note") {
        if (!under && write.accountId === id)
          laid.set(write.id, { ...write.row, version: 0, unconfirmed: state });
      } else if (under) {
        const over = write.type === "pin" ? { pinned: write.pinned } : write.changes;
        laid.set(write.id, { ...under, ...over, unconfirmed: state });
      }
    }
    const differs =
      laid.size !== rows.length ||
      (outbox.length > 0 && rows.some((row) => !isDeepStrictEqual(row, laid.get(row.id))));
    if (differs)
      fail("private", `${file.tab.id} lays something else over ${id} than its pending writes`);
    const before = file.feeds.get(id);
    for (const row of before?.keys() ?? []) {
      if (ids.has(row)) continue;
      // Where it was deleted, put back and deleted again, it may go by the first of these.
      const deleted = history.deletedAfter("activities", row, before?.get(row) ?? 0);
      if (deleted !== undefined) file.gone.set(`${id}/${row}`, deleted);
    }
    file.feeds.set(id, new Map(base.map((row) => [row.id, row.version])));
  }

  function expected<T>(path: string, schema: z.ZodType<T>): T | undefined {
    const reply = server().read(path);
    return reply.status === 200 ? schema.parse(JSON.parse(reply.text)) : undefined;
  }

  function judgeQuery(tab: Tab, query: Query, when: string) {
    const [kind, id] = query.queryKey;
    const hash = hashOf(query.queryKey);
    const { data } = query.state as { data: Record<string, unknown> | undefined };
    const bad = (text: string) => fail("converged", `${when}: ${tab.id} ${hash} ${text}`);
    if (query.state.fetchStatus !== "idle") bad(`is ${query.state.fetchStatus}`);
    if (kind === "activity") {
      const truth = expected(`/activities?accountId=${id}`, z.array(activitySchema)) ?? [];
      const pages = data as unknown as ActivityPages | undefined;
      if (!pages) return bad("has nothing");
      const rows = rowsOf(pages);
      if (!isDeepStrictEqual(rows, truth.slice(0, rows.length)))
        bad(differences(rows, truth.slice(0, rows.length)));
      if (rows.length === 0 && truth.length > 0) bad("is stranded");
      const more = pages.pages.at(-1)?.more;
      // A page does not know of what goes away beyond it: "Load more" may be offered in vain, not withheld.
      if (!more && truth.length > rows.length)
        fail("more", `${when}: ${tab.id} ${hash} says ${more}, ${rows.length} of ${truth.length}`);
    } else if (kind === "account") {
      const truth = expected(`/accounts/${id}`, accountDetailsSchema);
      if (!isDeepStrictEqual(data?.row, truth))
        bad(`is ${JSON.stringify(data?.row)}, not ${JSON.stringify(truth)}`);
    } else {
      const truth: unknown = expected(
        `/${kind}`,
        z.array<z.ZodType>(kind === "users" ? userSchema : accountSchema),
      );
      if (!isDeepStrictEqual(data?.rows, truth))
        bad(differences((data?.rows ?? []) as Row[], truth as Row[]));
    }
    if (query.state.isInvalidated) bad("is still marked stale");
  }

  /** The world is calm and all answer: what is not confirmed by now was refused, and stands in the outbox. */
  function judgeWrites(tabs: readonly Tab[], when: string) {
    for (const { id, open } of tabs)
      for (const { write, state, error } of open.data.outbox.entries)
        if (
          (state !== "failed" && state !== "conflict") ||
          !/^(ApiE|ConflictE)/.test(`${error?.name}`)
        )
          fail("settled", `${when}: ${id} has a ${write.type} that is ${state}: ${error}`);
  }

  return {
    violations,
    history,
    fail,
    get requests() {
      return requests;
    },
    takeReads() {
      const taken = reads;
      reads = 0;
      return taken;
    },
    meet(tab) {
      files.set(tab.page, {
        tab,
        versions: new Map(),
        shownAsOf: new Map(),
        feeds: new Map(),
        gone: new Map(),
        // What was kept may have been out of view when it was touched.
        lastUnseen: new Map(
          tab.open.queryClient
            .getQueryCache()
            .getAll()
            .map(({ queryHash }) => [queryHash, clock.now()]),
        ),
        open: new Map(),
        times: new Map(),
        paused: new Set(),
        keptStale: new Set(
          tab.open.queryClient
            .getQueryCache()
            .getAll()
            .filter(({ state }) => state.isInvalidated)
            .map(({ queryHash }) => queryHash),
        ),
        confirmed: new Map(),
        answeredAt: 0,
        hasWritten: false,
        // What was kept begins where the tab stood.
        epoch: tab.open.sync.head?.epoch ?? "",
        floor: tab.open.sync.head?.rev ?? 0,
      });
    },
    moved(tab) {
      const file = files.get(tab.page);
      for (const query of tab.open.queryClient.getQueryCache().getAll())
        file?.lastUnseen.set(query.queryHash, clock.now());
    },
    slept(page) {
      sleptAt.set(page, clock.now());
    },
    woke(page) {
      wokeAt.set(page, clock.now());
    },
    requested(page, method, path) {
      requests++;
      log(`${page.id} ${method} ${path}`);
      const file = files.get(page);
      // What a page heard on its way to sleep it still acts on.
      if (page.life !== "running" && sleptAt.get(page) !== clock.now())
        fail("out of view", `${page.id} asks ${path} in its sleep`);
      const hash = path.startsWith("/changes") ? "changes" : hashOf(queryKeyOf(path));
      const before = ended.get(page);
      const end = {
        answered(reply: Reply) {
          log(
            `${page.id} <- ${reply.status} ${path} as of ${reply.headers.get("tandem-revision")}`,
          );
          const now = files.get(page);
          // One that was asked for the session before says nothing to the one that is.
          if (!now || ended.get(page) !== before) return;
          now.answeredAt = clock.now();
          const revision = parseRevision(reply.headers.get("tandem-revision"));
          // A refused write is not asked where the server stands.
          const isHeeded = reply.status < 400 || reply.status === 410;
          if (revision && isHeeded) follow(now, revision, reply.status === 410);
        },
        over() {},
      };
      // A write may look at its row before it goes over it.
      const isOfWrite = method !== "GET" || path.startsWith("/activities/");
      if (!file || isOfWrite) return end;
      file.open.set(hash, (file.open.get(hash) ?? 0) + 1);
      if (hash === "changes") {
        if (!isVisible(page) && wokeAt.get(page) !== clock.now())
          fail("out of view", `${page.id} asked for changes while nobody looked`);
        if ((file.open.get(hash) ?? 0) > 1) fail("one in flight", `${page.id} ${path}`);
        const times = (file.times.get(hash) ?? []).filter((at) => at > clock.now() - burstWindow);
        file.times.set(hash, [...times, clock.now()]);
        if (times.length >= burstLimit)
          fail("bounded", `${page.id} asked for changes ${times.length + 1} times in a second`);
      } else {
        reads++;
        judgeRead(file, path);
      }
      let isOver = false;
      return {
        ...end,
        over() {
          if (!isOver) file.open.set(hash, (file.open.get(hash) ?? 1) - 1);
          isOver = true;
        },
      };
    },
    followed(page) {
      log(`${page.id} follows the feed`);
      if (!isVisible(page)) fail("out of view", `${page.id} follows the feed while nobody looks`);
    },
    shown(tab, shown) {
      const file = files.get(tab.page);
      if (!file) return;
      const { queryClient } = tab.open;
      if (shown.panel === "activity") {
        checkFeed(file, shown);
        checkAsOf(file, `activity/${shown.id}`, shown.data?.pages[0]?.asOf?.rev);
        return;
      }
      if (shown.panel === "details") {
        if (!shown.row) return;
        const data = queryClient.getQueryData(["account", shown.id]) as
          | { row: unknown; asOf: Revision }
          | undefined;
        if (!data || !isVouched(file, data.asOf)) return;
        checkRow(file, "details", "accounts", shown.row);
        if (!isDeepStrictEqual(data.row, shown.row)) return;
        checkAsOf(file, `account/${shown.id}`, data.asOf.rev);
        const { pinnedCount, activityCount } = shown.row;
        if (
          !isDeepStrictEqual(history.counts(shown.id, data.asOf.rev), {
            pinnedCount,
            activityCount,
          })
        )
          fail("private", `${tab.id} shows counts of ${shown.id} that the server never had`);
        return;
      }
      const list = queryClient.getQueryData([shown.panel]) as { asOf: Revision } | undefined;
      if (!isVouched(file, list?.asOf)) return;
      for (const row of shown.rows ?? []) checkRow(file, shown.panel, shown.panel, row);
    },
    cached(tab, query, cause) {
      if (cause === "pause") files.get(tab.page)?.paused.add(query.queryHash);
      const before = lastData.get(query);
      lastData.set(query, query.state.data);
      // An answer renders when it lands, and what it brings may be put right at once.
      if (files.get(tab.page)?.answeredAt === clock.now()) return;
      if (cause !== "setState" || isVisible(tab.page) || !query.isActive()) return;
      // A tab's own write is put in place of what was laid over it, whenever it is heard of.
      if (tab.open.data.outbox.entries.length > 0) return;
      if (query.state.data !== before && !files.get(tab.page)?.hasWritten)
        fail("out of view", `${tab.id} put something into ${query.queryHash} while nobody looked`);
    },
    written(tab, click, _, row) {
      const file = files.get(tab.page);
      if (!file || !row) return;
      const last = file.confirmed.get(row.id);
      if (last && (click - last.click) * (row.version - last.version) < 0)
        fail("in turn", `${tab.id}: the server took two clicks on ${row.id} the other way round`);
      if (!last || click > last.click) file.confirmed.set(row.id, { click, version: row.version });
      // What the user did and the server took is not shown undone, however briefly.
      const key = `activity ${row.accountId}: activities/${row.id}`;
      file.versions.set(key, Math.max(row.version, file.versions.get(key) ?? 0));
    },
    asked(tab) {
      const file = files.get(tab.page);
      if (file) file.hasWritten = true;
    },
    confirmed(tab) {
      const file = files.get(tab.page);
      if (file) file.hasWritten = true;
    },
    ended({ page }) {
      files.delete(page);
      ended.set(page, (ended.get(page) ?? 0) + 1);
    },
    sent: () => () => {},
    heard(page, event, revision) {
      const file = files.get(page);
      if (file) follow(file, revision, event === "reset");
    },
    broke: (text) => fail("no crash", text),
    judgeWoken(tabs, when) {
      for (const tab of tabs)
        for (const query of activeQueries(tab))
          if (query.state.status !== "error") judgeQuery(tab, query, when);
    },
    judgeWrites,
    judge(tabs, when) {
      judgeWrites(tabs, when);
      for (const tab of tabs) {
        for (const query of activeQueries(tab)) judgeQuery(tab, query, when);
        const { status, trouble } = tab.open.sync;
        if (status !== "live") fail("in step", `${when}: ${tab.id} says ${status}: ${trouble}`);
      }
    },
  };
}

interface Row {
  readonly id: string;
  readonly version: number;
}

function activeQueries({ open }: Tab): Query[] {
  return open.queryClient.getQueryCache().findAll({ type: "active" });
}

function rowsOf(data: ActivityPages) {
  return data.pages.flatMap((page) => page.rows);
}

function differences(shown: readonly Row[], truth: readonly Row[]): string {
  const names = (rows: readonly Row[]) => rows.map(({ id, version }) => `${id}@${version}`);
  const [a, b] = [names(shown), names(truth)];
  const at = a.findIndex((name, index) => name !== b[index]);
  return `shows ${a.length} rows, the server has ${b.length}; first at ${at}: ${a[at]}, not ${b[at]}`;
}
