import type { AddressFault } from "./find-address-fault.ts";
import type { Failure } from "./pane-state.ts";

export interface DiagnosticsContext {
  title: string;
  app: string;
  shellOrigin: string;
  paneOrigin: string;
  fault: AddressFault | null;
  build: string;
  browser: string;
}

/** What helps to find out why a pane failed, as text: nothing of what it showed, nor of where it was. */
export function describeDiagnostics(failure: Failure, context: DiagnosticsContext): string {
  const { title, app, shellOrigin, paneOrigin, fault, build, browser } = context;
  return [
    `${title} (${app}): ${failure.cause}${fault ? `, ${fault.kind}` : ""}`,
    failure.detail,
    `Started again by itself: ${failure.tried} times`,
    `Shell ${shellOrigin}, panes ${paneOrigin}`,
    build && `Build ${build}`,
    browser,
  ]
    .filter(Boolean)
    .join("\n");
}
