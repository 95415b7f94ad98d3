import { statusWords } from "#contract/sync-words.ts";
import type { SyncStatus } from "#sync";
import type { Tone } from "#ui/tone.ts";
import { failureOf, type PaneState } from "./pane-state.ts";

export interface PaneStatus {
  readonly word: string;
  readonly tone: Tone;
  /** Something is under way. */
  readonly pulse: boolean;
}

const tones: Record<SyncStatus, Tone> = {
  offline: "red",
  degraded: "amber",
  syncing: "accent",
  waiting: "blue",
  live: "green",
};

/** The state of a pane as its header shows it. */
export function paneStatus(state: PaneState): PaneStatus {
  if (failureOf(state)?.again) return { word: "Restarting", tone: "amber", pulse: true };
  switch (state.phase) {
    case "unloaded":
      return { word: "Loads when shown", tone: "neutral", pulse: false };
    case "loading":
      return { word: "Loading", tone: "neutral", pulse: true };
    case "hanging":
      return { word: "Not responding", tone: "amber", pulse: true };
    case "failed":
      return {
        word: ["stopped", "flood", "focus"].includes(state.failure.cause) ? "Stopped" : "Failed",
        tone: "red",
        pulse: false,
      };
    case "ready":
      return state.status
        ? {
            word: statusWords[state.status],
            tone: tones[state.status],
            pulse: state.status === "syncing",
          }
        : { word: "Ready", tone: "green", pulse: false };
  }
}
