import type { Clock, Page } from "#sync/testing";
import type { ModelServer } from "../models/model-server.ts";
import type { History } from "./history.ts";
import type { Fail } from "./violations.ts";

/** What the claims are measured with: no tab knows any of it. */
export interface OracleContext {
  readonly clock: Clock;
  readonly server: () => ModelServer;
  readonly history: History;
  /** Changes that a tab remembers. */
  readonly ledgerCapacity: number;
  readonly fail: Fail;
}

/** As react-query names a query. */
export const hashOf = (queryKey: readonly unknown[]) => JSON.stringify(queryKey);

export const isVisible = (page: Page) => page.window.document.visibilityState === "visible";
