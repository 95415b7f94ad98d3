import type { Activity } from "#contract/rows.ts";
import type { Tab } from "../tab/tab.ts";
import type { OracleContext } from "./context.ts";

/** Claim "in turn", for one session of one tab: of two clicks on one pin the later wins on the server. */
export function createInTurn({ id }: Tab, { fail }: OracleContext) {
  /** The latest click on each row that the server accepted, and the version that it made. */
  const accepted = new Map<string, { readonly click: number; readonly version: number }>();
  return {
    confirmed(click: number, row: Activity) {
      const last = accepted.get(row.id);
      if (last && (click - last.click) * (row.version - last.version) < 0)
        fail("in turn", `${id}: the server accepted two clicks on ${row.id} in reverse order`);
      if (!last || click > last.click) accepted.set(row.id, { click, version: row.version });
    },
  };
}
