/** What a tab loads where no account is chosen: a file of its own, for it is then needed at once. */
export { Overview } from "#features/overview/overview.tsx";
