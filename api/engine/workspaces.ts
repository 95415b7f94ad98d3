import { Refusal } from "#api/http/refusal.ts";
import { mainWorkspace } from "#contract/who.ts";
import type { Engine } from "./engine.ts";
import type { SignInStore } from "./sign-in-store.ts";

/** An id of a workspace: it stands in cookies and in names of storage. */
export const workspaceId = /^[a-z0-9][a-z0-9-]{0,39}$/;

/** What a server has the rows of: workspaces, each with an engine of its own, and who may be in which. */
export interface Workspaces {
  readonly main: Engine;
  /** Reads the rows of a workspace when they are first asked for. Throws a 404 `Refusal` where there is no such workspace. */
  open(id: string): Promise<Engine>;
  /** Those that are open by now, by their ids. */
  opened(): readonly (readonly [id: string, engine: Engine])[];
  /** Where members and sessions are stored, for a server with sign-in. It is closed with the workspaces. */
  openSignIn(): Promise<SignInStore>;
  /** Resolves when every submitted write is answered and the storage is released. */
  close(): Promise<void>;
}

export function noWorkspace(id: string): Refusal {
  return new Refusal(404, `There is no workspace "${id}".`);
}

/** Of an engine that knows of no other one. */
export function onlyWorkspace(main: Engine, openSignIn: Workspaces["openSignIn"]): Workspaces {
  return {
    main,
    async open(id) {
      if (id !== mainWorkspace) throw noWorkspace(id);
      return main;
    },
    opened: () => [[mainWorkspace, main]],
    openSignIn,
    close: main.close,
  };
}
