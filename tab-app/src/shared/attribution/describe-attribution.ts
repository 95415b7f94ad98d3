import type { WhoChanged } from "#data/hooks/use-who-changed.ts";

/** Where a change was made, to stand after "changed", with its author where that is known. */
export function describePlace(
  { where, tabName }: WhoChanged,
  userName: string | undefined,
): string {
  switch (where) {
    case "here":
      return `in ${nameOfTab(tabName)}`;
    case "elsewhere":
      return userName ? `on another machine, by ${userName}` : "on another machine";
    case "outside":
      return "by hand or by a script";
    case "unknown":
      return "elsewhere";
  }
}

/** The author of a change, to stand before "changed it" within a sentence. */
export function describeAuthor(
  { where, tabName }: WhoChanged,
  userName: string | undefined,
): string {
  switch (where) {
    case "here":
      return userName ? `${userName} in ${nameOfTab(tabName)}` : nameOfTab(tabName);
    case "elsewhere":
      return userName ?? "somebody on another machine";
    case "outside":
      return "a hand edit or a script";
    case "unknown":
      return "somebody else";
  }
}

/** A browser tab names itself "This tab", which in any other tab would name the wrong one. */
function nameOfTab(tabName: string | null): string {
  return !tabName || tabName === "This tab" ? "another window" : tabName;
}
