import type { Chord } from "#contract/chords.ts";
import { rangeOf } from "#contract/contract-range.ts";
import type { Openable, Theme } from "#contract/pane.ts";
import type { ShellCommand } from "#contract/shell-commands.ts";
import type { TakeTrace } from "#host/inspector/trace-inlet.ts";
import { createPane, type Pane, type PaneOptions } from "#host/panes/pane.ts";
import { isForeign, type Offer, type Remote } from "#host/panes/remotes.ts";
import { createObservable, type Observable } from "#host/shared/observable.ts";
import { paneTitle } from "#host/shared/pane-title.ts";
import { insertPane, maximised, movePane, neighbour, sharePanes, withLayout } from "./arrange.ts";
import { firstPlan } from "./first-start.ts";
import {
  evenSize,
  frontWithout,
  isShown,
  type Layout,
  labelOf,
  nextId,
  type PanePlan,
  patchPane,
} from "./shell-plan.ts";
import {
  activePane,
  beforeUse,
  type ShellState,
  versionToOffer,
  withoutPane,
} from "./shell-state.ts";
import { formatShellUrl, parseShellUrl } from "./shell-url.ts";

export interface Shell {
  readonly state: Observable<ShellState>;
  readonly offer: Offer;
  pane(id: string): Pane | undefined;
  /** A tab of this remote, or of the first. */
  add(remote?: Remote): void;
  /** `reopen` takes it back. */
  close(id: string): void;
  /** Opens the pane that was closed last, where it was and with what it showed; under its own letter, if that is free. */
  reopen(): void;
  /** Opens another pane with what this one shows, beside it. */
  duplicate(id: string): void;
  /** Asks for the name of a pane; `rename` ends it, with the old name too. */
  askName(id: string): void;
  rename(id: string, label: string): void;
  /** Shows this pane alone, or all again where it is shown alone. */
  maximise(id: string): void;
  /** Puts a pane at the place of another one. */
  moveTo(id: string, other: string): void;
  /** Divides what two panes have between them: the first has `share` of it, in percent. */
  resize(id: string, other: string, share: number): void;
  /** Swaps a pane with the one that is shown before (-1) or after it (1). */
  move(id: string, by: -1 | 1): void;
  hide(id: string): void;
  show(id: string): void;
  /** Shows a pane and gives it the focus. */
  reveal(id: string): void;
  /** Opens the commands or the shortcuts of the pane that was used last, which list those of the shell as well. */
  open(what: Openable): void;
  /** Puts the notice of another version away, until there is yet another one. */
  updateLater(): void;
  setLayout(layout: Layout): void;
  setInspector(open: boolean): void;
  setTheme(theme: Theme): void;
  onChord(chord: Chord): void;
}

export interface ShellOptions {
  readonly offer: Offer;
  readonly theme: () => Theme;
  readonly onTrace: TakeTrace;
  /** Moves the keyboard focus into a pane. */
  readonly focus: (id: string) => void;
  /** The user acts at the moment, in this pane. */
  readonly isUsed: (id: string) => boolean;
  /** What panes list among their commands. */
  readonly commands: ShellCommands;
  /** Panes may be paused by a debugger. */
  readonly debugged?: boolean;
  readonly page?: Pick<Window, "location" | "history" | "addEventListener">;
  readonly open?: (options: PaneOptions) => Pane;
  /** Its panes show what to try. */
  readonly isFirstStart?: boolean;
}

export interface ShellCommands {
  list(): readonly ShellCommand[];
  run(commandId: string): void;
}

/**
 * The shell without its view. It owns the URL and the history: a navigation by the user in a pane
 * makes one entry, everything else replaces the current one. Back and Forward navigate the panes and
 * leave tabs, layout and hidden panes as they are.
 */
export function createShell(options: ShellOptions): Shell {
  const { offer, page = window, open = createPane, isFirstStart = false } = options;
  const { remotes } = offer;
  const panes = new Map<string, Pane>();
  const plan = parseShellUrl(page.location.search, remotes);
  const state = createObservable<ShellState>({
    ...(isFirstStart ? firstPlan(plan) : plan),
    ...beforeUse,
  });

  function openPane({ id, remote }: Pick<PanePlan, "id" | "remote">) {
    const plan = () => state.get().panes.find((pane) => pane.id === id);
    // What a foreign page says of its user is believed where the browser says the same.
    const isMeant = () => !isForeign(remote) || options.isUsed(id);
    const pane = open({
      contract: rangeOf(remote.contract),
      welcome() {
        const current = plan();
        return {
          paneId: id,
          name: paneTitle(id),
          theme: options.theme(),
          visible: current !== undefined && isShown(state.get(), current),
          restore: current?.url ?? "/",
          inspect: state.get().inspector,
        };
      },
      onState({ url, byUser }) {
        const current = plan();
        if (!current || current.url === url) return;
        update(
          { panes: patchPane(state.get(), id, { url }) },
          byUser && isMeant() ? "pushState" : undefined,
        );
      },
      onTrace: (session, entries) => options.onTrace(id, session, entries),
      onChord: (chord) => isMeant() && onChord(chord),
      // A page of another origin shares no channel with tabs: none of them asks it to be shown.
      onReveal: () => isForeign(remote) || reveal(id),
      commands: () => (isForeign(remote) ? [] : options.commands.list()),
      onRun: (commandId) => isForeign(remote) || options.commands.run(commandId),
      onFocus: () => isMeant() && update({ active: id }),
      onTitle: (title) => update({ titles: { ...state.get().titles, [id]: title } }),
      // Nor does a build of its own concern the window: it can load its frame anew by itself.
      onOutdated: (version) =>
        isForeign(remote) || update({ outdated: { ...state.get().outdated, [id]: version } }),
      onThreadStopped() {
        if (!isForeign(remote)) for (const other of ownPanes()) other.threadStopped();
      },
      limited: isForeign(remote),
      debugged: options.debugged ?? false,
      watching: () => document.visibilityState === "visible" && !isAnyLoading(),
    });
    panes.set(id, pane);
  }

  /** Those of the panes' origin. They share a thread, and one that starts keeps it busy. */
  const ownPanes = () =>
    state.get().panes.flatMap(({ id, remote }) => (isForeign(remote) ? [] : (panes.get(id) ?? [])));
  const isAnyLoading = () => ownPanes().some(({ state }) => state.get().phase === "loading");

  function update(
    patch: Partial<ShellState>,
    entry: "pushState" | "replaceState" = "replaceState",
  ) {
    const before = state.get();
    const after = { ...before, ...patch };
    const search = formatShellUrl(after, remotes);
    if (search !== page.location.search) page.history[entry](null, "", `/${search}`);
    state.set(after);
    for (const plan of after.panes) {
      const earlier = before.panes.find((pane) => pane.id === plan.id);
      const shown = isShown(after, plan);
      if (earlier && isShown(before, earlier) !== shown) panes.get(plan.id)?.setVisible(shown);
    }
  }

  function onPopState() {
    const then = parseShellUrl(page.location.search, remotes);
    const now = state.get().panes;
    const next = now.map((pane) => ({
      ...pane,
      url: then.panes.find((other) => other.id === pane.id)?.url ?? pane.url,
    }));
    update({ panes: next });
    for (const [at, { id, url }] of next.entries()) {
      if (now[at]?.url !== url) panes.get(id)?.navigate(url);
    }
  }

  /** Opens a pane at a place, under its letter or the first that is free. False where the shell is full. */
  function insert(plan: Omit<PanePlan, "id">, at: number, wanted?: string): boolean {
    const { panes: plans } = state.get();
    const taken = plans.map((plan) => plan.id);
    const free = nextId(taken);
    if (!free) return false;
    const id = wanted === undefined || taken.includes(wanted) ? free : wanted;
    openPane({ ...plan, id });
    update({ panes: insertPane(plans, { ...plan, id }, at), front: id });
    return true;
  }

  function add(remote = remotes[0]) {
    const plan = {
      remote,
      url: "/",
      hidden: false,
      label: "",
      size: evenSize,
    } as const;
    insert(plan, state.get().panes.length);
  }

  function duplicate(id: string) {
    const { panes: plans } = state.get();
    const at = plans.findIndex((pane) => pane.id === id);
    const plan = plans[at];
    if (plan) insert({ ...plan, hidden: false, label: "" }, at + 1);
  }

  function reopen() {
    const { closed } = state.get();
    const last = closed.at(-1);
    if (!last || !insert({ ...last.plan, hidden: false }, last.at, last.plan.id)) return;
    update({ closed: closed.slice(0, -1) });
  }

  const setLayout = (layout: Layout) => update(withLayout(layout));

  const maximise = (id: string) => update(maximised(state.get(), id));

  function moveTo(id: string, other: string) {
    const before = state.get().panes;
    const panes = movePane(before, id, other);
    const at = panes.findIndex((pane) => pane.id === id) + 1;
    if (panes !== before) update({ panes, moved: `${paneTitle(id)} is ${at} of ${panes.length}` });
  }

  function resize(id: string, other: string, share: number) {
    update({ panes: sharePanes(state.get().panes, id, other, share) });
  }

  function move(id: string, by: -1 | 1) {
    const other = neighbour(state.get(), id, by);
    if (other) moveTo(id, other.id);
  }

  function show(id: string) {
    update({ panes: patchPane(state.get(), id, { hidden: false }), front: id });
  }

  function hide(id: string) {
    const plan = state.get();
    update({ panes: patchPane(plan, id, { hidden: true }), front: frontWithout(plan, id) });
  }

  function close(id: string) {
    const patch = withoutPane(state.get(), id);
    if (!patch) return;
    update(patch);
    panes.delete(id);
  }

  function reveal(id: string) {
    show(id);
    update({ active: id });
    options.focus(id);
  }

  function openIn(what: Openable) {
    const id = activePane(state.get());
    if (!id) return;
    reveal(id);
    panes.get(id)?.open(what);
  }

  function setInspector(inspector: boolean) {
    update({ inspector });
    for (const pane of panes.values()) pane.inspect(inspector);
  }

  function onChord(chord: Chord) {
    if (chord === "inspector") return setInspector(!state.get().inspector);
    if (chord === "add-tab") return add();
    if (chord === "reopen-tab") return reopen();
    const active = activePane(state.get());
    if (chord === "maximise") return maximise(active);
    if (chord === "move-back") return move(active, -1);
    if (chord === "move-on") return move(active, 1);
    const plan = state.get().panes[Number(chord.slice("focus-".length)) - 1];
    if (plan) reveal(plan.id);
  }

  for (const plan of state.get().panes) openPane(plan);
  page.addEventListener("popstate", onPopState);

  return {
    state,
    offer,
    pane: (id) => panes.get(id),
    add,
    close,
    reopen,
    duplicate,
    askName: (id) => update({ renaming: id }),
    rename(id, label) {
      update({ panes: patchPane(state.get(), id, { label: labelOf(label) }), renaming: "" });
    },
    maximise,
    moveTo,
    move,
    resize,
    hide,
    show,
    reveal,
    open: openIn,
    updateLater() {
      const version = versionToOffer(state.get());
      if (version !== null) update({ later: [...state.get().later, version] });
    },
    setLayout,
    setInspector,
    setTheme(theme) {
      for (const pane of panes.values()) pane.setTheme(theme);
    },
    onChord,
  };
}
