import { createInstance } from "@module-federation/runtime";
import type { Mount } from "#contract/mount.ts";
import type { Failed } from "#contract/pane.ts";

export interface RemoteRequest {
  readonly remote: string;
  readonly module: string;
  /** Absolute. */
  readonly manifest: string;
}

export class RemoteError extends Error {
  readonly failure: Failed["cause"];

  constructor(failure: Failed["cause"], message: string) {
    super(message);
    this.failure = failure;
  }
}

/** Loads `remote/module` by module federation. Rejects with a `RemoteError` that names the cause. */
export async function loadMount(request: RemoteRequest): Promise<Mount> {
  let missing = "";
  const federation = createInstance({
    name: "frame",
    remotes: [{ name: request.remote, entry: request.manifest }],
    plugins: [
      {
        name: "manifest-watch",
        // The runtime parses a 404 page as a manifest and then reports invalid JSON.
        async fetch(url, init) {
          const response = await fetch(url, init).catch((error: unknown) => {
            missing = `${url}: ${String(error)}`;
            throw error;
          });
          if (!response.ok) missing = `${url} answered ${response.status}`;
          return response;
        },
        // Same attributes as Vite's own loader, so that a style sheet is not loaded twice.
        createLink({ url, attrs = {} }) {
          const link = document.createElement("link");
          for (const [name, value] of Object.entries(attrs)) link.setAttribute(name, String(value));
          link.crossOrigin = "";
          link.href = url;
          return link;
        },
      },
    ],
  });
  try {
    const loaded = await federation.loadRemote<unknown>(`${request.remote}/${request.module}`);
    if (hasMount(loaded)) return loaded.mount;
  } catch (error) {
    if (missing) throw new RemoteError("remote-missing", missing);
    throw new RemoteError("remote-broken", String(error));
  }
  throw new RemoteError("remote-broken", `${request.remote}/${request.module} has no mount`);
}

function hasMount(loaded: unknown): loaded is { mount: Mount } {
  return (
    typeof loaded === "object" &&
    loaded !== null &&
    "mount" in loaded &&
    typeof loaded.mount === "function"
  );
}
