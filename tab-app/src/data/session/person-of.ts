import { mainWorkspace } from "#contract/who.ts";
import type { Session } from "./session.ts";

/** Whose unsent work it is: of a person in a workspace, for in another one its rows are not there. */
export function personOf({ id, workspace }: Extract<Session["who"], { kind: "user" }>): string {
  return workspace === undefined || workspace === mainWorkspace ? id : `${workspace}/${id}`;
}
