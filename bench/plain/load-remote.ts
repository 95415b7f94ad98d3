import { mount } from "#app/mount.tsx";
import type { Mount } from "#contract/mount.ts";

/** Replaces `host/frame/load-remote.ts` in the build without module federation. */
export class RemoteError extends Error {
  readonly failure = "remote-broken";
}

export async function loadMount(): Promise<Mount> {
  return mount;
}
