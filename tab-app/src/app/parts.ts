/** What a tab loads when it is idle: one file, which a user who needs it earlier waits for. */
export { EditAccount } from "#features/details/edit-account/edit-account.tsx";
export * from "#ui/parts/ui-parts.ts";
