/** What the blocks of the guide and of the package's README take as given: the app around them. */

interface Note {
  id: string;
  title: string;
  done: boolean;
  version: number;
}

interface NoteData {
  row: Note;
  asOf: import("tandem-sync").Revision | null;
}

declare const queryClient: import("@tanstack/query-core").QueryClient;
declare const sync: import("tandem-sync").Sync;
declare const effects: import("tandem-sync").SyncOptions["effects"];
declare const id: string;
declare const title: string;
declare const connectionString: string;
declare const row: Record<string, unknown>;

declare function ask<T>(path: string, method?: string, body?: object): Promise<T>;
declare function lookForMail(): void;
