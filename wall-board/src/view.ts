import type { Change, SyncStatus } from "tandem-sync";
import { regionalEnglish } from "#contract/regional-english.ts";
import { statusWords, troubleWords } from "#contract/sync-words.ts";
import type { Changes } from "./changes.ts";
import { describeChange } from "./describe-change.ts";
import { accountOf, type Names } from "./names.ts";

export interface BoardState {
  readonly phase: "loading" | "ready" | "failed" | "signed-out";
  /** Null where the phase is not `ready`. */
  readonly data: Omit<Changes, "asOf"> | null;
  readonly names: Names["names"];
  readonly status: SyncStatus;
  readonly trouble: string | null;
}

export interface BoardView {
  show(state: BoardState): void;
  remove(): void;
}

/** Everything is text: no row becomes markup. */
function element(tag: string, className: string, ...content: (Node | string)[]): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...content);
  return made;
}

const tiles = { create: "Added", update: "Changed", delete: "Deleted" } as const;
type Tile = keyof typeof tiles | "accounts";

/** The board in the page. A row is made once, and moves no more than its place. */
export function createView(root: HTMLElement, { onRetry }: { onRetry: () => void }): BoardView {
  const status = element("p", "status");
  status.role = "status";
  status.ariaLabel = "Sync";
  const counts = new Map<Tile, HTMLElement>();
  const tileOf = (name: Tile, label: string) => {
    const value = element("dd", "count", "–");
    counts.set(name, value);
    const tile = element("div", "tile", element("dt", "", label), value);
    tile.dataset.tone = name;
    return tile;
  };
  const list = element("ol", "changes");
  // It scrolls, so the keyboard must reach it.
  list.tabIndex = 0;
  const log = element("section", "log", element("h2", "heading", "Latest changes"), list);
  log.role = "log";
  log.ariaLabel = "Changes";
  const message = element("div", "message");
  const board = element(
    "main",
    "board",
    element("header", "head", element("h1", "title", "Wall board"), status),
    element(
      "dl",
      "tiles",
      tileOf("create", tiles.create),
      tileOf("update", tiles.update),
      tileOf("delete", tiles.delete),
      tileOf("accounts", "Accounts shown"),
    ),
    log,
    message,
  );
  root.replaceChildren(board);

  const rows = new Map<number, { readonly row: HTMLElement; readonly account: HTMLElement }>();

  function rowOf(change: Change, began: number) {
    const existing = rows.get(change.rev);
    if (existing) return existing;
    const { what, title, tone } = describeChange(change, change.rev <= began);
    const account = element("span", "account");
    account.dir = "auto";
    const detail = element("span", "detail", title);
    detail.dir = "auto";
    const row = element(
      "li",
      "change",
      element("span", "dot"),
      element("p", "what", account, element("span", "verb", what), detail),
      element("span", "time", tone === "old" ? dayOf(change.row?.at) : clock.format(Date.now())),
    );
    row.dataset.tone = tone;
    rows.set(change.rev, { row, account });
    return { row, account };
  }

  function showChanges({ changes, began }: Omit<Changes, "asOf">, names: BoardState["names"]) {
    const shown = changes.map((change) => {
      const { row, account } = rowOf(change, began);
      const id = accountOf(change);
      const name = id === null ? "" : (names[id] ?? "");
      if (account.textContent !== name) account.textContent = name;
      return row;
    });
    // From the end, so that a new row is put before those that stay where they are.
    let next: Node | null = null;
    for (const row of shown.reverse()) {
      if (row.parentNode !== list || row.nextSibling !== next) list.insertBefore(row, next);
      next = row;
    }
    const kept = new Set(changes.map(({ rev }) => rev));
    for (const [rev, { row }] of rows) {
      if (kept.has(rev)) continue;
      row.remove();
      rows.delete(rev);
    }
  }

  /** Nothing of a session stays when it ends. */
  function clear() {
    list.replaceChildren();
    rows.clear();
  }

  function showCounts(data: BoardState["data"]) {
    const accounts = new Set(data?.changes.map(accountOf)).size;
    for (const [name, value] of counts) {
      const text = data ? String(name === "accounts" ? accounts : data.counts[name]) : "–";
      if (value.textContent !== text) value.textContent = text;
    }
  }

  function showMessage({ phase, data }: BoardState) {
    const kind = data?.changes.length === 0 ? "empty" : phase;
    if (board.dataset.state === kind) return;
    board.dataset.state = kind;
    message.replaceChildren(...contentOf(kind, onRetry));
    message.role = kind === "failed" ? "alert" : null;
    log.ariaBusy = String(kind === "loading");
  }

  return {
    show(state) {
      const words = state.phase === "signed-out" ? "Signed out" : statusWords[state.status];
      if (status.textContent !== words) status.textContent = words;
      status.dataset.status = state.phase === "signed-out" ? "offline" : state.status;
      status.title = troubleWords(state.trouble);
      showCounts(state.data);
      if (state.data) showChanges(state.data, state.names);
      else clear();
      showMessage(state);
    },
    remove: () => root.replaceChildren(),
  };
}

const clock = new Intl.DateTimeFormat(regionalEnglish(), { hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat(regionalEnglish(), { day: "numeric", month: "short" });

function dayOf(at: unknown): string {
  const date = new Date(typeof at === "string" ? at : Number.NaN);
  return Number.isNaN(date.getTime()) ? "" : day.format(date);
}

function contentOf(kind: BoardState["phase"] | "empty", onRetry: () => void): Node[] {
  switch (kind) {
    case "loading":
      return Array.from({ length: 8 }, () => element("span", "skeleton"));
    case "ready":
      return [];
    case "empty":
      return textOf("Nothing has changed yet", "What anyone changes shows here, as it happens.");
    case "signed-out":
      return textOf("Signed out", "The board shows changes again once somebody signs in.");
    case "failed": {
      const retry = element("button", "retry", "Retry");
      retry.addEventListener("click", onRetry);
      return [
        ...textOf("The changes can’t be read", "The server does not answer. It is tried again."),
        retry,
      ];
    }
  }
}

function textOf(title: string, text: string): Node[] {
  return [element("h3", "message-title", title), element("p", "message-text", text)];
}
