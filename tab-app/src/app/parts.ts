/** What a tab loads when it is idle: one file, which a user who needs it earlier waits for. */
export { ListOptions } from "#features/accounts/options/list-options.tsx";
export { FeedFilterBar } from "#features/activity/filter/feed-filter-bar.tsx";
export { LogFields } from "#features/activity/notes/log-fields.tsx";
export { NoteEditor } from "#features/activity/notes/note-editor.tsx";
export { returnRefusedNote } from "#features/activity/notes/return-refused-note.ts";
export { EditAccount } from "#features/details/edit-account/edit-account.tsx";
export { EditNotices } from "#features/details/edit-account/edit-notices.tsx";
export { Conflicts } from "#features/outbox/conflicts.tsx";
export { FailedWrites } from "#features/outbox/failed-writes.tsx";
export { OutboxList } from "#features/outbox/outbox-list.tsx";
export { Undo } from "#features/outbox/undo.tsx";
export { UserMenu } from "#features/session/user-menu.tsx";
export { SyncReport } from "#features/sync-status/sync-report.tsx";
export { TaskSection } from "#features/tasks/task-section.tsx";
export { TasksButton } from "#features/tasks/tasks-button.tsx";
export { ResolveConflictPart } from "#shared/conflict/resolve-conflict-part.tsx";
export { LinkedText } from "#shared/text/linked-text.tsx";
export * from "#ui/parts/ui-parts.ts";
