import type { WhoChanged } from "#data/hooks/use-who-changed.ts";
import type { Editor } from "#data/tabs/presence.ts";

const list = new Intl.ListFormat("en", { type: "conjunction" });

/** After "changed": where, and by whom as far as that is known. */
export function whereWords({ where, tabName }: WhoChanged, userName: string | undefined): string {
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

/** Before "changed it", within a sentence. */
export function whoWords({ where, tabName }: WhoChanged, userName: string | undefined): string {
  switch (where) {
    case "here":
      return nameOfTab(tabName);
    case "elsewhere":
      return userName ?? "somebody on another machine";
    case "outside":
      return "a hand edit or a script";
    case "unknown":
      return "somebody else";
  }
}

export function startSentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "Being edited in Tab B and Tab C". */
export function editedIn(editors: readonly Editor[]): string {
  const names = new Set(editors.map(({ tabName }) => nameOfTab(tabName)));
  return `Being edited in ${list.format(names)}`;
}

/** What a browser tab calls itself means another one to everybody else. */
function nameOfTab(tabName: string | null): string {
  return !tabName || tabName === "This tab" ? "another browser tab" : tabName;
}
