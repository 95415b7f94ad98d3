/** What people call a pane. */
export const titleOf = (id: string) => `Tab ${id}`;
