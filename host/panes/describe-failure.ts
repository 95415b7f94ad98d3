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
  { cause, detail, oldShell = false }: Pick<Failure, "cause" | "detail" | "oldShell">,
  {
    title,
    app,
    origin,
    fault,
  }: { title: string; app: string; origin: string; fault: AddressFault | null },
): FailureText {
  switch (cause) {
    case "blocked":
      return {
        title: `${title} is blocked`,
        text: `The policy of this window (Content-Security-Policy, frame-src) does not let it show ${hostOf(detail)}. If the manifest of remotes has changed, reload this window. Otherwise its page leads to another address, or a server in between has a policy of its own.`,
        action: "Retry",
      };
    case "unreachable":
    case "no-tab":
      return {
        title: `${title} can’t be reached`,
        text: describeAddress(fault, hostOf(origin)),
        action: "Retry",
      };
    case "version":
      return oldShell
        ? {
            title: "A new version is here",
            text: `${app} is of a newer version of Tandem than this window, which does not understand it.`,
            action: "Reload to update",
          }
        : {
            title: `${app} is of another version`,
            text: "This window does not understand the version that it speaks. It works again once both are of one deploy, or the manifest of remotes allows that version.",
            action: "Retry",
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
    case "flood":
      return {
        title: `${title} was stopped`,
        text: `${app} sent more messages than this window can take, so its page was put away. The other tabs are not affected.`,
        action: "Retry",
      };
    case "focus":
      return {
        title: `${title} was stopped`,
        text: `${app} took the keyboard while another tab had it, so its page was put away. The last letters may have gone there.`,
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
      return `Something answers at ${host}, and what came is no tab. Its server may not let this window show it (X-Frame-Options or frame-ancestors), or be another one.`;
    case "slow":
      return `Something answers at ${host}, and the page of the tab has not come yet.`;
    case "mixed-content":
      return `This window is https, and the address of its tab is http://${host}: browsers block that as mixed content. Serve it by https, and start the server with SHELL_URL and PANE_URL set to the addresses that browsers use.`;
    case undefined:
      return `No tab came from ${host} yet.`;
  }
}

function hostOf(origin: string): string {
  return origin.replace(/^https?:\/\//, "");
}
