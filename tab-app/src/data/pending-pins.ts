import type { Activity } from "#api/schema.ts";

/** A row as it is shown: server truth, with what the user did and the server has not yet answered. */
export type FeedRow = Activity & { readonly unconfirmed: boolean };

export interface PendingPin {
  readonly activityId: string;
  readonly pinned: boolean;
}

const confirmedRows = new WeakMap<Activity, FeedRow>();

/**
 * Lays pending pins over the rows. The cache below holds server truth only, so that a rollback is the
 * end of the overlay: it takes back its own pin, and nothing that came meanwhile is lost or flickers.
 * Rows without a pending pin keep their identity, so that they do not render again.
 */
export function layPins(rows: readonly Activity[], pending: readonly PendingPin[]): FeedRow[] {
  // The last pin of a row is what the user sees.
  const pins = new Map(pending.map((pin) => [pin.activityId, pin.pinned]));
  return rows.map((row) => {
    const pinned = pins.get(row.id);
    return pinned === undefined ? confirmedRow(row) : { ...row, pinned, unconfirmed: true };
  });
}

function confirmedRow(row: Activity): FeedRow {
  let shown = confirmedRows.get(row);
  if (!shown) {
    shown = { ...row, unconfirmed: false };
    confirmedRows.set(row, shown);
  }
  return shown;
}
