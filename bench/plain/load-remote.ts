import { mount } from "#app/mount.tsx";
import type { Mount } from "#contract/mount.ts";

/** Stands in for `host/frame/load-remote.ts` where nothing is federated. */
export class RemoteError extends Error {
  readonly failure = "remote-broken";
}

export async function loadMount(): Promise<Mount> {
  return mount;
}
