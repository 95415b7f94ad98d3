/** What a draft is about, which names it: an edit of an account. */
export const editSubject = (accountId: string) => `edit/${accountId}`;

/** A new note of an account. */
export const newNoteSubject = (accountId: string) => `note/${accountId}`;

/** An edit of a note. */
export const noteEditSubject = (accountId: string, activityId: string) =>
  `${newNoteSubject(accountId)}/${activityId}`;
