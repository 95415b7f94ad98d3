import type { User } from "#contract/rows.ts";
import type { Visitor } from "#data/tabs/people.ts";

/** Somebody who looks at an account, in one tab or several; or all guests, who have no names. */
export interface PersonHere {
  readonly user: Pick<User, "id" | "name">;
  readonly isGuest: boolean;
  readonly isEditing: boolean;
  /** "Maya Chen, editing" */
  readonly text: string;
}

export interface Self {
  /** Null for a guest. */
  readonly userId: string | null;
  /** Whether a tab of this browser is this person's. */
  readonly isOwnTab: (tabId: string) => boolean;
}

const guestId = "";

/** Everybody else who looks at an account: oneself, in whichever window or browser, is nobody else. */
export function peopleOf(
  visitors: readonly Visitor[],
  self: Self,
  nameOf: (userId: string) => string | undefined,
): readonly PersonHere[] {
  const isOwn = ({ tabId, userId, isSameWindow }: Visitor) =>
    self.isOwnTab(tabId) || (userId === self.userId && (userId !== null || isSameWindow));
  const byPerson = new Map<string, Visitor[]>();
  for (const visitor of visitors) {
    if (isOwn(visitor)) continue;
    const id = visitor.userId ?? guestId;
    byPerson.set(id, [...(byPerson.get(id) ?? []), visitor]);
  }
  return [...byPerson]
    .map(([id, tabs]) => {
      const isGuest = id === guestId;
      // A guest is known by the window.
      const windows = new Set(tabs.map(({ windowId }) => windowId)).size;
      const guests = windows === 1 ? "a guest" : `${windows} guests`;
      const name = isGuest ? guests : (nameOf(id) ?? "somebody");
      const isEditing = tabs.some((tab) => tab.isEditing);
      const text = isEditing ? `${name}, editing` : name;
      return { user: { id, name }, isGuest, isEditing, text };
    })
    .sort((a, b) => Number(b.isEditing) - Number(a.isEditing));
}
