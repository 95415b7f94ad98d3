import type { Chord } from "#contract/chords.ts";
import type { State, Theme } from "#contract/pane.ts";
import type { TraceEntry } from "#sync";
import { createPane, type Pane, type PaneOptions } from "./pane.ts";
import type { Remote } from "./remotes.ts";
import {
  formatShellUrl,
  isShown,
  type Layout,
  nextId,
  type PanePlan,
  parseShellUrl,
  type ShellPlan,
} from "./shell-url.ts";
import { createStore, type Store } from "./store.ts";
import { titleOf } from "./title-of.ts";

export interface ShellState extends ShellPlan {
  readonly inspector: boolean;
}

export interface Shell {
  readonly state: Pick<Store<ShellState>, "get" | "subscribe">;
  pane(id: string): Pane | undefined;
  add(): void;
  close(id: string): void;
  hide(id: string): void;
  show(id: string): void;
  setLayout(layout: Layout): void;
  setInspector(open: boolean): void;
  setTheme(theme: Theme): void;
  onChord(chord: Chord): void;
}

export interface ShellOptions {
  readonly remotes: readonly [Remote, ...Remote[]];
  readonly theme: () => Theme;
  readonly onTrace: (id: string, session: number, entries: readonly TraceEntry[]) => void;
  /** Puts the keyboard focus into a pane. */
  readonly focus: (id: string) => void;
  readonly page?: Pick<Window, "location" | "history" | "addEventListener">;
  readonly open?: (options: PaneOptions) => Pane;
}

/**
 * The shell without its looks. It owns the URL and the history: a place that the user chose in a
 * pane is one entry, all else only amends the present one. Back and Forward move the panes to their
 * places of then and leave tabs, layout and what is hidden as they are now.
 */
export function createShell(options: ShellOptions): Shell {
  const { remotes, page = window, open = createPane } = options;
  const panes = new Map<string, Pane>();
  const store = createStore<ShellState>({
    ...parseShellUrl(page.location.search, remotes),
    inspector: false,
  });

  function openPane(id: string) {
    const plan = () => store.get().panes.find((pane) => pane.id === id);
    const pane = open({
      welcome() {
        const state = store.get();
        const now = plan();
        return {
          paneId: id,
          name: titleOf(id),
          theme: options.theme(),
          visible: now !== undefined && isShown(state, now),
          restore: now?.place ?? "/",
          inspect: state.inspector,
        };
      },
      onState(state) {
        if (plan() && plan()?.place !== state.url) movePane(id, state);
      },
      onTrace: (session, entries) => options.onTrace(id, session, entries),
      onChord,
      onReveal: () => reveal(id),
      watching: () => document.visibilityState === "visible",
    });
    panes.set(id, pane);
  }

  function movePane(id: string, { url, byUser }: State) {
    update({ panes: change(id, { place: url }) }, byUser ? "pushState" : "replaceState");
  }

  function change(id: string, patch: Partial<PanePlan>): PanePlan[] {
    return store.get().panes.map((pane) => (pane.id === id ? { ...pane, ...patch } : pane));
  }

  function update(
    patch: Partial<ShellState>,
    entry: "pushState" | "replaceState" = "replaceState",
  ) {
    const before = store.get();
    const after = { ...before, ...patch };
    const search = formatShellUrl(after, remotes);
    if (search !== page.location.search) page.history[entry](null, "", `/${search}`);
    store.set(after);
    for (const plan of after.panes) {
      const earlier = before.panes.find((pane) => pane.id === plan.id);
      const shown = isShown(after, plan);
      if (earlier && isShown(before, earlier) !== shown) panes.get(plan.id)?.setVisible(shown);
    }
  }

  function onPopState() {
    const then = parseShellUrl(page.location.search, remotes);
    const now = store.get().panes;
    const next = now.map((pane) => ({
      ...pane,
      place: then.panes.find((other) => other.id === pane.id)?.place ?? pane.place,
    }));
    update({ panes: next });
    for (const [at, { id, place }] of next.entries()) {
      if (now[at]?.place !== place) panes.get(id)?.navigate(place);
    }
  }

  function add() {
    const state = store.get();
    const id = nextId(state.panes.map((pane) => pane.id));
    if (!id) return;
    openPane(id);
    const plan: PanePlan = { id, remote: remotes[0], place: "/", hidden: false };
    update({ panes: [...state.panes, plan], front: id });
  }

  function show(id: string) {
    update({ panes: change(id, { hidden: false }), front: id });
  }

  function reveal(id: string) {
    show(id);
    options.focus(id);
  }

  /** Another pane that can come to the front instead of one that leaves. */
  function frontWithout(id: string): string {
    const { front, panes: plans } = store.get();
    if (front !== id) return front;
    const others = plans.filter((pane) => pane.id !== id);
    return (others.find((pane) => !pane.hidden) ?? others[0])?.id ?? "";
  }

  function setInspector(inspector: boolean) {
    update({ inspector });
    for (const pane of panes.values()) pane.inspect(inspector);
  }

  function onChord(chord: Chord) {
    if (chord === "inspector") return setInspector(!store.get().inspector);
    if (chord === "add-tab") return add();
    const plan = store.get().panes[Number(chord.slice("focus-".length)) - 1];
    if (plan) reveal(plan.id);
  }

  for (const plan of store.get().panes) openPane(plan.id);
  page.addEventListener("popstate", onPopState);

  return {
    state: store,
    pane: (id) => panes.get(id),
    add,
    close(id) {
      const rest = store.get().panes.filter((pane) => pane.id !== id);
      update({ panes: rest, front: frontWithout(id) });
      panes.delete(id);
    },
    hide: (id) => update({ panes: change(id, { hidden: true }), front: frontWithout(id) }),
    show,
    setLayout: (layout) => update({ layout }),
    setInspector,
    setTheme(theme) {
      for (const pane of panes.values()) pane.setTheme(theme);
    },
    onChord,
  };
}
