import type { RowWrite } from "#api/writes/run-write.ts";
import type { PersistentStore } from "#data/storage/persistent-store.ts";
import { createChannelModel } from "./channel-model.ts";
import { createClock } from "./clock.ts";
import { type Command, forGood, type OutsideWrite, type Schedule } from "./commands.ts";
import { createLocksModel } from "./locks-model.ts";
import { createModelServer, outside } from "./model-server.ts";
import { createNetwork } from "./network.ts";
import { createNoise } from "./noise.ts";
import { createOracle, type Violation } from "./oracle.ts";
import { createPage, type Page } from "./page.ts";
import { createChance } from "./random.ts";
import type { Realms } from "./realms.ts";
import { accountIds, instant } from "./seed.ts";
import { shouts } from "./shouts.ts";
import { createTab, type Tab } from "./tab.ts";
import { createWork } from "./work.ts";

export interface Outcome {
  readonly violations: readonly Violation[];
  /** How often each kind of fault and act really happened. */
  readonly coverage: ReadonlyMap<string, number>;
  readonly requests: number;
  readonly events: number;
}

/** A tab as the user knows it, over its reloads. */
interface ClosedTab {
  readonly name: string;
  readonly memory: Map<string, string>;
}

const isLookedAt = ({ page }: Tab) =>
  page.life === "running" && page.window.document.visibilityState === "visible";

/** What drafts are about. */
const subjects = ["edit/a", "edit/b", "note/a"] as const;
const maxTabs = 5;
/** Long enough for the longest back-off (30 s) and the beacon after it. */
const recovery = 62_000;

/** Plays one schedule from beginning to end, calms the world, and has the oracle judge it. */
export async function playSchedule(
  schedule: Schedule,
  realms: Realms,
  log: (line: string) => void = () => {},
): Promise<Outcome> {
  const clock = createClock();
  const chance = createChance(schedule.seed);
  const coverage = new Map<string, number>();
  const count = (what: string) => void coverage.set(what, (coverage.get(what) ?? 0) + 1);
  /** Names of tabs and writes: what they are changes nothing else that chance decides. */
  const names = createChance(~schedule.seed);
  const noise = createNoise(schedule.noise, chance, count);
  const note = (line: string) => log(`${String(clock.now() % 10_000_000).padStart(8)} ${line}`);
  const oracle = createOracle({ clock, server: () => server, ledgerCapacity: 60, log: note });
  const onError = (error: unknown) =>
    oracle.broke(error instanceof Error ? (error.stack ?? error.message) : String(error));
  const server = createModelServer({
    maxChanges: schedule.maxChanges,
    now: clock.now,
    onCommit(changes) {
      for (const { rev, op, resource, id } of changes)
        note(`server ${rev}: ${op} ${resource}/${id}`);
      oracle.history.record(server, changes, clock.now());
      work.committed(server, changes);
    },
  });
  const work = createWork({
    sessionId: () => /"id":"([^"]*)"/.exec(disk ?? "")?.[1] ?? "guest",
    tabs: () => tabs,
    count,
    fail: oracle.fail,
  });
  oracle.history.record(server, [], clock.now());
  work.committed(server, []);
  const watch = { ...oracle, sent: work.sent };
  const network = createNetwork({ clock, noise, server, watch, count, onError });
  const channel = createChannelModel(clock, noise);
  const locks = createLocksModel(clock);
  let tabs: Tab[] = [];
  let opened = 0;
  let rows = 0;
  let texts = 0;
  let store: PersistentStore | null = null;
  /** What `localStorage` holds: who works here. */
  let disk: string | null = null;
  const pages = new Set<Page>();
  const places = new Map<Tab, ClosedTab>();
  /** Tabs that are gone: one that is opened may be called as one of them was. */
  const gone: ClosedTab[] = [];
  /** Reasons to be hidden, asleep or offline overlap; the last to end ends it. */
  const reasons = new Map<string, number>();

  function open(accountId: string, place?: ClosedTab) {
    const id = `t${++opened}`;
    const { name, memory } = place ?? { name: id, memory: new Map<string, string>() };
    const page = createPage(id, { clock, onError });
    const realm = realms.take({
      ...(page.timers as object),
      Date: { now: clock.now },
      Math: Object.create(Math, { random: { value: chance.next } }),
      fetch: network.fetchFor(page),
      EventSource: network.eventSourceFor(page),
      BroadcastChannel: channel.classFor(page),
      window: page.window,
      document: page.window.document,
      navigator: schedule.hasLocks
        ? Object.create(page.navigator, { locks: { value: locks.locksFor(page) } })
        : page.navigator,
      crypto: { getRandomValues: (into: Uint32Array) => into.fill(names.next() * 2 ** 32) },
      console: { error: onError, warn: onError },
    } as Parameters<Realms["take"]>[0]);
    store ??= work.watchStore(realm.code.createMemoryStore(clock.now));
    pages.add(page);
    createTab({
      id,
      page,
      realm,
      accountId,
      browser: {
        name,
        store,
        memory: {
          getItem: (key) => memory.get(key) ?? null,
          setItem: (key, value) => void memory.set(key, value),
        },
        storage: {
          getItem: () => disk,
          setItem(key, value) {
            disk = value;
            for (const other of pages) {
              if (other === page) continue;
              const hear = () => other.window.dispatch("storage", { key });
              clock.after(1, other, hear, () => {});
            }
          },
        },
        onLost() {
          const tab = tabs.find((each) => each.page === page);
          if (!tab) return;
          count("name taken while in the cache");
          clock.after(0, null, () => reload(tab));
        },
      },
      watch: {
        ...oracle,
        shown(of, shown) {
          if (shown.panel === "activity")
            note(
              `${id} shows ${shown.id}: ${shown.rows.map((row) => `${row.id}@${row.version}${row.pinned ? "*" : ""}${row.unconfirmed ? "?" : ""}`).join(" ")}`,
            );
          oracle.shown(of, shown);
          work.shown(of);
        },
        confirmed(of, write, submittedAt) {
          count(`${write.type} confirmed`);
          oracle.confirmed(of, write, submittedAt);
          work.confirmed(of, write, submittedAt);
        },
        asked(of, write) {
          oracle.asked(of, write);
          work.asked(of, write);
        },
        ended(of, session) {
          oracle.ended(of, session);
          work.ended(of, session);
        },
        written(of, click, outcome, row) {
          count(`write ${outcome}`);
          oracle.written(of, click, outcome, row);
        },
      },
      onOpen(tab) {
        work.opened(tab);
        oracle.meet(tab);
        places.set(tab, { name, memory });
        if (!tabs.includes(tab)) tabs = [...tabs, tab];
      },
    });
  }

  function reload(tab: Tab) {
    if (!tabs.includes(tab)) return;
    endTab(tab, "reloaded");
    open(tab.accountId, places.get(tab));
  }

  function endTab(tab: Tab, how: "closed" | "crashed" | "reloaded") {
    const place = places.get(tab);
    if (place && how !== "reloaded") gone.push({ name: place.name, memory: new Map() });
    if (tab.unanswered > 0) count(`${how} in the middle of a write`);
    if (how !== "crashed") {
      tab.page.window.dispatch("pagehide", { persisted: false });
    }
    tab.page.life = "dead";
    pages.delete(tab.page);
    tabs = tabs.filter((each) => each !== tab);
    network.forget(tab.page);
    for (const name of locks.forget(tab.page)) count(`died holding ${name.split(" ")[0]}`);
    tab.close();
    clock.after(1, null, () => {
      // Nothing of the old page may run in it when another page takes the realm.
      if (!tab.realm.code.onlineManager.hasListeners()) realms.giveBack(tab.realm);
      else oracle.broke(`${tab.id} is closed, and listens for the network`);
    });
  }

  /** Some end only when the world is calm and those still awake have been judged. */
  const atTheEnd: (() => void)[] = [];
  function later(ms: number, end: () => void) {
    if (ms === forGood) atTheEnd.push(end);
    else clock.after(ms, null, end);
  }

  /** Begins something now and ends it after `ms`, unless another reason for it is left. */
  function during(name: string, ms: number, begin: () => void, end: () => void) {
    const before = reasons.get(name) ?? 0;
    reasons.set(name, before + 1);
    if (before === 0) begin();
    later(ms, () => {
      const left = (reasons.get(name) ?? 1) - 1;
      reasons.set(name, left);
      if (left === 0) end();
    });
  }

  /** Tells a page that is awake what it is: shown or hidden, online or not. */
  function tell(tab: Tab) {
    const { page } = tab;
    if (page.life !== "running") return;
    const visible = !reasons.get(`${tab.id} hidden`);
    if (visible !== isLookedAt(tab)) {
      oracle.moved(tab);
      page.show(visible);
    }
    page.setOnline(!reasons.get(`${tab.id} offline`));
  }

  function hide(tab: Tab, ms: number) {
    during(
      `${tab.id} hidden`,
      ms,
      () => tell(tab),
      () => tell(tab),
    );
  }

  function sleep(tab: Tab, ms: number, lose: boolean, onWake?: () => void) {
    const { page } = tab;
    if (page.life !== "running") return;
    page.life = "stopped";
    oracle.slept(page);
    locks.sleep(page);
    later(ms, () => {
      if (page.life === "dead") return;
      page.life = "running";
      oracle.woke(page);
      onWake?.();
      if (onWake) work.woke(tab);
      clock.wake(page, lose);
      tell(tab);
    });
  }

  function writeOf(write: OutsideWrite): RowWrite | null {
    const accountId = "account" in write ? (accountIds[write.account] ?? "a") : "a";
    const feed = activitiesOf(accountId);
    const row = "row" in write ? feed[write.row] : undefined;
    const id = String(row?.id);
    switch (write.op) {
      case "create":
        count(write.big ? "row too large to travel" : "row created");
        return outside.create(
          `n${++rows}`,
          accountId,
          instant(write.place),
          write.big ? "long ".repeat(3500).slice(0, 9900).concat("€".repeat(90)) : undefined,
        );
      case "rename":
        return outside.change("accounts", accountId, { name: `Account ${accountId} ${++rows}` });
      case "rename user":
        return outside.change("users", "u", { name: `Uma ${++rows}` });
    }
    if (!row) return null;
    switch (write.op) {
      case "pin":
        return outside.change("activities", id, { pinned: !row.pinned });
      case "retitle":
        return outside.change("activities", id, { title: `Note ${++rows}` });
      case "redate":
        count("row moved in time");
        return outside.change("activities", id, { at: instant(write.place) });
      case "give away":
        count("row moved to another account");
        return outside.change("activities", id, { accountId: accountId === "a" ? "b" : "a" });
      case "delete":
        count("row deleted");
        return outside.remove("activities", id);
    }
  }

  function activitiesOf(accountId: string) {
    return JSON.parse(server.read(`/activities?accountId=${accountId}`).text) as {
      id: string;
      pinned: boolean;
    }[];
  }

  function edit(writes: readonly OutsideWrite[]) {
    const made = writes.map(writeOf).filter((write) => write !== null);
    if (made.length) server.edit(made);
  }

  function act(command: Command) {
    const tab = "tab" in command ? tabs[command.tab % Math.max(1, tabs.length)] : undefined;
    if ("tab" in command && !tab) return;
    switch (command.do) {
      case "outside":
        count("write from outside");
        return edit(command.writes);
      case "burst":
        count("burst");
        for (let at = 0; at < command.count; at++)
          clock.after(at * command.every, null, () => edit([command.write]));
        return;
      case "server down":
        count("server down");
        return during(
          "server down",
          command.ms,
          () => {
            network.down = true;
            network.breakStreams();
          },
          () => {
            network.down = false;
          },
        );
      case "restart":
        count(command.keepsLog ? "restart with its log" : "restart without its log");
        server.restart(command.keepsLog);
        return act({ do: "server down", ms: command.ms });
      case "break feed":
        return network.breakStreams();
      case "file broken":
        count("data file broken");
        return during(
          "file broken",
          command.ms,
          () => server.setFile({ broken: "line 1" }),
          () => server.setFile("ok"),
        );
      case "shout": {
        const [kind, value] = shouts[command.what % shouts.length] ?? ["junk", null];
        count(kind);
        return channel.shout(value);
      }
      case "open":
        if (tabs.length >= maxTabs) return;
        count("tab opened late");
        open(accountIds[command.account] ?? "a", command.account === 1 ? gone.pop() : undefined);
        return;
    }
    if (!tab) return;
    const { page } = tab;
    const isUsable = isLookedAt(tab) && tab.isOpen;
    switch (command.do) {
      case "pin":
        if (isUsable && tab.togglePin(command.row)) count("pin");
        return;
      case "create note":
        if (!isUsable) return;
        count("create note");
        return tab.createNote(`w${++texts}`, instant(command.place));
      case "edit note":
        if (isUsable && tab.editNote(command.row, `Text ${++texts}`)) count("edit note");
        return;
      case "delete note":
        if (isUsable && tab.deleteNote(command.row)) count("delete note");
        return;
      case "edit account":
        if (isUsable && tab.editAccount(command.fields, `Text ${++texts}`)) count("edit account");
        return;
      case "take back":
      case "try again": {
        const { outbox } = tab.open.data;
        if (!isUsable) return;
        const entry = outbox.entries[command.entry % outbox.entries.length];
        if (!entry || entry.state === "sending") return;
        count(`${command.do}: ${entry.state}`);
        if (command.do === "try again") return outbox.retry(entry.write.key);
        outbox.cancel(entry.write.key);
        return work.takenBack(tab, entry.write);
      }
      case "type":
      case "discard": {
        if (!isUsable) return;
        const { all } = tab.drafts;
        const of = command.do === "type" ? subjects : all.map((draft) => draft.subject);
        const subject = of[command.subject % of.length];
        if (subject === undefined) return;
        count(command.do);
        if (command.do === "discard") {
          work.discarded(tab, subject);
          return tab.drafts.remove(subject);
        }
        work.typed(tab, subject, ++texts);
        return tab.drafts.put(subject, texts);
      }
      case "sign out":
      case "sign in": {
        const { session } = tab.open.data;
        if (!isLookedAt(tab)) return;
        count(command.do);
        return command.do === "sign out" ? session.signOut() : session.signIn("u");
      }
      case "load more":
        if (isUsable && tab.loadMore()) count("load more");
        return;
      case "select":
        if (!isUsable) return;
        count("account chosen");
        return choose(tab);
      case "hide tab":
        count("tab hidden");
        return hide(tab, command.ms);
      case "hide panel":
        if (!isUsable) return;
        count("panel hidden");
        return during(
          `${tab.id} ${command.panel}`,
          command.ms,
          () => {
            oracle.moved(tab);
            tab.setPanel(command.panel, false);
          },
          () => {
            if (!isLookedAt(tab)) return;
            oracle.moved(tab);
            tab.setPanel(command.panel, true);
          },
        );
      case "freeze":
        if (page.life !== "running") return;
        count(command.lose ? "frozen, all lost" : "frozen, all kept");
        hide(tab, command.ms);
        return sleep(tab, command.ms, command.lose, () => page.window.document.dispatch("resume"));
      case "hang":
        if (page.life !== "running") return;
        count("hung while in view");
        return sleep(tab, command.ms, false);
      case "bfcache":
        if (page.life !== "running") return;
        count("back/forward cache");
        page.window.dispatch("pagehide", { persisted: true });
        hide(tab, command.ms);
        return sleep(tab, command.ms, true, () => {
          work.cameBackFromCache(tab);
          page.window.dispatch("pageshow", { persisted: true });
        });
      case "offline":
        count("offline");
        return during(
          `${tab.id} offline`,
          command.ms,
          () => {
            network.breakStreams(page);
            tell(tab);
          },
          () => tell(tab),
        );
      case "reload":
        count("reload");
        return reload(tab);
      case "close":
        if (tabs.length < 2) return;
        count(command.crash ? "tab crashed" : "tab closed");
        return endTab(tab, command.crash ? "crashed" : "closed");
    }
  }

  /** What users do: show what they hid, and press the button of a panel that could not be loaded. */
  function helpOut() {
    const [one] = tabs.filter(isLookedAt);
    if (one?.open.data.session.get().who.kind === "out") one.open.data.session.signIn("u");
    for (const tab of tabs.filter((each) => isLookedAt(each) && each.isOpen)) {
      for (const panel of ["accounts", "details", "activity"] as const) {
        if (!tab.panels.has(panel)) oracle.moved(tab);
        tab.setPanel(panel, true);
      }
      tab.retryEmpty();
    }
  }

  /** Tabs look for what others left when they come into view. */
  async function lookAtOrphans() {
    const left = new Set([
      ...((await store?.tabs("writes")) ?? []),
      ...((await store?.tabs("drafts")) ?? []),
    ]);
    for (const { storageName } of tabs) left.delete(storageName);
    const [one] = tabs.filter(isLookedAt);
    if (left.size === 0 || !one) return;
    count("looked for what others left");
    hide(one, 5);
  }

  function choose(tab: Tab) {
    if (!tab.isOpen) return;
    oracle.moved(tab);
    tab.select(tab.accountId === "a" ? "b" : "a");
    oracle.moved(tab);
  }

  // A promise that nobody looked after is an error in a browser's console.
  process.on("unhandledRejection", onError);
  for (let at = 0; at < schedule.tabs; at++) open(accountIds[at === 2 ? 1 : 0] ?? "a");
  await clock.advance(40);
  for (const command of schedule.commands) {
    if (command.do === "wait") await clock.advance(command.ms);
    else {
      note(`-- ${JSON.stringify(command)}`);
      clock.after(0, null, () => act(command));
      await clock.advance(0);
    }
  }

  note("-- calm");
  // Everything that was begun ends by itself: at most 20 s.
  await clock.advance(20_100);
  noise.settle();
  await clock.advance(3000);
  helpOut();
  if (atTheEnd.length > 0) {
    await clock.advance(recovery);
    oracle.judge(tabs.filter(isLookedAt), "while others sleep");
    const isAwake = ({ page }: Tab) => page.life === "running" && page.navigator.onLine;
    oracle.judgeWrites(tabs.filter(isAwake), "looked at or not");
    for (const end of atTheEnd) end();
    await clock.advance(3000);
    helpOut();
    await clock.advance(1000);
    oracle.judgeWoken(tabs, "four seconds after waking");
  }
  await lookAtOrphans();
  await clock.advance(recovery);
  oracle.judge(tabs, "at rest");
  await work.judge(tabs, "at rest");
  oracle.takeReads();
  await clock.advance(15_000);
  const idle = oracle.takeReads();
  if (idle > 0) oracle.broke(`${idle} reads although nothing happened`);
  for (const tab of tabs) choose(tab);
  await clock.advance(2000);
  oracle.judge(tabs, "after the other account was chosen");
  const late = oracle.takeReads();
  if (late > tabs.length * 2) oracle.broke(`${late} reads for the other account`);

  for (const tab of [...tabs]) endTab(tab, "crashed");
  await clock.advance(100);
  process.off("unhandledRejection", onError);
  return {
    violations: oracle.violations,
    coverage,
    requests: oracle.requests,
    events: clock.count,
  };
}
