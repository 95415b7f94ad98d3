/** Something that a tab can do, or a key that works where the focus is. The one list of both. */
export interface CommandEntry {
  readonly id: string;
  readonly title: string;
  /** As `keysOf` names them; a list of keys is only shown. */
  readonly keys?: string;
  /** Further words by which it is found. */
  readonly words?: string;
}

interface CommandGroup {
  readonly name: string;
  readonly commands: readonly CommandEntry[];
}

/**
 * All commands of a tab. What is on the page offers to do them (`useCommand`); the command menu lists those that are
 * offered, and the shortcuts all that have keys.
 */
export const commandGroups = [
  {
    name: "Go to",
    commands: [
      { id: "menu", title: "Search and commands", keys: "Mod+K" },
      { id: "filter accounts", title: "Filter accounts", keys: "/", words: "find search list" },
      { id: "overview", title: "Overview", keys: "O", words: "home all accounts" },
    ],
  },
  {
    name: "Account",
    commands: [
      { id: "new account", title: "New account", words: "create add" },
      { id: "edit account", title: "Edit account", keys: "E", words: "change rename" },
      { id: "tasks", title: "Tasks of this account", keys: "T", words: "to do add task" },
      { id: "pinned", title: "Pinned activities", words: "show" },
      { id: "account history", title: "History of this account", words: "changes who when log" },
      { id: "copy link", title: "Copy link to this account", words: "share url" },
      { id: "toggle details", title: "Show or hide details" },
    ],
  },
  {
    name: "Activity",
    commands: [
      { id: "new note", title: "New note", keys: "N", words: "write add" },
      { id: "log call", title: "Log a call", keys: "C", words: "phone add" },
      { id: "log email", title: "Log an email", words: "mail add" },
      { id: "log meeting", title: "Log a meeting", words: "add" },
      { id: "filter feed", title: "Filter activity", keys: "F", words: "find search" },
      { id: "copy feed link", title: "Copy link to this filtered feed", words: "share url" },
      { id: "toggle activity", title: "Show or hide activity" },
    ],
  },
  {
    name: "This tab",
    commands: [
      { id: "undo", title: "Undo", keys: "Mod+Z" },
      { id: "redo", title: "Redo", keys: "Mod+Shift+Z" },
      {
        id: "list options",
        title: "Sort, group and filter accounts",
        words: "order owner plan status",
      },
      { id: "toggle rail", title: "Show or hide the column of accounts", words: "sidebar" },
      { id: "toggle theme", title: "Switch between light and dark", words: "theme mode" },
      { id: "inspector", title: "Inspector", words: "developer trace requests causes sync" },
      { id: "switch user", title: "Sign in or switch user", words: "log in person" },
      { id: "sign out", title: "Sign out", words: "log out leave" },
      { id: "shortcuts", title: "Keyboard shortcuts", keys: "?", words: "help keys" },
    ],
  },
] as const satisfies readonly CommandGroup[];

export type CommandId = (typeof commandGroups)[number]["commands"][number]["id"];

/** Keys that work where the focus is, and are no commands. */
export const localKeys: readonly { readonly title: string; readonly keys: readonly string[] }[] = [
  { title: "Send or save", keys: ["Mod+Enter"] },
  { title: "Close a form or a popup", keys: ["Escape"] },
  { title: "Next, previous activity", keys: ["PageDown", "PageUp"] },
  { title: "After, before the feed", keys: ["Mod+End", "Mod+Home"] },
  { title: "Select an activity or a task", keys: ["X"] },
  { title: "Select the next, previous as well", keys: ["Shift+ArrowDown", "Shift+ArrowUp"] },
  { title: "Next, previous account", keys: ["ArrowDown", "ArrowUp"] },
];
