import type { Editor } from "#data/hooks/use-who-is-there.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/**
 * "Being edited in Tab B and by Maya Chen (another window)". A tab is named only beside this one: another window has a
 * Tab A as well.
 */
export function describeEditors(
  editors: readonly Editor[],
  nameOfUser: (userId: string) => string | undefined,
  ownUserId: string | null,
): string {
  const parts = editors.map(({ where, tabName, userId }) => {
    if (where === "pane") return `in ${tabName}`;
    const isOwnWindow = where === "window" || (userId !== null && userId === ownUserId);
    const name = userId === null ? undefined : nameOfUser(userId);
    if (name === undefined) return isOwnWindow ? "in another window" : "by somebody else";
    return isOwnWindow ? `by ${name} (another window)` : `by ${name}`;
  });
  return `Being edited ${list.format(new Set(parts))}`;
}
