/** What a person writes down; the other kinds are the system's. The first is the default. */
export const loggedKinds = ["note", "call", "email", "meeting"] as const;
export type LoggedKind = (typeof loggedKinds)[number];

export function isLoggedKind(kind: string): kind is LoggedKind {
  return loggedKinds.some((each) => each === kind);
}
