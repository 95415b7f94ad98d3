/** The subject of the draft of an edit of an account. */
export const editSubject = (accountId: string) => `edit/${accountId}`;

/** Of a new account. */
export const newAccountSubject = "account";

/** Of a new note of an account. */
export const newNoteSubject = (accountId: string) => `note/${accountId}`;

/** Of a new task of an account. */
export const newTaskSubject = (accountId: string) => `task/${accountId}`;

/** Of an edit of a note. */
export const noteEditSubject = (accountId: string, activityId: string) =>
  `${newNoteSubject(accountId)}/${activityId}`;
