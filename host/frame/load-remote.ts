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

/** Federates `remote/module` in at run time. Rejects with a `RemoteError` that knows whose fault it is. */
export async function loadMount(request: RemoteRequest): Promise<Mount> {
  let missing = "";
  const federation = createInstance({
    name: "frame",
    remotes: [{ name: request.remote, entry: request.manifest }],
    plugins: [
      {
        name: "manifest-watch",
        // The runtime takes a 404 page for a manifest and then complains of bad JSON.
        async fetch(url, init) {
          const response = await fetch(url, init).catch((error: unknown) => {
            missing = `${url}: ${String(error)}`;
            throw error;
          });
          if (!response.ok) missing = `${url} answered ${response.status}`;
          return response;
        },
        // Vite's own loader asks for the same style sheets in this mode; otherwise they come twice.
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
