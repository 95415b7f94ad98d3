import type { SyncStatus } from "#sync";
import type { Tone } from "#ui/tone.ts";
import type { PaneState } from "./pane-state.ts";

export interface PaneStatus {
  readonly word: string;
  readonly tone: Tone;
  /** Something is under way. */
  readonly pulse: boolean;
}

const words: Record<SyncStatus, PaneStatus> = {
  Offline: { word: "Offline", tone: "red", pulse: false },
  Degraded: { word: "Degraded", tone: "amber", pulse: false },
  Syncing: { word: "Syncing", tone: "accent", pulse: true },
  "Changes waiting": { word: "Changes waiting", tone: "blue", pulse: false },
  "In step": { word: "In step", tone: "green", pulse: false },
};

/** The state of a pane as its header shows it. */
export function paneStatus(state: PaneState): PaneStatus {
  switch (state.phase) {
    case "loading":
      return { word: "Loading", tone: "neutral", pulse: true };
    case "hanging":
      return { word: "Not responding", tone: "amber", pulse: true };
    case "failed":
      return { word: state.cause === "stopped" ? "Stopped" : "Failed", tone: "red", pulse: false };
    case "ready":
      return state.status ? words[state.status] : { word: "Ready", tone: "green", pulse: false };
  }
}
