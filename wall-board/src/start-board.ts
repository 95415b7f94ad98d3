import { focusManager } from "@tanstack/query-core";
import {
  connectFocusManager,
  connectPageVisibility,
  connectSentinel,
  createVisibility,
  type Sync,
  type Visibility,
} from "tandem-sync";
import { readMeta } from "#contract/page-meta.ts";
import { type OpenBoard, openBoard } from "./open-board.ts";
import { followSession } from "./session.ts";
import { type BoardState, createView } from "./view.ts";

export interface Board {
  readonly visibility: Visibility;
  close(): void;
}

export interface BoardOptions {
  readonly visible?: boolean;
  /** Called with the sync of each session. The undo that it returns is called when the session ends. */
  readonly onSync?: (sync: Sync) => () => void;
  /** Another build is served than this page is of (its id), or no other any more. */
  readonly onOutdated?: (build: string | null) => void;
}

const closed: BoardState = {
  phase: "loading",
  data: null,
  names: {},
  status: "syncing",
  trouble: null,
};

/** Shows the board in an element. It reads nothing before it is in view for the first time. */
export function startBoard(root: HTMLElement, options: BoardOptions = {}): Board {
  const { visible = true, onSync = () => () => {}, onOutdated = () => {} } = options;
  const visibility = createVisibility();
  visibility.report("shell", visible);
  const connections = [connectPageVisibility(visibility), connectSentinel(visibility)];
  connectFocusManager(visibility, focusManager);
  const build = readMeta("tandem-build");
  const view = createView(root, { onRetry: () => board?.retry() });
  let board: OpenBoard | null = null;
  let sessionId: string | null = null;
  let end = () => {};

  function open() {
    if (board || sessionId === null || !visibility.inView) return;
    board = openBoard({
      sessionId,
      visibility,
      onState: view.show,
      onBuild(served) {
        if (build !== "" && typeof served === "string")
          onOutdated(served === build ? null : served);
      },
      onSignedOut: () => begin(null),
    });
    const undo = onSync(board.sync);
    end = () => {
      undo();
      board?.close();
      board = null;
      end = () => {};
    };
  }

  /** In the task of the event: a page that wakes is painted right after it. */
  function begin(id: string | null) {
    end();
    sessionId = id;
    view.show({ ...closed, phase: id === null ? "signed-out" : "loading" });
    open();
  }

  connections.push(
    visibility.subscribe(open),
    followSession(({ id }) => begin(id)),
  );
  return {
    visibility,
    close() {
      for (const disconnect of connections) disconnect();
      end();
      view.remove();
    },
  };
}
