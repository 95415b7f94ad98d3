import type { AddressFault } from "./find-address-fault.ts";
import type { Failure } from "./pane-state.ts";
import { maxRestarts } from "./recovery.ts";

export interface FailureText {
  readonly title: string;
  readonly text: string;
  /** The label of the button. */
  readonly action: "Retry" | "Reload to update";
}

/** What happened, and what the user can do. */
export function describeFailure(
  { cause }: Pick<Failure, "cause">,
  {
    title,
    app,
    origin,
    fault,
  }: { title: string; app: string; origin: string; fault: AddressFault | null },
): FailureText {
  switch (cause) {
    case "unreachable":
      return {
        title: `${title} can’t be reached`,
        text: describeAddress(fault, hostOf(origin)),
        action: "Retry",
      };
    case "version":
      return {
        title: "A new version is here",
        text: `${title} and this window come from different versions of Tandem and don’t understand each other.`,
        action: "Reload to update",
      };
    case "remote-missing":
      return {
        title: `${app} is not there`,
        text: `The server answers, but the app was not found where it should be. It may be on its way.`,
        action: "Retry",
      };
    case "remote-broken":
      return {
        title: `${app} could not be loaded`,
        text: "The app was found, but its code does not run. A deploy may be under way.",
        action: "Retry",
      };
    case "mount-failed":
      return {
        title: `${app} could not start`,
        text: "The app was loaded and failed while starting. The other tabs are not affected.",
        action: "Retry",
      };
    case "stopped":
      return {
        title: `${title} has stopped`,
        text: "It no longer answers. Its place and what was typed in it are kept.",
        action: "Retry",
      };
  }
}

/** What Tandem does about it by itself. */
export function describeRestarts({ tried, again }: Pick<Failure, "tried" | "again">): string {
  if (again) return `Starting it again (${tried + 1} of ${maxRestarts})…`;
  return tried > 0 ? `Starting it again did not help, ${tried} times.` : "";
}

function describeAddress(fault: AddressFault | null, host: string): string {
  switch (fault?.kind) {
    case "other-origin":
      return `This window was opened at ${hostOf(fault.opened)}, and the server takes its address for ${hostOf(fault.expected)} and that of its tabs for ${host}. Open it there, or start the server with SHELL_URL and PANE_URL set to the addresses that browsers use.`;
    case "silent":
      return `Nothing answers at ${host}. The server may be down, or something between here and there blocks it. Where browsers use another address, start the server with PANE_URL.`;
    case "no-pane":
      return `Something answers at ${host}, and no tab came from there. It may be slow, be another server, or not allow this window to show it.`;
    case undefined:
      return `No tab came from ${host} yet.`;
  }
}

function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}
