/** The title of a pane, as people see it. */
export const paneTitle = (id: string) => `Tab ${id}`;
