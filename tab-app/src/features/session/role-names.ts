import type { Role } from "#contract/who.ts";

/** As people choose among them. */
export const roleNames: Readonly<Record<Role, string>> = {
  viewer: "Viewer",
  editor: "Editor",
  admin: "Admin",
};

export const roleHints: Readonly<Record<Role, string>> = {
  viewer: "reads",
  editor: "writes",
  admin: "says who is in",
};
