import { type AccountFilter, allAccounts } from "#data/queries/account-filter.ts";
import { noFilter } from "#data/queries/feed-filter.ts";
import { dayAfter, dayOf, instant } from "../models/seed.ts";
import type { Tab } from "../tab/tab.ts";
import { isInView } from "./browser.ts";
import { createOnTab } from "./on-tab.ts";
import type { Acts, EditedFields } from "./schedule.ts";
import type { World } from "./world.ts";

/** Each filter of some kind that the seed and the writes have rows for. */
const filters = [
  noFilter,
  { ...noFilter, pinned: true },
  { ...noFilter, text: "text" },
  { ...noFilter, from: instant(12), pinned: true },
  { ...noFilter, kinds: ["call", "note"], from: instant(30) },
  { ...noFilter, kinds: ["call"] },
];

/** Each order, and filters that rows come into and leave. */
const lists: readonly AccountFilter[] = [
  allAccounts,
  { ...allAccounts, sort: "lastActivityAt", isDescending: true },
  { ...allAccounts, status: "active" },
  { ...allAccounts, sort: "mrr", isDescending: true },
  { ...allAccounts, sort: "lastActivityAt", status: "active" },
  { ...allAccounts, text: "text", sort: "renewalDate" },
  { ...allAccounts, ownerId: "u", isDescending: true },
  { ...allAccounts, sort: "renewalDate", status: "trial" },
  { ...allAccounts, group: "status" },
  { ...allAccounts, group: "ownerId", sort: "lastActivityAt" },
  { ...allAccounts, renewal: ["2026-01-02", "2026-01-05"], sort: "renewalDate" },
  { ...allAccounts, ids: ["a", "b", "k1"] },
];

/** What is shown where an account is chosen, and the overview where none is. */
const ofAccount = ["details", "activity", "tasks"] as const;
const ofOverview = ["overview", "due tasks", "week"] as const;

/** What drafts are about. */
const subjects = ["edit/a", "edit/b", "note/a"] as const;

/** What users do in a tab that they see. */
export type UserActs = Acts<
  | "pin"
  | "create note"
  | "edit note"
  | "delete note"
  | "create task"
  | "rename task"
  | "complete task"
  | "delete task"
  | "edit account"
  | "create account"
  | "delete account"
  | "bulk"
  | "take back"
  | "undo"
  | "redo"
  | "try again"
  | "type"
  | "discard"
  | "sign out"
  | "sign in"
  | "load more"
  | "select"
  | "filter"
  | "list accounts"
  | "more accounts"
  | "show overview"
  | "hide panel"
>;

export function createUserActs({ browser, spans, oracle, count }: World): UserActs {
  const onTab = createOnTab(browser);
  /** Texts are numbered, so that each is another. */
  let texts = 0;

  /** A value of an account's field, another each time, and no day and no amount at times. */
  function nextOf(field: EditedFields[number]): string {
    const at = ++texts;
    if (field === "mrr") return at % 5 === 0 ? "" : String(1000 + at);
    if (field === "renewalDate") return at % 5 === 0 ? "" : dayAfter(at);
    return `Text ${at}`;
  }

  /** An act in a tab that has a session open. */
  function inSession<Command extends { readonly tab: number }>(
    act: (tab: Tab, command: Command) => void,
  ) {
    return onTab<Command>((tab, command) => {
      if (isInView(tab) && tab.isOpen) act(tab, command);
    });
  }

  /** The entry of the outbox that the command chooses, unless it is being sent. */
  function chosenEntry(tab: Tab, chosen: number) {
    const { entries } = tab.open.data.outbox;
    const entry = entries[chosen % entries.length];
    return entry?.state === "sending" ? undefined : entry;
  }

  function takeBack(tab: Tab, how: "undo" | "redo") {
    const deed = tab.takeBack(how);
    if (!deed) return;
    const [first] = deed.writes;
    count(`${how}: ${deed.withdrawn.length > 0 ? "withdrawn" : first?.type}`);
    if (deed.writes.length > 1) count(`${how}: batch`);
    for (const write of deed.withdrawn) oracle.takenBack(tab, write);
  }

  return {
    pin: inSession((tab, { row }) => {
      if (tab.togglePin(row)) count("pin");
    }),
    "create note": inSession((tab, { place }) => {
      count("create note");
      tab.createNote(`w${++texts}`, instant(place), place % 2 === 1);
    }),
    "edit note": inSession((tab, { row }) => {
      if (tab.editNote(row, `Text ${++texts}`)) count("edit note");
    }),
    "delete note": inSession((tab, { row }) => {
      if (tab.deleteNote(row)) count("delete note");
    }),
    "create task": inSession((tab, { day }) => {
      count("create task");
      tab.createTask(`k${++texts}`, dayOf(day), instant(day));
    }),
    "rename task": inSession((tab, { row }) => {
      if (tab.editTask(row, `Text ${++texts}`)) count("rename task");
    }),
    "complete task": inSession((tab, { row }) => {
      if (tab.editTask(row, null)) count("complete task");
    }),
    "delete task": inSession((tab, { row }) => {
      if (tab.deleteTask(row)) count("delete task");
    }),
    "edit account": inSession((tab, { fields }) => {
      const changes = Object.fromEntries(fields.map((field) => [field, nextOf(field)]));
      if (!tab.editAccount(changes)) return;
      count("edit account");
      for (const field of fields) count(`edit account: ${field}`);
    }),
    "create account": inSession((tab, { what }) => {
      count("create account");
      tab.createAccount(`z${++texts}`, what % 2 ? "active" : "trial");
    }),
    "delete account": inSession((tab, { row }) => {
      if (tab.deleteAccount(row)) count("delete account");
    }),
    bulk: inSession((tab, { what, rows }) => {
      if (tab.bulk(what, rows) > 1) count(`bulk ${what}`);
    }),
    "take back": inSession((tab, { entry: chosen }) => {
      const entry = chosenEntry(tab, chosen);
      if (!entry) return;
      count(`take back: ${entry.state}`);
      tab.open.data.outbox.cancel(entry.write.key);
      oracle.takenBack(tab, entry.write);
    }),
    undo: inSession((tab) => takeBack(tab, "undo")),
    redo: inSession((tab) => takeBack(tab, "redo")),
    "try again": inSession((tab, { entry: chosen }) => {
      const entry = chosenEntry(tab, chosen);
      if (!entry) return;
      count(`try again: ${entry.state}`);
      tab.open.data.outbox.retry(entry.write.key);
    }),
    type: inSession((tab, { subject: chosen }) => {
      const subject = subjects[chosen % subjects.length];
      if (subject === undefined) return;
      count("type");
      oracle.typed(tab, subject, ++texts);
      tab.drafts.put(subject, texts);
    }),
    discard: inSession((tab, { subject: chosen }) => {
      const { all } = tab.drafts;
      const subject = all[chosen % all.length]?.subject;
      if (subject === undefined) return;
      count("discard");
      oracle.discarded(tab, subject);
      tab.drafts.remove(subject);
    }),
    "sign out": onTab((tab) => {
      if (!isInView(tab)) return;
      count("sign out");
      tab.open.data.session.signOut();
    }),
    "sign in": onTab((tab) => {
      if (!isInView(tab)) return;
      count("sign in");
      tab.open.data.session.signIn("u");
    }),
    "load more": inSession((tab) => {
      if (tab.loadMore()) count("load more");
    }),
    select: inSession((tab) => {
      count("account selected");
      selectOther(tab, oracle);
    }),
    filter: inSession((tab, { filter }) => {
      count("feed filtered");
      oracle.moved(tab);
      tab.filterFeed(filters[filter % filters.length] ?? noFilter);
      oracle.moved(tab);
    }),
    "list accounts": inSession((tab, { list }) => {
      count("accounts listed");
      oracle.moved(tab);
      tab.listAccounts(lists[list % lists.length] ?? allAccounts);
      oracle.moved(tab);
    }),
    "more accounts": inSession((tab) => {
      if (tab.loadMoreAccounts()) count("more accounts");
    }),
    "show overview": inSession((tab, { ms }) => {
      count("overview shown");
      const show = (isOverview: boolean) => {
        oracle.moved(tab);
        for (const panel of ofAccount) tab.setPanel(panel, !isOverview);
        for (const panel of ofOverview) tab.setPanel(panel, isOverview);
      };
      spans.during(
        `${tab.id} overview`,
        ms,
        () => show(true),
        () => isInView(tab) && show(false),
      );
    }),
    "hide panel": inSession((tab, { panel, ms }) => {
      count("panel hidden");
      const show = (shown: boolean) => {
        oracle.moved(tab);
        tab.setPanel(panel, shown);
      };
      spans.during(
        `${tab.id} ${panel}`,
        ms,
        () => show(false),
        () => isInView(tab) && show(true),
      );
    }),
  };
}

/** The user selects the other account. */
export function selectOther(tab: Tab, oracle: World["oracle"]) {
  if (!tab.isOpen) return;
  oracle.moved(tab);
  tab.select(tab.accountId === "a" ? "b" : "a");
  oracle.moved(tab);
}
